//! The rooms of the crate, from the ground up, and what each may name of the others.

use super::nothing_breaks_it;
use super::source::{Source, read};

/// What a room of the crate may name of the other rooms: only of those on lines above its own, so that no room looks
/// up. The command line joins them all.
const MAY_KNOW: &[(&str, &[&str])] = &[
    // Faults that tests plant.
    ("planted", &[]),
    // Vocabulary and pure ideas.
    ("clock", &[]),
    ("text", &[]),
    ("lambda", &[]),
    ("power", &["lambda", "text"]),
    ("logs", &["lambda", "power", "text"]),
    ("articles", &["power", "text"]),
    // What the user sets.
    ("toml_file", &["text"]),
    ("iac", &["lambda", "power", "text", "toml_file"]),
    ("theme", &["text", "toml_file"]),
    ("keys", &["text", "toml_file"]),
    ("config", &["keys", "lambda", "power", "theme", "toml_file"]),
    // The world outside: never the panes, never the screen.
    ("task", &[]),
    ("aws", &["lambda", "logs", "text"]),
    ("simulator", &["lambda", "logs"]),
    ("store", &["articles", "lambda", "logs", "power"]),
    (
        "feeds",
        &[
            "articles", "clock", "config", "planted", "store", "task", "text",
        ],
    ),
    ("insights", &["aws", "logs", "task"]),
    (
        "tail",
        &[
            "aws", "clock", "insights", "logs", "planted", "task", "text",
        ],
    ),
    (
        "tuner",
        &["aws", "lambda", "planted", "power", "store", "task", "text"],
    ),
    ("terminal", &[]),
    // State and screen.
    (
        "effect",
        &[
            "articles", "aws", "config", "iac", "keys", "lambda", "logs", "power", "task", "theme",
        ],
    ),
    (
        "panes",
        &[
            "articles", "config", "effect", "iac", "keys", "lambda", "logs", "power", "task",
            "text",
        ],
    ),
    (
        "ui",
        &[
            "articles", "effect", "iac", "keys", "lambda", "logs", "panes", "power", "text",
            "theme",
        ],
    ),
    (
        "app",
        &[
            "aws", "effect", "keys", "logs", "panes", "task", "text", "theme", "ui",
        ],
    ),
    // What the effects come to.
    (
        "jobs",
        &[
            "articles", "aws", "effect", "feeds", "iac", "insights", "lambda", "logs", "power",
            "store", "tail", "task", "text", "tuner",
        ],
    ),
    ("runtime", &["app", "effect", "keys", "task", "terminal"]),
];

fn allowed(path: &str, entry: &str) -> bool {
    path.strip_prefix(entry)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[test]
fn rooms_know_only_the_rooms_below_them() {
    let mut broken = Vec::new();
    for source in read("src")
        .iter()
        .filter(|source| !["build", "cli", "lib", "main"].contains(&source.room()))
    {
        let room = source.room();
        let Some((_, may_know)) = MAY_KNOW.iter().find(|(name, _)| *name == room) else {
            broken.push(format!(
                "src/{}: the room `{room}` has no line in MAY_KNOW.",
                source.path
            ));
            continue;
        };
        for path in source.crate_paths() {
            let own = allowed(&path, room);
            if !own && !may_know.iter().any(|entry| allowed(&path, entry)) {
                let path = if path.is_empty() { "{…}" } else { &path };
                broken.push(format!(
                    "src/{}: `{room}` must not know `crate::{path}`.",
                    source.path
                ));
            }
        }
    }
    nothing_breaks_it(&broken);
}

#[test]
fn no_room_may_look_up() {
    let mut broken = Vec::new();
    for (line, (room, may_know)) in MAY_KNOW.iter().enumerate() {
        for known in *may_know {
            let is_below = MAY_KNOW[..line].iter().any(|(name, _)| name == known);
            if !is_below {
                broken.push(format!("`{known}` stands on no line above `{room}`."));
            }
        }
    }
    nothing_breaks_it(&broken);
}

#[test]
fn every_room_a_line_allows_is_known() {
    let sources = read("src");
    let mut broken = Vec::new();
    for (room, may_know) in MAY_KNOW {
        let of_room = sources.iter().filter(|source| source.room() == *room);
        if !sources.iter().any(|source| source.room() == *room) {
            broken.push(format!("There is no room `{room}`: take its line out."));
        }
        let paths: Vec<String> = of_room.flat_map(Source::crate_paths).collect();
        for known in *may_know {
            if !paths.iter().any(|path| allowed(path, known)) {
                broken.push(format!(
                    "`{room}` does not know `{known}`: take it out of its line."
                ));
            }
        }
    }
    nothing_breaks_it(&broken);
}
