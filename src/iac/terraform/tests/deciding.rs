//! What overrules what: override files, files of values in both languages, keys of instances, what Terraform ignores.

use crate::iac::fixture::{Tree, state_function, target, terraform_state};

const MAIN: &str = "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  memory_size   = var.mem\n}\nvariable \"mem\" {\n  default = 256\n}\n";

fn with_state(files: &[(&str, &str)]) -> Tree {
    let tree = Tree::of(files);
    let state = terraform_state(&state_function("", "f", "", "f", 256));
    tree.write("terraform.tfstate", &state);
    tree
}

#[test]
fn values_in_json_are_read_and_overrule_those_beside_them() {
    let tree = with_state(&[
        ("main.tf", MAIN),
        ("terraform.tfvars", "mem = 128\n"),
        ("terraform.tfvars.json", "{\n  \"mem\": 256\n}\n"),
    ]);
    assert_eq!(
        tree.places("f"),
        [
            "terraform.tfvars.json:2 256 certain",
            "terraform.tfvars:1 128 guess",
            "main.tf:6 256 guess"
        ]
    );
    let place = tree.memory("f").places.remove(0);
    tree.apply(&place, "{\n  \"mem\": 512\n}\n");
    let nested = MAIN.replace("var.mem\n", "var.mem[\"f\"][0]\n");
    let tree = with_state(&[
        ("main.tf", &nested),
        ("a.auto.tfvars.json", "{\"mem\": {\"f\": [256]}}"),
    ]);
    assert_eq!(tree.places("f")[0], "a.auto.tfvars.json:1 256 certain");
}

#[test]
fn an_override_file_decides() {
    let main = MAIN.replace("var.mem", "128");
    let over = "resource \"aws_lambda_function\" \"f\" {\n  memory_size = 256\n}\n";
    let tree = with_state(&[("main.tf", &main), ("main_override.tf", over)]);
    assert_eq!(tree.places("f"), ["main_override.tf:2 256 certain"]);
    let other = "resource \"aws_lambda_function\" \"f\" {\n  handler = \"x\"\n}\n";
    let tree = with_state(&[("main.tf", &main), ("override.tf", other)]);
    assert_eq!(tree.places("f"), ["main.tf:3 128 certain"]);
}

#[test]
fn what_terraform_is_told_to_ignore_is_not_changed() {
    for ignored in ["[memory_size]", "[tags, memory_size]", "all"] {
        let main = MAIN.replacen(
            "}\n",
            &format!("  lifecycle {{\n    ignore_changes = {ignored}\n  }}\n}}\n"),
            1,
        );
        let tree = with_state(&[("main.tf", &main)]);
        let place = tree.memory("f").places.remove(0);
        assert_eq!(place.diff, None, "{ignored}");
        assert!(place.reason.contains("ignore_changes"), "{}", place.reason);
    }
    let main = MAIN.replacen(
        "}\n",
        "  lifecycle {\n    ignore_changes = [tags]\n  }\n}\n",
        1,
    );
    assert!(
        with_state(&[("main.tf", &main)]).memory("f").places[0]
            .diff
            .is_some()
    );
}

#[test]
fn an_item_of_this_instance_changes_no_other() {
    let main = "resource \"aws_lambda_function\" \"f\" {\n  count = 2\n  function_name = \"f${count.index}\"\n  memory_size = var.mems[count.index]\n}\nvariable \"mems\" {\n  default = [256, 384]\n}\n";
    let state = [("0", "f0", 256), ("1", "f1", 384)]
        .map(|(key, name, memory)| state_function("", "f", key, name, memory))
        .join(", ");
    let tree = Tree::of(&[
        ("main.tf", main),
        ("terraform.tfstate", &terraform_state(&state)),
    ]);
    assert_eq!(tree.places("f1"), ["main.tf:7 384 certain"]);
    let place = tree.memory("f1").places.remove(0);
    tree.apply(&place, &main.replace("384", "512"));
}

#[test]
fn of_two_sides_the_one_that_the_state_has_is_what_the_code_says() {
    let main = MAIN.replace("var.mem\n", "var.env == \"prod\" ? 1024 : 256\n");
    let code = with_state(&[("main.tf", &main)]).memory("f");
    assert_eq!(code.places[0].from, Some(256));
    assert_eq!(
        code.drifts[0].text(),
        "at the run 1024 · state 256 · code 256: changed by hand, or applied since"
    );
}

#[test]
fn without_a_state_no_state_is_called_a_witness() {
    let tree = Tree::of(&[("main.tf", MAIN), ("terraform.tfvars", "mem = 1024\n")]);
    let code = tree.memory("f");
    assert_eq!(code.drifts, []);
    assert!(
        code.places
            .iter()
            .all(|place| !place.reason.contains("The state has")),
        "{code:?}"
    );
    assert!(
        code.places[1].reason.contains("At the run it had"),
        "{code:?}"
    );
    let plain = Tree::of(&[("main.tf", &MAIN.replace("var.mem", "256"))]);
    assert!(
        plain.memory("f").places[0]
            .reason
            .contains("At the run it had 1024 MB")
    );
}

#[test]
fn a_provider_of_another_region_makes_a_guess() {
    let provider = "provider \"aws\" {\n  region = \"eu-central-1\"\n}\n";
    let tree = Tree::of(&[("main.tf", MAIN), ("provider.tf", provider)]);
    let mut target = target("f");
    target.region = Some("eu-west-1".to_owned());
    let place = tree.survey().memory_code(&target).places.remove(0);
    assert_eq!(place.confidence.name(), "guess");
    assert!(
        place.reason.contains("it is in region eu-central-1"),
        "{}",
        place.reason
    );
}

#[test]
fn without_a_state_a_module_that_is_given_the_name_is_looked_into() {
    let inner = "variable \"name\" {}\nvariable \"memory\" {}\nresource \"aws_lambda_function\" \"f\" {\n  function_name = var.name\n  memory_size   = var.memory\n}\n";
    let call = "module \"reads\" {\n  source = \"./fn\"\n  name   = \"f\"\n  memory = 1024\n}\n";
    let tree = Tree::of(&[("main.tf", call), ("fn/main.tf", inner)]);
    assert_eq!(tree.places("f"), ["main.tf:4 1024 likely"]);
    let far = "module \"reads\" {\n  source        = \"terraform-aws-modules/lambda/aws\"\n  function_name = \"f\"\n  memory_size   = 1024\n}\n";
    let tree = Tree::of(&[("main.tf", far)]);
    assert_eq!(tree.places("f"), ["main.tf:4 1024 guess"]);
}
