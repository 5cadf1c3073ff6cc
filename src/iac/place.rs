//! Where the memory size of a function stands in code, and the change that gives it another one.

use std::ops::Range;

use serde::Serialize;

use super::edit::TextEdit;
use super::made_of::MadeOf;
use super::source_file::{SourceFile, SourceStamp, up_and_down};
use super::tool::Tool;
use crate::lambda::MemoryMb;
use crate::toml_file::FileError;

/// The memory size a function has where none is given, in MB.
pub(super) const DEFAULT_MEMORY: u32 = 128;

/// Why a size of its own is an alternative to one that several functions share.
pub(super) const ONLY_OWN: &str = "A size of its own changes no other function.";

/// The function whose memory size is to be written into code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionTarget {
    /// Its plain name.
    pub name: String,
    /// The account it is of, 12 digits, when known.
    pub account: Option<String>,
    /// The region it is of, when known.
    pub region: Option<String>,
    /// The memory size that it had when it was last looked at, when known.
    pub live: Option<MemoryMb>,
    /// The one that it is to have.
    pub to: MemoryMb,
}

/// How sure it is that a place decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceConfidence {
    /// Files lead from the function to this place without a gap.
    Certain,
    /// One step is not proved by a file.
    Likely,
    /// It only looks so.
    Guess,
}

impl PlaceConfidence {
    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Guess => "guess",
        }
    }
}

/// A place in code that gives a function its memory size, or seems to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodePlace {
    /// The tool whose file it is.
    pub tool: Tool,
    /// The file, from the surveyed directory on.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The size that stands there, in MB; none where none is given.
    pub from: Option<u32>,
    /// The size to have, in MB.
    pub to: u32,
    /// The change as `git apply` takes it in `dir`; none where it takes a person.
    pub diff: Option<String>,
    /// The directory to apply the change in, from the surveyed one on: `.` unless the file lies outside of it.
    pub dir: String,
    /// How sure it is.
    pub confidence: PlaceConfidence,
    /// How it was found, or why there is no change: a sentence.
    pub reason: String,
    /// What else the change changes.
    pub also: Vec<String>,
    /// What the file was when the place was found in it.
    #[serde(skip)]
    pub stamp: SourceStamp,
}

/// What the code and the state say of one function's memory size, and what it had at the run, in MB.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemoryDrift {
    /// The tool and the stack, with its directory where another one is called the same.
    pub stack: String,
    /// What the function had at the run.
    pub live: Option<u32>,
    /// What the state says; none where the tool keeps none.
    pub state: Option<u32>,
    /// What the code says.
    pub code: Option<u32>,
}

impl MemoryDrift {
    fn known(&self) -> Vec<u32> {
        let all = [self.live, self.state, self.code];
        all.into_iter().flatten().collect()
    }

    /// Whether two are known, so that there is something to compare.
    pub(super) fn is_comparison(&self) -> bool {
        self.known().len() > 1
    }

    /// Whether two that are known differ.
    #[must_use]
    pub fn is_drift(&self) -> bool {
        let known = self.known();
        known.windows(2).any(|pair| pair.first() != pair.last())
    }

    /// The line for people: `at the run 1024 · state 512 · code 512: changed by hand, or applied since`.
    #[must_use]
    pub fn text(&self) -> String {
        let part = |word: &str, size: Option<u32>| size.map(|size| format!("{word} {size}"));
        let parts = [
            part("at the run", self.live),
            part("state", self.state),
            part("code", self.code),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        format!("{}: {}", parts.join(" · "), self.verdict())
    }

    fn verdict(&self) -> &'static str {
        match (self.live, self.state, self.code) {
            _ if !self.is_drift() => "no difference",
            (Some(live), Some(state), code)
                if live != state && code.is_none_or(|code| code == state) =>
            {
                "changed by hand, or applied since"
            }
            (live, Some(state), Some(code))
                if code != state && live.is_none_or(|live| live == state) =>
            {
                "the code is not applied yet"
            }
            (Some(_), None, Some(_)) => "changed by hand, applied since, or not applied yet",
            _ => "all differ",
        }
    }
}

/// All that files tell of a function's memory size.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MemoryCode {
    /// The places, the surest first.
    pub places: Vec<CodePlace>,
    /// Run, state and code side by side, one for each stack that has the function.
    pub drifts: Vec<MemoryDrift>,
    /// What is to be known besides, as sentences.
    pub notes: Vec<String>,
    /// Files that could not be read, each with a line.
    #[serde(serialize_with = "as_texts")]
    pub problems: Vec<FileError>,
}

impl MemoryCode {
    /// What was read; an error is kept, and nothing returned.
    pub(super) fn keep<T>(&mut self, read: Result<T, FileError>) -> Option<T> {
        read.map_err(|error| self.problems.push(error)).ok()
    }
}

fn as_texts<S: serde::Serializer>(errors: &[FileError], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(errors.iter().map(ToString::to_string))
}

/// A place as it is found, before it is told.
#[derive(Debug, Clone)]
pub(super) struct PlaceFinding {
    /// Where it stands.
    pub(super) at: Range<usize>,
    pub(super) from: Option<u32>,
    pub(super) edit: Option<TextEdit>,
    pub(super) confidence: PlaceConfidence,
    pub(super) reason: String,
    pub(super) also: Vec<String>,
}

impl PlaceFinding {
    /// A place that a person has to change.
    pub(super) fn by_hand(at: Range<usize>, reason: impl Into<String>) -> Self {
        Self {
            at,
            from: None,
            edit: None,
            confidence: PlaceConfidence::Likely,
            reason: reason.into(),
            also: Vec::new(),
        }
    }

    /// The place of a number, which the edit changes.
    pub(super) fn number(at: Range<usize>, from: u32, edit: TextEdit) -> Self {
        Self {
            at,
            from: Some(from),
            edit: Some(edit),
            confidence: PlaceConfidence::Certain,
            reason: String::new(),
            also: Vec::new(),
        }
    }

    /// A thing that stands at `thing` and gives no size, with the edit that gives it one.
    pub(super) fn absent(thing: Range<usize>, edit: Option<TextEdit>) -> Self {
        Self {
            at: edit.as_ref().map_or(thing, |edit| edit.at.clone()),
            from: None,
            edit,
            confidence: PlaceConfidence::Certain,
            reason: String::new(),
            also: Vec::new(),
        }
    }

    /// Adds a sentence behind the reason.
    pub(super) fn say(&mut self, sentence: &str) {
        self.reason = joined(&[&self.reason, sentence]);
    }

    /// Adds a sentence before the reason.
    pub(super) fn begin(&mut self, sentence: &str) {
        self.reason = joined(&[sentence, &self.reason]);
    }

    /// Adds a sentence that makes the place no more than a guess.
    pub(super) fn disbelieve(&mut self, sentence: &str) {
        self.confidence = PlaceConfidence::Guess;
        self.say(sentence);
    }

    /// Adds a sentence that makes the place less than certain.
    pub(super) fn doubt(&mut self, sentence: &str) {
        self.confidence = self.confidence.max(PlaceConfidence::Likely);
        self.say(sentence);
    }

    /// The same in the file that a text was made of. Without the edit where that changes what was not taken as it is.
    fn taken_back(mut self, made: &MadeOf) -> Self {
        let start = made.offset(self.at.start);
        self.at = start..start;
        let edit = self.edit.take();
        self.edit = edit.and_then(|edit| {
            let at = made.stretch(&edit.at)?;
            Some(TextEdit { at, ..edit })
        });
        self
    }

    /// The place as it is told.
    pub(super) fn place(self, tool: Tool, file: &SourceFile, to: MemoryMb) -> CodePlace {
        if let Some(made) = &file.made_of {
            return self.taken_back(made).place(tool, &made.file, to);
        }
        let to = to.megabytes();
        let is_there = self.from == Some(to);
        let diff = self.edit.filter(|_| !is_there).map(|edit| edit.diff(file));
        let reason = if is_there {
            joined(&[&self.reason, &format!("It says {to} already.")])
        } else {
            self.reason
        };
        CodePlace {
            tool,
            file: file.shown.clone(),
            line: file.line(self.at.start),
            from: self.from,
            to,
            diff: diff.filter(|diff| !diff.is_empty()),
            dir: up_and_down(&file.shown).0,
            confidence: self.confidence,
            reason,
            also: self.also,
            stamp: file.stamp(),
        }
    }
}

impl CodePlace {
    /// What else the change changes, in a sentence.
    #[must_use]
    pub fn also_text(&self) -> Option<String> {
        let also = self.also.join(", ");
        (!also.is_empty()).then(|| format!("It also changes {also}."))
    }

    /// How sure the place is, and what else the change changes, as sentences.
    #[must_use]
    pub fn surety(&self) -> String {
        let (file, line, sure) = (&self.file, self.line, self.confidence.name());
        let sure = format!("That {file}:{line} is the place is {sure}.");
        joined(&[&sure, &self.also_text().unwrap_or_default()])
    }

    /// Adds a sentence that makes the place no surer than this.
    pub(super) fn lower(&mut self, confidence: PlaceConfidence, sentence: &str) {
        self.confidence = self.confidence.max(confidence);
        self.reason = joined(&[&self.reason, sentence]);
    }
}

/// That a function gives no size, in a sentence; `property` is what would give it.
pub(super) fn no_size(property: &str) -> String {
    format!("It gives no {property}, so that it has the default, {DEFAULT_MEMORY} MB.")
}

/// Sentences in a row; those that are empty are left out.
pub(super) fn joined(sentences: &[&str]) -> String {
    let said: Vec<&str> = sentences
        .iter()
        .copied()
        .filter(|it| !it.is_empty())
        .collect();
    said.join(" ")
}
