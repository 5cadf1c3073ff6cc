//! The plan form.

use crate::app::fixture::*;
use crate::app::{App, Overlay};
use crate::effect::{Backend, Job, JobReport, Msg};
use crate::lambda::{State, Tenancy};
use crate::panes::tuning::{FieldId, PlanForm, TuningScreen};
use crate::power::{Payload, Strategy};

fn the_form(app: &App) -> &PlanForm {
    match &app.panes.tuning.screen {
        TuningScreen::Plan(form) => form,
        other => panic!("{other:?}"),
    }
}

fn text(app: &App, id: FieldId) -> String {
    let mut fields = the_form(app).fields();
    fields.find(|field| field.id == id).unwrap().text
}

fn problem(app: &App, id: FieldId) -> Option<String> {
    let mut fields = the_form(app).fields();
    let field = fields.find(|field| field.id == id).unwrap();
    field.problem.map(str::to_owned)
}

/// Opens a field, replaces its text, submits.
fn fill(app: &mut App, id: FieldId, text: &str) {
    if the_form(app).groups().any(|group| group.folded.is_some()) {
        press(app, "z");
    }
    press(app, "g");
    while the_form(app).focus != id {
        press(app, "j");
    }
    press(app, "enter");
    for _ in 0..30 {
        press(app, "backspace");
    }
    write(app, text);
    press(
        app,
        if id == FieldId::Payload {
            "ctrl-s"
        } else {
            "enter"
        },
    );
}

#[test]
fn a_function_without_a_known_price_is_not_started() {
    let mut app = ready(context());
    picker(&mut app);
    let effects = press(&mut app, "j enter");
    let (id, _) = jobs(&effects)[0];
    let mut unpriced = function("dynamodb-reads", 1024);
    unpriced.arn = unpriced.arn.replace("eu-west-1", "mx-central-1");
    app.update(Msg::Task(id, JobReport::Described(Box::new(unpriced))));
    assert_eq!(the_form(&app).estimate(), None);
    assert!(jobs(&press(&mut app, "ctrl-s")).is_empty());
    let text = &app.notices.current().unwrap().text;
    assert!(
        text.contains("No price is known for x86_64 in mx-central-1"),
        "{text}"
    );
}

#[test]
fn the_form_starts_with_the_users_defaults_and_is_ready() {
    let mut context = context();
    context.tuning.num = 7.into();
    context.tuning.strategy = Strategy::Speed;
    let mut app = ready(context);
    form(&mut app);
    let plan = the_form(&app).plan().unwrap();
    assert_eq!((plan.num, plan.goal.strategy), (7.into(), Strategy::Speed));
    assert_eq!(plan.sizes.len(), 6);
    assert!(the_form(&app).estimate().is_some());
}

#[test]
fn the_functions_newest_state_is_read() {
    let mut app = ready(context());
    picker(&mut app);
    let effects = press(&mut app, "j enter");
    assert!(matches!(jobs(&effects)[0].1, Job::DescribeFunction(_)));
    assert!(the_form(&app).is_describing());
    let mut newest = function("dynamodb-reads", 2048);
    newest.status.state = State::Pending;
    let report = JobReport::Described(Box::new(newest));
    app.update(Msg::Task(jobs(&effects)[0].0, report));
    assert_eq!(the_form(&app).function().memory, mb(2048));
    assert!(jobs(&press(&mut app, "ctrl-s")).is_empty());
    assert!(
        app.notices
            .current()
            .unwrap()
            .text
            .contains("being created")
    );
}

#[test]
fn typed_values_become_the_plan() {
    let mut app = ready(context());
    form(&mut app);
    fill(&mut app, FieldId::Sizes, "1024,128");
    fill(&mut app, FieldId::Samples, "9");
    fill(&mut app, FieldId::Payload, "{\"a\": 1}");
    fill(&mut app, FieldId::MaxCost, "0.25");
    let plan = the_form(&app).plan().unwrap();
    assert_eq!(plan.sizes, [mb(128), mb(1024)]);
    assert_eq!(plan.num, 9.into());
    assert_eq!(plan.payload, Payload::Single(serde_json::json!({"a": 1})));
    assert_eq!(plan.max_cost_usd, Some(0.25));
}

#[test]
fn a_wrong_text_is_told_while_it_is_typed_and_not_taken() {
    let mut app = ready(context());
    form(&mut app);
    fill(&mut app, FieldId::Sizes, "64");
    let error = app.prompt.as_ref().unwrap().error.clone().unwrap();
    assert!(error.contains("128 to 10240"), "{error}");
    press(&mut app, "esc");
    assert_eq!(text(&app, FieldId::Sizes), "default,current");
}

#[test]
fn broken_json_is_placed_while_it_is_typed() {
    let mut app = ready(context());
    form(&mut app);
    press(&mut app, "j j enter");
    write(&mut app, "{");
    press(&mut app, "enter");
    write(&mut app, "oops");
    let error = app.prompt.as_ref().unwrap().error.clone().unwrap();
    assert!(error.starts_with("line 2, column 1"), "{error}");
    press(&mut app, "ctrl-s");
    assert!(app.prompt.is_some());
}

#[test]
fn left_and_right_change_values_within_their_bounds() {
    let mut app = ready(context());
    form(&mut app);
    press(&mut app, "right");
    assert_eq!(text(&app, FieldId::Sizes), "default");
    press(&mut app, "right");
    assert_eq!(text(&app, FieldId::Sizes), "ALL");
    press(&mut app, "j right");
    assert_eq!(text(&app, FieldId::Samples), "5");
    press(&mut app, "right");
    assert_eq!(text(&app, FieldId::Samples), "10");
    for _ in 0..9 {
        press(&mut app, "left");
    }
    assert_eq!(text(&app, FieldId::Samples), "auto");
    press(&mut app, "j j j left");
    assert_eq!(text(&app, FieldId::Strategy), "balanced");
    press(&mut app, "j j right");
    assert_eq!(text(&app, FieldId::Tolerance), "2.5 %");
    press(&mut app, "left");
    assert_eq!(text(&app, FieldId::Tolerance), "2 %");
}

#[test]
fn the_tolerance_of_the_form_is_that_of_the_plan() {
    let mut app = ready(context());
    form(&mut app);
    fill(&mut app, FieldId::Tolerance, "0.5 %");
    assert_eq!(text(&app, FieldId::Tolerance), "0.5 %");
    let effects = press(&mut app, "ctrl-s");
    let Job::Tune(_, plan) = jobs(&effects)[0].1 else {
        panic!("{effects:?}");
    };
    assert_eq!(plan.limits.tolerance_percent, Some(0.5));
    let mut app = ready(context());
    form(&mut app);
    fill(&mut app, FieldId::Tolerance, "200");
    let error = app.prompt.as_ref().unwrap().error.clone().unwrap();
    assert!(error.contains("0 to 100"), "{error}");
}

#[test]
fn weights_that_do_not_fit_the_samples_are_told_at_the_payload() {
    let mut app = ready(context());
    form(&mut app);
    fill(&mut app, FieldId::Samples, "20");
    let payload = r#"[{"weight": 1, "payload": 1}, {"weight": 999, "payload": 2}]"#;
    press(&mut app, "j enter");
    app.update(Msg::Paste(payload.into()));
    press(&mut app, "ctrl-s");
    assert!(
        problem(&app, FieldId::Payload)
            .unwrap()
            .contains("never be sent")
    );
    assert!(jobs(&press(&mut app, "ctrl-s")).is_empty());
    fill(&mut app, FieldId::Samples, "2000");
    assert_eq!(problem(&app, FieldId::Payload), None);
}

#[test]
fn a_payload_may_stand_in_a_file() {
    let mut app = ready(context());
    form(&mut app);
    press(&mut app, "j j enter");
    write(&mut app, "@");
    press(&mut app, "ctrl-s");
    let error = app.prompt.as_ref().unwrap().error.clone().unwrap();
    assert_eq!(error, "there is no file name after '@'");
    write(&mut app, "event.json");
    let effects = press(&mut app, "ctrl-s");
    let (id, job) = jobs(&effects)[0];
    assert_eq!(job, &Job::ReadPayload("event.json".to_owned()));
    assert!(app.prompt.is_none());
    let read = |text: &str| JobReport::Payload("/x/event.json".to_owned(), text.to_owned());
    app.update(Msg::Task(id, read("{\"id\": 7}\n")));
    assert_eq!(text(&app, FieldId::Payload), "{\"id\": 7} (9 bytes)");
    assert_eq!(
        the_form(&app).plan().unwrap().payload,
        Payload::Single(serde_json::json!({"id": 7}))
    );
    // Another file holds none.
    press(&mut app, "enter");
    press(&mut app, "ctrl-u");
    write(&mut app, "@notes.txt");
    let effects = press(&mut app, "ctrl-s");
    app.update(Msg::Task(jobs(&effects)[0].0, read("hello")));
    let notice = &app.notices.current().unwrap().text;
    assert!(
        notice.contains("a text is sent in double quotes"),
        "{notice}"
    );
    assert_eq!(text(&app, FieldId::Payload), "{\"id\": 7} (9 bytes)");
}

#[test]
fn sizes_may_be_ranges_and_the_one_the_function_has() {
    let mut app = ready(context());
    form(&mut app);
    // It has 1024 MB.
    fill(&mut app, FieldId::Sizes, "current,128..512/128");
    let plan = the_form(&app).plan().unwrap();
    assert_eq!(plan.sizes, [mb(128), mb(256), mb(384), mb(512), mb(1024)]);
    assert_eq!(text(&app, FieldId::Sizes), "current,128..512/128");
}

#[test]
fn a_read_only_session_refuses_the_start() {
    let mut context = context();
    context.read_only = true;
    let mut app = ready(context);
    form(&mut app);
    assert!(press(&mut app, "ctrl-s").is_empty());
    assert!(app.notices.current().unwrap().text.contains("read-only"));
}

#[test]
fn a_dear_run_is_asked_about_first() {
    let mut context = context();
    context.source = Backend::Aws;
    context.tuning.ask_above_usd = 0.0001;
    let mut app = ready(context);
    form(&mut app);
    assert!(press(&mut app, "ctrl-s").is_empty());
    assert!(matches!(app.overlay, Some(Overlay::Confirm(_))));
    let effects = press(&mut app, "y");
    assert!(matches!(jobs(&effects)[0].1, Job::Tune(..)));
}

#[test]
fn a_yes_does_not_start_a_run_from_the_form_of_another_function() {
    let mut context = context();
    context.source = Backend::Aws;
    context.tuning.ask_above_usd = 0.0001;
    let mut app = ready(context);
    form(&mut app);
    press(&mut app, "ctrl-s");
    let effects = app.with_outbox(|panes, out| panes.tuning.plan_function("no-op", out));
    let other = JobReport::Described(Box::new(function("no-op", 128)));
    app.update(Msg::Task(jobs(&effects)[0].0, other));
    assert!(jobs(&press(&mut app, "y")).is_empty());
    assert!(app.panes.tuning.live().is_none());
}

#[test]
fn the_demo_does_not_ask_about_play_money() {
    let mut context = context();
    context.tuning.ask_above_usd = 0.0001;
    let mut app = ready(context);
    form(&mut app);
    let effects = press(&mut app, "ctrl-s");
    assert!(matches!(jobs(&effects)[0].1, Job::Tune(..)));
}

/// The plan form of a function in China.
fn form_in_china(app: &mut App) {
    picker(app);
    let effects = press(app, "j enter");
    let mut described = function("dynamodb-reads", 1024);
    described.arn = described.arn.replace("eu-west-1", "cn-north-1");
    let report = JobReport::Described(Box::new(described));
    app.update(Msg::Task(jobs(&effects)[0].0, report));
}

#[test]
fn a_plan_in_china_counts_in_yuan() {
    let mut app = ready(context());
    form_in_china(&mut app);
    let hint = |app: &App| {
        let mut fields = the_form(app).fields();
        fields.find(|it| it.id == FieldId::MaxCost).unwrap().hint
    };
    assert_eq!(hint(&app), "CNY; nothing is no cap");
    fill(&mut app, FieldId::MaxCost, "\u{a5}0.25");
    assert_eq!(text(&app, FieldId::MaxCost), "\u{a5}0.25");
    assert_eq!(the_form(&app).plan().unwrap().max_cost_usd, Some(0.25));
    fill(&mut app, FieldId::MaxCost, "$1");
    let error = app.prompt.as_ref().unwrap().error.clone().unwrap();
    assert!(error.contains("'$1' is not an amount in CNY"), "{error}");
}

#[test]
fn a_dear_run_in_china_is_asked_about_in_yuan() {
    let mut context = context();
    context.source = Backend::Aws;
    context.tuning.ask_above_usd = 0.0001;
    let mut app = ready(context);
    form_in_china(&mut app);
    press(&mut app, "ctrl-s");
    let Some(Overlay::Confirm(confirm)) = &app.overlay else {
        panic!("{:?}", app.overlay);
    };
    let details = confirm.details.join(" ");
    assert!(
        details.contains("\u{a5}0.") && !details.contains('$'),
        "{details}"
    );
    assert!(details.ends_with("asks above \u{a5}0.0001."), "{details}");
}

#[test]
fn a_form_that_was_left_is_as_it_was_when_it_is_opened_again() {
    let mut app = ready(context());
    form(&mut app);
    fill(&mut app, FieldId::Sizes, "1024,128");
    press(&mut app, "esc enter");
    assert_eq!(text(&app, FieldId::Sizes), "1024,128");
    // Another function has a form of its own.
    press(&mut app, "esc k enter");
    assert_eq!(text(&app, FieldId::Sizes), "default,current");
}

#[test]
fn more_environments_than_the_command_line_takes_are_refused() {
    let mut app = ready(context());
    form(&mut app);
    fill(&mut app, FieldId::Environments, "1001");
    let error = app.prompt.as_ref().unwrap().error.clone().unwrap();
    assert!(error.contains("1 to 1000"), "{error}");
}

#[test]
fn a_start_asks_no_longer_about_the_function_of_a_form_that_closes() {
    let mut app = ready(context());
    form(&mut app);
    let effects = press(&mut app, "r");
    let (asked, job) = jobs(&effects)[0];
    assert!(matches!(job, Job::DescribeFunction(_)), "{job:?}");
    let effects = press(&mut app, "ctrl-s");
    assert!(effects.contains(&crate::effect::Effect::Cancel(asked)));
    assert!(matches!(jobs(&effects)[0].1, Job::Tune(..)));
}

#[test]
fn a_function_that_keeps_its_tenants_apart_is_started_for_one_of_them() {
    let mut app = ready(context());
    picker(&mut app);
    let effects = press(&mut app, "j enter");
    let (id, _) = jobs(&effects)[0];
    let has_tenant = |app: &App| the_form(app).fields().any(|it| it.id == FieldId::Tenant);
    assert!(!has_tenant(&app));
    let mut apart = function("dynamodb-reads", 1024);
    apart.hosting.tenancy = Tenancy::PerTenant;
    app.update(Msg::Task(id, JobReport::Described(Box::new(apart))));
    assert!(has_tenant(&app));
    assert!(jobs(&press(&mut app, "ctrl-s")).is_empty());
    let text = &app.notices.current().unwrap().text;
    assert!(text.contains("keeps its tenants apart"), "{text}");
    fill(&mut app, FieldId::Tenant, "blue");
    let effects = press(&mut app, "ctrl-s");
    let (_, Job::Tune(_, plan)) = jobs(&effects)[0] else {
        panic!("{effects:?}");
    };
    assert_eq!(plan.sampling.tenant_id.as_deref(), Some("blue"));
}
