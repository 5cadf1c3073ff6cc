//! The change that a patch makes: of one place, chosen by hand or the one that is surest.

use std::fmt::Write as _;
use std::path::Path;

use super::super::super::CommandFailure;
use super::super::export::ExportTarget;
use crate::iac::{CodePlace, MemoryCode, PlaceConfidence, Survey};
use crate::text::{counted, reveal};

/// The change that a patch makes.
#[derive(Debug)]
pub(super) struct CodePatch<'c> {
    place: &'c CodePlace,
    /// None where the place says the size already.
    pub(super) diff: Option<&'c str>,
    /// How many other places are as sure.
    others: usize,
}

impl<'c> CodePatch<'c> {
    /// The change of one place: of that with a number, from 1; without one of the surest, where that is one.
    ///
    /// # Errors
    /// When there is no such place, several are as sure, they are guesses, or the place takes a person: what is less sure
    /// is never changed in its stead.
    pub(super) fn of(code: &'c MemoryCode, number: Option<usize>) -> Result<Self, CommandFailure> {
        let place = match number {
            Some(number) => number.checked_sub(1).and_then(|at| code.places.get(at)),
            None => Some(surest(code)?),
        };
        let place = place.ok_or_else(|| {
            let count = some_places(code.places.len());
            CommandFailure::usage(format!("there is no such place: {count} found"))
        })?;
        let is_there = place.from == Some(place.to);
        if place.diff.is_none() && !is_there {
            return Err(CommandFailure::work(format!(
                "{} takes a person: {}",
                named(place),
                place.reason
            )));
        }
        let same = |it: &&CodePlace| it.confidence == place.confidence;
        Ok(Self {
            place,
            diff: place.diff.as_deref(),
            others: code.places.iter().filter(same).count() - 1,
        })
    }

    /// The same, as long as the file that is changed is what was read of it.
    ///
    /// # Errors
    /// When it was changed meanwhile.
    pub(super) fn checked(self) -> Result<Self, CommandFailure> {
        let change = self.diff.and_then(|_| self.place.stamp.change());
        match change {
            Some(what) => Err(CommandFailure::work(format!(
                "{what}: no patch was written; run the command again"
            ))),
            None => Ok(self),
        }
    }

    pub(super) fn write(&self, file: &Path, force: bool) -> Result<(), CommandFailure> {
        let Some(diff) = self.diff else {
            return Ok(());
        };
        let file = file.to_owned();
        let target = ExportTarget { file, force };
        target.write(diff).map_err(CommandFailure::work)
    }

    /// Where it was written; none where there is nothing to change.
    pub(super) fn written(&self, file: &Path, survey: &Survey) -> Option<String> {
        self.diff?;
        let dir = survey.dir_of(self.place);
        Some(format!(
            "The change of {} was written to '{}'; 'git apply' takes it in '{}'.",
            named(self.place),
            reveal(&file.display().to_string()),
            reveal(&dir.display().to_string())
        ))
    }

    /// How sure it is, what else it changes, and what it leaves as it is.
    pub(super) fn sentences(&self) -> String {
        let name = named(self.place);
        if self.diff.is_none() {
            return format!(
                "{name} says {} already: there is nothing to change.",
                self.place.to
            );
        }
        let mut text = format!(
            "That {name} is the place is {}.",
            self.place.confidence.name()
        );
        if !self.place.also.is_empty() {
            let also = self.place.also.join(", ");
            write!(text, " It also changes {}.", reveal(&also)).ok();
        }
        let others = counted(self.others, "other place is", "other places are");
        if let Some(others) = others {
            write!(
                text,
                " {others} as sure; without --patch the command shows all."
            )
            .ok();
        }
        text
    }
}

/// A place as a word: its file and its line.
pub(super) fn named(place: &CodePlace) -> String {
    format!("{}:{}", reveal(&place.file), place.line)
}

fn some_places(count: usize) -> String {
    counted(count, "place was", "places were").unwrap_or_else(|| "none was".to_owned())
}

/// The surest place, where it is one: of several, the one that changes no other function.
///
/// # Errors
/// When there is none, they are guesses, or several are as sure.
fn surest(code: &MemoryCode) -> Result<&CodePlace, CommandFailure> {
    let best = code.places.iter().map(|place| place.confidence).min();
    let Some(best) = best else {
        let what = "no place in a file here was found to change; without --patch the command shows how it is written";
        return Err(CommandFailure::work(what));
    };
    let all: Vec<(usize, &CodePlace)> = (1..).zip(&code.places).collect();
    let is_best = |(_, place): &&(usize, &CodePlace)| place.confidence == best;
    let of_best: Vec<_> = all.iter().filter(is_best).copied().collect();
    let own = of_best.iter().filter(|(_, place)| place.also.is_empty());
    let own: Vec<_> = own.copied().collect();
    let pool = if own.is_empty() { of_best } else { own };
    let names = pool
        .iter()
        .map(|(number, place)| format!("{number} {}", named(place)));
    let names = names.collect::<Vec<_>>().join(", ");
    match pool.as_slice() {
        _ if best == PlaceConfidence::Guess => Err(CommandFailure::work(format!(
            "what was found is only a guess ({names}); look at it without --patch, and take one with --place N"
        ))),
        [(_, place)] => Ok(place),
        _ => Err(CommandFailure::work(format!(
            "several places are as sure ({names}); look at them without --patch, and take one with --place N"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iac::{SourceStamp, Tool};

    fn place(confidence: PlaceConfidence, diff: Option<&str>) -> CodePlace {
        CodePlace {
            tool: Tool::Terraform,
            file: "main.tf".to_owned(),
            line: 3,
            from: Some(256),
            to: 512,
            diff: diff.map(str::to_owned),
            dir: ".".to_owned(),
            confidence,
            reason: String::new(),
            also: vec!["b".to_owned()],
            stamp: SourceStamp::default(),
        }
    }

    fn patch(places: &[CodePlace], number: Option<usize>) -> Result<String, String> {
        let code = MemoryCode {
            places: places.to_vec(),
            ..MemoryCode::default()
        };
        CodePatch::of(&code, number)
            .map(|it| format!("{} {}", it.diff.unwrap_or_default(), it.sentences()))
            .map_err(|failure| failure.sentence)
    }

    #[test]
    fn only_the_surest_place_is_patched_and_never_a_guess() {
        use PlaceConfidence::{Certain, Guess, Likely};
        let hand = patch(&[place(Certain, None), place(Likely, Some("x"))], None);
        assert!(hand.unwrap_err().starts_with("main.tf:3 takes a person"));
        let guess = [place(Guess, Some("x"))];
        assert!(patch(&guess, None).unwrap_err().contains("only a guess"));
        assert!(patch(&guess, Some(1)).unwrap().starts_with("x "));
        let sure = patch(&[place(Certain, Some("x")), place(Guess, Some("y"))], None);
        assert_eq!(
            sure.unwrap(),
            "x That main.tf:3 is the place is certain. It also changes b."
        );
        assert!(patch(&[], None).is_err());
    }

    #[test]
    fn a_file_that_was_changed_after_it_was_read_gets_no_patch() {
        let checked = |place: CodePlace| {
            let code = MemoryCode {
                places: vec![place],
                ..MemoryCode::default()
            };
            let patch = CodePatch::of(&code, None).and_then(CodePatch::checked);
            patch.map(drop).map_err(|failure| failure.sentence)
        };
        let mut changed = place(PlaceConfidence::Certain, Some("x"));
        let refused = checked(changed.clone()).unwrap_err();
        assert!(
            refused.ends_with(": no patch was written; run the command again"),
            "{refused}"
        );
        // Where there is nothing to change, nothing is looked at.
        (changed.from, changed.diff) = (Some(512), None);
        assert_eq!(checked(changed), Ok(()));
    }

    #[test]
    fn of_several_places_the_one_that_changes_no_other_function_is_taken_and_else_none() {
        use PlaceConfidence::Certain;
        let both = [place(Certain, Some("x")), place(Certain, Some("y"))];
        let refused = patch(&both, None).unwrap_err();
        assert_eq!(
            refused,
            "several places are as sure (1 main.tf:3, 2 main.tf:3); look at them without --patch, and take one with --place N"
        );
        assert!(patch(&both, Some(2)).unwrap().starts_with("y "));
        assert!(patch(&both, Some(3)).is_err());
        assert!(patch(&both, Some(0)).is_err());
        let mut own = place(Certain, Some("z"));
        own.also.clear();
        let [first, _] = both;
        let taken = patch(&[first, own.clone()], None).unwrap();
        assert_eq!(
            taken,
            "z That main.tf:3 is the place is certain. 1 other place is as sure; without --patch the command shows all."
        );
        (own.from, own.diff) = (Some(512), None);
        assert_eq!(
            patch(&[own], None).unwrap(),
            " main.tf:3 says 512 already: there is nothing to change."
        );
    }
}
