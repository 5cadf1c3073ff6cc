//! What fills the payload of a plan but typing.

use crate::app::App;
use crate::app::fixture::*;
use crate::effect::{Effect, Job, JobReport, Msg, Problem};
use crate::panes::tuning::{FieldId, PlanForm, TuningScreen};
use crate::power::{Payload, events};
use crate::task::TaskId;

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

fn payload(app: &App) -> Payload {
    the_form(app).plan().unwrap().payload
}

fn notice(app: &App) -> String {
    app.notices.current().unwrap().text.clone()
}

/// Takes the sample event that these letters find first.
fn take_sample(app: &mut App, letters: &str) {
    press(app, "e");
    write(app, letters);
    press(app, "enter");
}

#[test]
fn a_sample_event_is_found_by_letters_and_becomes_the_payload() {
    let mut app = ready(context());
    form(&mut app);
    press(&mut app, "e");
    let chooser = the_form(&app).chooser().unwrap();
    assert_eq!(chooser.entries().len(), events::all().len());
    write(&mut app, "fireh");
    let entries = the_form(&app).chooser().unwrap().entries();
    assert!(entries.len() < events::all().len(), "{entries:?}");
    press(&mut app, "enter");
    assert_eq!(the_form(&app).chooser(), None);
    let sample = events::named("firehose-transform").unwrap();
    assert_eq!(payload(&app), Payload::Single(sample.sent()));
    assert_eq!(the_form(&app).focus, FieldId::Payload);
    assert!(app.prompt.is_none());
}

#[test]
fn the_limit_of_the_sender_is_one_of_the_plan_as_long_as_its_event_is() {
    let mut app = ready(context());
    form(&mut app);
    take_sample(&mut app, "cognito-custom");
    assert_eq!(text(&app, FieldId::Limits), "max:5000ms");
    let notice = notice(&app);
    assert!(
        notice.ends_with("Cognito waits 5 s for the answer. That is a limit now."),
        "{notice}"
    );
    take_sample(&mut app, "api-gateway-rest");
    assert_eq!(text(&app, FieldId::Limits), "max:29000ms");
    let plan = the_form(&app).plan().unwrap();
    assert_eq!(plan.limits.on_durations().count(), 1);
    take_sample(&mut app, "dynamodb-stream");
    assert_eq!(text(&app, FieldId::Limits), "none");
}

#[test]
fn a_limit_of_the_users_own_stays() {
    let mut context = context();
    context.tuning.limits = vec!["p90:200ms".parse().unwrap()];
    let mut app = ready(context);
    form(&mut app);
    take_sample(&mut app, "cognito-custom");
    assert_eq!(text(&app, FieldId::Limits), "p90:200ms");
    assert_eq!(
        notice(&app),
        "The payload is the sample event cognito-custom-message."
    );
}

#[test]
fn the_data_of_a_log_subscription_is_read_and_sent_packed() {
    let mut app = ready(context());
    form(&mut app);
    take_sample(&mut app, "cloudwatch-logs");
    assert!(text(&app, FieldId::Payload).contains("DATA_MESSAGE"));
    let Payload::Single(sent) = payload(&app) else {
        panic!("{:?}", payload(&app));
    };
    assert!(
        sent["awslogs"]["data"]
            .as_str()
            .unwrap()
            .starts_with("H4sI")
    );
}

#[test]
fn letters_of_no_event_take_none_and_esc_leaves_the_payload_as_it_was() {
    let mut app = ready(context());
    form(&mut app);
    take_sample(&mut app, "zzqq");
    let error = app.prompt.as_ref().unwrap().error.clone().unwrap();
    assert!(error.starts_with("no sample event"), "{error}");
    press(&mut app, "esc");
    assert!(app.prompt.is_none() && the_form(&app).chooser().is_none());
    assert_eq!(payload(&app), Payload::None);
}

#[test]
fn what_was_typed_is_there_again_when_no_sample_event_is_taken() {
    let mut app = ready(context());
    form(&mut app);
    press(&mut app, "j j enter");
    write(&mut app, "{\"half\":");
    press(&mut app, "ctrl-t down esc");
    let prompt = app.prompt.as_ref().unwrap();
    assert_eq!(
        (prompt.text().as_str(), prompt.multiline),
        ("{\"half\":", true)
    );
    write(&mut app, " 1}");
    press(&mut app, "ctrl-s");
    assert_eq!(
        payload(&app),
        Payload::Single(serde_json::json!({"half": 1}))
    );
}

/// The job of the editor that was asked for, with the text it gets.
fn edited(effects: &[Effect]) -> (TaskId, String) {
    match effects {
        [Effect::Edit(id, Job::EditText(_, text))] => (*id, text.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_editor_of_the_users_own_changes_the_payload() {
    let mut app = ready(context());
    form(&mut app);
    let (id, given) = edited(&press(&mut app, "v"));
    assert_eq!(given, "");
    app.update(Msg::Task(id, JobReport::Edited("{\"id\": 7}\n".to_owned())));
    assert_eq!(payload(&app), Payload::Single(serde_json::json!({"id": 7})));
    let (id, given) = edited(&press(&mut app, "v"));
    assert_eq!(given, "{\"id\": 7}");
    let why = Problem::other("the editor 'vi' did not work");
    app.update(Msg::Task(id, JobReport::Failed(why)));
    assert_eq!(notice(&app), "the editor 'vi' did not work");
    assert_eq!(payload(&app), Payload::Single(serde_json::json!({"id": 7})));
}

#[test]
fn what_the_editor_left_broken_is_not_lost() {
    let mut app = ready(context());
    form(&mut app);
    press(&mut app, "j j enter");
    write(&mut app, "{");
    let (id, given) = edited(&press(&mut app, "ctrl-o"));
    assert_eq!(given, "{");
    assert!(app.prompt.is_none());
    app.update(Msg::Task(
        id,
        JobReport::Edited("{\n  \"a\": 1,\n}\n".to_owned()),
    ));
    let prompt = app.prompt.as_ref().unwrap();
    assert_eq!(prompt.text(), "{\n  \"a\": 1,\n}");
    let error = prompt.error.clone().unwrap();
    assert!(error.starts_with("line 3, column 1"), "{error}");
    press(&mut app, "esc");
    assert_eq!(payload(&app), Payload::None);
}
