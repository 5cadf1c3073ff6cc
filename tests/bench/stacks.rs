//! How soon the projects of a large tree are found, a function's place in their code with them, and what a key costs then.
//!
//! `cargo bench --bench stacks`. Goals: a tree of 50,000 files, read before so that the system knows it, is found and its
//! stacks read within 200 ms; from a key to its frame at most 16 ms.

mod measure;
mod runs;
mod session;

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use iacstone::app;
use iacstone::effect::{CodeJob, CodeReport, Effect, Job, JobReport, Msg};
use iacstone::iac::{FunctionTarget, IacEnvironment, SAMPLES, Survey, WalkLimits};
use iacstone::lambda::MemoryMb;
use measure::{Goal, heading, median_ms, milliseconds, report};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use session::Session;

const TRIES: usize = 21;
const DIRS: usize = 1_000;
/// The files of a directory: source, what looks like a template from outside, and others.
const FILES: [&str; 10] = [
    "ts", "js", "json", "yaml", "md", "png", "py", "css", "lock", "txt",
];
const OF_EACH: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let tree = tempfile::tempdir()?;
    let root = tree.path().canonicalize()?;
    fill(&root)?;
    heading("a tree of 50,000 files in 1,000 directories, three projects among them");
    let survey = || Survey::of(&root, &IacEnvironment::default(), WalkLimits::default());
    let found = survey();
    if (found.projects.len(), found.problems.len()) != (3, 0) {
        return Err(format!("{} projects were found", found.projects.len()).into());
    }
    let time = median_ms(TRIES, || (), |()| drop(black_box(survey())));
    report("found and read, median", time, "ms", Goal::AtMost(200.0));
    let target = FunctionTarget {
        name: "dynamodb-reads".to_owned(),
        account: None,
        region: None,
        live: None,
        to: MemoryMb::new(512)?,
    };
    if found.memory_code(&target).places.len() < 3 {
        return Err("the function was not found in each project".into());
    }
    let time = median_ms(
        TRIES,
        || (),
        |()| drop(black_box(found.memory_code(&target))),
    );
    report(
        "the places of a function, median",
        time,
        "ms",
        Goal::AtMost(200.0),
    );
    keys(found)
}

/// Writes the tree; all but the samples is of no project.
fn fill(root: &Path) -> std::io::Result<()> {
    for number in 0..DIRS {
        let dir = root.join(format!("packages/p{}/src/d{number}", number % 40));
        fs::create_dir_all(&dir)?;
        for end in FILES {
            for of_end in 0..OF_EACH {
                fs::write(dir.join(format!("file{of_end}.{end}")), "{\"a\": 1}\n")?;
            }
        }
    }
    for (path, text) in SAMPLES {
        let path = root.join("infra").join(path);
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// Walks through the screens of the pane, each key with its frame.
fn keys(found: Survey) -> Result<(), Box<dyn Error>> {
    heading("the pane with them in front, at 120x40");
    let mut app = Session::with_runs(1)?.app;
    let effects = app.update(Msg::Key("4".parse()?));
    let asked = effects.into_iter().find_map(|effect| match effect {
        Effect::Spawn(id, Job::Code(CodeJob::Survey)) => Some(id),
        _ => None,
    });
    let answer = JobReport::Code(CodeReport::Surveyed(Arc::new(found)));
    app.update(Msg::Task(asked.ok_or("nothing was surveyed")?, answer));
    let mut terminal = Terminal::new(TestBackend::new(120, 40))?;
    let mut longest = 0.0_f64;
    for key in "j k space o j l d esc enter j esc c j j esc".split(' ') {
        let start = Instant::now();
        app.update(Msg::Key(key.parse()?));
        terminal.draw(|frame| app::view(&app, frame))?;
        longest = longest.max(milliseconds(start.elapsed()));
    }
    report(
        "a key and its frame, the longest",
        longest,
        "ms",
        Goal::AtMost(16.0),
    );
    Ok(())
}
