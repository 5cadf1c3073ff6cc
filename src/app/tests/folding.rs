//! The groups of the plan form, and what its fields ask of a run.

use crate::app::fixture::*;
use crate::app::{App, Overlay};
use crate::effect::{Effect, Job};
use crate::panes::tuning::{FieldGroup, FieldId, PlanForm, TuningScreen};
use crate::power::{Applied, Apply, Plan, RunEvent};

fn the_form(app: &App) -> &PlanForm {
    match &app.panes.tuning.screen {
        TuningScreen::Plan(form) => form,
        other => panic!("{other:?}"),
    }
}

/// What a folded group tells; `None` where it is open.
fn folded(app: &App, id: FieldGroup) -> Option<Vec<(&'static str, String)>> {
    let mut groups = the_form(app).groups();
    groups.find(|group| group.id == id).unwrap().folded
}

/// Types a text into a field, with every group open.
fn fill(app: &mut App, id: FieldId, text: &str) {
    if the_form(app).groups().any(|group| group.folded.is_some()) {
        press(app, "z");
    }
    press(app, "g");
    while the_form(app).focus != id {
        press(app, "j");
    }
    press(app, "enter ctrl-u");
    write(app, text);
    press(app, "enter");
    assert!(app.prompt.is_none(), "{:?}", app.prompt);
}

fn plan(app: &App) -> Plan {
    the_form(app).plan().unwrap()
}

#[test]
fn a_folded_group_is_one_stop_and_opens_where_one_stands() {
    let mut app = ready(context());
    form(&mut app);
    assert_eq!(folded(&app, FieldGroup::Invocations), Some(Vec::new()));
    press(&mut app, "G");
    assert_eq!(the_form(&app).focus, FieldId::MaxCost);
    assert!(the_form(&app).is_folded());
    press(&mut app, "k enter");
    assert_eq!(folded(&app, FieldGroup::Invocations), None);
    assert_eq!(the_form(&app).focus, FieldId::Environments);
    press(&mut app, "j j right");
    assert!(plan(&app).dry_run);
    press(&mut app, "space");
    assert_eq!(the_form(&app).focus, FieldId::Environments);
    let told = folded(&app, FieldGroup::Invocations).unwrap();
    assert_eq!(told, [("Dry run", "yes".to_owned())]);
    press(&mut app, "right");
    assert_eq!(folded(&app, FieldGroup::Invocations), None);
}

#[test]
fn a_folded_group_tells_the_users_own_defaults_too() {
    let mut context = context();
    context.tuning.prices_of = Some("us-east-1".to_owned());
    context.tuning.parallel = 4;
    let mut app = ready(context);
    form(&mut app);
    let told = |id| folded(&app, id).unwrap();
    assert_eq!(
        told(FieldGroup::Invocations),
        [("Environments", "4".to_owned())]
    );
    assert_eq!(
        told(FieldGroup::Afterwards),
        [("Prices of", "us-east-1".to_owned())]
    );
    assert_eq!(plan(&app).prices_of.as_deref(), Some("us-east-1"));
}

#[test]
fn a_mistake_opens_its_group_and_keeps_it_open() {
    let mut app = ready(context());
    form(&mut app);
    fill(&mut app, FieldId::Tolerance, "5");
    fill(&mut app, FieldId::Within, "10 %");
    let problem = the_form(&app).plan().unwrap_err();
    assert!(problem.contains("keep one"), "{problem}");
    press(&mut app, "space");
    assert_eq!(folded(&app, FieldGroup::Pick), None);
    let notice = &app.notices.current().unwrap().text;
    assert!(notice.starts_with("Within: "), "{notice}");
    press(&mut app, "z");
    assert_eq!(folded(&app, FieldGroup::Pick), None);
    assert!(folded(&app, FieldGroup::Sizes).is_some());
    fill(&mut app, FieldId::Tolerance, "");
    assert_eq!(plan(&app).limits.within_percent, Some(10.0));
    // A mistake that comes while its group is folded opens it.
    fill(&mut app, FieldId::Apply, "prod");
    press(&mut app, "space");
    assert!(folded(&app, FieldGroup::Afterwards).is_some());
    while the_form(&app).focus != FieldId::DryRun {
        press(&mut app, "k");
    }
    press(&mut app, "right");
    let problem = the_form(&app).plan().unwrap_err();
    assert!(problem.contains("dry run"), "{problem}");
    assert_eq!(folded(&app, FieldGroup::Afterwards), None);
}

#[test]
fn what_flags_can_say_fields_can() {
    let mut app = ready(context());
    form(&mut app);
    for (field, text) in [
        (FieldId::Within, "5"),
        (FieldId::Qualifier, "prod"),
        (FieldId::Pause, "250ms"),
        (FieldId::Exceptions, "Busy, Late"),
        (FieldId::PreProcessor, "seed:live"),
        (FieldId::PostProcessor, "sweep"),
        (FieldId::PricesOf, "us-east-1"),
        (FieldId::Trim, "0.1"),
    ] {
        fill(&mut app, field, text);
    }
    let plan = plan(&app);
    let sampling = plan.sampling;
    assert_eq!(plan.limits.within_percent, Some(5.0));
    assert_eq!(plan.function.qualifier(), Some("prod"));
    assert_eq!(plan.prices_of.as_deref(), Some("us-east-1"));
    assert_eq!(sampling.sleep_between.as_millis(), 250);
    assert_eq!(sampling.allowed_exceptions, ["Busy", "Late"]);
    assert_eq!(sampling.pre_processor.unwrap().to_string(), "seed:live");
    assert_eq!(sampling.post_processor.unwrap().to_string(), "sweep");
    assert_eq!(sampling.discard.to_string(), "0.1");
}

/// The plan that is started by these effects.
fn started(effects: &[Effect]) -> Option<&Plan> {
    jobs(effects).into_iter().find_map(|(_, job)| match job {
        Job::Tune(_, plan) => Some(&**plan),
        _ => None,
    })
}

#[test]
fn a_pick_is_applied_only_after_a_yes_that_says_what_changes() {
    for (text, apply, change) in [
        ("$LATEST", Apply::Latest, "its $LATEST gets the size."),
        (
            "prod",
            Apply::Alias("prod".to_owned()),
            "a version is published, and the alias 'prod' points at it.",
        ),
    ] {
        let mut app = ready(context());
        form(&mut app);
        fill(&mut app, FieldId::Apply, text);
        assert_eq!(started(&press(&mut app, "ctrl-s")), None);
        let Some(Overlay::Confirm(confirm)) = app.overlay.clone() else {
            panic!("{:?}", app.overlay);
        };
        let details = confirm.details.join(" ");
        assert!(
            details.contains("live function 'dynamodb-reads'"),
            "{details}"
        );
        assert!(details.contains(change), "{details}");
        assert_eq!(started(&press(&mut app, "n ctrl-s")), None);
        let effects = press(&mut app, "y");
        assert_eq!(started(&effects).unwrap().apply, apply);
    }
}

#[test]
fn what_was_applied_is_told_at_the_end() {
    let mut app = ready(context());
    let task = live(&mut app);
    let mut whole = run("dynamodb-reads", "2026-11-21T10:15:00Z");
    whole.measured_mut().unwrap().applied = Some(Applied {
        memory_mb: mb(512),
        version: Some("8".to_owned()),
        alias: Some("prod".to_owned()),
    });
    tell(&mut app, task, RunEvent::Ended(Box::new(whole)));
    let text = &app.notices.current().unwrap().text;
    let told = "Applied: the memory size of the function was 1024 MB and is 512 MB; version 8 was published, alias 'prod' points at it.";
    assert!(text.contains(told), "{text}");
}

#[test]
fn a_session_that_changes_nothing_applies_nothing() {
    let mut context = context();
    context.read_only = true;
    let mut app = ready(context);
    form(&mut app);
    fill(&mut app, FieldId::Apply, "$LATEST");
    assert!(press(&mut app, "ctrl-s").is_empty());
    assert!(app.overlay.is_none());
    assert!(app.notices.current().unwrap().text.contains("read-only"));
}
