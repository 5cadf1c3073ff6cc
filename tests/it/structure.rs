//! The rules of the architecture, kept by reading the sources. A rule says in a sentence who breaks it.

mod functions;
mod rooms;
mod sizes;
mod source;
mod types;

use functions::functions;
use source::read;

/// What only a few places may use: the words that show it, the places, and why.
const ONLY_IN: &[(&[&str], &[&str], &str)] = &[
    (
        &["aws_sdk_", "aws_config", "aws_credential_types"],
        &["aws/", "aws.rs"],
        "the types of the AWS SDK stay inside `aws`",
    ),
    (
        &["aws_smithy"],
        &["aws/", "aws.rs", "simulator/"],
        "only `aws` and the simulator's connector touch the SDK's wire",
    ),
    (
        &["axum", "tower::"],
        &["simulator/", "simulator.rs"],
        "only the simulated account serves HTTP",
    ),
    (
        &["reqwest", "feed_rs"],
        &["feeds/"],
        "only the fetching of feeds knows the web and the formats of feeds",
    ),
    (
        &[
            "serde_json::to_string",
            "serde_json::to_writer",
            "serde_json::to_vec",
        ],
        &["text/json.rs", "store/encoding.rs"],
        "JSON that leaves the program is written by `text`, where nothing in it hides",
    ),
    (
        &["dom_query", "dom_smoothie"],
        &["feeds/full_text/extract.rs"],
        "pages are weighed in one place, which bounds what that may cost",
    ),
    (
        &["hcl_edit"],
        &["iac/terraform/"],
        "only what reads Terraform's files knows their language",
    ),
    (
        &["saphyr_parser"],
        &["iac/data/yaml.rs"],
        "YAML is read in one place",
    ),
    (
        &["rusqlite"],
        &["store/", "store.rs"],
        "only the store knows its database",
    ),
    (
        &["ratatui"],
        &[
            "ui/",
            "ui.rs",
            "theme/",
            "theme.rs",
            "terminal/",
            "terminal.rs",
            "app/program.rs",
            "app/panes.rs",
            "app/view/",
            "app/view.rs",
            "panes/geometry.rs",
        ],
        "only what draws, and what must know how much is shown, knows the drawing library",
    ),
    (
        &["tui_textarea"],
        &["effect/prompt.rs"],
        "text is edited in the prompt",
    ),
    (
        &["crossterm"],
        &[
            "terminal/",
            "terminal.rs",
            "keys/chord.rs",
            "effect/prompt.rs",
            "effect/prompt/",
        ],
        "keys are chords and the terminal is `terminal`'s",
    ),
    (
        &["select!"],
        &[
            "runtime/",
            "task/supervise.rs",
            "task/pause.rs",
            "tuner/progress.rs",
            "tail/follow.rs",
            "simulator/serve.rs",
            "cli/tune/side_by_side.rs",
            "cli/simulate.rs",
            "cli/interrupt.rs",
        ],
        "few places wait for several things, so that each can be checked for lost messages",
    ),
    (
        &[
            "tokio::spawn",
            "task::spawn",
            "JoinSet",
            "thread::spawn",
            "thread::Builder",
            "spawn_blocking",
            "spawn_local",
        ],
        &[
            "task/pool.rs",
            "terminal/input.rs",
            "store/writer.rs",
            "simulator/",
            "cli/output.rs",
            "task/blocking.rs",
        ],
        "work is started in the pool, where it has an id, a limit and an end",
    ),
    (
        &["Mutex", "RwLock", "RefCell", "OnceLock", "static mut"],
        &[
            "simulator/account.rs",
            "terminal/modes.rs",
            "aws/logs/quota.rs",
            // What a region allows is shared by all who read there.
            "aws/logs/regions.rs",
        ],
        "state belongs to the app and is not shared",
    ),
    (
        &["thread_local!"],
        &["planted/switch.rs"],
        "it is state that belongs to nobody",
    ),
    (
        &["unbounded_channel", "mpsc::channel()"],
        &[],
        "every queue has a bound",
    ),
];

/// Rooms that compute: the same input gives the same answer.
const PURE: [&str; 10] = [
    "app", "articles", "effect", "keys", "lambda", "logs", "panes", "power", "text", "ui",
];

/// What a pure room does not touch.
const IMPURE: [&str; 11] = [
    "tokio",
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "Timestamp::now",
    "Zoned::now",
    "Instant::now",
    "SystemTime",
    "rand::",
];

/// Names that say nothing.
const EMPTY_NAMES: [&str; 8] = [
    "util", "utils", "helper", "helpers", "common", "manager", "handler", "misc",
];

/// A file has fewer lines than this.
const MAX_LINES: usize = 400;
/// A function has at most this many lines, its signature and closing brace included.
const MAX_FUNCTION: usize = 40;

fn nothing_breaks_it(broken: &[String]) {
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn what_belongs_to_one_place_is_used_nowhere_else() {
    let sources = read("src");
    let mut broken = Vec::new();
    for (words, places, why) in ONLY_IN {
        for source in &sources {
            let used = words.iter().find(|word| source.uses(word));
            let at_home = places.iter().any(|place| source.is_in(place));
            if let (Some(word), false) = (used, at_home) {
                broken.push(format!(
                    "src/{}: `{word}` has no place here; {why}.",
                    source.path
                ));
            }
        }
    }
    nothing_breaks_it(&broken);
}

#[test]
fn every_exception_is_still_needed() {
    let sources = read("src");
    let mut broken = Vec::new();
    for (words, places, _) in ONLY_IN {
        for place in places.iter().filter(|place| place.contains('/')) {
            let mut here = sources.iter().filter(|source| source.is_in(place));
            if !here.any(|source| words.iter().any(|word| source.uses(word))) {
                broken.push(format!(
                    "src/{place} does not use {words:?}: take it out of ONLY_IN."
                ));
            }
        }
    }
    nothing_breaks_it(&broken);
}

#[test]
fn pure_rooms_touch_neither_clock_nor_disk_nor_network() {
    let mut broken = Vec::new();
    for source in read("src")
        .iter()
        .filter(|source| PURE.contains(&source.room()))
    {
        for word in IMPURE.iter().filter(|word| source.uses(word)) {
            let room = source.room();
            broken.push(format!(
                "src/{}: `{word}` in `{room}`, which must stay pure.",
                source.path
            ));
        }
    }
    nothing_breaks_it(&broken);
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut broken = Vec::new();
    for source in read("src").iter().chain(&read("tests")) {
        let (path, lines) = (&source.path, source.text.lines().count());
        if lines > MAX_LINES {
            broken.push(format!(
                "{path} has {lines} lines; split it below {MAX_LINES}."
            ));
        }
        if !source.text.starts_with("//! ") {
            broken.push(format!("{path} does not begin with a `//!` sentence."));
        }
        let name = path.rsplit('/').next().unwrap().trim_end_matches(".rs");
        if name == "mod" || EMPTY_NAMES.contains(&name) {
            broken.push(format!(
                "{path}: name the file by its idea, beside its folder."
            ));
        }
        if [concat!("TO", "DO"), concat!("FIX", "ME")]
            .iter()
            .any(|mark| source.code.contains(mark))
        {
            broken.push(format!("{path} says that it is unfinished."));
        }
    }
    nothing_breaks_it(&broken);
}

#[test]
fn functions_fit_on_a_screen() {
    let mut broken = Vec::new();
    for source in read("src") {
        for (name, lines) in functions(&source) {
            if lines > MAX_FUNCTION {
                broken.push(format!("src/{}: `{name}` has {lines} lines.", source.path));
            }
        }
    }
    nothing_breaks_it(&broken);
}
