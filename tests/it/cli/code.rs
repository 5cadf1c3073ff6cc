//! The recommended size as code, and what files tell of stacks: the user's own, and the samples of the demo.

use serde_json::json;

use super::{Desk, Done, Site};

const TUNE: [&str; 7] = ["tune", "busy", "--num", "5", "--powers", "128,512", "--yes"];
const MAIN: &str = "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"busy\"\n  memory_size   = 256 # MB\n}\n";

/// A desk with a tuned function and Terraform that describes it.
fn tuned() -> (Desk, Site) {
    let (desk, site) = (Desk::new(), Site::fast());
    site.run(&desk, &TUNE).ends(0, "");
    std::fs::create_dir(desk.home().join("infra")).unwrap();
    desk.file("infra/main.tf", MAIN);
    (desk, site)
}

#[test]
fn the_patch_of_a_run_is_written_and_git_applies_it() {
    let (desk, _site) = tuned();
    let line = ["runs", "code", "latest", "--pick", "cheapest", "--json"];
    let done = desk.run(&line);
    done.ends(0, "");
    let places = done.json();
    let place = &places[0];
    let to = place["to"].to_string();
    assert_eq!(
        (
            &place["tool"],
            &place["file"],
            &place["line"],
            &place["from"]
        ),
        (
            &json!("terraform"),
            &json!("infra/main.tf"),
            &json!(3),
            &json!(256)
        )
    );
    assert_eq!(place["confidence"], "likely");
    let patch = [
        "runs", "code", "latest", "--pick", "cheapest", "--patch", "a.patch",
    ];
    let done = desk.run(&patch);
    done.ends(0, "'git apply' takes it in");
    assert!(
        done.stdout.contains("Terraform, likely: infra/main.tf:3"),
        "{done:?}"
    );
    assert!(done.stdout.contains("Terraform in general:"), "{done:?}");
    let again = desk.run(&patch);
    again.ends(
        1,
        "'a.patch' is there already; give another name, or add --force",
    );
    assert_eq!(again.stdout, "");
    desk.run(&[&patch[..], &["--force"]].concat())
        .ends(0, "git apply");
    let mut folder = patch;
    folder[6] = "infra";
    for more in [&[][..], &["--force"][..]] {
        desk.run(&[&folder[..], more].concat())
            .ends(1, "'infra' is a directory; give the name of a file in it");
    }
    let applied = desk
        .command_of("git", &["apply", "a.patch"])
        .output()
        .unwrap();
    assert!(applied.status.success(), "{applied:?}");
    let changed = std::fs::read_to_string(desk.home().join("infra/main.tf")).unwrap();
    assert_eq!(changed, MAIN.replace("256", &to));
    let again = desk.run(&[
        "runs", "code", "latest", "--pick", "cheapest", "--patch", "-",
    ]);
    again.ends(0, "says");
    assert_eq!(again.stdout, "");
}

#[test]
fn of_places_that_are_as_sure_none_is_taken_unasked() {
    let (desk, _site) = tuned();
    std::fs::create_dir(desk.home().join("other")).unwrap();
    desk.file("other/main.tf", MAIN);
    let line = [
        "runs", "code", "latest", "--pick", "cheapest", "--patch", "-",
    ];
    let refused = desk.run(&line);
    refused.ends(
        1,
        "several places are as sure (1 infra/main.tf:3, 2 other/main.tf:3)",
    );
    assert_eq!(refused.stdout, "");
    let chosen = desk.run(&[&line[..], &["--place", "2"]].concat());
    chosen.ends(0, "That other/main.tf:3 is the place is likely.");
    assert!(
        chosen.stdout.starts_with("--- a/other/main.tf"),
        "{chosen:?}"
    );
    let none = desk.run(&[&line[..], &["--place", "3"]].concat());
    none.ends(2, "there is no such place: 2 places were found");
    let shown = desk.run(&["runs", "code", "latest", "--pick", "cheapest"]);
    assert!(
        shown
            .stdout
            .contains("\n2. Terraform, likely: other/main.tf:3\n"),
        "{shown:?}"
    );
}

#[test]
fn several_projects_tell_themselves_apart() {
    let desk = Desk::new();
    for dir in ["a", "b"] {
        std::fs::create_dir(desk.home().join(dir)).unwrap();
        desk.file(&format!("{dir}/main.tf"), "");
        let state = format!(
            "{{\"version\": 4, \"outputs\": {{\"n\": {{\"value\": 5}}, \"long\": {{\"value\": \"{}\"}}}}}}",
            dir.repeat(70)
        );
        desk.file(&format!("{dir}/terraform.tfstate"), &state);
    }
    desk.file("b/terraform.tfstate.d", "");
    let outputs = desk.run(&["stacks", "outputs"]);
    assert!(
        outputs
            .stdout
            .contains("n\n  Terraform default in a  5\n  Terraform default in b  5\n"),
        "{outputs:?}"
    );
    let grid = desk.run(&["stacks", "outputs", "--json"]).json();
    assert_eq!(grid["rows"][1]["cells"][0]["value"], json!(5));
    let list = desk.run(&["stacks", "list"]);
    assert!(list.stdout.contains("no functions, 2 outputs"), "{list:?}");
    let commands = desk.run(&["stacks", "commands", "a"]);
    assert!(
        commands.stdout.starts_with("Terraform default\n"),
        "{commands:?}"
    );
    assert!(
        commands.stdout.contains("(cd a && terraform init)"),
        "{commands:?}"
    );
    let all = desk.run(&["stacks", "commands"]);
    assert!(all.stdout.contains("Terraform default in b\n"), "{all:?}");
    assert!(
        all.stdout.contains("  terraform -chdir=b init\n"),
        "{all:?}"
    );
}

#[test]
fn what_cannot_be_found_or_read_is_told() {
    let (desk, _site) = tuned();
    let gone = desk.run(&["runs", "code", "latest", "--dir", "gone"]);
    gone.ends(2, "the directory 'gone' cannot be read");
    desk.run(&["runs", "code", "nothing"])
        .ends(1, "'nothing' is no saved run");
    desk.file("infra/main.tf", "resource {{\n");
    let line = ["runs", "code", "latest", "--json"];
    let done = desk.run(&line);
    done.ends(3, "infra/main.tf:1: this is not Terraform's language");
    assert_eq!(done.json(), json!([]));
    let empty = desk.run(&["runs", "code", "latest", "--dir", "/proc/self/fdinfo"]);
    empty.ends(0, "No project of CDK, Terraform");
    assert!(empty.stdout.contains("AWS CLI in general:"), "{empty:?}");
}

#[test]
fn the_demo_shows_a_change_in_each_of_its_samples() {
    let desk = Desk::new();
    let line = [
        "--demo",
        "runs",
        "code",
        "dynamodb-reads",
        "--pick",
        "fastest",
        "--json",
    ];
    let done = desk.run(&line);
    done.ends(0, "");
    let places = done.json();
    let sure = places
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["confidence"] == "certain");
    let tools: Vec<_> = sure
        .filter(|it| it["diff"].is_string())
        .map(|it| it["tool"].clone())
        .collect();
    assert_eq!(tools, ["cdk", "pulumi", "terraform"]);
    let left = std::fs::read_dir(desk.home()).unwrap().count();
    assert_eq!(left, 0);
}

#[test]
fn the_demo_makes_a_folder_only_for_what_needs_one() {
    let desk = Desk::new();
    let run = |line: &[&str]| {
        let mut command = desk.command(line);
        command.env("TMPDIR", desk.home().join("gone"));
        Done::of(command.output().unwrap())
    };
    run(&["--demo", "functions"]).ends(0, "");
    run(&["--demo", "stacks", "list", "."]).ends(0, "No project of CDK");
    run(&["--demo", "stacks", "list"]).ends(1, "no folder for the demo in");
}

#[test]
fn the_samples_are_of_functions_of_the_account() {
    let desk = Desk::new();
    let functions = desk.run(&["--demo", "functions", "--json"]).json();
    let resources = desk
        .run(&["--demo", "stacks", "resources", "--json"])
        .json();
    let memory = |name: &str| {
        let all = functions.as_array().unwrap().iter();
        all.filter(|it| it["name"] == name)
            .map(|it| it["memory_mb"].clone())
            .next()
    };
    let mut seen = 0;
    for resource in resources.as_array().unwrap() {
        if resource["kind"] == "function" {
            let name = resource["name"].as_str().unwrap();
            assert_eq!(memory(name), Some(resource["memory"].clone()), "{resource}");
            seen += 1;
        }
    }
    assert_eq!(seen, 6);
}

#[test]
fn stacks_are_told_for_people_and_for_scripts() {
    let desk = Desk::new();
    let list = desk.run(&["--demo", "stacks", "list"]);
    list.ends(0, "");
    for words in [
        "shop-cdk-dev",
        "Terraform",
        "selected",
        "2 functions, 4 outputs",
    ] {
        assert!(list.stdout.contains(words), "{words}: {list:?}");
    }
    let outputs = desk.run(&["--demo", "stacks", "outputs"]);
    outputs.ends(0, "dbPassword is missing in CDK shop-cdk-dev.");
    assert!(outputs.stdout.contains("•••"), "{outputs:?}");
    assert!(!format!("{outputs:?}").contains("not-a-real-one"));
    let grid = desk.run(&["--demo", "stacks", "outputs", "--json"]).json();
    assert_eq!(grid["rows"][0]["key"], "readsarn");
    let commands = desk.run(&["--demo", "stacks", "commands"]).stdout;
    let plan = "terraform -chdir=terraform plan -out=dev.tfplan -var-file=envs/dev.tfvars";
    assert!(commands.contains(plan), "{commands}");
    let argv = desk.run(&["--demo", "stacks", "commands", "--json"]).json();
    assert_eq!(argv[0]["argv"], json!(["cdk", "bootstrap"]));
}

#[test]
fn stacks_of_a_directory_without_any_and_of_none() {
    let desk = Desk::new();
    let done = desk.run(&["stacks", "list", "--json"]);
    done.ends(0, "No project of CDK, Terraform, Pulumi");
    assert_eq!(done.json(), json!([]));
    desk.file("f", "");
    desk.run(&["stacks", "list", "f"])
        .ends(2, "'f' is no directory");
    desk.file("main.tf", "");
    desk.file("terraform.tfstate", "{\"version\": 3}");
    let broken = desk.run(&["stacks", "list"]);
    broken.ends(3, "terraform.tfstate:1: state version 3 is not read");
    assert!(broken.stdout.trim_end().ends_with("  -"), "{broken:?}");
    assert_eq!(
        broken.stderr.matches("state version 3").count(),
        1,
        "{broken:?}"
    );
}
