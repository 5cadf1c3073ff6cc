//! Memory sizes in templates.

use std::process::Command;

use crate::iac::Tool;
use crate::iac::fixture::{Tree, leave_out};

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
            "template.yaml:14 256 certain",
            "template.yaml:5 256 certain also Writes"
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
    tree.apply(&places[1], &SAM.replace("256 ", "512 "));
    let tree = sam();
    tree.apply(
        &places[0],
        &SAM.replacen("      Handler", "      MemorySize: 512\n      Handler", 1),
    );
}

#[test]
fn what_sam_deploy_is_told_overrules_a_default() {
    let tree = sam();
    tree.write(
        "samconfig.toml",
        &CONFIG.replace(
            "\"app\"\n",
            "\"app\"\nparameter_overrides = \"Env=dev Size=\\\"448\\\"\"\n",
        ),
    );
    let places = tree.places("app-own");
    assert_eq!(
        places,
        [
            "samconfig.toml:4 448 certain",
            "template.yaml:9 384 guess also Too"
        ]
    );
    let place = tree.memory("app-own").places.remove(0);
    tree.apply(
        &place,
        &CONFIG.replace(
            "\"app\"\n",
            "\"app\"\nparameter_overrides = \"Env=dev Size=\\\"512\\\"\"\n",
        ),
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

const ENVIRONMENTS: &str = "version = 0.1
[default.global.parameters]
stack_name = \"shop-dev\"
[default.deploy.parameters]
parameter_overrides = \"Mem=\\\"256\\\" Stage=\\\"reads\\\"\"
[prod.deploy.parameters]
stack_name = \"shop-prod\"
region = \"us-east-1\"
parameter_overrides = [
  \"Mem=1024\",
  \"Stage=reads\",
]
";
const PARAMETERS: &str = "Transform: AWS::Serverless-2016-10-31
Parameters:
  Mem: {Type: Number, Default: 128}
  Stage: {Type: String, Default: other}
Resources:
  Reads:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Sub 'dynamodb-${Stage}'
      MemorySize: !Ref Mem
";

#[test]
fn each_environment_has_its_own_values() {
    let tree = Tree::of(&[
        ("template.yaml", PARAMETERS),
        ("samconfig.toml", ENVIRONMENTS),
    ]);
    let code = tree.measured("dynamodb-reads", 256);
    let told: Vec<_> = code
        .places
        .iter()
        .map(|it| (it.file.as_str(), it.line, it.from, it.confidence.name()))
        .collect();
    assert_eq!(
        told,
        [
            ("samconfig.toml", 5, Some(256), "certain"),
            ("template.yaml", 3, Some(128), "guess"),
            ("samconfig.toml", 10, Some(1024), "guess"),
        ]
    );
    tree.apply(&code.places[0], &ENVIRONMENTS.replace("256", "512"));
    let drifts: Vec<_> = code
        .drifts
        .iter()
        .map(|it| format!("{}: {}", it.stack, it.text()))
        .collect();
    assert_eq!(
        drifts,
        ["SAM shop-dev: at the run 256 · code 256: no difference"]
    );
}

#[test]
fn a_command_names_the_environment_whose_values_it_is_to_take() {
    let tree = Tree::of(&[
        ("template.yaml", PARAMETERS),
        ("samconfig.toml", ENVIRONMENTS),
    ]);
    let survey = tree.survey();
    let project = &survey.projects[0];
    let texts = |at: usize| {
        let commands = project.commands(&project.stacks[at]).into_iter();
        commands.map(|it| it.text).collect::<Vec<_>>()
    };
    assert_eq!(texts(0)[2], "sam deploy --stack-name shop-dev");
    let prod = texts(1);
    assert_eq!(
        prod[0],
        "sam build --template-file template.yaml --config-env prod"
    );
    assert_eq!(
        prod[2],
        "sam deploy --config-env prod --stack-name shop-prod"
    );
    for text in &prod {
        assert!(text.contains("--config-env prod"), "{text}");
    }
}

#[test]
fn a_template_is_known_by_what_it_says() {
    let text = format!(
        "AWSTemplateFormatVersion: '2010-09-09'\n{}",
        SAM.split_once('\n').unwrap().1
    );
    let tree = Tree::of(&[
        ("deploy/stack-a.yaml", &text),
        ("deploy/values.yaml", "a: 1\n"),
    ]);
    let survey = tree.survey();
    assert_eq!(survey.projects.len(), 1);
    assert_eq!(
        (
            survey.projects[0].name.as_str(),
            survey.projects[0].file.as_str()
        ),
        ("deploy", "stack-a.yaml")
    );
    assert_eq!(
        survey.title(&survey.projects[0], &survey.projects[0].stacks[0]),
        "SAM stack-a.yaml"
    );
}

/// cfn-lint as second opinion, where `IACSTONE_PYTHON` names a Python that has it.
#[test]
fn cfn_lint_likes_the_patched_templates() {
    let Ok(python) = std::env::var("IACSTONE_PYTHON") else {
        leave_out("IACSTONE_PYTHON names no Python with cfn-lint");
        return;
    };
    let function = |kind: &str, more: &str| {
        format!(
            "  Reads:\n    Type: {kind}\n    Properties:\n      FunctionName: reads\n      Handler: index.handler\n      Runtime: nodejs22.x\n{more}"
        )
    };
    let code = "      Role: arn:aws:iam::123456789012:role/x\n      Code:\n        ZipFile: exports.handler = async () => 1\n";
    let sam = format!(
        "Transform: AWS::Serverless-2016-10-31\nGlobals:\n  Function:\n    MemorySize: 256\nResources:\n{}",
        function(
            "AWS::Serverless::Function",
            "      InlineCode: exports.handler = async () => 1\n"
        )
    );
    let json = "{\"Resources\": {\"Reads\": {\"Type\": \"AWS::Lambda::Function\", \"Properties\": {\n  \"FunctionName\": \"reads\", \"Handler\": \"index.handler\", \"Runtime\": \"nodejs22.x\",\n  \"Role\": \"arn:aws:iam::123456789012:role/x\", \"Code\": {\"ZipFile\": \"exports.handler = async () => 1\"}}}}}\n";
    for (file, text) in [
        ("template.yaml", sam),
        (
            "app.template",
            format!("Resources:\n{}", function("AWS::Lambda::Function", code)),
        ),
        ("template.json", json.to_owned()),
    ] {
        let tree = Tree::of(&[(file, &text)]);
        let lint = || {
            let out = Command::new(&python)
                .args(["-c", "from cfnlint.runner import main; main()", "--", file])
                .current_dir(tree.root())
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&out.stdout).into_owned();
            assert!(out.status.success(), "{said}{out:?}");
        };
        lint();
        for place in tree.memory("reads").places {
            tree.write(file, &text);
            tree.git_apply(place.diff.as_ref().unwrap());
            lint();
            assert!(tree.read(file).contains("512"), "{file}");
        }
    }
}
