//! Rows on their way to a file, and which keys are offered for that.

use super::*;
use crate::effect::{Job, JobReport, Problem};
use crate::keys::Action;
use crate::panes::logs::screens::tail::{COPY_ROWS, EXPORT_ROWS};

#[test]
fn an_export_has_the_selected_rows_and_says_so() {
    let (mut app, _) = following(20);
    press(&mut app, "k s k k x");
    assert_eq!(
        app.prompt.as_ref().unwrap().title,
        "Export 3 selected events to"
    );
    let effects = press(&mut app, "enter");
    let asked = jobs(&effects);
    let Job::ExportRows(export) = asked[0].1 else {
        panic!("{asked:?}");
    };
    let lines: Vec<String> = export.lines().collect();
    let header = &lines[0];
    assert!(header.contains("# events: 3 selected of 20\n"), "{header}");
    let range = "# range: 2026-11-21T10:10:16.000Z to 2026-11-21T10:10:18.000Z\n";
    assert!(header.contains(range), "{header}");
    assert!(lines[1].ends_with("request 16 answered\n"), "{lines:?}");
    assert_eq!((lines.len(), export.rows.len()), (4, 3));
    assert!(!tail(&app).reader().is_selecting());
}

#[test]
fn without_a_selection_an_export_has_all_rows() {
    let (mut app, _) = following(20);
    press(&mut app, "k x");
    assert_eq!(app.prompt.as_ref().unwrap().title, "Export to");
    let effects = press(&mut app, "enter");
    let asked = jobs(&effects);
    let Job::ExportRows(export) = asked[0].1 else {
        panic!("{asked:?}");
    };
    assert!(export.header.contains("# events: 20 of 20\n"));
    assert_eq!(export.lines().count(), 21);
}

#[test]
fn a_message_cannot_forge_a_row_of_an_export() {
    let (mut app, task) = following(1);
    let forged = "real\n2026-11-30T03:00:00.000Z\ts\tFORGED\n# secrets: none";
    events(&mut app, task, vec![event(GROUP, "web/1", 5_000, forged)]);
    press(&mut app, "k x");
    let effects = press(&mut app, "enter");
    let asked = jobs(&effects);
    let Job::ExportRows(export) = asked[0].1 else {
        panic!("{asked:?}");
    };
    let text: String = export.lines().collect();
    assert!(
        text.ends_with("real\n    2026-11-30T03:00:00.000Z\ts\tFORGED\n    # secrets: none\n"),
        "{text}"
    );
}

#[test]
fn a_notice_leaves_with_the_screen_it_speaks_of_and_what_a_job_told_stays() {
    let mut app = ready(context());
    let elsewhere = "arn:aws:logs:eu-west-1:222222222222:log-group:/aws/lambda/f";
    let task = followed(&mut app, &[elsewhere]);
    events(&mut app, task, vec![event(elsewhere, "a", 0, "words")]);
    let failed = JobReport::Failed(Problem::other("The tail broke."));
    app.update(Msg::Task(task, failed));
    press(&mut app, "k T");
    let current = |app: &App| app.notices.current().unwrap().text.clone();
    assert!(current(&app).starts_with("This function is not one"));
    press(&mut app, "v");
    assert_eq!(current(&app), "The tail broke.");
    press(&mut app, "1");
    assert_eq!(current(&app), "The tail broke.");
}

#[test]
fn a_selection_offers_to_copy_and_export_it_first() {
    let (mut app, _) = following(20);
    press(&mut app, "k s");
    let offers: Vec<Action> = app.front().offers().iter().map(|offer| offer.0).collect();
    assert_eq!(offers[..2], [COPY_ROWS, EXPORT_ROWS]);
    let exports = offers.iter().filter(|it| **it == EXPORT_ROWS);
    assert_eq!(exports.count(), 1);
}

#[test]
fn more_groups_are_offered_while_some_are_out_of_sight() {
    let groups = ["a", "b", "c", "d", "e"].map(|name| format!("/aws/lambda/{name}"));
    let offered = |app: &App| {
        let offers = app.front().offers();
        [Action::RIGHT, Action::LEFT].map(|side| offers.iter().any(|offer| offer.0 == side))
    };
    let mut app = ready(context());
    app.update(Msg::Resized(80, 24));
    let names: Vec<&str> = groups.iter().map(String::as_str).collect();
    followed(&mut app, &names[..4]);
    press(&mut app, "S");
    assert_eq!(offered(&app), [false, false]);
    press(&mut app, "esc");
    followed(&mut app, &names);
    press(&mut app, "S");
    assert_eq!(offered(&app), [true, false]);
    press(&mut app, "l l");
    assert_eq!(offered(&app), [false, true]);
    press(&mut app, "h");
    assert_eq!(offered(&app), [true, false]);
    app.update(Msg::Resized(100, 24));
    assert_eq!(offered(&app), [false, false]);
}
