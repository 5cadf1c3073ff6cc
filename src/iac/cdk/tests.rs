//! From `cdk.out` to the source of a CDK app.

use crate::iac::fixture::{Tree, has_program, leave_out};

const APP: &str = "import * as lambda from 'aws-cdk-lib/aws-lambda';

class Fn extends Construct {
  constructor(scope: Construct, id: string, props: { memory?: number }) {
    super(scope, id);
    new lambda.Function(this, 'Handler', {
      memorySize: props.memory ?? 320,
    });
  }
}

export class App extends cdk.Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new lambda.Function(this, 'Reads', {
      functionName: 'reads',
      memorySize: 256, // MB
    });
    new Fn(this, 'Wrapped', { memory: 384 });
    new Fn(this, 'Plain', {});
    new lambda.Function(this, 'Named', {
      functionName: `app-${id}-named`,
    });
  }
}
";

const MANIFEST: &str = r#"{"version": "55.0.0", "artifacts": {
  "app-dev": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "app-dev.template.json"},
    "additionalMetadataFile": "app-dev.metadata.json"}}}"#;

const TEMPLATE: &str = r#"{"Resources": {
  "Reads1": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "reads", "MemorySize": 256}},
  "Wrapped1": {"Type": "AWS::Lambda::Function", "Properties": {"MemorySize": 384}},
  "Plain1": {"Type": "AWS::Lambda::Function", "Properties": {"MemorySize": 320}},
  "Group1": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/aws/lambda/reads"}}},
  "Outputs": {"VpcId": {"Value": {"Ref": "x"}, "Export": {"Name": "vpc"}}}}"#;

fn entry(path: &str, logical: &str, frames: &str) -> String {
    format!(
        r#""/app-dev/{path}/Resource": [{{"type": "aws:cdk:logicalId", "data": "{logical}"}}, {{"type": "aws:cdk:creationStack", "data": ["...new Function2 in aws-cdk-lib...", {frames}]}}]"#
    )
}

fn app() -> Tree {
    let frame =
        |what: &str, place: &str| format!("\"new {what} (/built/elsewhere/lib/app.ts:{place})\"");
    let metadata = [
        entry("Reads", "Reads1", &frame("App", "15:5")),
        entry(
            "Wrapped/Handler",
            "Wrapped1",
            &format!("{}, {}", frame("Fn", "6:5"), frame("App", "19:5")),
        ),
        entry(
            "Plain/Handler",
            "Plain1",
            &format!("{}, {}", frame("Fn", "6:5"), frame("App", "20:5")),
        ),
    ];
    Tree::of(&[
        ("cdk.json", "{}"),
        ("lib/app.ts", APP),
        ("cdk.out/manifest.json", MANIFEST),
        ("cdk.out/app-dev.template.json", TEMPLATE),
        (
            "cdk.out/app-dev.metadata.json",
            &format!("{{{}}}", metadata.join(",")),
        ),
    ])
}

#[test]
fn what_was_synthesised_leads_to_the_number_in_the_source() {
    let tree = app();
    assert_eq!(tree.places("reads"), ["lib/app.ts:17 256 certain"]);
    assert_eq!(
        tree.places("app-dev-Wrapped1-Ab12Cd34Ef56"),
        ["lib/app.ts:19 384 certain"]
    );
    assert_eq!(
        tree.places("app-dev-Plain1-Ab12Cd34Ef56"),
        ["lib/app.ts:7 320 likely"]
    );
    tree.apply(&tree.memory("reads").places[0], &APP.replace("256", "512"));
}

#[test]
fn without_a_trace_the_id_is_searched_and_without_a_template_the_name() {
    let tree = app();
    tree.write(
        "cdk.out/app-dev.metadata.json",
        &format!("{{{}}}", entry("Reads", "Reads1", "\"x\"")),
    );
    assert_eq!(tree.places("reads"), ["lib/app.ts:17 256 likely"]);
    tree.write(
        "lib/other.py",
        "_lambda.Function(self, \"Reads\", memory_size=256)\n",
    );
    assert_eq!(
        tree.places("reads"),
        ["lib/app.ts:17 256 guess", "lib/other.py:1 256 guess"]
    );
    std::fs::remove_dir_all(tree.root().join("cdk.out")).unwrap();
    assert_eq!(tree.places("reads"), ["lib/app.ts:17 256 likely"]);
    assert_eq!(tree.places("app-x-named"), ["lib/app.ts:22 none guess"]);
    let notes = &tree.survey().projects[0].notes;
    assert_eq!(
        notes[0],
        "Nothing is synthesised yet: `(cd . && cdk synth -q)` writes cdk.out."
    );
}

#[test]
fn resources_and_outputs_are_those_of_the_template() {
    let tree = app();
    let stack = tree.survey().projects.remove(0).stacks.remove(0);
    assert_eq!(stack.resources.len(), 4);
    assert_eq!(stack.outputs[0].value.text(), "");
    assert!(stack.notes[0].contains("`aws cloudformation describe-stacks --stack-name app-dev`"));
    tree.write("cdk-outputs.json", "{\"app-dev\": {\"VpcId\": \"vpc-1\"}}");
    let stack = tree.survey().projects.remove(0).stacks.remove(0);
    assert_eq!(
        (stack.outputs[0].value.text(), stack.notes.len()),
        ("vpc-1", 0)
    );
}

#[test]
fn a_manifest_leads_to_no_file_outside_of_its_directory() {
    let tree = app();
    tree.write(
        "cdk.out/manifest.json",
        &MANIFEST.replace("app-dev.template.json", "../../secret.json"),
    );
    assert_eq!(tree.survey().projects[0].stacks.len(), 0);
    tree.write("cdk.out/manifest.json", "{\n");
    assert!(
        tree.survey().problems[0]
            .to_string()
            .starts_with("cdk.out/manifest.json:")
    );
}

/// A whole round trip with the real CDK, where it was installed by hand: `IACSTONE_CDK_APP` names a directory with
/// `node_modules` that holds aws-cdk, aws-cdk-lib, ts-node and typescript.
#[test]
fn the_real_cdk_synthesises_the_patched_size() {
    let Ok(modules) = std::env::var("IACSTONE_CDK_APP") else {
        leave_out("IACSTONE_CDK_APP names no directory with the CDK's node_modules");
        return;
    };
    if !has_program("node", "--version") {
        return;
    }
    let tree = Tree::of(&[
        (
            "cdk.json",
            "{\"app\": \"npx ts-node --prefer-ts-exts app.ts\"}",
        ),
        (
            "tsconfig.json",
            "{\"compilerOptions\": {\"target\": \"ES2022\", \"module\": \"commonjs\", \"esModuleInterop\": true, \"skipLibCheck\": true}}",
        ),
        (
            "app.ts",
            "import * as cdk from 'aws-cdk-lib';\nimport * as lambda from 'aws-cdk-lib/aws-lambda';\nclass App extends cdk.Stack {\n  constructor(scope: cdk.App, id: string) {\n    super(scope, id);\n    new lambda.Function(this, 'Reads', {\n      functionName: 'reads',\n      runtime: lambda.Runtime.NODEJS_22_X,\n      handler: 'index.handler',\n      code: lambda.Code.fromInline('exports.handler = async () => 1'),\n    });\n  }\n}\nnew App(new cdk.App(), 'app-dev');\n",
        ),
    ]);
    std::os::unix::fs::symlink(
        format!("{modules}/node_modules"),
        tree.root().join("node_modules"),
    )
    .unwrap();
    let synth = || {
        let out = std::process::Command::new("npx")
            .args(["cdk", "synth", "-q"])
            .current_dir(tree.root())
            .output()
            .unwrap();
        assert!(
            out.status.success(),
            "{}",
            String::from_utf8_lossy(&out.stderr)
        );
        let template: serde_json::Value =
            serde_json::from_str(&tree.read("cdk.out/app-dev.template.json")).unwrap();
        let resources = template["Resources"].as_object().unwrap();
        let function = resources
            .values()
            .find(|it| it["Type"] == "AWS::Lambda::Function")
            .unwrap();
        function["Properties"]["MemorySize"].as_u64()
    };
    assert_eq!(synth(), None);
    let code = tree.memory("reads");
    assert_eq!(code.places[0].confidence.name(), "certain", "{code:?}");
    tree.git_apply(code.places[0].diff.as_ref().unwrap());
    assert_eq!(synth(), Some(512));
}

#[test]
fn a_stack_of_another_account_is_no_more_than_a_guess() {
    let tree = app();
    let home = "\"environment\": \"aws://999999999999/eu-west-1\", \"properties\"";
    tree.write(
        "cdk.out/manifest.json",
        &MANIFEST.replace("\"properties\"", home),
    );
    let mut target = crate::iac::fixture::target("reads");
    assert_eq!(
        tree.survey().memory_code(&target).places[0]
            .confidence
            .name(),
        "certain"
    );
    target.account = Some("123456789012".to_owned());
    let code = tree.survey().memory_code(&target);
    assert_eq!(code.places[0].confidence.name(), "guess");
    assert!(
        code.places[0].reason.contains("of account 999999999999"),
        "{code:?}"
    );
    assert_eq!(code.drifts, [], "another function is not compared");
}

#[test]
fn a_size_that_something_overrules_is_not_sure() {
    for (call, places) in [
        (
            "new lambda.Function(this, 'A', { functionName: 'f', memorySize: 128, ...defaults });",
            "app.ts:1 256 likely",
        ),
        (
            "new lambda.Function(this, 'A', { functionName: 'f', memorySize: 128, ...props });",
            "app.ts:2 none likely by hand",
        ),
        (
            "const f = new lambda.Function(this, 'A', { functionName: 'f', memorySize: 128 });\n(f.node.defaultChild as lambda.CfnFunction).addPropertyOverride('MemorySize', 256);",
            "app.ts:2 128 guess",
        ),
        (
            "const f = new lambda.CfnFunction(this, 'A', { functionName: 'f', memorySize: 128 });\nf.memorySize = 256;",
            "app.ts:2 128 guess",
        ),
    ] {
        let text = format!("const defaults = {{ memorySize: 256 }};\n{call}\n");
        let tree = Tree::of(&[("cdk.json", "{}"), ("app.ts", &text)]);
        assert_eq!(tree.places("f"), [places], "{call}");
    }
}
