//! The palette: every action of the screen by a few letters.

use crate::app::fixture::{context, live, press, ready, write};
use crate::app::{App, Overlay, PaneId};
use crate::effect::{Effect, Msg};
use crate::keys::Action;

/// The actions listed now, the chosen one marked.
fn listed(app: &App) -> Vec<(&'static str, bool)> {
    let Some(Overlay::Palette(palette)) = &app.overlay else {
        panic!("no palette is open: {:?}", app.overlay);
    };
    let actions = palette.actions(app);
    let rows = actions.iter().enumerate();
    rows.map(|(at, action)| (action.name, at == palette.at))
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
    write(&mut app, "zzz");
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
    let text = "[global]\npalette = [\"P\"]\n";
    app.context.keymap = app.context.keymap.merged("keymap.toml", text).unwrap();
    press(&mut app, ":");
    assert_eq!(app.overlay, None);
    press(&mut app, "P");
    assert!(!listed(&app).is_empty());
    assert_eq!(app.context.keymap.hint(Action::QUIT), "q");
}
