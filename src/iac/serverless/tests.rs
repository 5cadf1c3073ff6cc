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
            "serverless.yml:11 512 certain by hand",
            "serverless.yml:5 512 certain by hand also third"
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
    let code = tree.measured("app-dev-writes", 1024);
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
    let note = "serverless.ts is not read: it is a program, and what it gives is known only once it runs. serverless.yml and serverless.json are read.";
    assert_eq!(survey.projects[0].notes, [note]);
    let code = tree.memory("a-dev-f");
    assert!(code.notes.contains(&format!("Serverless in .: {note}")));
    assert!(
        survey.problems[0]
            .to_string()
            .starts_with("x/serverless.yml:"),
        "{:?}",
        survey.problems
    );
}

#[test]
fn variables_are_filled_in_as_the_framework_does() {
    let file = "service: app
custom:
  n: reads
  mem:
    dev: 256
    prod: 1024
  all: ${self:custom.mem.${sls:stage}}
provider:
  stage: dev
  region: us-east-1
functions:
  reads:
    name: db-${self:custom.n, 'x'}
    memorySize: ${self:custom.mem.${sls:stage}}
  twice:
    memorySize: ${self:custom.all}
  file:
    memorySize: ${file(./mem.yml):dev}
  default:
    memorySize: ${param:size, 384}
  unknown:
    memorySize: ${env:SIZE}
  same:
    memorySize: ${file(./mem.yml):dev}
  circle:
    memorySize: ${self:functions.circle.memorySize}
  outside:
    memorySize: ${file(../../mem.yml):dev}
";
    let tree = Tree::of(&[("serverless.yml", file), ("mem.yml", "dev: 256\n")]);
    assert_eq!(tree.places("db-reads"), ["serverless.yml:5 256 certain"]);
    assert_eq!(
        tree.places("app-dev-twice"),
        ["serverless.yml:5 256 certain"]
    );
    assert_eq!(
        tree.places("app-prod-twice"),
        ["serverless.yml:6 1024 likely"]
    );
    assert_eq!(
        tree.places("app-dev-file"),
        ["mem.yml:1 256 certain also same"]
    );
    for (name, line) in [
        ("default", 20),
        ("unknown", 22),
        ("circle", 26),
        ("outside", 28),
    ] {
        let expected = format!("serverless.yml:{line} none likely by hand");
        assert_eq!(tree.places(&format!("app-dev-{name}")), [expected]);
    }
    // The region of the provider is another one than the run's.
    assert_eq!(
        tree.measured_places("db-reads", 256),
        ["serverless.yml:5 256 guess"]
    );
}
