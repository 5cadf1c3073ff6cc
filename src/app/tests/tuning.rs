//! The run under way.

use crate::app::App;
use crate::app::fixture::*;
use crate::effect::{Effect, Job, JobReport, Msg, Problem, Severity};
use crate::power::{Run, RunEvent, RunOrigin, RunState, SizeState, Strategy};

fn ended(app: &App, change: impl FnOnce(&mut crate::power::MeasuredRun)) -> Run {
    let mut run = run("dynamodb-reads", "2026-11-21T10:15:00Z");
    run.id = app.panes.tuning.live().unwrap().entry().run.id.clone();
    if let RunOrigin::Measured(measured) = &mut run.origin {
        change(measured);
    }
    run
}

#[test]
fn a_started_run_is_in_front_and_its_points_appear_with_the_samples() {
    let mut app = ready(context());
    let task = live(&mut app);
    assert_eq!(app.front().scope().name, "runs");
    let shown = app.panes.tuning.runs.shown().unwrap();
    assert_eq!((shown.main.curve.points.len(), shown.pending.len()), (0, 6));
    tell(&mut app, task, RunEvent::Phase("publishing 512 MB".into()));
    tell(&mut app, task, RunEvent::Sampled(mb(512), sample(100.0)));
    let shown = app.panes.tuning.runs.shown().unwrap();
    assert_eq!(shown.main.curve.points[0].memory_mb, mb(512));
    assert_eq!(shown.answer.recommended, Some(mb(512)));
    assert_eq!(shown.pending.len(), 5);
    assert_eq!(app.panes.tuning.live().unwrap().phase, "publishing 512 MB");
}

#[test]
fn an_infeasible_size_is_kept_with_its_reason() {
    let mut app = ready(context());
    let task = live(&mut app);
    let state = SizeState::Infeasible("out of memory".into());
    tell(&mut app, task, RunEvent::SizeChanged(mb(128), state));
    let shown = app.panes.tuning.runs.shown().unwrap();
    assert_eq!(shown.infeasible, [(mb(128), "out of memory".to_owned())]);
}

#[test]
fn other_runs_can_be_looked_at_meanwhile() {
    let points = |app: &App| {
        let shown = app.panes.tuning.runs.shown().unwrap();
        shown.main.curve.points.len()
    };
    let mut app = ready_with(context(), &runs(), &[]);
    let task = live(&mut app);
    press(&mut app, "j");
    assert_eq!(points(&app), 6);
    tell(&mut app, task, RunEvent::Sampled(mb(512), sample(100.0)));
    assert_eq!(points(&app), 6);
    press(&mut app, "k");
    assert_eq!(points(&app), 1);
}

#[test]
fn a_second_start_is_refused_while_one_runs() {
    let mut app = ready(context());
    live(&mut app);
    press(&mut app, "n enter");
    let effects = press(&mut app, "ctrl-s");
    assert!(jobs(&effects).is_empty());
    assert!(
        app.notices
            .current()
            .unwrap()
            .text
            .contains("still being tuned")
    );
}

#[test]
fn the_end_is_told_with_the_pick_and_the_change() {
    let mut app = ready(context());
    let task = live(&mut app);
    let run = ended(&app, |measured| {
        measured.plan.goal.strategy = Strategy::Speed;
    });
    tell(&mut app, task, RunEvent::Ended(Box::new(run.clone())));
    let notice = app.notices.current().unwrap();
    assert_eq!(notice.severity, Severity::Success);
    assert!(
        notice.text.contains("MB is fastest: 1.24x faster"),
        "{}",
        notice.text
    );
    assert!(
        notice.text.contains("against its 1024 MB"),
        "{}",
        notice.text
    );
    let effects = app.update(Msg::Task(task, JobReport::Done));
    assert_eq!(jobs(&effects)[0].1, &Job::LoadRuns);
    assert!(app.panes.tuning.live().is_none());
    let selected = app.panes.tuning.runs.selected().unwrap();
    assert_eq!(selected.run.id, run.id);
}

#[test]
fn cancelling_says_so_once_and_keeps_the_samples() {
    let mut app = ready(context());
    let task = live(&mut app);
    assert_eq!(press(&mut app, "x"), [Effect::Cancel(task)]);
    assert!(press(&mut app, "x").is_empty());
    tell(&mut app, task, RunEvent::Restored);
    assert!(app.panes.tuning.live().unwrap().restored);
    let run = ended(&app, |measured| measured.state = RunState::Cancelled);
    tell(&mut app, task, RunEvent::Ended(Box::new(run)));
    let text = app.notices.current().unwrap().text.clone();
    assert!(
        text.contains("has its 1024 MB again") && text.contains("30 invocations are kept"),
        "{text}"
    );
    app.update(Msg::Task(task, JobReport::Cancelled));
    assert_eq!(app.panes.tuning.runs.library.saved_count(), 1);
}

#[test]
fn a_run_is_paused_and_goes_on_and_says_so() {
    let mut app = ready(context());
    assert!(press(&mut app, "p").is_empty(), "nothing is under way");
    let task = live(&mut app);
    assert_eq!(press(&mut app, "p"), [Effect::Pause(task, true)]);
    let text = &app.notices.current().unwrap().text;
    assert!(text.contains("nothing new is started"), "{text}");
    let word = |app: &App| app.panes.tuning.live().unwrap().pause_word();
    assert_eq!(word(&app), Some("pausing"), "it does not hold yet");
    tell(&mut app, task, RunEvent::Paused);
    assert_eq!(word(&app), Some("paused"));
    assert_eq!(press(&mut app, "p"), [Effect::Pause(task, false)]);
    assert_eq!(word(&app), None);
    assert!(app.panes.tuning.live().unwrap().paused.is_none());
}

#[test]
fn a_paused_run_that_is_cancelled_is_not_paused_any_more() {
    let mut app = ready(context());
    let task = live(&mut app);
    press(&mut app, "p");
    assert_eq!(press(&mut app, "x"), [Effect::Cancel(task)]);
    assert!(app.panes.tuning.live().unwrap().paused.is_none());
    assert!(press(&mut app, "p").is_empty());
}

#[test]
fn the_end_says_how_many_invocations_failed() {
    let mut app = ready(context());
    let task = live(&mut app);
    let run = ended(&app, |measured| {
        measured.sizes[0].samples[0].error = Some("Oops".to_owned());
    });
    tell(&mut app, task, RunEvent::Ended(Box::new(run)));
    let notice = app.notices.current().unwrap();
    assert_eq!(notice.severity, Severity::Warning);
    assert!(
        notice.text.contains("; 1 of 30 invocations failed"),
        "{}",
        notice.text
    );
}

#[test]
fn a_run_that_could_not_be_saved_is_said_last_and_stays_to_be_exported() {
    let mut app = ready(context());
    let task = live(&mut app);
    let run = ended(&app, |_| {});
    let why = "the run could not be saved: the disk is full".to_owned();
    tell(&mut app, task, RunEvent::Unsaved(why));
    tell(&mut app, task, RunEvent::Ended(Box::new(run.clone())));
    let notice = app.notices.current().unwrap();
    assert_eq!(notice.severity, Severity::Error);
    assert!(
        notice
            .text
            .contains("the disk is full; it is whole only until iacstone ends"),
        "{}",
        notice.text
    );
    let effects = app.update(Msg::Task(task, JobReport::Done));
    assert!(
        jobs(&effects).is_empty(),
        "the store would bring an older record"
    );
    assert_eq!(app.panes.tuning.runs.selected().unwrap().run, run);
}

#[test]
fn suspending_waits_until_the_function_is_restored() {
    let mut app = ready(context());
    let task = live(&mut app);
    assert!(press(&mut app, "ctrl-z").is_empty());
    let text = &app.notices.current().unwrap().text;
    assert!(text.contains("is changing dynamodb-reads"), "{text}");
    tell(&mut app, task, RunEvent::Restored);
    assert_eq!(press(&mut app, "ctrl-z"), [Effect::Suspend]);
}

#[test]
fn a_function_that_was_not_restored_is_an_error_that_stays() {
    let mut app = ready(context());
    let task = live(&mut app);
    let run = ended(&app, |measured| measured.cleanup.restored = false);
    tell(&mut app, task, RunEvent::Ended(Box::new(run)));
    app.update(Msg::Tick(at("2026-11-21T11:00:00Z")));
    let notice = app.notices.current().unwrap();
    assert_eq!(notice.severity, Severity::Error);
    assert!(notice.text.contains("could not be restored to 1024 MB"));
}

#[test]
fn a_run_that_fails_before_it_began_leaves_nothing_behind() {
    let mut app = ready(context());
    let task = live(&mut app);
    app.update(Msg::Task(
        task,
        JobReport::Failed(Problem::other("Access denied.")),
    ));
    assert!(app.panes.tuning.live().is_none());
    assert_eq!(app.panes.tuning.runs.library.saved_count(), 0);
    assert_eq!(app.notices.current().unwrap().text, "Access denied.");
    assert!(app.panes.tuning.runs.selected().is_some());
}

#[test]
fn nothing_to_cancel_is_said() {
    let mut app = ready(context());
    assert!(press(&mut app, "x").is_empty());
    assert!(app.notices.current().unwrap().text.contains("No run"));
}

#[test]
fn a_run_that_was_cut_short_recommends_nothing() {
    for (state, recommended) in [
        (RunState::Finished, Some(mb(1024))),
        (RunState::Cancelled, None),
        (RunState::Failed("no more".to_owned()), None),
    ] {
        let mut run = run("dynamodb-reads", "2026-11-21T10:15:00Z");
        run.measured_mut().unwrap().state = state;
        let app = ready_with(context(), std::slice::from_ref(&run), &[]);
        let shown = app.panes.tuning.runs.shown().unwrap();
        assert_eq!(
            (&shown.run, shown.answer.recommended),
            (&run.id, recommended)
        );
        assert_eq!(run.recommended(), recommended);
    }
}

/// Two saved runs, the newer one in China, and the keys that lay it over the other.
fn compared_with_china() -> App {
    let mut runs = runs();
    runs[0].measured_mut().unwrap().region = "cn-north-1".to_owned();
    let mut app = ready_with(context(), &runs, &[]);
    press(&mut app, "c j");
    app
}

#[test]
fn costs_in_two_currencies_are_not_compared() {
    let app = compared_with_china();
    let shown = app.panes.tuning.runs.shown().unwrap();
    let words = &shown.comparison.as_ref().unwrap().cheapest;
    assert!(words.ends_with("cost not comparable"), "{words}");
}

#[test]
fn two_currencies_make_no_comparison_link() {
    let mut app = compared_with_china();
    assert!(press(&mut app, "y").is_empty());
    let notice = app.notices.current().unwrap();
    assert_eq!(notice.severity, Severity::Warning);
    assert!(notice.text.contains("in one currency"), "{}", notice.text);
}

#[test]
fn the_cursor_starts_at_the_recommended_size_and_stops_at_the_ends() {
    let mut app = ready_with(context(), &runs(), &[]);
    let recommended = app.panes.tuning.runs.shown().unwrap().answer.recommended;
    assert_eq!(app.panes.tuning.runs.look.cursor.at, recommended);
    press(&mut app, "l l l l l l l l");
    assert_eq!(app.panes.tuning.runs.look.cursor.at, Some(mb(3008)));
    press(&mut app, "h");
    assert_eq!(app.panes.tuning.runs.look.cursor.at, Some(mb(1536)));
}
