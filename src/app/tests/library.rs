//! The saved runs: walking, looking, comparing, renaming, deleting, import and export.

use crate::app::App;
use crate::app::fixture::*;
use crate::effect::{Effect, ImportOutcome, Job, JobReport, Msg, Problem, Severity};
use crate::panes::Load;
use crate::power::{BillingStep, ListedRun, Weight};

fn names(app: &App) -> Vec<&str> {
    app.panes
        .tuning
        .runs
        .entries()
        .map(|entry| entry.run.name.as_str())
        .collect()
}

fn selected(app: &App) -> &str {
    &app.panes.tuning.runs.selected().unwrap().run.name
}

fn with_runs() -> App {
    ready_with(context(), &runs(), &[])
}

#[test]
fn saved_runs_stand_before_the_eight_examples() {
    let app = with_runs();
    let names = names(&app);
    assert_eq!(
        names[..3],
        ["dynamodb-reads", "checkout-api-production", "no-op"]
    );
    assert_eq!(names.len(), 10);
}

#[test]
fn the_chart_follows_the_list_at_once() {
    let mut app = with_runs();
    assert_eq!(
        app.panes.tuning.runs.shown().unwrap().main.curve.name,
        "dynamodb-reads"
    );
    press(&mut app, "j");
    assert_eq!(
        app.panes.tuning.runs.shown().unwrap().main.curve.name,
        "checkout-api-production"
    );
    press(&mut app, "G");
    assert_eq!(
        app.panes.tuning.runs.shown().unwrap().main.curve.name,
        selected(&app)
    );
    press(&mut app, "j");
    assert_eq!(selected(&app), *names(&app).last().unwrap());
    press(&mut app, "g");
    assert_eq!(selected(&app), "dynamodb-reads");
}

#[test]
fn the_size_the_function_has_is_the_baseline_until_another_is_chosen() {
    let mut app = with_runs();
    assert_eq!(
        app.panes.tuning.runs.shown().unwrap().baseline,
        Some(mb(1024))
    );
    press(&mut app, "l l l l l l b");
    assert_eq!(
        app.panes.tuning.runs.shown().unwrap().baseline,
        Some(mb(3008))
    );
    press(&mut app, "b");
    assert_eq!(
        app.panes.tuning.runs.shown().unwrap().baseline,
        Some(mb(1024))
    );
}

#[test]
fn the_billing_step_changes_the_picks_of_an_old_run() {
    let mut app = ready(context());
    assert_eq!(selected(&app), "no-op");
    assert_eq!(
        app.panes
            .tuning
            .runs
            .shown()
            .unwrap()
            .main
            .picks
            .unwrap()
            .cheapest,
        mb(128)
    );
    press(&mut app, "s");
    assert_eq!(app.panes.tuning.runs.look.step, BillingStep::OneMs);
    assert_eq!(
        app.panes
            .tuning
            .runs
            .shown()
            .unwrap()
            .main
            .picks
            .unwrap()
            .cheapest,
        mb(256)
    );
    press(&mut app, "s s");
    assert_eq!(app.panes.tuning.runs.look.step, BillingStep::AsMeasured);
}

#[test]
fn the_weight_moves_the_balanced_pick_between_fastest_and_cheapest() {
    let mut app = ready(context());
    for _ in 0..30 {
        press(&mut app, "[");
    }
    let picks = app.panes.tuning.runs.shown().unwrap().main.picks.unwrap();
    assert_eq!(picks.balanced, picks.fastest);
    for _ in 0..30 {
        press(&mut app, "]");
    }
    let picks = app.panes.tuning.runs.shown().unwrap().main.picks.unwrap();
    assert_eq!(picks.balanced, picks.cheapest);
    assert_eq!(app.panes.tuning.runs.shown().unwrap().weight.of_cost(), 1.0);
}

#[test]
fn a_marked_run_is_laid_over_the_others() {
    let mut app = with_runs();
    press(&mut app, "c");
    assert!(app.panes.tuning.runs.shown().unwrap().overlay.is_none());
    press(&mut app, "G");
    let shown = app.panes.tuning.runs.shown().unwrap();
    assert_eq!(shown.overlay.as_ref().unwrap().curve.name, "dynamodb-reads");
    let words = &shown.comparison.as_ref().unwrap().cheapest;
    assert!(words.contains('x') && words.contains('%'), "{words}");
    press(&mut app, "g c G");
    assert!(app.panes.tuning.runs.shown().unwrap().overlay.is_none());
}

#[test]
fn a_filter_narrows_while_it_is_typed_and_escape_clears_it() {
    let mut app = with_runs();
    press(&mut app, "/");
    write(&mut app, "s3 dow");
    assert_eq!(names(&app), ["s3-download", "s3-download-threads"]);
    press(&mut app, "down");
    assert_eq!(selected(&app), "s3-download-threads");
    press(&mut app, "esc");
    assert_eq!(names(&app).len(), 10);
    press(&mut app, "/");
    write(&mut app, "zzz");
    press(&mut app, "enter");
    assert!(app.panes.tuning.runs.selected().is_none());
    assert!(app.panes.tuning.runs.shown().is_none());
    press(&mut app, "esc");
    assert_eq!(names(&app).len(), 10);
}

#[test]
fn a_deleted_run_comes_back() {
    let mut app = with_runs();
    let id = app.panes.tuning.runs.selected().unwrap().run.id.clone();
    let effects = press(&mut app, "d");
    assert_eq!(jobs(&effects)[0].1, &Job::DeleteRun(id.clone()));
    assert_eq!(selected(&app), "checkout-api-production");
    app.update(Msg::Task(jobs(&effects)[0].0, JobReport::Done));
    let deleted = app.notices.current().unwrap().text.clone();
    assert!(deleted.contains("u brings it back"), "{deleted}");
    let effects = press(&mut app, "u");
    let under_way = app.notices.current().unwrap().text.clone();
    assert_eq!(under_way, "Bringing dynamodb-reads back ...");
    app.update(Msg::Task(jobs(&effects)[0].0, JobReport::Done));
    let back = app.notices.current().unwrap().text.clone();
    assert_eq!(back, "dynamodb-reads is back.");
    assert!(matches!(jobs(&effects)[0].1, Job::SaveRun(run) if run.id == id));
    assert_eq!(selected(&app), "dynamodb-reads");
    assert_eq!(
        names(&app)[..2],
        ["dynamodb-reads", "checkout-api-production"]
    );
}

#[test]
fn a_delete_the_store_refused_is_taken_back() {
    let mut app = with_runs();
    let effects = press(&mut app, "d");
    let (task, _) = jobs(&effects)[0];
    app.update(Msg::Task(
        task,
        JobReport::Failed(Problem::other("The disk is full.")),
    ));
    assert_eq!(names(&app)[0], "dynamodb-reads");
    assert_eq!(app.notices.current().unwrap().text, "The disk is full.");
    assert!(jobs(&press(&mut app, "u")).is_empty());
}

#[test]
fn an_undo_the_store_refused_is_taken_back_and_can_be_tried_again() {
    let mut app = with_runs();
    let effects = press(&mut app, "d");
    let (deleting, _) = jobs(&effects)[0];
    let effects = press(&mut app, "u");
    let (task, _) = jobs(&effects)[0];
    app.update(Msg::Task(deleting, JobReport::Done));
    let said = app.notices.current().unwrap().text.clone();
    assert_eq!(said, "Bringing dynamodb-reads back ...");
    app.update(Msg::Task(
        task,
        JobReport::Failed(Problem::other("The disk is full.")),
    ));
    assert_eq!(app.notices.current().unwrap().text, "The disk is full.");
    assert_eq!(app.panes.tuning.runs.library.saved_count(), 1);
    assert_eq!(jobs(&press(&mut app, "u")).len(), 1);
    assert_eq!(app.panes.tuning.runs.library.saved_count(), 2);
}

#[test]
fn examples_are_neither_renamed_nor_deleted() {
    let mut app = ready(context());
    for key in ["d", "R"] {
        assert!(press(&mut app, key).is_empty());
        assert!(app.prompt.is_none());
        assert!(app.notices.current().unwrap().text.contains("Examples"));
    }
}

#[test]
fn a_rename_is_shown_at_once_and_taken_back_when_it_fails() {
    let mut app = with_runs();
    press(&mut app, "R ctrl-u");
    app.update(Msg::Paste(" after the fix ".into()));
    let effects = press(&mut app, "enter");
    assert_eq!(names(&app)[0], "after the fix");
    assert_eq!(
        app.panes.tuning.runs.shown().unwrap().main.curve.name,
        "after the fix"
    );
    let (task, _) = jobs(&effects)[0];
    app.update(Msg::Task(
        task,
        JobReport::Failed(Problem::other("The store is busy.")),
    ));
    assert_eq!(names(&app)[0], "dynamodb-reads");
}

#[test]
fn an_empty_name_keeps_the_prompt_open_with_the_reason() {
    let mut app = with_runs();
    press(&mut app, "R");
    for _ in 0..20 {
        press(&mut app, "backspace");
    }
    assert!(press(&mut app, "enter").is_empty());
    assert!(app.prompt.as_ref().unwrap().error.is_some());
}

#[test]
fn an_imported_run_is_selected() {
    let mut app = ready(context());
    press(&mut app, "i");
    write(&mut app, "run.json");
    let effects = press(&mut app, "enter");
    let (task, job) = jobs(&effects)[0];
    assert_eq!(job, &Job::ImportRun("run.json".into()));
    let imported = Box::new(run("from-elsewhere", "2026-11-21T10:00:00Z"));
    app.update(Msg::Task(
        task,
        JobReport::Imported(imported, ImportOutcome::New),
    ));
    app.update(Msg::Task(task, JobReport::Done));
    assert_eq!(selected(&app), "from-elsewhere");
}

#[test]
fn an_export_takes_the_run_to_the_path() {
    let mut app = ready(context());
    press(&mut app, "e");
    assert_eq!(app.prompt.as_ref().unwrap().text(), "no-op.json");
    let effects = press(&mut app, "enter");
    let (task, job) = jobs(&effects)[0];
    assert!(
        matches!(job, Job::ExportRun(run, path) if run.name == "no-op" && path == "no-op.json")
    );
    app.update(Msg::Task(task, JobReport::Exported("no-op.json".into())));
    assert!(app.notices.current().unwrap().text.contains("no-op.json"));
}

#[test]
fn a_store_that_fails_is_told_and_loaded_again_on_request() {
    let mut app = App::new(context());
    let effects = app.start();
    let (task, _) = jobs(&effects)[1];
    app.update(Msg::Task(
        task,
        JobReport::Failed(Problem::other("The store is newer.")),
    ));
    assert_eq!(app.notices.current().unwrap().text, "The store is newer.");
    let effects = press(&mut app, "r");
    assert_eq!(jobs(&effects)[0].1, &Job::LoadRuns);
}

#[test]
fn runs_that_could_be_read_stay_when_others_could_not() {
    let mut app = App::new(context());
    let effects = app.start();
    let (task, _) = jobs(&effects)[1];
    app.update(Msg::Task(
        task,
        JobReport::Runs(ListedRun::beside(runs()), Vec::new()),
    ));
    app.update(Msg::Task(
        task,
        JobReport::Failed(Problem::other("run x cannot be read")),
    ));
    assert_eq!(app.panes.tuning.runs.library.saved_count(), 2);
    assert_eq!(app.notices.current().unwrap().severity, Severity::Warning);
    assert!(matches!(
        app.panes.tuning.runs.library.load,
        Load::Loaded(_)
    ));
}

#[test]
fn a_cut_off_run_is_undone_after_a_yes() {
    let mut app = ready_with(context(), &[], &[journal()]);
    assert!(app.panes.tuning.runs.cut_off().is_some());
    assert!(press(&mut app, "X").is_empty());
    let effects = press(&mut app, "y");
    let (task, job) = jobs(&effects)[0];
    assert_eq!(job, &Job::Recover(journal().run));
    assert!(app.panes.tuning.runs.cut_off().is_none());
    let effects = app.update(Msg::Task(task, JobReport::Done));
    assert_eq!(jobs(&effects)[0].1, &Job::LoadRuns);
    assert_eq!(app.notices.current().unwrap().severity, Severity::Success);
}

#[test]
fn an_offline_session_does_not_undo_a_cut_off_run() {
    let mut context = context();
    context.offline = true;
    let mut app = ready_with(context, &[], &[journal()]);
    assert!(press(&mut app, "X y").is_empty());
    let text = &app.notices.current().unwrap().text;
    assert!(text.contains("without --offline"), "{text}");
}

#[test]
fn a_comparison_link_holds_both_runs() {
    let mut app = with_runs();
    let effects = press(&mut app, "c G y");
    let Some(Effect::Copy(link)) = effects.last() else {
        panic!("{effects:?}");
    };
    assert_eq!(link.matches(';').count(), 7, "{link}");
}

#[test]
fn a_run_is_looked_at_with_the_weight_of_its_plan_until_another_one_is_chosen() {
    let mut weighed = run("weighed", "2026-11-21T10:00:00Z");
    weighed.measured_mut().unwrap().plan.goal.balanced_weight = Weight::clamped(0.9);
    let mut app = ready_with(context(), &[weighed], &[]);
    let weight = |app: &App| app.panes.tuning.runs.shown().unwrap().weight.of_cost();
    assert!((weight(&app) - 0.9).abs() < 1e-9);
    press(&mut app, "j");
    assert!((weight(&app) - 0.5).abs() < 1e-9);
    press(&mut app, "k [");
    assert!((weight(&app) - 0.85).abs() < 1e-9);
    press(&mut app, "j");
    assert!((weight(&app) - 0.85).abs() < 1e-9);
}

#[test]
fn a_run_that_is_there_already_keeps_its_name() {
    let mut app = ready(context());
    press(&mut app, "i");
    write(&mut app, "run.json");
    let effects = press(&mut app, "enter");
    let (task, _) = jobs(&effects)[0];
    let known = Box::new(run("my name", "2026-11-21T10:00:00Z"));
    app.update(Msg::Task(
        task,
        JobReport::Imported(known, ImportOutcome::Known),
    ));
    let text = &app.notices.current().unwrap().text;
    assert_eq!(text, "This run is here already, as my name.");
}
