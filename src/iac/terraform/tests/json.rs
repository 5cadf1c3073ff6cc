//! Terraform in JSON: the same ways lead to its places, and a change is one of the JSON.

use crate::iac::fixture::{Tree, state_function, terraform_state};

const MAIN: &str = r#"{
  "//": "Functions.",
  "variable": {"size": {"type": "number", "default": 256}, "zone": [{"default": "dev"}]},
  "locals": [{"shared": 320}],
  "resource": {
    "aws_lambda_function": {
      "reads": {
        "function_name": "reads",
        "memory_size": 640
      },
      "named": [{"function_name": "named", "memory_size": "${var.size}"}],
      "text": {"function_name": "text", "memory_size": "384"},
      "plain": {
        "function_name": "plain",
        "tags": {"a \"b\"": "x ${upper("y")} \\ $${z}"}
      },
      "a": {"function_name": "a", "memory_size": "${local.shared}"},
      "b": {"function_name": "b", "memory_size": "${local.shared}"},
      "side": {"function_name": "side", "memory_size": "${var.zone == terraform.workspace ? 1024 : 704}"},
      "hand": {"function_name": "hand", "memory_size": "${var.zone == \"x\" ? 1024 : 768}"},
      "left": {"function_name": "left", "memory_size": 448, "lifecycle": {"ignore_changes": "all"}},
      "each": {
        "for_each": {"one": {"memory": 192}, "two": {"memory": 576}},
        "function_name": "${each.key}",
        "memory_size": "${each.value.memory}"
      }
    }
  },
  "module": {"inner": {"source": "./modules/fn", "memory": 832}}
}
"#;

const MODULE: &str = "{\"variable\": {\"memory\": {}}, \"resource\": {\"aws_lambda_function\": {\"f\": {\"function_name\": \"inner\", \"memory_size\": \"${var.memory}\"}}}}\n";

fn main_text() -> String {
    MAIN.replace("upper(\"y\")", "upper(\\\"y\\\")")
}

fn app() -> Tree {
    let function = |label: &str, memory| state_function("", label, "", label, memory);
    let functions = [
        function("reads", 640),
        function("named", 256),
        function("text", 384),
        function("plain", 128),
        function("a", 320),
        function("b", 320),
        function("side", 704),
        function("hand", 768),
        function("left", 448),
        state_function("", "each", "\"two\"", "two", 576),
        state_function("module.inner", "f", "", "inner", 832),
    ];
    Tree::of(&[
        ("main.tf.json", &main_text()),
        ("modules/fn/main.tf.json", MODULE),
        ("terraform.tfstate", &terraform_state(&functions.join(","))),
    ])
}

#[test]
fn a_state_leads_to_the_number_in_json() {
    let tree = app();
    for (name, expected) in [
        ("reads", "main.tf.json:9 640 certain"),
        ("named", "main.tf.json:3 256 certain"),
        ("text", "main.tf.json:12 384 certain"),
        ("plain", "main.tf.json:14 none certain"),
        ("a", "main.tf.json:4 320 certain also aws_lambda_function.b"),
        ("two", "main.tf.json:23 576 certain"),
        ("inner", "main.tf.json:29 832 certain"),
        ("left", "main.tf.json:21 448 guess"),
    ] {
        assert_eq!(tree.places(name), [expected], "{name}");
    }
    assert_eq!(
        tree.places("side"),
        ["main.tf.json:19 704 certain", "main.tf.json:19 1024 guess"]
    );
    assert_eq!(
        tree.places("hand")[0],
        "main.tf.json:20 768 certain by hand"
    );
}

#[test]
fn git_applies_the_change_of_json_and_one_token_is_another() {
    let text = main_text();
    for (name, from, to) in [
        ("reads", "640", "512"),
        ("named", "256", "512"),
        ("text", "\"384\"", "\"512\""),
        ("a", "320", "512"),
        ("side", "704", "512"),
        ("two", "576", "512"),
        ("inner", "832", "512"),
        (
            "plain",
            "\"function_name\": \"plain\"",
            "\"memory_size\": 512,\n        \"function_name\": \"plain\"",
        ),
    ] {
        let tree = app();
        tree.apply(&tree.memory(name).places[0], &text.replace(from, to));
        assert_eq!(tree.memory(name).places[0].from, Some(512), "{name}");
    }
}

#[test]
fn without_a_state_the_name_in_json_leads_there() {
    let tree = app();
    std::fs::remove_file(tree.root().join("terraform.tfstate")).unwrap();
    assert_eq!(tree.places("reads"), ["main.tf.json:9 640 likely"]);
    let place = tree.memory("inner").places.remove(0);
    assert_eq!((place.line, place.from), (29, Some(832)));
}

#[test]
fn what_is_no_terraform_in_json_is_told_with_its_line() {
    for (text, expected) in [
        ("{\n  \"a\": [\n", "main.tf.json:3: this is not JSON: "),
        (
            "{\n  \"locals\": {\n    \"a\": \"${1 +}\"\n  }\n}\n",
            "main.tf.json:3: this is not Terraform's language: ",
        ),
    ] {
        let tree = Tree::of(&[("main.tf.json", text)]);
        let problems = tree.memory("reads").problems;
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(told[0].starts_with(expected), "{told:?}");
    }
}

#[test]
fn what_cdk_for_terraform_wrote_is_no_place_to_change() {
    let tree = Tree::of(&[("cdktf.out/stacks/app/cdk.tf.json", &main_text())]);
    let place = tree.memory("reads").places.remove(0);
    assert_eq!(place.confidence.name(), "guess");
    assert!(place.reason.contains("writes it anew"), "{}", place.reason);
}
