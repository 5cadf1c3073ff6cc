//! The plan of a run made once more.

use crate::app::fixture::*;
use crate::effect::{Job, JobReport, Msg};
use crate::panes::tuning::TuningScreen;

#[test]
fn the_plan_of_a_run_is_made_once_more_and_its_curve_laid_beside() {
    let mut app = ready_with(context(), &runs(), &[]);
    let first = app.panes.tuning.runs.selected().unwrap().run.clone();
    let sizes = &first.measured().unwrap().plan.sizes;
    let effects = press(&mut app, "N");
    let (listing, _) = jobs(&effects)[0];
    app.update(Msg::Task(listing, JobReport::Functions(functions())));
    app.update(Msg::Task(listing, JobReport::Done));
    assert_eq!(
        app.panes.tuning.functions.selected().unwrap().name,
        "dynamodb-reads"
    );
    press(&mut app, "enter");
    let TuningScreen::Plan(form) = &app.panes.tuning.screen else {
        panic!("no form");
    };
    assert_eq!(&form.plan().unwrap().sizes, sizes);
    let effects = press(&mut app, "ctrl-s");
    assert!(matches!(jobs(&effects)[0].1, Job::Tune(..)));
    assert_eq!(
        app.panes.tuning.runs.look.compared.as_ref(),
        Some(&first.id)
    );
}

#[test]
fn a_plan_of_ones_own_is_not_that_of_a_run_looked_at_before() {
    let mut app = ready_with(context(), &runs(), &[]);
    press(&mut app, "N");
    press(&mut app, "esc");
    assert!(app.panes.tuning.repeated.is_none());
    let effects = app.with_outbox(|panes, out| panes.tuning.plan_function("no-op", out));
    let described = JobReport::Described(Box::new(function("no-op", 128)));
    app.update(Msg::Task(jobs(&effects)[0].0, described));
    press(&mut app, "esc");
    assert_eq!(app.front().scope().name, "runs");
}
