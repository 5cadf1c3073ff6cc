//! The way to the AWS console from what is in front.

use crate::app::App;
use crate::app::fixture::logs::*;
use crate::app::fixture::*;
use crate::effect::{
    AppContext, Backend, Browser, Effect, Job, JobReport, Msg, Problem, ReaderJob, ReaderReport,
};

const FUNCTION: &str = "https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/dynamodb-reads";
/// Where the groups of [`groups`] are.
const GROUPS: &str = "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#logsV2:log-groups/log-group";

/// A session of AWS with a browser.
fn desktop() -> AppContext {
    let mut desktop = context();
    desktop.source = Backend::Aws;
    desktop.browser = Browser::detect(&[("BROWSER".to_owned(), "firefox".to_owned())].into());
    desktop
}

/// The address that the browser is given.
fn browsed(effects: &[Effect]) -> &str {
    match jobs(effects).as_slice() {
        [(_, Job::Reader(ReaderJob::Browse(command)))] => &command[1],
        other => panic!("{other:?}"),
    }
}

fn notice(app: &App) -> String {
    app.notices.current().unwrap().text.clone()
}

#[test]
fn a_function_and_that_of_a_run_are_opened() {
    let mut app = ready_with(desktop(), &runs(), &[]);
    assert_eq!(browsed(&press(&mut app, "O")), FUNCTION);
    picker(&mut app);
    press(&mut app, "j");
    let effects = press(&mut app, "O");
    assert_eq!(browsed(&effects), FUNCTION);
    let (task, _) = jobs(&effects)[0];
    app.update(Msg::Task(task, JobReport::Reader(ReaderReport::Browsing)));
    assert_eq!(notice(&app), "Opened in firefox.");
    app.update(Msg::Task(task, JobReport::Done));
    let effects = press(&mut app, "O");
    let why = Problem::other("'firefox' did not open the link: no");
    app.update(Msg::Task(jobs(&effects)[0].0, JobReport::Failed(why)));
    assert_eq!(notice(&app), "'firefox' did not open the link: no");
}

#[test]
fn a_run_from_elsewhere_has_no_page_and_says_so() {
    let mut app = ready(desktop());
    assert!(press(&mut app, "O").is_empty());
    assert!(notice(&app).contains("not measured here"));
}

#[test]
fn a_row_leads_to_its_stream_at_its_time_and_the_event_does_too() {
    let group = "/aws/lambda/dynamodb-reads";
    let mut app = ready(desktop());
    let task = followed(&mut app, &[group]);
    let row = event(group, "2026/11/21/[7]abc", 5, "hello");
    let time = row.time_ms;
    events(&mut app, task, vec![row]);
    let expected = format!(
        "{GROUPS}/$252Faws$252Flambda$252Fdynamodb-reads/log-events/2026$252F11$252F21$252F$255B7$255Dabc$3Fstart$3D{time}"
    );
    press(&mut app, "G");
    assert_eq!(browsed(&press(&mut app, "O")), expected);
    press(&mut app, "enter");
    assert_eq!(app.front().scope().name, "event");
    assert_eq!(browsed(&press(&mut app, "O")), expected);
}

#[test]
fn over_ssh_and_in_the_demo_the_address_is_copied() {
    let mut remote = desktop();
    remote.browser = None;
    let mut app = ready_with(remote, &runs(), &[]);
    let effects = press(&mut app, "O");
    assert_eq!(effects, [Effect::Copy(FUNCTION.to_owned())]);
    let mut demo = desktop();
    demo.source = Backend::Demo;
    let mut app = ready_with(demo, &runs(), &[]);
    let effects = press(&mut app, "O");
    assert_eq!(effects, [Effect::Copy(FUNCTION.to_owned())]);
    app.update(Msg::Copied(crate::effect::Copied::Clipboard));
    assert_eq!(
        notice(&app),
        "Copied the console address of dynamodb-reads (the account is simulated: AWS has nothing there)."
    );
}

#[test]
fn a_partition_whose_console_is_not_known_is_named() {
    let mut secret = run("checkout", "2026-11-21T09:30:00Z");
    let arn = "arn:aws-iso:lambda:us-iso-east-1:123456789012:function:checkout";
    secret.measured_mut().unwrap().function_arn = arn.to_owned();
    let mut app = ready_with(desktop(), &[secret], &[]);
    assert!(press(&mut app, "O").is_empty());
    assert_eq!(
        notice(&app),
        "The address of the AWS console in us-iso-east-1 is not known here."
    );
}

#[test]
fn a_group_is_opened_from_the_list() {
    let mut app = ready(desktop());
    group_picker(&mut app);
    let effects = press(&mut app, "O");
    let expected = format!("{GROUPS}/$252Faws$252Flambda$252Fhash-bun");
    assert_eq!(browsed(&effects), expected);
}
