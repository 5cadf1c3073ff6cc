//! The text of the sheet, line by line.

use super::CodeSheet;
use crate::iac::{CodePlace, PROJECT_FILES, Survey};
use crate::keys::{Action, Keymap};
use crate::panes::Load;
use crate::text::{neutralise, reveal_lines, sentence, truncate, wrap};

/// The most characters of a line of code that are shown: a screen has far fewer.
const LONGEST: usize = 1_000;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeTone {
    /// What follows.
    Heading,
    /// A place.
    Place,
    /// The place in front.
    Here,
    /// A sentence.
    Told,
    /// A sentence that needs a look.
    Warning,
    /// A sentence on what failed.
    Failed,
    /// Code, or a line of a change that stays.
    Code,
    /// A line of a change that goes.
    Removed,
    /// A line of a change that comes.
    Added,
    /// Where lines of a change stand.
    Hunk,
}

/// A line, safe to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeLine {
    /// What it is.
    pub tone: CodeTone,
    /// Its text.
    pub text: String,
}

/// The lines of a sheet, sentences broken to fit into so many columns.
pub(super) fn of(sheet: &CodeSheet, columns: usize, keymap: &Keymap) -> Vec<CodeLine> {
    let mut text = SheetText {
        lines: Vec::new(),
        columns,
    };
    text.here(sheet, keymap);
    let form = sheet.form();
    text.blank();
    text.say(CodeTone::Heading, &format!("{} in general:", form.name()));
    for line in reveal_lines(&form.snippet(sheet.target()))
        .trim_end()
        .lines()
    {
        match form.tool() {
            Some(_) => text.code(CodeTone::Code, line),
            // A command has no indentation that counts.
            None => text.say(CodeTone::Code, line),
        }
    }
    text.left_out(sheet);
    text.lines
}

struct SheetText {
    lines: Vec<CodeLine>,
    columns: usize,
}

impl SheetText {
    /// A sentence, in as many lines as it takes.
    fn say(&mut self, tone: CodeTone, words: &str) {
        let lines: Vec<String> = wrap(&neutralise(words), self.columns).collect();
        self.lines
            .extend(lines.into_iter().map(|text| CodeLine { tone, text }));
    }

    /// A line of code; one longer than any screen is cut.
    fn code(&mut self, tone: CodeTone, line: &str) {
        let text = truncate(line, LONGEST).into_owned();
        self.lines.push(CodeLine { tone, text });
    }

    fn blank(&mut self) {
        self.code(CodeTone::Code, "");
    }

    /// What the files of this directory say.
    fn here(&mut self, sheet: &CodeSheet, keymap: &Keymap) {
        let Some(survey) = &sheet.survey else {
            return self.unread(&sheet.load, &keymap.way_to(Action::REFRESH));
        };
        let root = survey.root.display();
        self.say(CodeTone::Heading, &format!("In this directory, {root}:"));
        if sheet.code().is_none() {
            return self.say(CodeTone::Told, "Reading it ...");
        }
        if sheet.place().is_none() {
            self.say(CodeTone::Told, &without_place(sheet, survey));
        }
        for (at, place) in sheet.places().enumerate() {
            let is_here = at == sheet.place;
            let tone = if is_here {
                CodeTone::Here
            } else {
                CodeTone::Place
            };
            self.code(tone, &neutralise(&headline(place)));
        }
        if let Some(place) = sheet.place() {
            self.place(place);
        }
        self.drifts(sheet);
    }

    /// Why nothing is known of this directory.
    fn unread(&mut self, load: &Load, retry: &str) {
        let (tone, words) = match load {
            Load::Failed(why) => {
                let why = sentence(&why.sentence);
                (
                    CodeTone::Failed,
                    format!("{why} Press {retry} to try again."),
                )
            }
            Load::Loading(_) => {
                let words = "Reading the code of this directory ...";
                (CodeTone::Told, words.to_owned())
            }
            _ => {
                let words = format!("Nothing was read. Press {retry} to read the code here.");
                (CodeTone::Told, words)
            }
        };
        self.say(tone, &words);
    }

    /// The place in front: how it was found, what else it changes, and the change.
    fn place(&mut self, place: &CodePlace) {
        self.say(CodeTone::Told, &place.reason);
        if let Some(also) = place.also_text() {
            self.say(CodeTone::Warning, &also);
        }
        for line in place.diff.iter().flat_map(|diff| diff.lines()) {
            let tone = match line.as_bytes() {
                [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] | [b'@', b'@', ..] => {
                    CodeTone::Hunk
                }
                [b'-', ..] => CodeTone::Removed,
                [b'+', ..] => CodeTone::Added,
                _ => CodeTone::Code,
            };
            self.code(tone, &reveal_lines(line));
        }
    }

    /// Run, state and code side by side, of the tool in front.
    fn drifts(&mut self, sheet: &CodeSheet) {
        let tool = sheet.form().tool().map_or("", |tool| tool.name());
        let drifts = sheet.code().map_or(&[][..], |code| &code.drifts);
        let of_tool = drifts
            .iter()
            .filter(|drift| !tool.is_empty() && drift.stack.starts_with(tool));
        for drift in of_tool {
            let tone = if drift.is_drift() {
                CodeTone::Warning
            } else {
                CodeTone::Told
            };
            self.say(tone, &format!("{}: {}", drift.stack, drift.text()));
        }
    }

    /// What was not looked at, and what could not be read.
    fn left_out(&mut self, sheet: &CodeSheet) {
        let stops = sheet.survey.iter().flat_map(|survey| &survey.stops);
        let notes = sheet.code().into_iter().flat_map(|code| &code.notes);
        let unread = sheet.survey.iter().flat_map(|survey| &survey.problems);
        let mut problems: Vec<String> = unread.map(ToString::to_string).collect();
        for problem in sheet.code().into_iter().flat_map(|code| &code.problems) {
            let text = problem.to_string();
            if !problems.contains(&text) {
                problems.push(text);
            }
        }
        let said: Vec<&String> = stops.chain(notes).collect();
        if !said.is_empty() || !problems.is_empty() {
            self.blank();
        }
        for words in said {
            self.say(CodeTone::Warning, words);
        }
        for words in &problems {
            self.say(CodeTone::Failed, &sentence(words));
        }
    }
}

/// What is said where no file of the form in front gives the size.
fn without_place(sheet: &CodeSheet, survey: &Survey) -> String {
    let form = sheet.form();
    if survey.projects.is_empty() {
        return format!("There is no project here: no {PROJECT_FILES}.");
    }
    match form.tool() {
        Some(_) => {
            let name = form.name();
            format!("No {name} file was found to give it its memory size.")
        }
        None => "The AWS CLI changes the function itself; the next deployment of its code changes it back.".to_owned(),
    }
}

/// A place in a line: `main.tf:3  256 → 512 MB  certain`.
fn headline(place: &CodePlace) -> String {
    let named = format!("{}:{}", place.file, place.line);
    let from = place
        .from
        .map_or_else(|| "none".to_owned(), |from| from.to_string());
    let change = match (place.from, &place.diff) {
        (Some(from), None) if from == place.to => format!("has {from} MB"),
        (_, None) => "by hand".to_owned(),
        (_, Some(_)) => format!("{from} → {} MB", place.to),
    };
    format!("{named}  {change}  {}", place.confidence.name())
}
