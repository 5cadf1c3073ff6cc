//! Memory sizes in templates.

use crate::iac::Tool;
use crate::iac::fixture::{Tree, has_program};

const SAM: &str = "AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    MemorySize: 256   # for all
Parameters:
  Size:
    Type: Number
    Default: 384
Resources:
  Reads:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
  Writes:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
  Own:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Sub '${AWS::StackName}-own'
      MemorySize: !Ref Size
  Too:
    Type: AWS::Lambda::Function
    Properties:
      MemorySize: !Ref Size
  Joined:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: joined
      MemorySize: !FindInMap [a, b, c]
Outputs:
  ApiUrl:
    Value: !GetAtt Reads.Arn
";

const CONFIG: &str = "version = 0.1\n[default.global.parameters]\nstack_name = \"app\"\n[prod.deploy.parameters]\nstack_name = \"app-prod\"\n";

fn sam() -> Tree {
    Tree::of(&[("template.yaml", SAM), ("samconfig.toml", CONFIG)])
}

#[test]
fn logical_ids_lead_to_globals_parameters_and_their_own() {
    let tree = sam();
    assert_eq!(
        tree.places("app-Reads-Ab12Cd34Ef56"),
        [
            "template.yaml:5 256 certain also Writes",
            "template.yaml:14 256 likely"
        ]
    );
    assert_eq!(
        tree.places("app-prod-own"),
        ["template.yaml:9 384 likely also Too"]
    );
    assert_eq!(
        tree.places("joined"),
        ["template.yaml:32 none likely by hand"]
    );
    assert_eq!(tree.places("app-Reads"), [""; 0]);
    let places = tree.memory("app-Reads-Ab12Cd34Ef56").places;
    tree.apply(&places[0], &SAM.replace("256 ", "512 "));
    let tree = sam();
    tree.apply(
        &places[1],
        &SAM.replacen("      Handler", "      MemorySize: 512\n      Handler", 1),
    );
}

#[test]
fn what_sam_deploy_is_told_overrules_a_default() {
    let tree = sam();
    tree.write(
        "samconfig.toml",
        &format!("{CONFIG}parameter_overrides = \"Env=dev Size=\\\"448\\\"\"\n"),
    );
    let places = tree.places("app-prod-own");
    assert_eq!(
        places,
        [
            "samconfig.toml:6 448 certain",
            "template.yaml:9 384 guess also Too"
        ]
    );
    let place = tree.memory("app-prod-own").places.remove(0);
    tree.apply(
        &place,
        &format!("{CONFIG}parameter_overrides = \"Env=dev Size=\\\"512\\\"\"\n"),
    );
}

#[test]
fn a_template_without_a_stack_matches_by_the_end_of_the_name() {
    let json = "{\"AWSTemplateFormatVersion\": \"2010-09-09\",\r\n\t\"Resources\": {\"Fn\": {\"Type\": \"AWS::Lambda::Function\",\r\n\t\t\"Properties\": {\r\n\t\t\t\"Handler\": \"a.b\"}}}}\r\n";
    let tree = Tree::of(&[("stack.template.json", json)]);
    assert_eq!(tree.survey().projects[0].tool, Tool::CloudFormation);
    let code = tree.memory("whatever-Fn-Ab12Cd34Ef56");
    assert_eq!(
        tree.places("whatever-Fn-Ab12Cd34Ef56"),
        ["stack.template.json:4 none likely"]
    );
    tree.apply(
        &code.places[0],
        &json.replace("\"Handler\"", "\"MemorySize\": 512,\r\n\t\t\t\"Handler\""),
    );
}

#[test]
fn other_files_called_template_are_left_alone_and_broken_ones_told() {
    let tree = Tree::of(&[
        ("template.yaml", "a: 1\n"),
        ("x/template.json", "{\"Resources\": {\n \"AWS::\"}}"),
    ]);
    let survey = tree.survey();
    assert_eq!(survey.projects, []);
    assert!(
        survey.problems[0]
            .to_string()
            .starts_with("x/template.json:2: this is not JSON")
    );
    let tree = Tree::of(&[("template.yaml", SAM), ("samconfig.toml", "[a\n")]);
    assert!(
        tree.survey().problems[0]
            .to_string()
            .starts_with("samconfig.toml:1: this is not TOML")
    );
}

#[test]
fn a_parameter_that_names_itself_is_put_in_once() {
    let template = |default: &str| {
        format!(
            "Parameters:\n  A: {{Type: String, Default: '{default}'}}\nResources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {{FunctionName: !Sub 'x-${{A}}-${{A}}'}}\n"
        )
    };
    let name = |default: &str| {
        let tree = Tree::of(&[("template.yaml", &template(default))]);
        tree.survey().projects[0].stacks[0].resources[0]
            .name
            .clone()
    };
    assert_eq!(name("${A}b").as_deref(), Some("x-${A}b-${A}b"));
    assert_eq!(name("b").as_deref(), Some("x-b-b"));
    assert_eq!(
        name(&"b".repeat(3_000)).as_deref(),
        Some("!Sub 'x-${A}-${A}'")
    );
}

#[test]
fn each_environment_of_samconfig_has_its_own_stack_values_and_commands() {
    let config = "version = 0.1\n[default.deploy.parameters]\nstack_name = \"app-dev\"\nparameter_overrides = \"Size=448\"\n[prod.deploy.parameters]\nstack_name = \"app-prod\"\nregion = \"eu-west-1\"\nparameter_overrides = \"Size=1024\"\n";
    let template = "Transform: AWS::Serverless-2016-10-31\nParameters:\n  Size: {Type: Number, Default: 384}\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      FunctionName: !Sub '${AWS::StackName}-f'\n      MemorySize: !Ref Size\n";
    let tree = Tree::of(&[("template.yaml", template), ("samconfig.toml", config)]);
    assert_eq!(
        tree.places("app-prod-f"),
        ["samconfig.toml:8 1024 certain", "template.yaml:3 384 guess"]
    );
    assert_eq!(tree.places("app-dev-f")[0], "samconfig.toml:4 448 certain");
    let survey = tree.survey();
    let project = &survey.projects[0];
    let text = |at: usize| project.commands(&project.stacks[at])[2].text.clone();
    assert_eq!(text(0), "sam deploy --stack-name app-dev");
    assert_eq!(
        text(1),
        "sam deploy --stack-name app-prod --config-env prod"
    );
    let mut target = crate::iac::fixture::target("app-prod-f");
    target.region = Some("us-east-1".to_owned());
    let code = survey.memory_code(&target);
    assert_eq!(code.places[0].confidence.name(), "guess", "{code:?}");
}

#[test]
fn cfn_lint_likes_what_the_changes_make() {
    if !has_program("cfn-lint", "--version") {
        return;
    }
    let sam = "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\nResources:\n  Reads:\n    Type: AWS::Serverless::Function\n    Properties:\n      FunctionName: reads\n      Handler: index.handler\n      Runtime: nodejs22.x\n      CodeUri: s3://a-bucket/key\n";
    let plain = "{\n  \"AWSTemplateFormatVersion\": \"2010-09-09\",\n  \"Resources\": {\n    \"Reads\": {\n      \"Type\": \"AWS::Lambda::Function\",\n      \"Properties\": {\n        \"FunctionName\": \"reads\",\n        \"Handler\": \"index.handler\",\n        \"Runtime\": \"nodejs22.x\",\n        \"MemorySize\": 256,\n        \"Role\": \"arn:aws:iam::123456789012:role/reads\",\n        \"Code\": {\"S3Bucket\": \"a-bucket\", \"S3Key\": \"key\"}\n      }\n    }\n  }\n}\n";
    for (name, text) in [("template.yaml", sam), ("template.json", plain)] {
        let tree = Tree::of(&[(name, text)]);
        tree.git_apply(tree.memory("reads").places[0].diff.as_ref().unwrap());
        assert!(tree.read(name).contains("512"));
        let lint = std::process::Command::new("cfn-lint")
            .args(["--regions", "us-east-1", "--", name])
            .current_dir(tree.root())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&lint.stdout);
        assert!(lint.status.success(), "{name}: {said}");
    }
}
