//! Lambda invocations in one row each.

use super::*;
use crate::keys::Action;
use crate::panes::logs::LogsScreen;

const LAMBDA: &str = "/aws/lambda/hash-bun";
const FIRST: &str = "8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f";
const SECOND: &str = "11111111-2222-4333-8444-555555555555";

/// Two invocations whose lines came in a mixture.
fn invoked() -> (App, TaskId) {
    let mut app = ready(context());
    app.update(Msg::Resized(120, 40));
    let task = followed(&mut app, &[LAMBDA]);
    let mut both = invocation(LAMBDA, "a", 0, FIRST);
    both.extend(invocation(LAMBDA, "b", 2, SECOND));
    events(&mut app, task, both);
    (app, task)
}

#[test]
fn an_invocation_is_one_row_with_its_figures() {
    let (app, _) = invoked();
    let texts = texts(&app);
    assert_eq!(texts.len(), 2);
    for part in [
        "ok",
        "8f5b1c9e",
        "35.2 ms",
        "billed 36 ms",
        "89/128 MB",
        "init 527 ms",
        "4 lines",
    ] {
        assert!(texts[0].contains(part), "{part} in {texts:?}");
    }
}

#[test]
fn enter_unfolds_an_invocation_and_its_rows_stand_together() {
    let (mut app, _) = invoked();
    press(&mut app, "k enter");
    assert_eq!(texts(&app).len(), 6);
    assert!(texts(&app)[1].starts_with("START RequestId: 8f5b1c9e"));
    assert_eq!(texts(&app)[2], "hashed 50 times");
    assert!(texts(&app)[4].starts_with("REPORT RequestId: 8f5b1c9e"));
    press(&mut app, "j j");
    assert_eq!(cursor(&app), "hashed 50 times");
    press(&mut app, "o");
    assert_eq!(texts(&app).len(), 2);
    press(&mut app, "i");
    assert_eq!(texts(&app).len(), 8);
}

#[test]
fn a_match_inside_a_folded_invocation_unfolds_it() {
    let (mut app, _) = invoked();
    press(&mut app, "/");
    let effects = write(&mut app, "hashed");
    scan(&mut app, &effects);
    press(&mut app, "enter");
    assert_eq!(cursor(&app), "hashed 50 times");
}

#[test]
fn a_running_invocation_is_completed_in_its_row() {
    let (mut app, task) = invoked();
    let mut lines = invocation(LAMBDA, "c", 5_000, "99999999-2222-4333-8444-555555555555");
    let report = lines.split_off(2);
    events(&mut app, task, lines);
    assert!(texts(&app)[2].starts_with("running"), "{:?}", texts(&app));
    events(&mut app, task, report);
    assert_eq!(texts(&app).len(), 3);
    assert!(texts(&app)[2].starts_with("ok"), "{:?}", texts(&app));
}

#[test]
fn copying_an_invocation_copies_its_lines() {
    let (mut app, _) = invoked();
    let effects = press(&mut app, "y");
    let [crate::effect::Effect::Copy(text)] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert_eq!(text.lines().count(), 4);
    assert!(text.contains(SECOND) && !text.contains(FIRST));
}

#[test]
fn moving_over_an_invocation_of_many_lines_passes_all_of_them_at_once() {
    let (mut app, task) = invoked();
    let mut lines = invocation(LAMBDA, "a", 5_000, "99999999-2222-4333-8444-555555555555");
    let end = lines.split_off(2);
    events(&mut app, task, lines);
    let many = (0..20_000).map(|n| event(LAMBDA, "a", 5_010, &format!("line {n}")));
    events(&mut app, task, many.collect());
    events(&mut app, task, end);
    assert_eq!(texts(&app).len(), 3);
    assert!(texts(&app)[2].contains("20004 lines"), "{:?}", texts(&app));
    press(&mut app, "k j k k");
    assert!(cursor(&app).contains("8f5b1c9e"));
    press(&mut app, "G o");
    assert!(cursor(&app).contains("20004 lines"));
    press(&mut app, "j j j");
    assert_eq!(cursor(&app), "line 0");
    press(&mut app, "G");
    assert!(texts(&app).last().unwrap().starts_with("REPORT"));
    press(&mut app, "k");
    assert!(cursor(&app).starts_with("END"), "{}", cursor(&app));
}

#[test]
fn esc_folds_the_invocation_again_and_the_reader_stays() {
    let (mut app, _) = invoked();
    press(&mut app, "g enter j j");
    assert_eq!(texts(&app).len(), 6);
    press(&mut app, "esc");
    assert_eq!(texts(&app).len(), 2);
    assert!(cursor(&app).contains("8f5b1c9e"));
    assert!(!tail(&app).reader().is_following() && app.notices.current().is_none());
    for following in [false, true] {
        press(&mut app, "esc");
        assert!(matches!(app.panes.logs.screen, LogsScreen::Groups));
        press(&mut app, "esc");
        assert_eq!(tail(&app).reader().is_following(), following);
        press(&mut app, "G");
    }
}

#[test]
fn the_footer_says_what_esc_does_next_whether_the_reader_follows_or_not() {
    let word = |app: &App| {
        let offers = app.front().offers();
        let back = offers.iter().find(|(action, _)| *action == Action::BACK);
        back.map(|(_, word)| *word)
    };
    let (mut app, _) = invoked();
    assert_eq!(word(&app), Some("groups"));
    press(&mut app, "g");
    assert_eq!(word(&app), Some("groups"));
    press(&mut app, "enter j");
    assert_eq!(word(&app), Some("fold it"));
    press(&mut app, "s");
    assert_eq!(word(&app), Some("unselect"));
}

#[test]
fn esc_undoes_the_selection_then_the_invocation_then_the_search() {
    let (mut app, _) = invoked();
    press(&mut app, "/");
    let effects = write(&mut app, "hashed");
    scan(&mut app, &effects);
    press(&mut app, "enter s esc");
    assert_eq!(
        (tail(&app).reader().is_selecting(), texts(&app).len()),
        (false, 6)
    );
    press(&mut app, "esc");
    assert_eq!(texts(&app).len(), 2);
    assert!(tail(&app).matches().is_some());
    press(&mut app, "esc");
    assert!(tail(&app).matches().is_none() && !tail(&app).reader().is_following());
}

#[test]
fn new_invocations_are_counted_until_they_are_seen() {
    let (mut app, task) = invoked();
    app.update(Msg::Resized(120, 8));
    for number in 0..9 {
        let id = format!("{number}9999999-2222-4333-8444-555555555555");
        events(&mut app, task, invocation(LAMBDA, "c", 5_000 + number, &id));
    }
    press(&mut app, "g");
    let id = "a9999999-2222-4333-8444-555555555555";
    events(&mut app, task, invocation(LAMBDA, "c", 9_000, id));
    assert_eq!(tail(&app).new_rows(), 1);
    press(&mut app, "j enter");
    assert_eq!(tail(&app).new_rows(), 1);
    for _ in 0..20 {
        press(&mut app, "ctrl-d");
    }
    assert_eq!(tail(&app).new_rows(), 0);
}

/// The first columns of what is copied.
fn copied(app: &mut App) -> Vec<String> {
    let effects = press(app, "y");
    let [crate::effect::Effect::Copy(text)] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    text.lines().map(|line| line[..8].to_owned()).collect()
}

#[test]
fn a_folded_invocation_is_selected_whole_and_an_unfolded_one_row_by_row() {
    let (mut app, _) = invoked();
    let all = ["START Re", "hashed 5", "END Requ", "REPORT R"];
    press(&mut app, "g s j");
    assert_eq!(copied(&mut app), [all, all].concat());
    press(&mut app, "g enter j j s j");
    assert_eq!(copied(&mut app), all[1..3]);
    press(&mut app, "g s j");
    assert_eq!(copied(&mut app), all[..1]);
    press(&mut app, "G k s j");
    assert_eq!(copied(&mut app).len(), 5);
}
