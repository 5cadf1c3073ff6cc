//! Memory sizes in `serverless.yml`.

use crate::iac::fixture::Tree;

const FILE: &str = "service: app
provider:
  name: aws
  stage: ${opt:stage, 'dev'}
  memorySize: 512
functions:
  reads:
    handler: a.b
    memorySize: 256 # MB
  writes:
    handler: a.b
  third:
    handler: a.b
  named:
    name: other-name
    memorySize: ${param:size}
";

fn app() -> Tree {
    Tree::of(&[("serverless.yml", FILE)])
}

#[test]
fn a_name_leads_to_the_function_of_the_file() {
    let tree = app();
    assert_eq!(
        tree.places("app-dev-reads"),
        ["serverless.yml:9 256 certain"]
    );
    assert_eq!(
        tree.places("app-dev-writes"),
        [
            "serverless.yml:5 512 certain by hand also third",
            "serverless.yml:11 512 likely by hand"
        ]
    );
    assert_eq!(
        tree.places("other-name"),
        ["serverless.yml:16 none likely by hand"]
    );
    assert_eq!(
        tree.places("app-prod-reads"),
        ["serverless.yml:9 256 likely"]
    );
    tree.apply(
        &tree.memory("app-dev-reads").places[0],
        &FILE.replace("256", "512"),
    );
}

#[test]
fn no_size_is_the_default_of_the_framework() {
    let file = FILE.replace("  memorySize: 512\n", "");
    let tree = Tree::of(&[("serverless.yml", &file)]);
    let code = tree.memory("app-dev-writes");
    assert_eq!(
        code.drifts[0].text(),
        "at the run 1024 · code 1024: no difference"
    );
    tree.apply(
        &code.places[0],
        &file.replace("  writes:\n", "  writes:\n    memorySize: 512\n"),
    );
}

#[test]
fn programs_and_broken_files_are_told() {
    let tree = Tree::of(&[("serverless.ts", ""), ("x/serverless.yml", "a: [\n")]);
    let survey = tree.survey();
    assert!(survey.projects[0].notes[0].starts_with("serverless.ts is a program"));
    assert!(
        survey.problems[0]
            .to_string()
            .starts_with("x/serverless.yml:"),
        "{:?}",
        survey.problems
    );
}

#[test]
fn a_size_by_reference_leads_to_its_place() {
    let file = "service: app\ncustom:\n  memory:\n    dev: 256\nprovider:\n  stage: dev\nfunctions:\n  reads:\n    memorySize: ${self:custom.memory.${sls:stage}}\n  writes:\n    memorySize: ${self:custom.memory.${sls:stage}}\n";
    let tree = Tree::of(&[("serverless.yml", file)]);
    assert_eq!(
        tree.places("app-dev-reads"),
        ["serverless.yml:4 256 certain also writes"]
    );
}
