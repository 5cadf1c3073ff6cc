//! Checkpoints, configuration and programs of Pulumi.

use sha1::Digest as _;

use crate::iac::fixture::{Tree, target};
use crate::iac::{IacEnvironment, Stack, StackIntent, Survey, WalkLimits};

const PROGRAM: &str = "import * as aws from \"@pulumi/aws\";
const config = new pulumi.Config();
const size = config.requireNumber(\"size\");
const reads = new aws.lambda.Function(\"reads\", {
    handler: \"a.b\",
    memorySize: 256, // MB
});
new aws.lambda.Function(`${env}-writes`, { memorySize: size });
";

fn checkpoint(name: &str, physical: &str, memory: u32) -> String {
    format!(
        r#"{{"version": 3, "checkpoint": {{"stack": "organization/app/dev", "latest": {{"resources": [
        {{"urn": "urn:pulumi:dev::app::pulumi:pulumi:Stack::app-dev", "type": "pulumi:pulumi:Stack", "outputs": {{
            "vpcId": "vpc-1", "ports": [1, 2],
            "password": {{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abc"}}}}}},
        {{"urn": "urn:pulumi:dev::app::aws:lambda/function:Function::{name}", "type": "aws:lambda/function:Function",
          "outputs": {{"name": "{physical}", "memorySize": {memory}, "arn": "arn:aws:lambda:eu-west-1:123456789012:function:{physical}"}}}}
        ]}}}}}}"#
    )
}

fn app(program: (&str, &str), runtime: &str, checkpoint: &str) -> Tree {
    Tree::of(&[
        ("Pulumi.yaml", &format!("name: app\nruntime: {runtime}\n")),
        (
            "Pulumi.dev.yaml",
            "config:\n  app:size: \"384\"\n  app:token:\n    secure: v1:abc\n",
        ),
        (".pulumi/meta.yaml", "version: 1\n"),
        (".pulumi/stacks/app/dev.json", checkpoint),
        program,
    ])
}

#[test]
fn a_checkpoint_leads_to_the_call_and_to_the_configuration() {
    let tree = app(
        ("index.ts", PROGRAM),
        "nodejs",
        &checkpoint("reads", "reads-1a2b3c4", 256),
    );
    assert_eq!(tree.places("reads-1a2b3c4"), ["index.ts:6 256 certain"]);
    tree.apply(
        &tree.memory("reads-1a2b3c4").places[0],
        &PROGRAM.replace("256", "512"),
    );
    let tree = app(
        ("index.ts", PROGRAM),
        "nodejs",
        &checkpoint("dev-writes", "dev-writes-1a2b3c4", 384),
    );
    assert_eq!(
        tree.places("dev-writes-1a2b3c4"),
        ["Pulumi.dev.yaml:2 384 certain"]
    );
    let place = tree.memory("dev-writes-1a2b3c4").places.remove(0);
    tree.apply(
        &place,
        "config:\n  app:size: \"512\"\n  app:token:\n    secure: v1:abc\n",
    );
}

#[test]
fn python_and_yaml_programs_are_read_too() {
    let python = "import pulumi_aws as aws\nreads = aws.lambda_.Function(\"reads\",\n    handler=\"a.b\",\n    memory_size=256)\n";
    let tree = app(
        ("__main__.py", python),
        "python",
        &checkpoint("reads", "reads-1", 256),
    );
    assert_eq!(tree.places("reads-1"), ["__main__.py:4 256 certain"]);
    let tree = app(("x.txt", ""), "yaml", &checkpoint("reads", "reads-1", 128));
    let yaml = "name: app\nruntime: yaml\nresources:\n  reads:\n    type: aws:lambda:Function\n    properties:\n      handler: a.b\n";
    tree.write("Pulumi.yaml", yaml);
    assert_eq!(tree.places("reads-1"), ["Pulumi.yaml:7 none certain"]);
    tree.write(
        "Pulumi.yaml",
        &yaml.replace("handler: a.b", "memorySize: ${size}"),
    );
    assert_eq!(tree.places("reads-1"), ["Pulumi.dev.yaml:2 384 likely"]);
    tree.write(
        ".pulumi/stacks/app/dev.json",
        &checkpoint("reads", "reads-1", 384),
    );
    assert_eq!(tree.places("reads-1"), ["Pulumi.dev.yaml:2 384 certain"]);
}

#[test]
fn secrets_never_enter() {
    let tree = app(
        ("index.ts", PROGRAM),
        "nodejs",
        &checkpoint("reads", "reads-1", 256),
    );
    let survey = tree.survey();
    let outputs = &survey.projects[0].stacks[0].outputs;
    let told: Vec<_> = outputs
        .iter()
        .map(|it| (it.name.as_str(), it.value.text()))
        .collect();
    assert_eq!(
        told,
        [("password", "•••"), ("ports", "[1,2]"), ("vpcId", "vpc-1")]
    );
    assert!(!format!("{survey:?}").contains("v1:abc"));
}

#[test]
fn without_a_checkpoint_the_name_is_searched_and_the_command_told() {
    let tree = Tree::of(&[
        ("Pulumi.yaml", "name: app\nruntime: nodejs\n"),
        ("Pulumi.dev.yaml", "config: {}\n"),
        (
            "index.ts",
            "new aws.lambda.Function(\"a\", { name: \"reads\", memorySize: 256 });\n",
        ),
    ]);
    assert_eq!(tree.places("reads"), ["index.ts:1 256 likely"]);
    let notes = &tree.survey().projects[0].stacks[0].notes;
    assert!(
        notes[0].ends_with("`pulumi --stack dev stack export` shows it."),
        "{notes:?}"
    );
}

#[test]
fn the_selected_stack_is_what_pulumi_noted_or_what_it_is_told() {
    let tree = app(
        ("index.ts", PROGRAM),
        "nodejs",
        &checkpoint("reads", "reads-1", 256),
    );
    let root = tree.root();
    let mut environment = IacEnvironment {
        pulumi_home: Some(root.join("home")),
        ..IacEnvironment::default()
    };
    let selected = |environment: &IacEnvironment| {
        let survey = Survey::of(&root, environment, WalkLimits::default());
        let stacks = &survey.projects[0].stacks;
        stacks
            .iter()
            .find(|stack| stack.is_selected)
            .map(|stack| stack.name.clone())
    };
    assert_eq!(selected(&environment), None);
    let sum = sha1::Sha1::digest(root.join("Pulumi.yaml").as_os_str().as_encoded_bytes());
    let name = format!(
        "home/workspaces/app-{}-workspace.json",
        crate::text::hexadecimal(&sum, 40)
    );
    tree.write(&name, "{\"stack\": \"organization/app/dev\"}");
    assert_eq!(selected(&environment).as_deref(), Some("dev"));
    environment.pulumi_stack = Some("prod".to_owned());
    assert_eq!(selected(&environment).as_deref(), Some("prod"));
    assert_eq!(target("x").name, "x");
}

#[test]
fn commands_name_the_stack_of_the_file_and_no_other_of_its_name() {
    let tree = app(
        ("index.ts", PROGRAM),
        "nodejs",
        &checkpoint("reads", "reads-1", 256),
    );
    let stacks = |selected: &str| {
        let environment = IacEnvironment {
            pulumi_stack: Some(selected.to_owned()),
            ..IacEnvironment::default()
        };
        let survey = Survey::of(&tree.root(), &environment, WalkLimits::default());
        let project = &survey.projects[0];
        let told = |stack: &Stack| {
            let command = project.command_text(stack, StackIntent::Export);
            let star = if stack.is_selected { "*" } else { "" };
            format!("{}{star} {} {command}", stack.name, stack.is_known)
        };
        project.stacks.iter().map(told).collect::<Vec<_>>()
    };
    let of_file = "true `pulumi --stack organization/app/dev stack export`";
    assert_eq!(stacks("dev"), [format!("dev* {of_file}")]);
    assert_eq!(stacks("organization/app/dev"), [format!("dev* {of_file}")]);
    // Another organisation keeps its stacks elsewhere: what is here is none of theirs.
    assert_eq!(
        stacks("acme/app/dev"),
        [
            "acme/app/dev* false `pulumi --stack acme/app/dev stack export`".to_owned(),
            format!("dev {of_file}"),
        ]
    );
    assert_eq!(
        stacks("acme/app/prod"),
        [
            format!("dev {of_file}"),
            "prod* false `pulumi --stack acme/app/prod stack export`".to_owned(),
        ]
    );
}

#[test]
fn checkpoints_that_cannot_be_read_are_told_with_file_and_line() {
    for (text, expected) in [
        (
            "{\n\"version\": 2}",
            ".pulumi/stacks/app/dev.json:2: checkpoint version 2 is not read",
        ),
        (
            "{\"version\": 3}",
            ".pulumi/stacks/app/dev.json:1: this is no checkpoint of Pulumi",
        ),
        ("{", ".pulumi/stacks/app/dev.json:1: this is not JSON"),
    ] {
        let tree = app(("index.ts", PROGRAM), "nodejs", text);
        let problems = tree.survey().problems;
        assert!(
            problems[0].to_string().starts_with(expected),
            "{problems:?}"
        );
    }
}

#[test]
fn the_configuration_of_a_stack_overrules_the_default_of_the_program() {
    let program = "const mem = config.getNumber(\"memory\") ?? 128;\nnew aws.lambda.Function(\"r\", { name: \"reads\", memorySize: mem });\n";
    let dev = "config:\n  aws:region: eu-west-1\n  app:memory: \"256\"\n";
    let tree = Tree::of(&[
        ("Pulumi.yaml", "name: app\nruntime: nodejs\n"),
        ("Pulumi.dev.yaml", dev),
        ("Pulumi.prod.yaml", "config:\n  app:memory: 1024\n"),
        ("index.ts", program),
    ]);
    assert_eq!(
        tree.measured_places("reads", 256),
        [
            "Pulumi.dev.yaml:3 256 likely",
            "index.ts:1 128 guess",
            "Pulumi.prod.yaml:2 1024 guess"
        ]
    );
    tree.apply(
        &tree.measured("reads", 256).places[0],
        &dev.replace("256", "512"),
    );
    tree.write("Pulumi.dev.yaml", &dev.replace("eu-west-1", "us-east-1"));
    assert!(
        tree.measured_places("reads", 256)
            .iter()
            .all(|it| it.contains("guess"))
    );
    tree.write("Pulumi.dev.yaml", dev);
    tree.write(
        "index.ts",
        &program.replace("getNumber(\"memory\") ?? 128", "requireNumber(\"memory\")"),
    );
    assert_eq!(
        tree.measured_places("reads", 256)[0],
        "Pulumi.dev.yaml:3 256 likely"
    );
}

#[test]
fn a_program_in_yaml_is_read_without_a_checkpoint_and_other_languages_are_told() {
    let yaml = "name: app\nruntime: yaml\nconfig:\n  memory:\n    type: number\n    default: 256\nresources:\n  r:\n    type: aws:lambda:Function\n    properties:\n      name: reads\n      memorySize: ${memory}\n";
    let tree = Tree::of(&[("Pulumi.yaml", yaml)]);
    assert_eq!(
        tree.measured_places("reads", 256),
        ["Pulumi.yaml:6 256 likely"]
    );
    tree.write("Pulumi.dev.yaml", "config:\n  app:memory: 384\n");
    assert_eq!(
        tree.measured_places("reads", 384),
        ["Pulumi.dev.yaml:2 384 likely", "Pulumi.yaml:6 256 guess"]
    );
    let go = Tree::of(&[("Pulumi.yaml", "name: app\nruntime: go\n"), ("main.go", "")]);
    assert_eq!(
        go.memory("reads").notes,
        [
            "Pulumi in .: Its programs in 'go' are not read, only TypeScript, JavaScript, Python and YAML."
        ]
    );
}
