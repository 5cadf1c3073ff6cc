//! Runs that broke off, gone on with from the list.

use crate::app::fixture::*;
use crate::effect::{AppContext, Job, JobReport, Msg};
use crate::power::{Resumption, Run, RunEvent, RunState, SizeState};

/// A run that was cancelled with half of its sizes measured.
fn broken() -> Run {
    let mut run = run("dynamodb-reads", "2026-11-21T10:00:00Z");
    let measured = run.measured_mut().unwrap();
    measured.state = RunState::Cancelled;
    for size in measured.sizes.iter_mut().skip(3) {
        size.state = SizeState::Skipped("the run was cancelled".to_owned());
        size.samples.clear();
    }
    run
}

fn offered(context: AppContext, run: &Run) -> bool {
    let app = ready_with(context, std::slice::from_ref(run), &[]);
    app.panes.tuning.has_broken_off()
}

#[test]
fn a_run_that_broke_off_is_gone_on_with_after_a_yes() {
    let mut app = ready_with(context(), &[broken()], &[]);
    assert!(press(&mut app, "C").is_empty());
    let effects = press(&mut app, "y");
    let (task, job) = jobs(&effects)[0];
    assert_eq!(job, &Job::Resume(Box::new(Resumption::of(broken().id))));
    let live = app.panes.tuning.live().unwrap();
    assert_eq!(live.entry().run.id, broken().id);
    let shown = app.panes.tuning.runs.shown().unwrap();
    assert_eq!(shown.main.curve.points.len(), 3, "its points are there");
    tell(&mut app, task, RunEvent::Sampled(mb(3008), sample(40.0)));
    let whole = Box::new(run("dynamodb-reads", "2026-11-21T10:00:00Z"));
    tell(&mut app, task, RunEvent::Ended(whole));
    let effects = app.update(Msg::Task(task, JobReport::Done));
    assert_eq!(jobs(&effects)[0].1, &Job::LoadRuns);
    assert!(app.panes.tuning.live().is_none());
    assert_eq!(app.panes.tuning.runs.library.saved_count(), 1);
}

#[test]
fn a_whole_run_is_not_offered_and_says_why() {
    assert!(offered(context(), &broken()));
    let whole = run("dynamodb-reads", "2026-11-21T10:00:00Z");
    assert!(!offered(context(), &whole));
    let mut app = ready_with(context(), &[whole], &[]);
    assert!(press(&mut app, "C").is_empty());
    let text = &app.notices.current().unwrap().text;
    assert!(text.contains("has all its samples"), "{text}");
    press(&mut app, "j C");
    let text = &app.notices.current().unwrap().text;
    assert!(text.contains("Only a saved run"), "{text}");
}

#[test]
fn a_session_that_changes_nothing_goes_on_with_no_run() {
    let mut quiet = context();
    quiet.read_only = true;
    let mut app = ready_with(quiet, &[broken()], &[]);
    assert!(press(&mut app, "C").is_empty());
    let text = &app.notices.current().unwrap().text;
    assert!(text.contains("read-only"), "{text}");
    let mut alone = context();
    alone.offline = true;
    let mut app = ready_with(alone, &[broken()], &[]);
    assert!(press(&mut app, "C y").is_empty());
    let text = &app.notices.current().unwrap().text;
    assert!(text.contains("without --offline"), "{text}");
}

#[test]
fn no_run_is_gone_on_with_beside_another() {
    let mut app = ready_with(context(), &[broken()], &[]);
    live(&mut app);
    press(&mut app, "j");
    assert!(press(&mut app, "C").is_empty());
    let text = &app.notices.current().unwrap().text;
    assert!(text.contains("still being tuned"), "{text}");
}
