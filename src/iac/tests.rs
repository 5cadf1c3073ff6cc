//! What holds for all tools at once: what a change changes, how large and how strange its input may be.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::fixture::{Tree, state_function, target, terraform_state};
use super::{IacEnvironment, Survey, WalkLimits};

/// A project of one file that gives function `reads` a memory size, and the names of its files with texts.
fn project(tool: usize, size: u32, noise: &str) -> (String, Vec<(String, String)>) {
    let state = terraform_state(&state_function("", "reads", "", "reads", size));
    let sam = format!(
        "# {noise}\nTransform: AWS::Serverless-2016-10-31\nResources:\n  Other: {{Type: AWS::Serverless::Function, Properties: {{MemorySize: {size}}}}}\n  Reads:\n    Type: AWS::Serverless::Function\n    Properties:\n      FunctionName: reads\n      MemorySize: '{size}' # {noise}\n"
    );
    let json = format!(
        "{{\n\t\"Description\": \"{noise} {size}\",\n\t\"Resources\": {{\"Reads\": {{\"Type\": \"AWS::Lambda::Function\",\n\t\t\"Properties\": {{\"FunctionName\": \"reads\", \"MemorySize\": {size}}}}}}}\n}}"
    );
    let (file, text) = match tool {
        0 => (
            "main.tf",
            format!(
                "# {noise} {size}\nresource \"aws_lambda_function\" \"reads\" {{\n  description = \"{noise}\"\n  function_name = \"reads\"\n  memory_size = {size} # {noise}\n}}\n"
            ),
        ),
        1 => ("template.yaml", sam),
        2 => ("template.json", json),
        3 => (
            "serverless.yml",
            format!(
                "service: a # {noise}\nprovider: {{memorySize: {size}}}\nfunctions:\n  reads:\n    name: reads\n    memorySize: {size}\n"
            ),
        ),
        6 => (
            "main.tf.json",
            format!(
                "{{\n\t\"//\": \"{noise} {size}\",\n\t\"resource\": {{\"aws_lambda_function\": {{\"reads\": {{\"description\": \"{noise}\", \"function_name\": \"reads\",\n\t\t\"memory_size\": {size}, \"timeout\": {size}}}}}}}\n}}\n"
            ),
        ),
        4 => (
            "app/index.ts",
            format!(
                "// {noise} {size}\nnew aws.lambda.Function('x', {{\n\tname: 'reads', note: `{noise}`, /* {size} */\n\tmemorySize: {size}, timeout: {size} }});\n"
            ),
        ),
        _ => (
            "app/__main__.py",
            format!(
                "# {noise} {size}\naws.lambda_.Function('x', name='reads', note='''{noise}''', timeout={size},\n  memory_size={size}) # {noise}\n"
            ),
        ),
    };
    let mut files = vec![(file.to_owned(), text)];
    match tool {
        0 | 6 => files.push(("terraform.tfstate".to_owned(), state)),
        4 | 5 => files.push((
            "app/Pulumi.yaml".to_owned(),
            "name: a\nruntime: x\n".to_owned(),
        )),
        _ => {}
    }
    (file.to_owned(), files)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn git_applies_the_diff_and_exactly_the_one_value_changes(
        tool in 0_usize..7,
        size in prop_oneof![Just(128_u32), 513_u32..10_240],
        noise in "[ a-zäß日{}()\\[\\],:;#/*]{0,12}",
        is_dos in any::<bool>(),
        has_mark in any::<bool>(),
    ) {
        // In a template of TypeScript and in a comment of it, these end what they stand in.
        let noise = noise.replace("*/", "").replace("${", "");
        let (file, files) = project(tool, size, &noise);
        let tree = Tree::of(&[]);
        for (path, text) in &files {
            let text = if is_dos { text.replace('\n', "\r\n") } else { text.clone() };
            let mark = if has_mark && *path == file { "\u{feff}" } else { "" };
            tree.write(path, &format!("{mark}{text}"));
        }
        let before = tree.read(&file);
        let code = tree.memory("reads");
        prop_assert_eq!(&code.problems, &[]);
        prop_assert_eq!(code.places.len(), 1, "{:?}", code);
        let place = &code.places[0];
        prop_assert_eq!(place.from, Some(size));
        tree.git_apply(place.diff.as_ref().unwrap());
        let after = tree.read(&file);
        let changed: Vec<_> = before.lines().zip(after.lines()).enumerate().filter(|(_, (a, b))| a != b).collect();
        prop_assert_eq!(changed.len(), 1);
        prop_assert_eq!(changed[0].0 + 1, place.line);
        prop_assert_eq!(after.len() + size.to_string().len(), before.len() + 3);
        let again = tree.memory("reads");
        prop_assert_eq!(again.places[0].from, Some(512));
        prop_assert_eq!(&again.places[0].diff, &None);
    }

    #[test]
    fn no_text_breaks_a_reader(text in "[\\[\\]{}()<>\"'`$#/\\\\*:=,. a1\\n\\t-]{0,60}", tool in 0_usize..7) {
        let (file, _) = project(tool, 256, "");
        let tree = Tree::of(&[(&file, &text), ("app/Pulumi.yaml", "name: a\nruntime: x\n")]);
        let _ = tree.memory("reads");
    }
}

#[test]
fn names_with_quotes_and_unicode_stay_what_they_are() {
    let name = "it's \"ü\" 日本";
    let text = format!(
        "service: a\nfunctions:\n  f:\n    name: {}\n    memorySize: 256\n",
        serde_json::json!(name)
    );
    let dir = "d \u{1b}[31m'ü";
    let tree = Tree::of(&[(&format!("{dir}/serverless.yml"), &text)]);
    let code = tree.memory(name);
    let diff = code.places[0].diff.as_ref().unwrap();
    assert!(!diff.contains('\u{1b}'), "{diff}");
    tree.git_apply(diff);
    assert!(
        tree.read(&format!("{dir}/serverless.yml"))
            .contains("memorySize: 512")
    );
}

#[test]
fn a_file_that_was_changed_after_its_place_was_found_is_told() {
    let text = "service: a\nfunctions:\n  f:\n    memorySize: 256\n";
    let tree = Tree::of(&[("serverless.yml", text)]);
    let stamp = tree.memory("a-dev-f").places.remove(0).stamp;
    assert_eq!(stamp.change(), None);
    for other in [
        &format!("# one more line\n{text}"),
        &format!("\u{feff}{text}"),
    ] {
        tree.write("serverless.yml", other);
        let change = stamp.change();
        assert_eq!(
            change.as_deref(),
            Some("serverless.yml was changed after it was read")
        );
    }
    tree.write("serverless.yml", text);
    assert_eq!(stamp.change(), None, "it is as it was again");
    std::fs::remove_file(tree.root().join("serverless.yml")).unwrap();
    let gone = stamp.change().unwrap();
    assert!(
        gone.starts_with("serverless.yml was read and no longer can be: this file cannot be read"),
        "{gone}"
    );
}

#[test]
fn two_functions_on_one_variable_tell_of_each_other() {
    let text = "variable \"s\" {\n  default = 256\n}\nresource \"aws_lambda_function\" \"a\" {\n  function_name = \"a\"\n  memory_size = var.s\n}\nresource \"aws_lambda_function\" \"b\" {\n  function_name = \"b\"\n  memory_size = var.s\n}\n";
    let tree = Tree::of(&[("main.tf", text)]);
    assert_eq!(
        tree.places("a"),
        ["main.tf:2 256 likely also aws_lambda_function.b"]
    );
}

#[test]
fn a_state_of_40_mb_is_read_and_one_of_65_is_not() {
    let one = state_function("", "reads", "", "reads", 256);
    let mut state = terraform_state(&one);
    let filler = format!(", \"filler\": \"{}\"}}", "x".repeat(40 << 20));
    state.pop();
    state.push_str(&filler);
    let tree = Tree::of(&[("main.tf", ""), ("terraform.tfstate", &state)]);
    assert_eq!(tree.survey().projects[0].stacks[0].resources.len(), 1);
    tree.write("terraform.tfstate", &state.replace("xxxxx", "xxxxxxxxx"));
    let problems = tree.survey().problems;
    assert_eq!(
        problems[0].to_string(),
        "terraform.tfstate:1: this file is larger than 64 MiB, the most that is read of one"
    );
}

#[test]
fn fifty_thousand_files_are_walked_and_the_rest_is_told() {
    let tree = Tree::of(&[("last/main.tf", "")]);
    for dir in 0..50 {
        let path = tree.root().join(format!("d{dir}"));
        std::fs::create_dir(&path).unwrap();
        for file in 0..1_000 {
            std::fs::File::create(path.join(format!("f{file}"))).unwrap();
        }
    }
    let survey = tree.survey();
    assert_eq!((survey.projects.len(), survey.stops.len()), (1, 0));
    assert!(survey.entries > 50_000);
    let few = WalkLimits {
        entries: 1_000,
        ..WalkLimits::default()
    };
    let survey = Survey::of(&tree.root(), &IacEnvironment::default(), few);
    assert!(
        survey.stops[0].starts_with("The search ended in d"),
        "{:?}",
        survey.stops
    );
}

#[test]
fn what_is_told_of_a_function_is_json_with_known_names() {
    let tree = Tree::of(&[(
        "serverless.yml",
        "service: a\nfunctions:\n  f:\n    memorySize: 1024\n",
    )]);
    let code = tree.survey().memory_code(&target("a-dev-f"));
    let json = serde_json::to_value(&code).unwrap();
    let place = &json["places"][0];
    let mut keys = String::new();
    for key in place.as_object().unwrap().keys() {
        write!(keys, "{key} ").unwrap();
    }
    assert_eq!(
        keys,
        "tool file line from to diff dir confidence reason also "
    );
    assert_eq!(
        (&place["tool"], &place["confidence"]),
        (&"serverless".into(), &"certain".into())
    );
}

#[test]
fn what_cannot_be_read_is_told_of_its_own_stack_or_project() {
    let tree = Tree::of(&[
        ("cdk.json", "{}"),
        ("cdk.out/manifest.json", "{"),
        ("serverless.yml", "service: a\n"),
        ("x/main.tf", ""),
        ("x/terraform.tfstate", "{\"version\": 3}"),
        ("x/.terraform/environment", "dev"),
        ("y/serverless.yml", "a: [\n"),
    ]);
    let survey = tree.survey();
    let mut told = Vec::new();
    for project in &survey.projects {
        let stacks = project.stacks.iter().map(Some);
        let alone = project.stacks.is_empty().then_some(None);
        for stack in stacks.chain(alone) {
            let problem = survey.problem_of(project, stack).unwrap_or_default();
            let file = problem.split(':').next().unwrap_or_default().to_owned();
            told.push((project.tool.name(), file));
        }
    }
    let told: Vec<_> = told
        .iter()
        .map(|(tool, file)| (*tool, file.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("CDK", "cdk.out/manifest.json"),
            ("Serverless", ""),
            ("Terraform", "x/terraform.tfstate"),
            ("Terraform", ""),
            ("Serverless", "y/serverless.yml"),
        ]
    );
}
