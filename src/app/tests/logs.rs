//! The logs pane: choosing groups, following, holding still, searching, filtering, folding.

mod alike;
mod around;
mod asking;
mod between;
mod choosing;
mod folding;
mod highlighting;
mod keeping;
mod leaving;
mod narrowing;
mod patterns;
mod querying;
mod reading;

use crate::app::App;
use crate::app::fixture::logs::*;
use crate::app::fixture::*;
use crate::effect::Msg;
use crate::panes::logs::Tail;
use crate::panes::logs::tail::ScreenLineKind;
use crate::task::TaskId;

const GROUP: &str = "/ecs/alpha/gunicorn";

/// A session that follows one group with so many numbered rows.
fn following(rows: i64) -> (App, TaskId) {
    let mut app = ready(context());
    app.update(Msg::Resized(80, 24));
    let task = followed(&mut app, &[GROUP]);
    events(&mut app, task, numbered(GROUP, 0..rows));
    (app, task)
}

fn tail(app: &App) -> &Tail {
    app.panes.logs.tail().unwrap()
}

/// How many rows of the screen show the log.
fn height(app: &App) -> usize {
    let tail = tail(app);
    usize::from(tail.areas(tail.reader().body()).rows.height)
}

/// Types a text into the prompt a key opens and submits it; scans are answered.
fn submit(app: &mut App, key: &str, text: &str) {
    let mut effects = press(app, key);
    effects.extend(write(app, text));
    effects.extend(press(app, "enter"));
    scan(app, &effects);
}

/// Presses keys; scans are answered.
fn press_and_scan(app: &mut App, keys: &str) {
    let effects = press(app, keys);
    scan(app, &effects);
}

/// The texts on the screen.
fn texts(app: &App) -> Vec<&str> {
    tail(app)
        .reader()
        .lines()
        .iter()
        .map(|line| line.text.as_str())
        .collect()
}

/// The text under the cursor.
fn cursor(app: &App) -> &str {
    let tail = tail(app);
    let cursor = tail.reader().cursor().unwrap();
    let line =
        tail.reader().lines().iter().find(|line| {
            line.spot == cursor && (line.is_first || line.kind != ScreenLineKind::Marker)
        });
    &line.expect("the cursor is on the screen").text
}
