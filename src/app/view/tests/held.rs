//! A run held against what its function does since, and sizes added to a run.

use super::{draw, lines};
use crate::app::fixture::logs::{event, events, follow_task, followed};
use crate::app::fixture::*;
use crate::app::{App, PaneId};
use crate::effect::{Effect, Job, JobReport, Msg};
use crate::lambda::MemoryMb;
use crate::logs::statistics::{GroupFigures, InvocationSubset, RunVersion, Statistics};
use crate::panes::logs::LogsScreen;
use crate::power::{Resumption, Run, RunOrigin};
use crate::task::TaskId;

const GROUP: &str = "/aws/lambda/dynamodb-reads";

/// A run that recommends another size than the function had.
fn moved() -> Run {
    let mut run = run("dynamodb-reads", "2026-11-21T09:30:00Z");
    run.measured_mut().unwrap().current_memory = mb(128);
    run
}

/// The counts that were begun: the task, the memory size, the range in milliseconds.
fn counts(effects: &[Effect]) -> Vec<(TaskId, MemoryMb, i64)> {
    let counted = jobs(effects)
        .into_iter()
        .filter_map(|(task, job)| match job {
            Job::CountInvocations(part) => {
                let size = part.only.as_ref().and_then(InvocationSubset::memory)?;
                Some((task, size, part.range_ms.1 - part.range_ms.0))
            }
            _ => None,
        });
    counted.collect()
}

/// Figures of so many invocations of about this many milliseconds.
fn figures(count: u32, duration_ms: f64) -> GroupFigures {
    let mut statistics = Statistics::new();
    for number in 0..count {
        let duration = duration_ms + f64::from(number % 5);
        let line = format!(
            "REPORT RequestId: 8f5b1c9e-0c1e-4b57-9d3a-{number:012x}\tDuration: {duration:.2} ms\tBilled Duration: {duration:.0} ms\tMemory Size: 128 MB\tMax Memory Used: 61 MB\t"
        );
        statistics.take("s", &line, 0);
    }
    GroupFigures::Invocations(Box::new(statistics.summary()))
}

fn frame(app: &mut App, columns: u16, rows: u16) -> String {
    lines(&draw(app, columns, rows)).join("\n")
}

/// The statistics of the function at these memory sizes, and what was begun for them.
fn side_by_side(sizes: &str) -> (App, Vec<Effect>) {
    let mut app = ready_with(context(), &[], &[]);
    app.update(Msg::Resized(120, 40));
    followed(&mut app, &[GROUP]);
    press(&mut app, "S m");
    write(&mut app, sizes);
    let effects = press(&mut app, "enter");
    (app, effects)
}

fn answer(app: &mut App, task: TaskId, figures: GroupFigures) {
    app.update(Msg::Task(task, JobReport::Counted(figures)));
}

#[test]
fn a_run_is_held_against_what_the_function_does_at_both_sizes() {
    let mut app = ready_with(context(), &[moved()], &[]);
    app.update(Msg::Resized(120, 40));
    let pick = app
        .panes
        .tuning
        .runs
        .selected()
        .unwrap()
        .listed
        .pick
        .unwrap();
    let effects = press(&mut app, "=");
    assert_eq!(app.pane, PaneId::Logs);
    let counts = counts(&effects);
    let sizes: Vec<MemoryMb> = counts.iter().map(|(_, size, _)| *size).collect();
    assert_eq!(sizes, [mb(128), pick]);
    // An hour before the run, and what has passed since: 45 minutes at most.
    assert_eq!(counts[0].2, 3_599_999);
    assert!(counts[1].2 < 3_600_000, "{counts:?}");
    answer(&mut app, counts[0].0, figures(40, 400.0));
    answer(&mut app, counts[1].0, figures(0, 0.0));
    let screen = frame(&mut app, 120, 40);
    let said = "The run of 2026-11-21 said of warm calls: ";
    assert!(screen.contains(said), "{screen}");
    assert!(
        screen.contains("not enough traffic yet, 0 invocations since the run"),
        "{screen}"
    );
    // More of it by the key for another span: still the claim.
    let again = press(&mut app, "t");
    let again = self::counts(&again);
    assert_eq!(again.len(), 2);
    answer(&mut app, again[0].0, figures(40, 400.0));
    answer(&mut app, again[1].0, figures(40, 100.0));
    let screen = frame(&mut app, 120, 40);
    assert!(screen.contains("faster (-7"), "{screen}");
    press(&mut app, "esc");
    assert_eq!(app.pane, PaneId::Tuning);
    assert!(matches!(app.panes.logs.screen, LogsScreen::Groups));
}

#[test]
fn a_run_that_says_nothing_of_a_change_leads_nowhere() {
    let mut run = moved();
    let pick = crate::power::ListedRun::of(&run).pick.unwrap();
    run.measured_mut().unwrap().current_memory = pick;
    let mut app = ready_with(context(), &[run], &[]);
    assert!(press(&mut app, "=").is_empty());
    let text = &app.notices.current().unwrap().text;
    assert!(text.contains("there is no change to look at"), "{text}");
    press(&mut app, "j =");
    let text = &app.notices.current().unwrap().text;
    assert!(text.contains("not measured here"), "{text}");
}

#[test]
fn what_production_did_at_each_size_becomes_a_curve_among_the_runs() {
    let (mut app, effects) = side_by_side("256 512,256");
    let counts = counts(&effects);
    assert_eq!(counts.len(), 2, "a size is counted once");
    answer(&mut app, counts[0].0, figures(40, 400.0));
    press(&mut app, "C");
    let text = &app.notices.current().unwrap().text;
    assert!(text.contains("not every size is counted"), "{text}");
}

#[test]
fn the_curve_of_production_says_what_it_is() {
    let (mut app, effects) = side_by_side("256,512");
    for (number, (task, ..)) in counts(&effects).into_iter().enumerate() {
        let GroupFigures::Invocations(mut summary) = figures(40, 400.0 / (1.0 + number as f64))
        else {
            unreachable!()
        };
        summary.cost = cost_basis().cost(summary.memory_time, summary.invocations, 3_600_000);
        answer(&mut app, task, GroupFigures::Invocations(summary));
    }
    let effects = press(&mut app, "C");
    assert_eq!(app.pane, PaneId::Tuning);
    let kept = jobs(&effects).into_iter().find_map(|(_, job)| match job {
        Job::SaveRun(run) => Some((**run).clone()),
        _ => None,
    });
    let kept = kept.expect("the curve is kept");
    assert_eq!(kept.name, "dynamodb-reads in production");
    assert_eq!(kept.note, "invocations: 256 MB 40, 512 MB 40");
    let RunOrigin::Imported { from, points, .. } = &kept.origin else {
        panic!("{kept:?}");
    };
    assert_eq!((from.as_str(), points.len()), ("production, last hour", 2));
    let fee = cost_basis().rate.request();
    assert!(
        points
            .iter()
            .all(|point| point.cost_usd > 0.0 && point.cost_usd + fee > fee)
    );
    assert_eq!(app.panes.tuning.runs.selected().unwrap().run.id, kept.id);
}

fn cost_basis() -> crate::logs::statistics::CostBasis {
    let architecture = crate::lambda::Architecture::X86_64;
    crate::logs::statistics::CostBasis {
        rate: crate::power::Prices::bundled()
            .rate("eu-west-1", architecture)
            .unwrap(),
        architecture,
        is_assumed: false,
    }
}

#[test]
fn sizes_around_the_recommended_one_are_proposed_and_measured_into_the_run() {
    let mut app = ready_with(context(), &[moved()], &[]);
    let id = moved().id;
    press(&mut app, "+");
    let prompt = app.prompt.as_ref().expect("the sizes are asked for");
    let near = crate::power::resume::around(
        &moved().measured().unwrap().plan.sizes,
        app.panes
            .tuning
            .runs
            .selected()
            .unwrap()
            .listed
            .pick
            .unwrap(),
    );
    let near: Vec<String> = near.iter().map(MemoryMb::to_string).collect();
    assert_eq!(prompt.text(), near.join(","));
    press(&mut app, "ctrl-u");
    write(&mut app, "128,320");
    press(&mut app, "enter");
    let effects = press(&mut app, "y");
    let wanted = Resumption {
        added: vec![mb(128), mb(320)],
        ..Resumption::of(id)
    };
    assert_eq!(jobs(&effects)[0].1, &Job::Resume(Box::new(wanted)));
    let live = app.panes.tuning.live().unwrap();
    let sizes = &live.entry().run.measured().unwrap().sizes;
    assert_eq!(sizes.len(), 7);
    assert!(sizes.is_sorted_by_key(|size| size.memory_mb));
}

#[test]
fn sizes_that_the_run_has_are_not_added() {
    let mut app = ready_with(context(), &[moved()], &[]);
    press(&mut app, "+ ctrl-u");
    write(&mut app, "128");
    press(&mut app, "enter");
    let error = app.prompt.as_ref().and_then(|prompt| prompt.error.clone());
    assert_eq!(error.as_deref(), Some("the run has these sizes"));
}

#[test]
fn rows_of_a_run_are_marked_with_its_name() {
    let mut app = ready(context());
    app.update(Msg::Resized(120, 40));
    let effects =
        app.with_outbox(|panes, out| panes.logs.follow_groups(vec![GROUP.to_owned()], out));
    app.pane = PaneId::Logs;
    let tail = follow_task(&effects);
    let (load, _) = jobs(&effects)
        .into_iter()
        .find(|(_, job)| matches!(job, Job::LoadRunVersions))
        .expect("the versions of runs are loaded");
    let begun = at("2026-11-21T10:00:00Z").as_millisecond();
    let version = RunVersion {
        run: moved().id,
        name: Some("nightly".to_owned()),
        function_arn: format!("arn:aws:lambda:eu-west-1:{ACCOUNT}:function:dynamodb-reads"),
        version: "7".to_owned(),
        from_ms: begun,
        to_ms: Some(begun + 3_600_000),
    };
    app.update(Msg::Task(load, JobReport::RunVersions(vec![version])));
    app.update(Msg::Task(load, JobReport::Done));
    let report = |number: u8| {
        format!(
            "REPORT RequestId: 8f5b1c9e-0c1e-4b57-9d3a-{number:012x}\tDuration: 12.00 ms\tBilled Duration: 12 ms\tMemory Size: 128 MB\tMax Memory Used: 61 MB\t"
        )
    };
    let rows = vec![
        event(GROUP, "2026/11/21/[7]ab", 1_000, &report(1)),
        event(GROUP, "2026/11/21/[$LATEST]cd", 2_000, &report(2)),
    ];
    events(&mut app, tail, rows);
    let screen = frame(&mut app, 120, 40);
    let marked: Vec<&str> = screen
        .lines()
        .filter(|line| line.contains("billed 12"))
        .collect();
    assert_eq!(marked.len(), 2, "{screen}");
    assert!(marked[0].contains("[run nightly]"), "{screen}");
    assert!(!marked[1].contains("[run"), "{screen}");
}
