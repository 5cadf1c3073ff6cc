//! From a state to the number that decides.

mod json;
mod overruled;
mod states;
mod unstated;

use crate::iac::fixture::{Tree, state_function, target, terraform_state};

const MAIN: &str = r#"# Functions.
resource "aws_lambda_function" "reads" {
  function_name = "reads"
  memory_size   = 256 # MB
  handler       = "index.handler"
}

resource "aws_lambda_function" "plain" {
  function_name = "plain"
  handler       = "index.handler"
}

resource "aws_lambda_function" "shared" {
  function_name = "${var.env}-shared"
  memory_size   = var.size
}

resource "aws_lambda_function" "other" {
  function_name = "other"
  memory_size   = var.size
}

resource "aws_lambda_function" "each" {
  for_each      = local.functions
  function_name = each.key
  memory_size   = each.value.memory
}

resource "aws_lambda_function" "same" {
  count         = 2
  function_name = "same-${count.index}"
  memory_size   = local.same
}

locals {
  functions = {
    one   = { memory = 128 }
    "two" = { memory = 192 }
  }
  same = lookup({ default = 320 }, terraform.workspace, 64)
}

variable "env" {}
variable "size" {
  type    = number
  default = 640
}

module "inner" {
  source = "./modules/fn"
  name   = "inner"
  memory = terraform.workspace == "prod" ? 2048 : 704
}

module "second" {
  source = "./modules/fn"
  name   = "second"
}
"#;

const MODULE: &str = r#"variable "name" {}
variable "memory" { default = 832 }
resource "aws_lambda_function" "this" {
  function_name = var.name
  memory_size   = var.memory
}
"#;

fn app(state: &str) -> Tree {
    Tree::of(&[
        ("main.tf", MAIN),
        ("modules/fn/main.tf", MODULE),
        ("terraform.tfstate", &terraform_state(state)),
    ])
}

fn places_of(module: &str, label: &str, key: &str, name: &str, memory: u32) -> Vec<String> {
    app(&state_function(module, label, key, name, memory)).places(name)
}

#[test]
fn a_state_leads_to_the_number_wherever_it_stands() {
    assert_eq!(
        places_of("", "reads", "", "reads", 256),
        ["main.tf:4 256 certain"]
    );
    assert_eq!(
        places_of("", "plain", "", "plain", 128),
        ["main.tf:9 none certain"]
    );
    assert_eq!(
        places_of("", "shared", "", "dev-shared", 640),
        ["main.tf:46 640 certain also aws_lambda_function.other"]
    );
    assert_eq!(
        places_of("", "each", "\"two\"", "two", 192),
        ["main.tf:38 192 certain"]
    );
    assert_eq!(
        places_of("", "same", "1", "same-1", 320),
        ["main.tf:40 320 certain"]
    );
    assert_eq!(
        places_of("module.inner", "this", "", "inner", 704),
        ["main.tf:52 704 certain", "main.tf:52 2048 guess"]
    );
    assert_eq!(
        places_of("module.second", "this", "", "second", 832),
        [
            "main.tf:57 832 certain",
            "modules/fn/main.tf:2 832 certain also what module.inner makes"
        ]
    );
}

#[test]
fn git_applies_the_change_and_all_else_stays() {
    let cases = [
        ("reads", MAIN.replace("256", "512")),
        (
            "plain",
            MAIN.replace(
                "  function_name = \"plain\"\n",
                "  memory_size   = 512\n  function_name = \"plain\"\n",
            ),
        ),
    ];
    for (name, expected) in cases {
        for line_end in ["\n", "\r\n"] {
            for mark in ["", "\u{feff}"] {
                let shaped = |text: &str| format!("{mark}{}", text.replace('\n', line_end));
                let tree = app(&state_function("", name, "", name, 256));
                tree.write("main.tf", &shaped(MAIN));
                tree.apply(&tree.memory(name).places[0], &shaped(&expected));
            }
        }
    }
}

#[test]
fn files_of_values_overrule_the_default() {
    let tree = app(&state_function("", "shared", "", "dev-shared", 384));
    tree.write("dev.auto.tfvars", "size = 384\n");
    assert_eq!(
        tree.places("dev-shared"),
        [
            "dev.auto.tfvars:1 384 certain also aws_lambda_function.other",
            "main.tf:46 640 guess also aws_lambda_function.other"
        ]
    );
    tree.write("envs/default.tfvars", "# one\nsize = \"448\"\n");
    let places = tree.places("dev-shared");
    assert_eq!(
        places[0],
        "dev.auto.tfvars:1 384 certain also aws_lambda_function.other"
    );
    assert_eq!(
        places[1],
        "envs/default.tfvars:2 448 guess also aws_lambda_function.other"
    );
}

#[test]
fn workspaces_are_told_apart() {
    let tree = Tree::of(&[
        (
            "main.tf",
            "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f-${terraform.workspace}\"\n  memory_size = local.sizes[terraform.workspace]\n}\nlocals {\n  sizes = {\n    dev = 128\n    prod = 256\n  }\n}\n",
        ),
        (
            "terraform.tfstate.d/dev/terraform.tfstate",
            &terraform_state(&state_function("", "f", "", "f-dev", 128)),
        ),
        (
            "terraform.tfstate.d/prod/terraform.tfstate",
            &terraform_state(&state_function("", "f", "", "f-prod", 256)),
        ),
        (".terraform/environment", "prod"),
    ]);
    let survey = tree.survey();
    let stacks = &survey.projects[0].stacks;
    let told: Vec<_> = stacks
        .iter()
        .map(|stack| (stack.name.as_str(), stack.is_selected))
        .collect();
    assert_eq!(told, [("dev", false), ("prod", true)]);
    assert_eq!(tree.places("f-dev"), ["main.tf:7 128 certain"]);
    assert_eq!(tree.places("f-prod"), ["main.tf:8 256 certain"]);
    let drifts = tree.survey().memory_code(&target("f-prod")).drifts;
    assert_eq!(
        drifts[0].text(),
        "at the run 1024 · state 256 · code 256: changed by hand, or applied since"
    );
}

#[test]
fn without_a_state_what_looks_like_it_is_no_more_than_that() {
    let tree = app("");
    assert_eq!(tree.places("reads"), ["main.tf:4 256 likely"]);
    assert_eq!(
        tree.places("dev-shared"),
        ["main.tf:46 640 guess also aws_lambda_function.other"]
    );
    assert_eq!(tree.places("nothing"), [""; 0]);
}

#[test]
fn a_module_that_is_not_here_and_what_is_computed_are_left_to_a_person() {
    let state = state_function("module.far", "this", "0", "far", 256);
    let tree = Tree::of(&[
        (
            "main.tf",
            "module \"far\" {\n  source = \"terraform-aws-modules/lambda/aws\"\n  memory_size = 256\n}\nresource \"aws_lambda_function\" \"c\" {\n  function_name = \"c\"\n  memory_size = max(1, data.x.y.z)\n}\n",
        ),
        (
            "terraform.tfstate",
            &terraform_state(&format!(
                "{state}, {}",
                state_function("", "c", "", "c", 256)
            )),
        ),
    ]);
    assert_eq!(tree.places("far"), ["main.tf:3 256 likely"]);
    assert_eq!(tree.places("c"), ["main.tf:7 none likely by hand"]);
    assert!(
        tree.memory("c").places[0]
            .reason
            .ends_with("The value is computed by max().")
    );
}

#[test]
fn a_state_of_another_account_is_a_warning() {
    let tree = app(&state_function("", "reads", "", "reads", 256));
    let mut target = target("reads");
    target.account = Some("999999999999".to_owned());
    let code = tree.survey().memory_code(&target);
    let place = &code.places[0];
    assert_eq!(place.confidence.name(), "guess");
    assert!(
        place
            .reason
            .contains("it is of account 123456789012, and the function of 999999999999")
    );
}
