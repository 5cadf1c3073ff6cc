//! The palette: every action of the screen by a few letters.

use crate::app::fixture::{context, live, press, ready, write};
use crate::app::{App, Overlay, PaneId};
use crate::effect::{Effect, JobReport, Msg};
use crate::keys::Action;

/// The actions listed now, the chosen one marked.
fn listed(app: &App) -> Vec<(&'static str, bool)> {
    let Some(Overlay::Palette(palette)) = &app.overlay else {
        panic!("no palette is open: {:?}", app.overlay);
    };
    let entries = palette.entries(app);
    let rows = entries.iter();
    rows.map(|(action, _)| (action.name, palette.is_chosen(*action)))
        .collect()
}

#[test]
fn the_palette_finds_an_action_by_its_words_and_does_it() {
    let mut app = ready(context());
    press(&mut app, ":");
    write(&mut app, "chart table");
    assert_eq!(listed(&app)[0], ("chart-form", true));
    press(&mut app, "enter");
    assert_eq!(app.overlay, None);
    assert!(app.panes.tuning.runs.look.table);
}

#[test]
fn the_palette_lists_every_action_of_the_screen_and_those_of_everywhere() {
    for pane in PaneId::ALL {
        let mut app = ready(context());
        app.pane = pane;
        press(&mut app, ":");
        let names: Vec<&str> = listed(&app).iter().map(|(name, _)| *name).collect();
        let of_screen = app.front().available();
        for (action, _) in &of_screen {
            assert!(names.contains(&action.name), "{action:?} is not listed");
        }
        assert!(names.contains(&"quit") && names.contains(&"next-pane"));
        let mut once = names.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), names.len(), "{names:?}");
        let last = *names.last().unwrap();
        assert!(
            Action::MOVES.iter().any(|it| it.name == last),
            "moves come last: {last}"
        );
    }
}

#[test]
fn arrows_choose_and_stop_at_the_ends_and_escape_closes() {
    let mut app = ready(context());
    press(&mut app, ": up down down");
    let rows = listed(&app);
    assert!(rows[2].1, "{rows:?}");
    write(&mut app, "quit");
    assert_eq!(listed(&app)[0], ("quit", true));
    press(&mut app, "esc");
    assert_eq!(app.overlay, None);
    press(&mut app, ":");
    write(&mut app, "qqqq");
    assert_eq!(listed(&app), []);
    assert!(press(&mut app, "down enter").is_empty());
    assert_eq!(app.overlay, None);
}

#[test]
fn what_is_pasted_is_looked_for() {
    let mut app = ready(context());
    press(&mut app, ": down");
    app.update(Msg::Paste("quit\n".into()));
    assert_eq!(listed(&app)[0], ("quit", true));
    assert_eq!(press(&mut app, "enter"), [Effect::Quit]);
}

#[test]
fn an_action_of_the_palette_asks_as_its_key_does() {
    let mut app = ready(context());
    live(&mut app);
    press(&mut app, ":");
    write(&mut app, "quit");
    press(&mut app, "enter");
    assert!(matches!(app.overlay, Some(Overlay::Confirm(_))));
}

#[test]
fn the_palette_has_the_users_keys() {
    let mut app = ready(context());
    let text = "[global]\npalette = [\"Z\"]\n";
    app.context.keymap = app.context.keymap.merged("keymap.toml", text).unwrap();
    press(&mut app, ":");
    assert_eq!(app.overlay, None);
    press(&mut app, "Z");
    assert!(!listed(&app).is_empty());
    assert_eq!(app.context.keymap.hint(Action::QUIT), "q");
}

#[test]
fn the_chosen_action_stays_the_same_one_when_the_list_changes_under_it() {
    let mut app = ready(context());
    let task = live(&mut app);
    press(&mut app, ": down down down");
    let before = listed(&app);
    let chosen = before.iter().find(|(_, is_chosen)| *is_chosen).unwrap().0;
    app.update(Msg::Task(task, JobReport::Cancelled));
    let after = listed(&app);
    assert_ne!(after, before, "the run ended");
    assert_eq!(
        after.iter().find(|(_, is_chosen)| *is_chosen).unwrap().0,
        chosen
    );
}

#[test]
fn an_action_that_has_gone_does_nothing() {
    let mut app = ready(context());
    press(&mut app, ":");
    write(&mut app, "chart table");
    assert_eq!(listed(&app)[0], ("chart-form", true));
    app.pane = PaneId::Logs;
    assert_eq!(press(&mut app, "enter"), []);
    assert_eq!(app.overlay, None);
    assert!(!app.panes.tuning.runs.look.table);
}

#[test]
fn what_would_do_nothing_anywhere_is_not_listed() {
    let mut app = ready(context());
    press(&mut app, "2 :");
    let names = |app: &App| -> Vec<&str> { listed(app).iter().map(|(name, _)| *name).collect() };
    for name in ["back", "palette", "pane-logs"] {
        assert!(!names(&app).contains(&name), "{name}");
    }
    app.tell(crate::effect::Severity::Error, "it broke");
    assert!(names(&app).contains(&"back"));
}

#[test]
fn keys_that_type_nothing_leave_the_choice_and_pages_move_it() {
    let mut app = ready(context());
    press(&mut app, ": down down");
    press(&mut app, "home end left right");
    assert!(listed(&app)[2].1);
    press(&mut app, "ctrl-n pgdn");
    assert!(listed(&app)[13].1);
    press(&mut app, "pgup ctrl-p");
    assert!(listed(&app)[2].1);
}

#[test]
fn the_footers_words_find_an_action_too() {
    let mut app = ready(context());
    press(&mut app, ":");
    write(&mut app, "details");
    assert_eq!(listed(&app)[0], ("open", true));
    press(&mut app, "enter");
    assert!(app.panes.tuning.runs.look.expanded);
}
