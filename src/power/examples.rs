//! The runs that ship with the program: eight measurements of 2020, published in articles as links.

use std::sync::LazyLock;

use jiff::Timestamp;
use serde::Deserialize;

use super::{Point, Run, RunId, RunOrigin, curve};
use crate::lambda::Architecture;

/// One bundled run.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it is called on the command line.
    pub name: String,
    /// What it is, in a few words.
    pub title: String,
    /// The billing granularity its costs were recorded at, in milliseconds.
    pub billing_step_ms: u32,
    /// The run, under its name; its id is `example-<name>`.
    pub run: Run,
}

/// Every bundled run, simplest first.
#[must_use]
pub fn all() -> &'static [Example] {
    &EXAMPLES
}

/// The bundled run of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Example> {
    EXAMPLES.iter().find(|example| example.name == name)
}

const SOURCES: [&str; 8] = [
    include_str!("../../assets/examples/no-op.json"),
    include_str!("../../assets/examples/matrix-inversion.json"),
    include_str!("../../assets/examples/prime-numbers.json"),
    include_str!("../../assets/examples/prime-numbers-all.json"),
    include_str!("../../assets/examples/third-party-api.json"),
    include_str!("../../assets/examples/dynamodb-reads.json"),
    include_str!("../../assets/examples/s3-download.json"),
    include_str!("../../assets/examples/s3-download-threads.json"),
];

// The texts are part of the program and `all_eight_are_there` reads them: none is ever left out.
static EXAMPLES: LazyLock<Vec<Example>> =
    LazyLock::new(|| SOURCES.into_iter().filter_map(read).collect());

#[derive(Deserialize)]
struct ExampleFile {
    name: String,
    title: String,
    architecture: Architecture,
    region: String,
    billing_step_ms: u32,
    points: Vec<Point>,
}

fn read(text: &str) -> Option<Example> {
    let file: ExampleFile = serde_json::from_str(text).ok()?;
    let run = Run {
        id: RunId(format!("example-{}", file.name)),
        name: file.name.clone(),
        note: String::new(),
        started: Timestamp::UNIX_EPOCH,
        origin: RunOrigin::Imported {
            from: "example".to_owned(),
            architecture: file.architecture,
            region: file.region,
            points: curve::checked(file.points).ok()?,
        },
    };
    Some(Example {
        name: file.name,
        title: file.title,
        billing_step_ms: file.billing_step_ms,
        run,
    })
}

#[cfg(test)]
mod tests;
