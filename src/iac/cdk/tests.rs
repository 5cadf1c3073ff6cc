//! From `cdk.out` to the source of a CDK app.

use base64::Engine as _;

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

/// What `tsc` 5.9 made of [`SOURCE`], and its source map.
const SCRIPT: &str = r#""use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.App = void 0;
const lambda = require("lambda");
// Ünïcode before it.
class App extends Stack {
    constructor(scope, id) {
        super(scope, id);
        this.id = id;
        const label = 'ü';
        new lambda.Function(this, 'Reads', {
            functionName: 'reads',
            memorySize: 256,
        });
    }
}
exports.App = App;
"#;
const MAP: &str = r#"{"version":3,"file":"app.js","sourceRoot":"","sources":["../lib/app.ts"],"names":[],"mappings":";;;AAAA,iCAAiC;AAGjC,qBAAqB;AACrB,MAAa,GAAI,SAAQ,KAAK;IAC5B,YAAY,KAAgB,EAAU,EAAU;QAC9C,KAAK,CAAC,KAAK,EAAE,EAAE,CAAC,CAAC;QADmB,OAAE,GAAF,EAAE,CAAQ;QAE9C,MAAM,KAAK,GAAW,GAAG,CAAC;QAAC,IAAI,MAAM,CAAC,QAAQ,CAAC,IAAI,EAAE,OAAO,EAAE;YAC5D,YAAY,EAAE,OAAO;YACrB,UAAU,EAAE,GAAG;SAChB,CAAC,CAAC;IACL,CAAC;CACF;AARD,kBAQC"}"#;
const SOURCE: &str = "import * as lambda from 'lambda';

interface Size { mb: number }
// Ünïcode before it.
export class App extends Stack {
  constructor(scope: Construct, private id: string) {
    super(scope, id);
    const label: string = 'ü'; new lambda.Function(this, 'Reads', {
      functionName: 'reads',
      memorySize: 256,
    });
  }
}
";

/// An app that was compiled into `dist`.
fn compiled(script_end: &str) -> Tree {
    let tree = app();
    let frame = "\"new App (/built/elsewhere/dist/app.js:11:9)\"";
    let metadata = format!("{{{}}}", entry("Reads", "Reads1", frame));
    tree.write("cdk.out/app-dev.metadata.json", &metadata);
    tree.write("dist/app.js", &format!("{SCRIPT}{script_end}"));
    tree.write("lib/app.ts", SOURCE);
    tree
}

#[test]
fn the_source_map_of_a_compiled_app_leads_to_its_source() {
    let tree = compiled("//# sourceMappingURL=app.js.map");
    tree.write("dist/app.js.map", MAP);
    assert_eq!(tree.places("reads"), ["lib/app.ts:10 256 certain"]);
    let place = tree.memory("reads").places.remove(0);
    assert!(
        place
            .reason
            .ends_with("The source map of dist/app.js leads there."),
        "{}",
        place.reason
    );
    tree.apply(&place, &SOURCE.replace("256", "512"));
    // A map in the script itself, and one that nothing names.
    let inline = format!(
        "//# sourceMappingURL=data:application/json;base64,{}",
        base64::prelude::BASE64_STANDARD.encode(MAP)
    );
    let tree = compiled(&inline);
    assert_eq!(tree.places("reads"), ["lib/app.ts:10 256 certain"]);
    let tree = compiled("");
    tree.write("dist/app.js.map", MAP);
    assert_eq!(tree.places("reads"), ["lib/app.ts:10 256 certain"]);
}

#[test]
fn a_compiled_app_whose_source_is_not_found_says_why() {
    let tree = compiled("//# sourceMappingURL=app.js.map");
    let notes = |tree: &Tree| tree.memory("reads").notes;
    tree.write("dist/app.js.map", &MAP.replace("app.ts", "gone.ts"));
    assert_eq!(
        notes(&tree),
        ["dist/app.js is compiled: its source '../lib/gone.ts' is not in this project."]
    );
    let places = tree.memory("reads").places;
    assert_eq!(
        (places[0].line, places[0].confidence.name()),
        (10, "likely")
    );
    tree.write("dist/app.js.map", "{\"mappings\": \";;AAAA\"}");
    assert_eq!(
        notes(&tree),
        ["dist/app.js is compiled: its source map has nothing of its line 11."]
    );
    tree.write("dist/app.js.map", "{");
    assert!(notes(&tree)[0].starts_with("dist/app.js.map:1: this is not JSON"));
    std::fs::remove_file(tree.root().join("dist/app.js.map")).unwrap();
    tree.write("dist/app.ts", "");
    assert!(
        notes(&tree)[0].starts_with("dist/app.js is compiled and has no source map"),
        "{:?}",
        notes(&tree)
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
fn the_account_of_a_stack_tells_which_one_it_is() {
    let bin = "new S(app, 'prod', { memory: 1024 });\nnew S(app, 'dev', { memory: 256 });\n";
    let lib =
        "new lambda.Function(this, 'R', { functionName: 'reads', memorySize: props.memory });\n";
    let artifact = |id: &str, site: &str| {
        format!(
            "\"{id}\": {{\"type\": \"aws:cloudformation:stack\", \"environment\": \"aws://{site}\", \"displayName\": \"Stage/{id}\", \"properties\": {{\"templateFile\": \"{id}.json\"}}, \"metadata\": {{\"/{id}/R/Resource\": [{{\"type\": \"aws:cdk:logicalId\", \"data\": \"R1\"}}, {{\"type\": \"aws:cdk:creationStack\", \"data\": [\"new S (/x/lib/s.ts:1:1)\", \"at (/x/bin/app.ts:{}:1)\"]}}]}}}}",
            if id == "prod" { 1 } else { 2 }
        )
    };
    let template = |size: u32| {
        format!(
            "{{\"Resources\": {{\"R1\": {{\"Type\": \"AWS::Lambda::Function\", \"Properties\": {{\"FunctionName\": \"reads\", \"MemorySize\": {size}}}}}}}}}"
        )
    };
    let tree_of = |prod: &str, dev: &str| {
        let both = [artifact("prod", prod), artifact("dev", dev)].join(", ");
        Tree::of(&[
            ("cdk.json", "{}"),
            ("bin/app.ts", bin),
            ("lib/s.ts", lib),
            (
                "cdk.out/manifest.json",
                &format!("{{\"artifacts\": {{{both}}}}}"),
            ),
            ("cdk.out/prod.json", &template(1024)),
            ("cdk.out/dev.json", &template(256)),
        ])
    };
    let (one, other) = ("123456789012/eu-west-1", "999999999999/eu-west-1");
    let tree = tree_of(other, one);
    let code = tree.measured("reads", 256);
    let told: Vec<_> = code
        .places
        .iter()
        .map(|it| (it.line, it.confidence.name()))
        .collect();
    assert_eq!(told, [(2, "certain"), (1, "guess")]);
    assert!(
        code.places[1]
            .reason
            .contains("it is of account 999999999999, and the function of 123456789012")
    );
    assert_eq!(code.drifts.len(), 1);
    assert_eq!(
        code.drifts[0].text(),
        "at the run 256 · code 256: no difference"
    );
    let region = tree_of("123456789012/us-east-1", one);
    assert_eq!(
        region.measured_places("reads", 256),
        ["bin/app.ts:2 256 certain", "bin/app.ts:1 1024 guess"]
    );
    // Where no file tells them apart, the size of the run does, but not for sure.
    let unknown = "unknown-account/unknown-region";
    let tree = tree_of(unknown, unknown);
    assert_eq!(
        tree.measured_places("reads", 256),
        ["bin/app.ts:2 256 likely", "bin/app.ts:1 1024 guess"]
    );
    assert_eq!(
        tree.places("reads"),
        ["bin/app.ts:2 256 likely", "bin/app.ts:1 1024 likely"]
    );
    // The CDK chooses stacks by another name than CloudFormation.
    let survey = tree.survey();
    let project = &survey.projects[0];
    let commands = project.commands(&project.stacks[0]);
    let deploy = commands.iter().find(|it| it.argv[1] == "deploy").unwrap();
    assert_eq!(deploy.argv, ["cdk", "deploy", "Stage/dev"]);
}

#[test]
fn a_name_that_is_given_elsewhere_in_the_file_is_followed() {
    let source = "const NAME = 'reads';\nnew lambda.Function(this, 'R', { functionName: NAME, memorySize: 256 });\n";
    let tree = Tree::of(&[("cdk.json", "{}"), ("lib/a.ts", source)]);
    assert_eq!(tree.places("reads"), ["lib/a.ts:2 256 likely"]);
    tree.write(
        "lib/a.ts",
        &format!("{source}fn.addPropertyOverride('MemorySize', 128);\n"),
    );
    assert_eq!(tree.places("reads"), ["lib/a.ts:2 256 guess"]);
}
