//! Routing, notices, identity, the way out.

use crate::app::fixture::*;
use crate::app::{AccountLookup, App, Overlay, PaneId};
use crate::effect::{Copied, Effect, Job, JobReport, Msg, Problem};
use crate::task::TaskId;

#[test]
fn the_start_asks_who_and_loads_the_runs() {
    let effects = App::new(context()).start();
    let asked: Vec<&Job> = jobs(&effects).into_iter().map(|(_, job)| job).collect();
    assert_eq!(asked, [&Job::Identify, &Job::LoadRuns]);
}

#[test]
fn an_offline_session_does_not_ask_the_account() {
    let mut context = context();
    context.offline = true;
    let effects = App::new(context).start();
    assert_eq!(jobs(&effects).len(), 1);
    assert_eq!(jobs(&effects)[0].1, &Job::LoadRuns);
}

#[test]
fn a_failed_identity_is_told_and_refresh_asks_again() {
    let mut app = App::new(context());
    let effects = app.start();
    let (id, _) = jobs(&effects)[0];
    app.update(Msg::Task(
        id,
        JobReport::Failed(Problem::other("The token has expired.")),
    ));
    assert_eq!(
        app.account,
        AccountLookup::Failed(Problem::other("The token has expired."))
    );
    assert_eq!(
        app.notices.current().unwrap().text,
        "The token has expired."
    );
    let effects = press(&mut app, "r");
    assert_eq!(jobs(&effects)[0].1, &Job::Identify);
}

#[test]
fn a_stale_report_changes_nothing() {
    let mut app = ready(context());
    let before = format!("{app:?}");
    let effects = app.update(Msg::Task(
        TaskId(999),
        JobReport::Failed(Problem::other("late")),
    ));
    assert!(effects.is_empty());
    assert_eq!(format!("{app:?}"), before);
}

#[test]
fn escape_and_a_key_that_arrive_as_one_are_two() {
    let mut app = ready(context());
    press(&mut app, "n /");
    assert!(app.prompt.is_some());
    press(&mut app, "enter alt-1");
    assert_eq!(app.pane, PaneId::Articles);
    press(&mut app, "3");
    // The picker was left: this marks a run.
    press(&mut app, "c");
    assert!(app.notices.current().unwrap().text.contains("is marked"));
}

#[test]
fn number_keys_and_tab_change_the_pane() {
    let mut app = ready(context());
    assert_eq!(app.pane, PaneId::Tuning);
    press(&mut app, "1");
    assert_eq!(app.pane, PaneId::Articles);
    press(&mut app, "tab");
    assert_eq!(app.pane, PaneId::Logs);
    press(&mut app, "shift-tab shift-tab");
    assert_eq!(app.pane, PaneId::Stacks);
    press(&mut app, "3");
    assert_eq!(app.pane, PaneId::Tuning);
}

#[test]
fn keys_of_one_pane_are_dead_in_another() {
    let mut app = ready(context());
    press(&mut app, "1");
    assert!(press(&mut app, "b R X").is_empty());
    assert!(app.prompt.is_none());
}

#[test]
fn help_takes_the_keys_until_it_is_closed() {
    let mut app = ready(context());
    press(&mut app, "? j j");
    assert_eq!(app.overlay, Some(Overlay::Help(2)));
    press(&mut app, "G");
    let Some(Overlay::Help(last)) = app.overlay else {
        panic!("closed");
    };
    assert_eq!(last, app.help_length() - app.help_rows());
    press(&mut app, "j");
    assert_eq!(app.overlay, Some(Overlay::Help(last)));
    press(&mut app, "?");
    assert_eq!(app.overlay, None);
}

#[test]
fn a_prompt_takes_every_key() {
    let mut app = ready(context());
    press(&mut app, "i");
    assert!(write(&mut app, "q?1").is_empty());
    assert_eq!(app.prompt.as_ref().unwrap().text(), "q?1");
    assert_eq!(app.pane, PaneId::Tuning);
    press(&mut app, "esc");
    assert!(app.prompt.is_none());
}

#[test]
fn pasted_text_goes_into_the_prompt_on_one_line() {
    let mut app = ready(context());
    press(&mut app, "i");
    app.update(Msg::Paste("https://x/#a;\nb\n".into()));
    assert_eq!(app.prompt.as_ref().unwrap().text(), "https://x/#a; b");
}

#[test]
fn quitting_is_immediate_without_a_run_and_asks_during_one() {
    let mut app = ready(context());
    assert_eq!(press(&mut app, "q"), [Effect::Quit]);
    let mut app = ready(context());
    let task = live(&mut app);
    assert!(press(&mut app, "q").is_empty());
    assert!(matches!(app.overlay, Some(Overlay::Confirm(_))));
    assert_eq!(press(&mut app, "y"), [Effect::Cancel(task)]);
    assert!(
        app.notices
            .current()
            .unwrap()
            .text
            .contains("restoring dynamodb-reads")
    );
    let effects = app.update(Msg::Task(task, JobReport::Cancelled));
    assert_eq!(effects.last(), Some(&Effect::Quit));
}

#[test]
fn on_the_way_out_nothing_is_begun_but_what_writes() {
    let mut app = ready(context());
    form(&mut app);
    press(&mut app, "q");
    assert_eq!(press(&mut app, "ctrl-s"), []);
    assert!(app.panes.tuning.live().is_none());
    let mut app = ready_with(context(), &runs(), &[journal()]);
    app.update(Msg::Terminated);
    assert_eq!(press(&mut app, "1 2 3 X y"), []);
    let effects = press(&mut app, "d");
    assert!(matches!(jobs(&effects)[0].1, Job::DeleteRun(_)));
}

#[test]
fn no_to_the_question_keeps_the_run() {
    let mut app = ready(context());
    live(&mut app);
    assert!(press(&mut app, "q n").is_empty());
    assert!(app.panes.tuning.live().is_some());
    assert!(!app.leaving);
}

#[test]
fn being_told_to_end_cancels_the_run_and_leaves() {
    let mut app = ready(context());
    let task = live(&mut app);
    let effects = app.update(Msg::Terminated);
    assert_eq!(effects, [Effect::Cancel(task), Effect::Quit]);
}

#[test]
fn escape_dismisses_a_notice_before_it_goes_back() {
    let mut app = ready(context());
    picker(&mut app);
    app.tell(crate::effect::Severity::Error, "broken");
    press(&mut app, "esc");
    assert!(app.notices.is_empty());
    assert_eq!(app.front().scope().name, "functions");
    press(&mut app, "esc");
    assert_eq!(app.front().scope().name, "runs");
}

#[test]
fn a_copy_is_told_when_it_is_there() {
    let mut app = ready(context());
    let effects = press(&mut app, "y");
    assert!(matches!(&effects[0], Effect::Copy(link) if link.starts_with("https://")));
    assert!(app.notices.is_empty());
    app.update(Msg::Copied(Copied::File("/tmp/copy.txt".into())));
    let text = &app.notices.current().unwrap().text;
    assert!(
        text.contains("the link of no-op") && text.contains("/tmp/copy.txt"),
        "{text}"
    );
}

#[test]
fn good_news_does_not_follow_into_another_pane_and_bad_news_does() {
    let mut app = ready(context());
    app.tell(crate::effect::Severity::Error, "broken");
    press(&mut app, "c");
    assert!(app.notices.current().unwrap().text.contains("is marked"));
    press(&mut app, "1");
    assert_eq!(app.notices.current().unwrap().text, "broken");
}

#[test]
fn what_tmux_may_keep_to_itself_is_in_a_file_too() {
    let mut app = ready(context());
    press(&mut app, "y");
    app.update(Msg::Copied(Copied::Tmux("/tmp/copy.txt".into())));
    let text = &app.notices.current().unwrap().text;
    assert!(
        text.contains("set-clipboard on") && text.contains("/tmp/copy.txt"),
        "{text}"
    );
}
