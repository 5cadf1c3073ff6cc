//! What decides in the place of what looks like it: files of values, overrides, conditions, and what Terraform ignores.

use crate::iac::fixture::{Tree, state_function, terraform_state};

/// A resource that takes its size from an expression, a state with a size, and other files.
fn app(size: &str, state: u32, others: &[(&str, &str)]) -> Tree {
    let main = format!(
        "variable \"mem\" {{\n  default = 256\n}}\nresource \"aws_lambda_function\" \"r\" {{\n  function_name = \"reads\"\n  memory_size   = {size}\n}}\n"
    );
    let state = terraform_state(&state_function("", "r", "", "reads", state));
    let tree = Tree::of(&[("main.tf", &main), ("terraform.tfstate", &state)]);
    for (path, text) in others {
        tree.write(path, text);
    }
    tree
}

#[test]
fn values_in_json_overrule_as_terraform_reads_them() {
    let json = "{\n  \"mem\": 256\n}\n";
    let tree = app("var.mem", 256, &[("terraform.tfvars.json", json)]);
    assert_eq!(
        tree.places("reads"),
        ["terraform.tfvars.json:2 256 certain", "main.tf:2 256 guess"]
    );
    tree.apply(&tree.memory("reads").places[0], &json.replace("256", "512"));
    let both = [
        ("terraform.tfvars", "mem = 256\n"),
        ("terraform.tfvars.json", "{\"mem\": \"512\"}"),
    ];
    let tree = app("var.mem", 512, &both);
    assert_eq!(
        tree.places("reads")[0],
        "terraform.tfvars.json:1 512 certain by hand"
    );
    tree.write("a.auto.tfvars.json", "{\"mem\": 384}");
    tree.write("b.auto.tfvars", "other = 1\n");
    let places = tree.places("reads");
    assert_eq!(places[0], "a.auto.tfvars.json:1 384 likely");
    assert!(
        places[1..].iter().all(|place| place.contains(" guess")),
        "{places:?}"
    );
    let sizes = "{\"mem\": {\"reads\": [128, 256]}}";
    let tree = app(
        "var.mem[\"reads\"][1]",
        256,
        &[("terraform.tfvars.json", sizes)],
    );
    assert_eq!(
        tree.places("reads")[0],
        "terraform.tfvars.json:1 256 certain"
    );
}

#[test]
fn a_file_of_values_that_cannot_be_read_leaves_nothing_sure() {
    let tree = app("var.mem", 256, &[("terraform.tfvars", "mem = = 1\n")]);
    let code = tree.memory("reads");
    assert_eq!(code.places[0].confidence.name(), "guess");
    assert!(
        code.problems[0]
            .to_string()
            .starts_with("terraform.tfvars:1:")
    );
    // A value that is no number overrules the default all the same.
    let tree = app("var.mem", 256, &[("terraform.tfvars", "mem = 128 * 2\n")]);
    assert_eq!(
        tree.places("reads"),
        [
            "terraform.tfvars:1 none likely by hand",
            "main.tf:2 256 guess"
        ]
    );
}

#[test]
fn an_override_file_wins() {
    let over = "resource \"aws_lambda_function\" \"r\" {\n  memory_size = 256\n}\n";
    let tree = app("128", 256, &[("main_override.tf", over)]);
    assert_eq!(tree.places("reads"), ["main_override.tf:2 256 certain"]);
    let drift = tree.measured("reads", 256).drifts.remove(0);
    assert_eq!(
        drift.text(),
        "at the run 256 · state 256 · code 256: no difference"
    );
    let variable = "variable \"mem\" {\n  default = 384\n}\nlocals {\n  x = 1\n}\n";
    let tree = app("var.mem", 384, &[("override.tf", variable)]);
    assert_eq!(tree.places("reads"), ["override.tf:2 384 certain"]);
    let json = "{\"resource\": {\"aws_lambda_function\": {\"r\": {\"memory_size\": 384}}}}";
    let tree = app("128", 384, &[("main_override.tf.json", json)]);
    assert_eq!(
        tree.places("reads"),
        ["main_override.tf.json:1 384 certain"]
    );
}

#[test]
fn what_terraform_ignores_is_told() {
    for ignored in ["[tags, memory_size]", "all", "[\"memory_size\"]"] {
        let size = format!("256\n  lifecycle {{\n    ignore_changes = {ignored}\n  }}");
        let tree = app(&size, 256, &[]);
        let place = tree.memory("reads").places.remove(0);
        assert_eq!(place.confidence.name(), "guess", "{ignored}");
        assert!(place.reason.contains("'ignore_changes' has memory_size"));
    }
    let other = app(
        "256\n  lifecycle {\n    ignore_changes = [tags]\n  }",
        256,
        &[],
    );
    assert_eq!(other.places("reads"), ["main.tf:6 256 certain"]);
}

#[test]
fn one_side_of_a_condition_decides() {
    let condition = |operator: &str| {
        format!(
            "var.env {operator} \"prod\" ? 1024 : 256\n}}\nvariable \"env\" {{\n  default = \"dev\""
        )
    };
    let tree = app(&condition("=="), 256, &[]);
    assert_eq!(
        tree.places("reads"),
        ["main.tf:6 256 certain", "main.tf:6 1024 guess"]
    );
    let drift = tree.measured("reads", 256).drifts.remove(0);
    assert_eq!(
        drift.text(),
        "at the run 256 · state 256 · code 256: no difference"
    );
    // The state has neither: the values here tell the side, but not for sure.
    let tree = app(&condition("!="), 512, &[]);
    assert_eq!(
        tree.places("reads"),
        ["main.tf:6 1024 likely", "main.tf:6 256 guess"]
    );
    let tree = app("data.x.y ? 1024 : 256", 512, &[]);
    assert_eq!(
        tree.places("reads"),
        ["main.tf:6 1024 likely", "main.tf:6 256 likely"]
    );
}

#[test]
fn an_index_of_the_instance_is_of_no_other_one() {
    let main = "variable \"names\" { default = [\"writes\", \"reads\"] }
variable \"mems\" { default = [256, 384] }
resource \"aws_lambda_function\" \"all\" {
  count         = length(var.names)
  function_name = var.names[count.index]
  memory_size   = var.mems[count.index]
}
";
    let state = [
        state_function("", "all", "0", "writes", 256),
        state_function("", "all", "1", "reads", 384),
    ];
    let tree = Tree::of(&[
        ("main.tf", main),
        ("terraform.tfstate", &terraform_state(&state.join(","))),
    ]);
    assert_eq!(tree.places("reads"), ["main.tf:2 384 certain"]);
    // Without the state the names tell which one it is.
    std::fs::remove_file(tree.root().join("terraform.tfstate")).unwrap();
    assert_eq!(tree.places("reads"), ["main.tf:2 384 likely"]);
    assert_eq!(tree.places("writes"), ["main.tf:2 256 likely"]);
}
