//! Documents of runs: what is exported comes back, what is broken is refused in words.

use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::lambda::Architecture;
use crate::power::{
    BillingStep, ChartDocument, ChartLimits, Point, ReferenceOutput, RunId, RunOrigin, TuneSummary,
    Weight, examples, fixture,
};

fn import(text: &str) -> Result<Vec<Run>, ImportError> {
    let mut count = 0;
    let mut id = || {
        count += 1;
        RunId(format!("new-{count}"))
    };
    Import {
        from: "file.json",
        at: Timestamp::UNIX_EPOCH,
        id: &mut id,
        link: None,
    }
    .read(text)
}

fn one(text: &str) -> Run {
    let mut runs = import(text).unwrap();
    assert_eq!(runs.len(), 1);
    runs.remove(0)
}

fn refusal(text: &str) -> String {
    import(text).unwrap_err().to_string()
}

fn points(run: &Run) -> Vec<Point> {
    run.curve(BillingStep::AsMeasured).points
}

#[test]
fn an_exported_run_comes_back_as_it_was() {
    let run = fixture::run();
    assert!(run.export().contains("\"iacstone_run\": 1"));
    assert_eq!(one(&run.export()), run);
    for example in examples::all() {
        assert_eq!(one(&example.run.export()), example.run);
    }
}

#[test]
fn a_measured_run_in_json_is_one_flat_object_whose_fields_keep_their_order() {
    let run = fixture::measured(Vec::new());
    let text = serde_json::to_string(&run).unwrap();
    let (before, rest) = text.split_once("\"plan\":{").unwrap();
    let (_, after) = rest.split_once("},\"state\":").unwrap();
    assert_eq!(
        before,
        r#"{"function_arn":"arn:aws:lambda:us-east-1:123456789012:function:busy","architecture":"x86_64","region":"us-east-1","current_memory":128,"#
    );
    assert_eq!(
        after,
        r#""finished","sizes":[],"control_calls":9,"spent_usd":0.000123,"wall_ms":4321,"cleanup":{"restored":true,"versions_left":0},"warnings":["look out"]}"#
    );
}

#[test]
fn several_exports_may_stand_in_a_list() {
    let list = format!(
        "[{},{}]",
        fixture::run().export(),
        examples::all()[0].run.export()
    );
    let runs = import(&list).unwrap();
    assert_eq!(runs, [fixture::run(), examples::all()[0].run.clone()]);
}

#[test]
fn a_link_becomes_a_run_with_a_new_id() {
    let curve = examples::all()[0].run.curve(BillingStep::AsMeasured);
    let run = one(&format!("  {}\n", curve.link()));
    assert_eq!(run.id, RunId("new-1".to_owned()));
    assert_eq!(run.name, "file.json");
    assert_eq!(points(&run), curve.points);
}

#[test]
fn a_comparison_becomes_two_runs_with_their_names() {
    let first = examples::all()[0].run.curve(BillingStep::AsMeasured);
    let second = examples::all()[1].run.curve(BillingStep::AsMeasured);
    let runs = import(&first.comparison_link(&second).unwrap()).unwrap();
    let names: Vec<&str> = runs.iter().map(|run| run.name.as_str()).collect();
    assert_eq!(names, ["no-op", "matrix-inversion"]);
    assert_ne!(runs[0].id, runs[1].id);
}

#[test]
fn every_document_this_program_prints_can_be_imported() {
    let run = fixture::run();
    let curve = run.curve(BillingStep::AsMeasured);
    let under = ChartLimits::default();
    let chart = ChartDocument::of(&curve, BillingStep::AsMeasured, Weight::default(), under);
    let chart = one(&serde_json::to_string(&chart).unwrap());
    assert_eq!(
        (chart.name.as_str(), points(&chart)),
        ("busy", curve.points.clone())
    );

    let tuned = one(&serde_json::to_string(&TuneSummary::of(&run)).unwrap());
    let figures = |run: &Run| -> Vec<(f64, f64)> {
        let figure = |point: &Point| (point.duration_ms, point.cost_usd);
        points(run).iter().map(figure).collect()
    };
    assert_eq!(
        (tuned.name.as_str(), figures(&tuned)),
        ("busy", figures(&run))
    );

    let output = ReferenceOutput::of(&run, true);
    let output = one(&serde_json::to_string(&output).unwrap());
    assert_eq!(points(&output).len(), 3);
    assert_eq!(output.name, "file.json");
}

/// What the reference tool would print for the usual run, without the figures of each size.
fn reference() -> Value {
    serde_json::to_value(ReferenceOutput::of(&fixture::run(), false)).unwrap()
}

#[test]
fn a_result_may_stand_in_quotes_and_in_the_record_of_an_execution() {
    let wanted = points(&one(&reference().to_string()));
    let quoted = json!(reference().to_string()).to_string();
    let twice = json!(quoted).to_string();
    let execution = json!({
        "executionArn": "arn:aws:states:us-east-1:123456789012:execution:powerTuning:1",
        "status": "SUCCEEDED",
        "input": json!({"lambdaARN": "arn:aws:lambda:us-east-1:123456789012:function:checkout:live"}).to_string(),
        "output": reference().to_string(),
    });
    for text in [&quoted, &twice, &execution.to_string()] {
        assert_eq!(points(&one(text)), wanted, "{text}");
    }
    assert_eq!(one(&execution.to_string()).name, "checkout");
    assert_eq!(one(&quoted).name, "file.json");
    let mut named = reference();
    named["functionName"] = json!("billing");
    assert_eq!(one(&named.to_string()).name, "billing");
}

#[test]
fn an_execution_without_output_says_how_it_stands() {
    let arn = "arn:aws:states:us-east-1:123456789012:execution:powerTuning:1";
    let failed =
        json!({"executionArn": arn, "status": "FAILED", "cause": "no such \u{1b}[31mfunction"});
    assert_eq!(
        refusal(&failed.to_string()),
        "the execution is FAILED and has no output: no such function; look at it in Step Functions"
    );
    let running = json!({"executionArn": arn, "status": "RUNNING"}).to_string();
    assert!(refusal(&running).contains("wait for its end"));
}

#[test]
fn words_around_a_result_are_passed_over() {
    let output = reference();
    for text in [
        format!("Execution started...SUCCEEDED\nExecution output: \n{output}\n"),
        format!("Log: {{ not this }} {{\"nor\": \"this\"}} but {output:#} and \"more\""),
        format!("output: {}\n", json!(output.to_string())),
        format!("{output}\nDone."),
    ] {
        assert_eq!(points(&one(&text)).len(), 3, "{text}");
    }
    let two = format!("{}\n{}", fixture::run().export(), output);
    assert_eq!(import(&two).unwrap().len(), 2);
    assert!(refusal("Execution output: {}").contains("its run failed"));
    // A file that was cut is not taken for what is left of it.
    let list = format!("[{},", fixture::run().export());
    assert!(refusal(&list).contains("not valid JSON"));
}

#[test]
fn the_only_link_of_a_page_is_read_and_of_several_one_is_asked_for() {
    let curve = |name: &str| {
        let example = examples::find(name).unwrap();
        example.run.curve(BillingStep::AsMeasured)
    };
    let (first, second) = (curve("no-op"), curve("s3-download"));
    let page = format!(
        "<style>a {{color: red}}</style>See <a href='{0}'>the results</a>, or {0}",
        first.link()
    );
    let run = one(&page);
    assert_eq!(
        (run.name.as_str(), points(&run)),
        ("the results", first.points)
    );
    let list = format!(
        "[all]: none\n[a]({}) and\n{}",
        curve("no-op").link(),
        second.link()
    );
    assert_eq!(
        refusal(&list),
        "holds 2 visualization links: 1 'a' (128 to 3008 MB), 2 'link' (512 to 3008 MB); add '--link N' to say which"
    );
    let numbered = |number| {
        let mut id = || RunId("new".to_owned());
        let link = Some(number);
        let (from, at) = ("page.md", Timestamp::UNIX_EPOCH);
        Import {
            from,
            at,
            id: &mut id,
            link,
        }
        .read(&list)
    };
    let runs = numbered(2).unwrap();
    assert_eq!(
        (runs[0].name.as_str(), points(&runs[0])),
        ("page.md", second.points.clone())
    );
    let error = numbered(3).unwrap_err().to_string();
    assert_eq!(error, "there is no visualization link 3; it holds 2");
    // Links alone on their lines are no damaged link.
    let lines = format!("{}\n{}\n", curve("no-op").link(), second.link());
    assert!(refusal(&lines).contains("holds 2 visualization links"));
}

#[test]
fn bundled_example_files_can_be_imported() {
    let run = one(include_str!("../../../assets/examples/no-op.json"));
    assert_eq!(run.name, "no-op");
    let RunOrigin::Imported {
        architecture,
        region,
        ..
    } = &run.origin
    else {
        panic!("not measured here");
    };
    assert_eq!(
        (*architecture, region.as_str()),
        (Architecture::X86_64, "us-east-1")
    );
}

#[test]
fn damaged_exports_are_refused_in_words() {
    let damaged = |change: fn(&mut Value)| {
        let mut value: Value = serde_json::from_str(&fixture::run().export()).unwrap();
        change(&mut value);
        refusal(&value.to_string())
    };
    assert!(damaged(|v| *v.pointer_mut("/iacstone_run").unwrap() = json!(2)).contains("newer"));
    assert!(damaged(|v| *v.pointer_mut("/run/name").unwrap() = json!(2)).contains("damaged"));
    assert!(damaged(|v| *v.pointer_mut("/run").unwrap() = json!(null)).contains("damaged"));
    let negative = damaged(|v| {
        let sample = "/run/origin/measured/sizes/0/samples/0/duration_ms";
        *v.pointer_mut(sample).unwrap() = json!(-1.0);
    });
    assert!(
        negative.contains("duration at 128 MB is '-1'"),
        "{negative}"
    );
    let twice = damaged(|v| {
        *v.pointer_mut("/run/origin/measured/sizes/1/memory_mb")
            .unwrap() = json!(128);
    });
    assert!(twice.contains("128 MB is there twice"), "{twice}");
}

#[test]
fn what_holds_no_run_is_refused_in_words() {
    for (text, part) in [
        ("", "nothing to import"),
        ("[]", "nothing to import"),
        ("{", "not valid JSON"),
        ("{}", "its run failed"),
        ("hello", "neither JSON nor"),
        (
            "# A page\nsee https://example.org/; and more; of it",
            "neither JSON nor",
        ),
        ("AAE=;AAA=", "2 parts"),
        ("https://lambda-power-tuning.show/", "no '#'"),
        (r#"{"points": 7}"#, "document is damaged"),
        (r#"{"points": []}"#, "not a single measured memory size"),
        (
            r#"{"points": [{"memory_mb": 64, "duration_ms": 1, "cost_usd": 1}]}"#,
            "'64' MB",
        ),
        (r#"{"sizes": [{}]}"#, "document is damaged"),
        (r#"{"sizes": []}"#, "not a single measured memory size"),
        ("[1]", "no tuning result"),
    ] {
        let error = refusal(text);
        assert!(error.contains(part), "{text}: {error}");
    }
}

proptest! {
    #[test]
    fn no_sample_changes_on_its_way(durations in proptest::collection::vec(0.0_f64..1e9, 1..30)) {
        let run = fixture::run_of(fixture::measured(vec![fixture::size(128, &durations)]));
        prop_assert_eq!(one(&run.export()), run);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,120}", json in "[-0-9a-z\\[\\]{}\":, ]{0,60}") {
        let _ = import(&text);
        let _ = import(&format!("{{\"points\": {json}}}"));
        let _ = import(&format!("{{\"iacstone_run\": 1, \"run\": {json}}}"));
    }
}
