//! What is asked for: flags over the input file over the configuration, as a checked plan.

use std::fs;
use std::path::Path;

use super::super::CommandFailure;
use super::super::args::{PayloadSource, TuneArgs, asked};
use crate::config::TuningDefaults;
use crate::power::{
    Payload, PickDraft, PickLimits, Plan, PlanDraft, ReferenceInput, SamplingDraft,
};

/// A run as it was asked for.
#[derive(Debug)]
pub(super) struct TuneRequest {
    /// The plan.
    pub(super) plan: Plan,
    /// Whether the reference's output shall have `stats`.
    pub(super) include_stats: bool,
    /// Sentences about values that were taken differently.
    pub(super) notes: Vec<String>,
}

impl TuneRequest {
    /// Joins the sources and checks the plan; nothing is asked of the account.
    ///
    /// # Errors
    /// Exit code 2: a file that cannot be read, a field that cannot be, a plan that cannot be.
    pub(super) fn of(args: &TuneArgs, defaults: &TuningDefaults) -> Result<Self, CommandFailure> {
        let input = match &args.input {
            Some(path) => read_input(path)?,
            None => ReferenceInput::default(),
        };
        let payload = args.payload.as_ref().map(payload).transpose()?;
        let asked = asked(args, payload);
        let draft = asked.or(input.draft).or(configured(defaults));
        Ok(Self {
            plan: draft.build().map_err(CommandFailure::usage)?,
            include_stats: input.include_stats,
            notes: input.notes,
        })
    }
}

fn read_input(path: &Path) -> Result<ReferenceInput, CommandFailure> {
    let text = read_file(path, "input file")?;
    let name = path.display();
    ReferenceInput::parse(&text)
        .map_err(|error| CommandFailure::usage(format!("'{name}': {error}")))
}

/// Reads a file of the user's.
///
/// # Errors
/// Exit code 2 when it cannot be read.
pub(in crate::cli) fn read_file(path: &Path, what: &str) -> Result<String, CommandFailure> {
    let name = path.display();
    fs::read_to_string(path).map_err(|error| {
        CommandFailure::usage(format!(
            "the {what} '{name}' cannot be read: {error}; check its name"
        ))
    })
}

/// The payload that is asked for.
///
/// # Errors
/// Exit code 2 when its file cannot be read, or it is none.
pub(in crate::cli) fn payload(source: &PayloadSource) -> Result<Payload, CommandFailure> {
    let value = match source {
        PayloadSource::Json(value) => value.clone(),
        PayloadSource::File(path) => {
            let text = read_file(path, "payload file")?;
            let name = path.display();
            serde_json::from_str(&text).map_err(|error| {
                CommandFailure::usage(format!(
                    "the payload file '{name}' is not JSON: {error}; check commas, quotes and brackets there"
                ))
            })?
        }
    };
    Payload::from_value(value).map_err(CommandFailure::usage)
}

fn configured(defaults: &TuningDefaults) -> PlanDraft {
    PlanDraft {
        sizes: Some(defaults.powers.sizes()),
        num: Some(defaults.num),
        pick: PickDraft {
            strategy: Some(defaults.strategy),
            balanced_weight: Some(defaults.balanced_weight.of_cost()),
            limits: PickLimits::default().with_only(&defaults.limits),
        },
        sampling: SamplingDraft {
            environments: Some(defaults.parallel),
            ..SamplingDraft::default()
        },
        prices_of: defaults.prices_of.clone(),
        ..PlanDraft::default()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use clap::Parser;

    use super::*;
    use crate::cli::args::{Cli, Command};
    use crate::power::Strategy;

    fn request(line: &str) -> Result<TuneRequest, CommandFailure> {
        let cli = Cli::parse_from(line.split(' '));
        let Some(Command::Tune(args)) = cli.command else {
            panic!("{line} is not tune");
        };
        TuneRequest::of(&args, &TuningDefaults::default())
    }

    fn file(content: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(content.as_bytes()).unwrap();
        file
    }

    #[test]
    fn flags_beat_the_file_which_beats_the_configuration() {
        let input = file(
            r#"{"lambdaARN": "busy", "num": 50, "strategy": "speed", "includeOutputResults": true}"#,
        );
        let path = input.path().display();
        let request = request(&format!("iacstone tune --input {path} --num 7")).unwrap();
        assert_eq!(
            (request.plan.num, request.plan.goal.strategy),
            (7.into(), Strategy::Speed)
        );
        assert_eq!(request.plan.sizes, TuningDefaults::default().powers.sizes());
        assert!(request.include_stats);
    }

    #[test]
    fn a_switch_that_is_absent_does_not_overrule_the_file() {
        let input = file(r#"{"lambdaARN": "busy", "dryRun": true, "disablePayloadLogs": true}"#);
        let request = request(&format!("iacstone tune --input {}", input.path().display()));
        let plan = request.unwrap().plan;
        assert!(plan.dry_run && !plan.log_payloads);
    }

    #[test]
    fn what_cannot_be_ends_with_exit_code_2() {
        let misspelt = file(r#"{"lambdaARN": "busy", "balanceWeight": 1}"#);
        let broken = file("{");
        for (line, words) in [
            (
                format!("--input {}", misspelt.path().display()),
                "balancedWeight",
            ),
            (format!("--input {}", broken.path().display()), "not JSON"),
            ("--input /nowhere/input.json".to_owned(), "cannot be read"),
            (
                format!("busy --payload @{}", broken.path().display()),
                "not JSON",
            ),
            ("busy:prod --qualifier 7".to_owned(), "keep one"),
            ("busy --apply 7".to_owned(), "cannot be an alias"),
        ] {
            let failure = request(&format!("iacstone tune {line}")).unwrap_err();
            assert_eq!(failure.answer, crate::cli::CommandExit::Usage, "{line}");
            assert!(failure.sentence.contains(words), "{line}: {failure}");
        }
    }
}
