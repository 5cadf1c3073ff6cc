//! Whose a published version is: the run deletes its own and no other.

use super::sign::mark;
use crate::lambda::{Function, MemoryMb};
use crate::power::{Original, RunId};

/// Whose a version is that a publish gave: Lambda gives the last one again when nothing has changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// The run's, to be deleted at the end.
    Run,
    /// The user's: it was there before the run.
    Before,
    /// Someone else's, who published it while the run had the function at this size.
    Meanwhile,
}

impl Owner {
    /// Tells by the versions there were before, and by the mark of the run.
    pub(super) fn of(version: &Function, original: &Original, run: &RunId) -> Self {
        if original.versions.contains(&version.version) {
            Self::Before
        } else if version.description == mark(run) {
            Self::Run
        } else {
            Self::Meanwhile
        }
    }

    /// What the user should know about a version that is not the run's own.
    pub(super) fn words(self, memory: MemoryMb, version: &str) -> Option<String> {
        let whose = match self {
            Self::Run => return None,
            Self::Before => "which existed before the run and is left alone".to_owned(),
            Self::Meanwhile => format!(
                "which someone else published during the run, while $LATEST had these {memory} MB; it is left alone: see \
                 that nothing points at it by mistake"
            ),
        };
        Some(format!(
            "{memory} MB was measured on version {version}, {whose}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tuner::schedule::tests::mb;

    #[test]
    fn a_version_is_the_runs_only_with_its_mark() {
        let run = RunId("r1".to_owned());
        let original = Original {
            function_arn: String::new(),
            endpoint: None,
            memory: mb(256),
            description: None,
            versions: vec!["3".to_owned()],
        };
        let owner = |version: &str, description: &str| {
            let version = Function {
                version: version.to_owned(),
                description: description.to_owned(),
                ..crate::power::fixture::function()
            };
            Owner::of(&version, &original, &run)
        };
        assert_eq!(owner("3", "release 3"), Owner::Before);
        assert_eq!(owner("4", "iacstone:r1"), Owner::Run);
        assert_eq!(owner("4", "release 4"), Owner::Meanwhile);
        assert_eq!(owner("4", "iacstone:r2"), Owner::Meanwhile);
        let words = |owner: Owner| owner.words(mb(256), "4");
        assert_eq!(words(Owner::Run), None);
        assert!(
            words(Owner::Before)
                .unwrap()
                .contains("existed before the run")
        );
        let meanwhile = words(Owner::Meanwhile).unwrap();
        assert!(
            meanwhile.contains("version 4, which someone else published during the run"),
            "{meanwhile}"
        );
    }
}
