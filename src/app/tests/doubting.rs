//! The first answer of a function in a run, and the question about one that looks like that of a failure.

use crate::app::fixture::*;
use crate::app::{App, Overlay, PaneId};
use crate::effect::{ConfirmAction, Effect};
use crate::panes::tuning::{FieldId, TuningScreen};
use crate::power::{FirstAnswer, RunEvent};
use crate::task::TaskId;

/// A run whose function answered this first.
fn answered(app: &mut App, answer: &str) -> (TaskId, Vec<Effect>) {
    let task = live(app);
    let answer = FirstAnswer::of(answer.as_bytes(), true);
    let effects = tell(app, task, RunEvent::Answered(answer));
    (task, effects)
}

fn focus(app: &App) -> FieldId {
    match &app.panes.tuning.screen {
        TuningScreen::Plan(form) => form.focus,
        other => panic!("{other:?}"),
    }
}

fn notice(app: &App) -> String {
    app.notices.current().unwrap().text.clone()
}

#[test]
fn the_first_answer_is_told_and_a_good_one_holds_nothing() {
    let mut app = ready(context());
    let (_, effects) = answered(&mut app, r#"{"statusCode":200}"#);
    assert_eq!(
        notice(&app),
        "First answer of dynamodb-reads: {\"statusCode\":200}"
    );
    assert!(effects.is_empty() && app.overlay.is_none());
}

#[test]
fn a_doubted_answer_pauses_the_run_and_a_yes_goes_on() {
    for answer in [r#"{"statusCode":502}"#, r#"{"errorMessage":"no"}"#] {
        let mut app = ready(context());
        let (task, effects) = answered(&mut app, answer);
        assert_eq!(effects, [Effect::Pause(task, true)]);
        let Some(Overlay::Confirm(confirm)) = app.overlay.clone() else {
            panic!("{:?}", app.overlay);
        };
        assert!(matches!(confirm.answer, ConfirmAction::GoOn(_)));
        let details = confirm.details.join(" ");
        assert!(details.contains(answer), "{details}");
        assert!(details.contains("p goes on, x cancels"), "{details}");
        assert_eq!(press(&mut app, "y"), [Effect::Pause(task, false)]);
    }
}

#[test]
fn without_a_yes_the_run_stays_paused_until_it_is_cancelled_or_goes_on() {
    let mut app = ready(context());
    let (task, _) = answered(&mut app, r#"{"statusCode":502}"#);
    assert!(press(&mut app, "n").is_empty());
    assert!(app.panes.tuning.live().unwrap().paused.is_some());
    assert_eq!(press(&mut app, "p"), [Effect::Pause(task, false)]);
    let mut app = ready(context());
    let (task, _) = answered(&mut app, r#"{"statusCode":502}"#);
    assert_eq!(press(&mut app, "esc x"), [Effect::Cancel(task)]);
}

#[test]
fn the_question_lies_over_no_other_pane_and_over_no_open_one() {
    let mut app = ready(context());
    let task = live(&mut app);
    app.pane = PaneId::Articles;
    let answer = || RunEvent::Answered(FirstAnswer::of(br#"{"statusCode":502}"#, true));
    let effects = tell(&mut app, task, answer());
    assert_eq!(effects, [Effect::Pause(task, true)]);
    assert!(app.overlay.is_none());
    assert!(notice(&app).contains("The run is paused"));
    let mut app = ready(context());
    let task = live(&mut app);
    press(&mut app, "?");
    tell(&mut app, task, answer());
    assert!(matches!(app.overlay, Some(Overlay::Help(_))));
}

#[test]
fn a_dry_run_is_made_to_see_the_answer() {
    let mut app = ready(context());
    form(&mut app);
    press(&mut app, "z G");
    while focus(&app) != FieldId::DryRun {
        press(&mut app, "k");
    }
    let effects = press(&mut app, "right ctrl-s");
    let task = jobs(&effects)[0].0;
    let answer = FirstAnswer::of(br#"{"statusCode":502}"#, true);
    assert!(tell(&mut app, task, RunEvent::Answered(answer)).is_empty());
    assert!(app.overlay.is_none());
    assert!(notice(&app).contains("{\"statusCode\":502}"));
}
