//! From the tuning pane to the logs and back.

use super::*;
use crate::app::PaneId;
use crate::effect::{Job, JobReport};
use crate::logs::statistics::InvocationSubset;
use crate::panes::logs::LogsScreen;
use crate::panes::tuning::TuningScreen;
use crate::task::TaskId;

fn followed_groups(effects: &[crate::effect::Effect]) -> Vec<String> {
    let jobs = jobs(effects);
    let follow = jobs.iter().find_map(|(_, job)| match job {
        Job::Follow(wanted) => Some(wanted.groups.clone()),
        _ => None,
    });
    follow.expect("a tail was started")
}

fn run_log(effects: &[crate::effect::Effect]) -> (TaskId, String) {
    let mut jobs = jobs(effects).into_iter();
    let read = jobs.find_map(|(task, job)| match job {
        Job::ReadRunLog(group, _) => Some((task, group.clone())),
        _ => None,
    });
    read.expect("the log of the run is read")
}

#[test]
fn a_function_leads_to_its_log_group() {
    let mut app = ready(context());
    picker(&mut app);
    let effects = press(&mut app, "j L");
    assert_eq!(app.pane, PaneId::Logs);
    assert_eq!(followed_groups(&effects), ["/aws/lambda/dynamodb-reads"]);
}

#[test]
fn a_function_leads_to_its_runs_and_to_articles_that_mention_it() {
    let mut app = ready_with(context(), &runs(), &[]);
    picker(&mut app);
    press(&mut app, "j R");
    assert!(matches!(app.panes.tuning.screen, TuningScreen::Runs));
    let names: Vec<&str> = app
        .panes
        .tuning
        .runs
        .entries()
        .map(|entry| entry.run.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["dynamodb-reads", "dynamodb-reads"],
        "its run, and the example"
    );
    // The list is there, with the function in front.
    press(&mut app, "n");
    let effects = press(&mut app, "A");
    assert_eq!(app.pane, PaneId::Articles);
    let asked = jobs(&effects).into_iter().any(|(_, job)| {
        matches!(job, Job::Reader(crate::effect::ReaderJob::Search(query)) if format!("{query:?}").contains("dynamodb-reads"))
    });
    assert!(asked, "{effects:?}");
}

#[test]
fn a_measured_run_leads_to_what_it_wrote_into_the_log_of_its_function() {
    let mut app = ready_with(context(), &runs(), &[]);
    app.update(Msg::Resized(120, 40));
    let effects = press(&mut app, "L");
    let (task, group) = run_log(&effects);
    assert_eq!(group, "/aws/lambda/dynamodb-reads");
    let own = event("/aws/lambda/dynamodb-reads", "2026/11/21/[7]ab", 1, "hello");
    events(&mut app, task, vec![own]);
    app.update(Msg::Task(task, JobReport::Done));
    let tail = app.panes.logs.tail().unwrap();
    assert_eq!(tail.of_run.as_deref(), Some("dynamodb-reads"));
    assert_eq!(tail.rows().count(), 1);
    press(&mut app, "esc");
    assert_eq!(app.pane, PaneId::Tuning, "back to the run");
    assert!(app.panes.logs.tail().is_none());
    let mut app = ready(context());
    press(&mut app, "L");
    assert_eq!(app.pane, PaneId::Tuning);
    assert!(
        app.notices
            .current()
            .unwrap()
            .text
            .contains("not measured here")
    );
}

#[test]
fn a_run_measured_elsewhere_leads_to_its_own_group_and_not_to_a_namesake_here() {
    let mut run = run("dynamodb-reads", "2026-11-21T09:30:00Z");
    let measured = run.measured_mut().unwrap();
    measured.function_arn = measured.function_arn.replace("eu-west-1", "us-east-1");
    let mut app = ready_with(context(), &[run], &[]);
    let effects = press(&mut app, "L");
    let arn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/dynamodb-reads";
    assert_eq!(run_log(&effects).1, arn);
    assert_eq!(app.pane, PaneId::Logs);
}

#[test]
fn a_row_of_a_lambda_group_leads_to_the_plan_of_its_function() {
    let mut app = ready(context());
    followed(&mut app, &["/aws/lambda/dynamodb-reads"]);
    let effects = press(&mut app, "T");
    assert_eq!(app.pane, PaneId::Tuning);
    let (id, job) = jobs(&effects)[0];
    assert!(matches!(job, Job::DescribeFunction(function) if function.name() == "dynamodb-reads"));
    let described = Box::new(function("dynamodb-reads", 1024));
    app.update(Msg::Task(id, JobReport::Described(described)));
    assert!(matches!(app.panes.tuning.screen, TuningScreen::Plan(_)));
}

#[test]
fn a_row_of_another_group_leads_nowhere_and_says_so() {
    let (mut app, _) = following(3);
    press(&mut app, "T");
    assert_eq!(app.pane, PaneId::Logs);
    assert!(
        app.notices
            .current()
            .unwrap()
            .text
            .contains("Lambda log group")
    );
}

#[test]
fn statistics_of_before_and_since_a_time_stand_side_by_side() {
    let mut app = ready(context());
    app.update(Msg::Resized(80, 24));
    followed(&mut app, &["/aws/lambda/hash-bun"]);
    press(&mut app, "S c");
    write(&mut app, "2h");
    press(&mut app, "enter");
    let error = app.prompt.as_ref().unwrap().error.as_deref();
    assert_eq!(error, Some("that time is not within the last hour"));
    press(&mut app, "ctrl-u");
    write(&mut app, "10m");
    let effects = press(&mut app, "enter");
    let ranges: Vec<(i64, i64)> = jobs(&effects)
        .iter()
        .filter_map(|(_, job)| match job {
            Job::CountInvocations(part) => Some(part.range_ms),
            _ => None,
        })
        .collect();
    let [(from_ms, before_ms), (since_ms, to_ms)] = ranges[..] else {
        panic!("{ranges:?}");
    };
    assert_eq!(to_ms - from_ms, 3_600_000);
    assert_eq!((since_ms - before_ms, to_ms - since_ms), (1, 600_000));
    let LogsScreen::Statistics(table) = &app.panes.logs.screen else {
        panic!("{:?}", app.panes.logs.screen);
    };
    let names: Vec<&str> = table.columns.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["before hash-bun", "since hash-bun"]);
}

#[test]
fn statistics_of_versions_stand_side_by_side() {
    let mut app = ready(context());
    app.update(Msg::Resized(80, 24));
    followed(&mut app, &["/aws/lambda/hash-bun"]);
    press(&mut app, "S v");
    write(&mut app, "41 $LATEST");
    let effects = press(&mut app, "enter");
    let versions: Vec<Option<&str>> = jobs(&effects)
        .iter()
        .filter_map(|(_, job)| match job {
            Job::CountInvocations(part) => {
                Some(part.only.as_ref().and_then(InvocationSubset::version))
            }
            _ => None,
        })
        .collect();
    assert_eq!(versions, [Some("41"), Some("$LATEST")]);
    let names = |app: &App| -> Vec<String> {
        let LogsScreen::Statistics(table) = &app.panes.logs.screen else {
            panic!("{:?}", app.panes.logs.screen);
        };
        table.columns.iter().map(|it| it.name.clone()).collect()
    };
    assert_eq!(names(&app), ["41 hash-bun", "$LATEST hash-bun"]);
    press(&mut app, "v enter");
    assert_eq!(names(&app), ["hash-bun"]);
}
