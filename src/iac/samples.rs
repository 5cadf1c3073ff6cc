//! One small app in the CDK, in Terraform and in Pulumi: what the demo shows as the directory of its account. Its
//! functions and log groups are some of the simulated account's.

/// The files: where each stands under the directory, and its text.
pub const SAMPLES: &[(&str, &str)] = &[
    (
        "cdk/cdk.json",
        include_str!("../../assets/samples/cdk/cdk.json"),
    ),
    (
        "cdk/bin/shop.ts",
        include_str!("../../assets/samples/cdk/shop.ts"),
    ),
    (
        "cdk/lib/shop-stack.ts",
        include_str!("../../assets/samples/cdk/shop-stack.ts"),
    ),
    (
        "cdk/cdk-outputs.json",
        include_str!("../../assets/samples/cdk/outputs.json"),
    ),
    (
        "cdk/cdk.out/manifest.json",
        include_str!("../../assets/samples/cdk/manifest.json"),
    ),
    (
        "cdk/cdk.out/shop-cdk-dev.template.json",
        include_str!("../../assets/samples/cdk/template.json"),
    ),
    (
        "cdk/cdk.out/shop-cdk-dev.metadata.json",
        include_str!("../../assets/samples/cdk/metadata.json"),
    ),
    (
        "terraform/main.tf",
        include_str!("../../assets/samples/terraform/main.tf"),
    ),
    (
        "terraform/variables.tf",
        include_str!("../../assets/samples/terraform/variables.tf"),
    ),
    (
        "terraform/envs/dev.tfvars",
        include_str!("../../assets/samples/terraform/dev.tfvars"),
    ),
    (
        "terraform/terraform.tfstate.d/dev/terraform.tfstate",
        include_str!("../../assets/samples/terraform/state.json"),
    ),
    ("terraform/.terraform/environment", "dev"),
    (
        "pulumi/Pulumi.yaml",
        include_str!("../../assets/samples/pulumi/Pulumi.yaml"),
    ),
    (
        "pulumi/Pulumi.dev.yaml",
        include_str!("../../assets/samples/pulumi/Pulumi.dev.yaml"),
    ),
    (
        "pulumi/index.ts",
        include_str!("../../assets/samples/pulumi/index.ts"),
    ),
    (
        "pulumi/.pulumi/stacks/shop/dev.json",
        include_str!("../../assets/samples/pulumi/checkpoint.json"),
    ),
];

#[cfg(test)]
mod tests {
    use super::SAMPLES;
    use crate::iac::fixture::Tree;
    use crate::iac::{OutputGrid, Tool};

    #[test]
    fn each_sample_leads_to_its_functions_without_doubt() {
        let tree = Tree::of(SAMPLES);
        let survey = tree.survey();
        assert_eq!(survey.problems, []);
        let tools: Vec<Tool> = survey.projects.iter().map(|project| project.tool).collect();
        assert_eq!(tools, [Tool::Cdk, Tool::Pulumi, Tool::Terraform]);
        assert_eq!(
            tree.places("dynamodb-reads"),
            [
                "cdk/lib/shop-stack.ts:16 256 certain",
                "pulumi/index.ts:12 256 certain",
                "terraform/envs/dev.tfvars:2 256 certain",
                "terraform/variables.tf:4 128 guess"
            ]
        );
        assert_eq!(
            tree.places("s3-download"),
            [
                "cdk/lib/shop-stack.ts:24 512 certain by hand",
                "pulumi/Pulumi.dev.yaml:2 512 certain by hand",
                "terraform/main.tf:17 512 certain by hand"
            ]
        );
        for place in tree.memory("dynamodb-reads").places {
            tree.git_apply(&place.diff.unwrap());
        }
    }

    #[test]
    fn their_outputs_stand_side_by_side_with_gaps() {
        let survey = Tree::of(SAMPLES).survey();
        let grid = OutputGrid::of(survey.stacks());
        assert_eq!(
            grid.gaps(),
            [
                "BucketName is missing in Terraform dev in terraform.",
                "dbPassword is missing in CDK shop-cdk-dev in cdk."
            ]
        );
        assert!(!format!("{survey:?}").contains("not-a-real-one"));
    }
}
