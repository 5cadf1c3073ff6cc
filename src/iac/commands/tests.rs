//! What is typed for an intent.

use crate::iac::fixture::Tree;

fn texts(tree: &Tree) -> Vec<String> {
    let survey = tree.survey();
    let project = &survey.projects[0];
    let commands = project.commands(&project.stacks[0]);
    commands.into_iter().map(|command| command.text).collect()
}

#[test]
fn commands_are_filled_with_directory_environment_and_file() {
    let tree = Tree::of(&[
        ("my infra/main.tf", ""),
        ("my infra/envs/dev.tfvars", ""),
        ("my infra/.terraform/environment", "dev"),
    ]);
    let texts = texts(&tree);
    assert_eq!(texts[0], "terraform '-chdir=my infra' init");
    assert_eq!(
        texts[2],
        "terraform '-chdir=my infra' plan -out=dev.tfplan -var-file=envs/dev.tfvars"
    );
    assert_eq!(texts[3], "terraform '-chdir=my infra' apply dev.tfplan");
}

#[test]
fn a_name_is_never_more_than_a_word() {
    let name = "x; rm -rf ~ '$(a)'";
    let tree = Tree::of(&[
        ("Pulumi.yaml", "name: a\nruntime: yaml\n"),
        (&format!("Pulumi.{name}.yaml"), "config: {}\n"),
    ]);
    let texts = texts(&tree);
    assert_eq!(texts[3], r"pulumi --stack 'x; rm -rf ~ '\''$(a)'\''' up");
}

#[test]
fn a_command_of_a_tool_without_a_directory_option_goes_there_first() {
    let tree = Tree::of(&[("a/serverless.yml", "service: app\nfunctions: {}\n")]);
    assert_eq!(texts(&tree)[1], "(cd a && serverless deploy --stage dev)");
}

#[test]
fn a_command_of_terraform_names_a_workspace_that_is_not_the_only_one() {
    let tree = Tree::of(&[
        ("main.tf", ""),
        ("terraform.tfstate.d/a b/terraform.tfstate", ""),
        ("terraform.tfstate.d/-x/terraform.tfstate", ""),
        (".terraform/environment", "-x"),
    ]);
    let survey = tree.survey();
    let project = &survey.projects[0];
    let of = |name: &str| {
        let stack = project.stacks.iter().find(|stack| stack.name == name);
        project.commands(stack.unwrap())
    };
    let texts = |name: &str| of(name).into_iter().map(|it| it.text).collect::<Vec<_>>();
    let other = texts("a b");
    assert_eq!(other[1], "terraform workspace select 'a b'");
    assert_eq!(other[6], "TF_WORKSPACE='a b' terraform destroy");
    let selected = texts("-x");
    assert_eq!(selected[1], "terraform workspace select -- -x");
    assert_eq!(selected[3], "TF_WORKSPACE=-x terraform apply ./-x.tfplan");
    assert_eq!(of("a b")[6].env["TF_WORKSPACE"], "a b");
}

#[test]
fn what_a_tool_has_no_command_for_is_asked_of_aws_where_files_name_it() {
    let state = r#"{"version": 4, "outputs": {}, "resources": [
      {"mode": "managed", "type": "aws_cloudwatch_log_group", "name": "g", "instances": [{"attributes": {"name": "/app/it's"}}]},
      {"mode": "managed", "type": "aws_ecs_cluster", "name": "c", "instances": [{"attributes": {"name": "web"}}]}]}"#;
    let tree = Tree::of(&[("a/main.tf", ""), ("a/terraform.tfstate", state)]);
    let all = texts(&tree);
    assert_eq!(all[6], r"aws logs tail '/app/it'\''s' --follow");
    assert_eq!(
        all[7],
        "aws ecs execute-command --cluster web --task TASK --interactive --command /bin/sh"
    );
    assert_eq!(all[8], "terraform -chdir=a destroy");
    tree.write("a/terraform.tfstate", "");
    assert_eq!(texts(&tree)[6], "terraform -chdir=a destroy");
}
