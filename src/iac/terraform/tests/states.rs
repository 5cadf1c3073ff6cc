//! States as files: broken ones, remote ones, those that Terraform itself writes.

use super::{MAIN, MODULE, app};
use crate::iac::fixture::{Tree, has_program, state_function, target, terraform_state};
use crate::iac::{IacEnvironment, Survey, WalkLimits};

#[test]
fn states_that_cannot_be_read_are_told_with_file_and_line() {
    let cases = [
        (
            "{\n\"version\": 3}",
            "terraform.tfstate:2: state version 3 is not read",
        ),
        (
            "{\"serial\": 1}",
            "terraform.tfstate:1: this is no Terraform state",
        ),
        (
            "{\n\n\"version\": }",
            "terraform.tfstate:3: this is not JSON",
        ),
        (
            "{\"version\": 4,\n\"resources\": 7}",
            "terraform.tfstate:2: this has another shape",
        ),
        (
            "{\"encrypted_data\": \"x\", \"encryption_version\": \"v0\"}",
            "terraform.tfstate:1: this state is encrypted",
        ),
    ];
    for (text, expected) in cases {
        let tree = Tree::of(&[("main.tf", MAIN), ("terraform.tfstate", text)]);
        let problems = tree.survey().problems;
        assert!(
            problems[0].to_string().starts_with(expected),
            "{problems:?}"
        );
    }
    let broken = Tree::of(&[("main.tf", "a = 1\nresource {{\n")]);
    let code = broken.memory("f");
    assert!(
        code.problems[0]
            .to_string()
            .starts_with("main.tf:2: this is not Terraform's language"),
        "{code:?}"
    );
    let deep = Tree::of(&[("main.tf", &format!("a = {}", "[".repeat(100_000)))]);
    assert!(
        deep.memory("f").problems[0]
            .to_string()
            .contains("nested too deep")
    );
}

#[test]
fn where_a_state_is_elsewhere_the_command_is_told() {
    let tree = Tree::of(&[
        ("a b/main.tf", "terraform {}\n"),
        (
            "a b/.terraform/terraform.tfstate",
            "{\"version\": 3, \"backend\": {\"type\": \"s3\", \"config\": {\"bucket\": \"b\", \"key\": \"k\"}}}",
        ),
    ]);
    let survey = tree.survey();
    let notes = &survey.projects[0].stacks[0].notes;
    assert_eq!(
        notes[0],
        "The state is in S3 (bucket b, key k); `TF_WORKSPACE=default terraform '-chdir=a b' output -json` shows its outputs."
    );
    let locked = app("");
    locked.write(
        ".terraform.tfstate.lock.info",
        "{\"Who\": \"me@host\", \"Operation\": \"OperationTypeApply\", \"Created\": \"2026\"}",
    );
    let notes = &locked.survey().projects[0].stacks[0].notes;
    assert_eq!(
        notes[0],
        "The state is locked by me@host (OperationTypeApply 2026): it may be about to change."
    );
}

#[test]
fn a_module_outside_of_the_directory_is_changed_from_above() {
    let tree = Tree::of(&[
        ("modules/fn/main.tf", MODULE),
        (
            "envs/dev/main.tf",
            "module \"inner\" {\n  source = \"../../modules/fn\"\n}\n",
        ),
        (
            "envs/dev/terraform.tfstate",
            &terraform_state(&state_function("module.inner", "this", "", "inner", 832)),
        ),
    ]);
    let survey = Survey::of(
        &tree.root().join("envs/dev"),
        &IacEnvironment::default(),
        WalkLimits::default(),
    );
    let place = survey.memory_code(&target("inner")).places.remove(0);
    assert_eq!(
        (place.file.as_str(), place.dir.as_str()),
        ("../../modules/fn/main.tf", "../..")
    );
    tree.git_apply(place.diff.as_ref().unwrap());
    assert_eq!(
        tree.read("modules/fn/main.tf"),
        MODULE.replace("832", "512")
    );
}

#[test]
fn where_terraform_notes_things_is_one_place() {
    let call = "module \"m\" {\n  source = \"registry/fn/aws\"\n  memory = 256\n}\n";
    let inner = "variable \"memory\" {}\nresource \"aws_lambda_function\" \"f\" {\n  function_name = \"reads\"\n  memory_size = var.memory\n}\n";
    let tree = Tree::of(&[
        ("a/main.tf", call),
        ("a/notes/environment", "dev"),
        ("a/notes/modules/m/main.tf", inner),
        (
            "a/notes/modules/modules.json",
            "{\"Modules\": [{\"Key\": \"m\", \"Dir\": \"notes/modules/m\"}]}",
        ),
        ("a/.terraform/environment", "other"),
    ]);
    let at = |folder: &std::path::Path| {
        let environment = IacEnvironment {
            terraform_data: Some(folder.to_owned()),
            ..IacEnvironment::default()
        };
        let survey = Survey::of(&tree.root(), &environment, WalkLimits::default());
        let dirs: Vec<_> = survey.projects.iter().map(|it| it.dir.clone()).collect();
        assert_eq!(dirs, ["a"], "what is noted is no project");
        let stacks = &survey.projects[0].stacks;
        let selected = stacks.iter().find(|stack| stack.is_selected).unwrap();
        assert_eq!(selected.name, "dev");
        let place = survey.memory_code(&target("reads")).places.remove(0);
        assert_eq!((place.file.as_str(), place.line), ("a/main.tf", 3));
    };
    at(std::path::Path::new("notes"));
    at(std::path::Path::new("./notes"));
    at(&tree.root().join("a/notes"));
}

#[test]
fn a_module_is_no_project_of_its_own() {
    let survey = app("").survey();
    let dirs: Vec<_> = survey
        .projects
        .iter()
        .map(|project| project.dir.as_str())
        .collect();
    assert_eq!(dirs, ["."]);
}

#[test]
fn real_terraform_makes_states_that_are_read_and_likes_the_patched_file() {
    if !has_program("terraform", "version") {
        return;
    }
    let text = "variable \"size\" {\n  default = 256\n}\n\nresource \"terraform_data\" \"a\" {\n  input = var.size\n}\n\noutput \"vpc_id\" {\n  value = \"vpc-1\"\n}\n\noutput \"password\" {\n  value     = \"secret\"\n  sensitive = true\n}\n";
    let tree = Tree::of(&[("main.tf", text)]);
    let terraform = |arguments: &[&str]| {
        let out = std::process::Command::new("terraform")
            .args(arguments)
            .current_dir(tree.root())
            .output()
            .unwrap();
        assert!(
            out.status.success(),
            "{}",
            String::from_utf8_lossy(&out.stderr)
        );
    };
    terraform(&["init", "-no-color"]);
    for workspace in ["dev", "prod"] {
        terraform(&["workspace", "new", workspace]);
        terraform(&["apply", "-auto-approve", "-no-color"]);
    }
    let survey = tree.survey();
    assert_eq!(survey.problems, []);
    let stacks = &survey.projects[0].stacks;
    let told: Vec<_> = stacks
        .iter()
        .map(|it| (it.name.as_str(), it.is_selected, it.outputs.len()))
        .collect();
    assert_eq!(told, [("dev", false, 2), ("prod", true, 2)]);
    let shown: Vec<_> = stacks[0]
        .outputs
        .iter()
        .map(|it| (it.name.as_str(), it.value.text()))
        .collect();
    assert_eq!(shown, [("password", "•••"), ("vpc_id", "vpc-1")]);
    assert!(!format!("{survey:?}").contains("secret"));
    tree.write("main.tf", MAIN);
    let state = state_function("", "plain", "", "plain", 128);
    tree.write(
        "terraform.tfstate.d/dev/terraform.tfstate",
        &terraform_state(&state),
    );
    tree.git_apply(tree.memory("plain").places[0].diff.as_ref().unwrap());
    terraform(&["fmt", "-check", "main.tf"]);
    terraform(&[
        "state",
        "list",
        "-state=terraform.tfstate.d/dev/terraform.tfstate",
    ]);
}
