//! Payloads that are brought to a plan from an article or a log.

use std::sync::Arc;

use crate::app::fixture::logs::*;
use crate::app::fixture::*;
use crate::app::{App, PaneId};
use crate::articles::{Document, Markup, Text};
use crate::effect::{Effect, Job, JobReport, Msg, OpenedArticle, ReaderReport};
use crate::panes::logs::LogsScreen;
use crate::panes::tuning::{FieldId, TuningScreen};
use crate::power::Payload;
use serde_json::{Value, json};

const GROUP: &str = "/aws/lambda/dynamodb-reads";
const ID: &str = "8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f";

/// Answers the question about the function that is to be planned.
fn describe(app: &mut App, effects: &[Effect]) {
    let (id, job) = jobs(effects)[0];
    let Job::DescribeFunction(reference) = job else {
        panic!("{job:?}");
    };
    let described = Box::new(function(reference.name(), 1024));
    app.update(Msg::Task(id, JobReport::Described(described)));
}

fn payload(app: &App) -> Value {
    let TuningScreen::Plan(form) = &app.panes.tuning.screen else {
        panic!("{:?}", app.panes.tuning.screen);
    };
    match form.plan().unwrap().payload {
        Payload::Single(value) => value,
        other => panic!("{other:?}"),
    }
}

fn notice(app: &App) -> String {
    app.notices.current().unwrap().text.clone()
}

/// An invocation that prints these lines, followed.
fn invoked(lines: &[&str]) -> App {
    let mut app = ready(context());
    app.update(Msg::Resized(120, 40));
    let task = followed(&mut app, &[GROUP]);
    let mut all = invocation(GROUP, "a", 0, ID);
    let rest = all.split_off(1);
    all.extend(
        (1..)
            .zip(lines)
            .map(|(at, line)| event(GROUP, "a", at, line)),
    );
    all.extend(rest);
    events(&mut app, task, all);
    app
}

/// An article with this code in front.
fn reading(code: &str) -> App {
    let mut app = ready(context());
    let effects = press(&mut app, "1");
    serve(&mut app, effects);
    let effects = press(&mut app, "enter");
    let text = Text {
        markup: Markup::Html,
        source: format!("<p>See:</p><pre><code>{code}</code></pre>"),
        base: None,
        enclosures: Vec::new(),
    };
    let article = OpenedArticle {
        document: Arc::new(Document::read(&text)),
        ..opened("a")
    };
    let (task, _) = reader_jobs(&effects)[0];
    let report = JobReport::Reader(ReaderReport::Opened(Box::new(article)));
    app.update(Msg::Task(task, report));
    app
}

#[test]
fn json_in_an_article_becomes_the_payload_of_the_function_that_is_chosen() {
    let mut app = reading("{\n  \"id\": 7\n}");
    let effects = press(&mut app, "P");
    assert_eq!(app.pane, PaneId::Tuning);
    assert!(
        notice(&app).starts_with("Choose the function"),
        "{}",
        notice(&app)
    );
    let (id, _) = jobs(&effects)[0];
    app.update(Msg::Task(id, JobReport::Functions(functions())));
    app.update(Msg::Task(id, JobReport::Done));
    press(&mut app, "enter");
    assert_eq!(payload(&app), json!({"id": 7}));
    assert_eq!(
        notice(&app),
        "The payload is that of the article's code block."
    );
    // Another plan does not get it too.
    press(&mut app, "esc j enter");
    let TuningScreen::Plan(form) = &app.panes.tuning.screen else {
        panic!("{:?}", app.panes.tuning.screen);
    };
    assert_eq!(form.plan().unwrap().payload, Payload::None);
}

#[test]
fn a_payload_that_no_function_is_chosen_for_is_forgotten() {
    let mut app = reading("[1]");
    let effects = press(&mut app, "P");
    let (id, _) = jobs(&effects)[0];
    app.update(Msg::Task(id, JobReport::Functions(functions())));
    app.update(Msg::Task(id, JobReport::Done));
    // The first dismisses the notice.
    press(&mut app, "esc esc n enter");
    let TuningScreen::Plan(form) = &app.panes.tuning.screen else {
        panic!("{:?}", app.panes.tuning.screen);
    };
    assert_eq!(form.plan().unwrap().payload, Payload::None);
}

#[test]
fn broken_json_in_an_article_is_placed_and_leads_nowhere() {
    let mut app = reading("{\n  \"a\": 1,\n  \"b\" 2\n}");
    press(&mut app, "P");
    assert_eq!(app.pane, PaneId::Articles);
    let notice = notice(&app);
    assert!(
        notice.starts_with("No valid JSON: line 3, column 7"),
        "{notice}"
    );
}

#[test]
fn a_value_of_an_event_becomes_the_payload_of_its_function() {
    let mut app = invoked(&[r#"{"level":"INFO","message":"called","input":{"order":{"id":7}}}"#]);
    press(&mut app, "k enter j j enter");
    assert!(matches!(app.panes.logs.screen, LogsScreen::Event(_)));
    press(&mut app, "j j j");
    let effects = press(&mut app, "P");
    describe(&mut app, &effects);
    assert_eq!(payload(&app), json!({"order": {"id": 7}}));
    assert_eq!(notice(&app), "The payload is that of $.input.");
    // A value that is no JSON is told, and nothing is left.
    press(&mut app, "2");
    press(&mut app, "k k P");
    assert_eq!(app.pane, PaneId::Logs);
    assert!(notice(&app).starts_with("No valid JSON: line 1, column 1"));
}

#[test]
fn the_event_that_an_invocation_printed_becomes_the_payload() {
    let packed = crate::power::events::named("cloudwatch-logs").unwrap();
    let line = format!(
        "2026-11-21T10:10:00.001Z\t{ID}\tINFO\tEVENT {}",
        packed.sent()
    );
    for keys in [
        "k J",
        "k enter j enter P",
        "k enter j j J",
        "k enter j j enter P",
    ] {
        let mut app = invoked(&[&line]);
        let effects = press(&mut app, keys);
        describe(&mut app, &effects);
        assert_eq!(payload(&app), packed.sent(), "{keys}");
        let TuningScreen::Plan(form) = &app.panes.tuning.screen else {
            panic!("{:?}", app.panes.tuning.screen);
        };
        let mut fields = form.fields();
        let field = fields.find(|field| field.id == FieldId::Payload).unwrap();
        assert!(field.text.contains("DATA_MESSAGE"), "{}", field.text);
    }
}

#[test]
fn an_invocation_that_printed_no_json_is_told_so() {
    let mut app = invoked(&[]);
    press(&mut app, "k J");
    assert_eq!(app.pane, PaneId::Logs);
    assert!(
        notice(&app).contains("No event of the function was printed"),
        "{}",
        notice(&app)
    );
}

#[test]
fn a_payload_with_secrets_is_not_kept() {
    let mut app =
        invoked(&[r#"{"headers":{"authorization":"Bearer abcdefghijklmnop0123456789"}}"#]);
    let effects = press(&mut app, "k J");
    describe(&mut app, &effects);
    let TuningScreen::Plan(form) = &app.panes.tuning.screen else {
        panic!("{:?}", app.panes.tuning.screen);
    };
    assert!(!form.plan().unwrap().log_payloads);
    assert!(
        notice(&app).ends_with("it is not kept."),
        "{}",
        notice(&app)
    );
}

#[test]
fn what_was_typed_into_the_plan_of_the_same_function_stays() {
    let mut app = invoked(&[r#"{"id":7}"#]);
    app.pane = PaneId::Tuning;
    form(&mut app);
    press(&mut app, "j right");
    app.pane = PaneId::Logs;
    let effects = press(&mut app, "k J");
    describe(&mut app, &effects);
    assert_eq!(payload(&app), json!({"id": 7}));
    let TuningScreen::Plan(form) = &app.panes.tuning.screen else {
        panic!("{:?}", app.panes.tuning.screen);
    };
    assert_eq!(form.plan().unwrap().num, 5.into());
}
