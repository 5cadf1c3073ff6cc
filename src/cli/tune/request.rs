//! What is asked for: flags over the input file over the configuration, as a checked plan.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::super::CommandFailure;
use super::super::args::{PayloadSource, ResultFormat, TuneArgs, asked};
use crate::config::TuningDefaults;
use crate::lambda::{FunctionRef, MemoryMb};
use crate::power::{
    Payload, PickDraft, PickLimits, Plan, PlanDraft, PlanError, ReferenceInput, SamplingDraft,
    SizeList,
};

/// The most that is read of a file of the user's.
const MOST_BYTES: u64 = 16 << 20;

/// Runs as they were asked for.
#[derive(Debug)]
pub(super) struct TuneRequest {
    /// The functions, at least one, none twice.
    pub(super) functions: Vec<FunctionRef>,
    draft: PlanDraft,
    /// Whether the current size is checked, and so measured in any case.
    pub(super) is_check: bool,
    /// Whether the reference's output shall have `stats`.
    pub(super) include_stats: bool,
    /// Sentences about values that were taken differently.
    pub(super) notes: Vec<String>,
}

impl TuneRequest {
    /// Joins the sources and checks the plans; nothing is asked of the account.
    ///
    /// # Errors
    /// Exit code 2: a file that cannot be read, a field that cannot be, a plan that cannot be, a function twice.
    pub(super) fn of(args: &TuneArgs, defaults: &TuningDefaults) -> Result<Self, CommandFailure> {
        let input = match &args.input {
            Some(path) => read_input(path)?,
            None => ReferenceInput::default(),
        };
        let payload = args.payload.as_ref().map(payload).transpose()?;
        let asked = asked(args, payload);
        let draft = asked.or(input.draft).or(configured(defaults));
        let request = Self {
            functions: match args.functions.as_slice() {
                [] => draft.function.clone().into_iter().collect(),
                named => named.to_vec(),
            },
            draft,
            is_check: args.check.is_some(),
            include_stats: input.include_stats,
            notes: [input.notes, remarks(args)].concat(),
        };
        request.check(args.format)?;
        Ok(request)
    }

    /// The plan for one of the functions, which has this memory size.
    ///
    /// # Errors
    /// Exit code 2: a plan that cannot be.
    pub(super) fn plan(
        &self,
        function: &FunctionRef,
        current: MemoryMb,
    ) -> Result<Plan, CommandFailure> {
        let draft = PlanDraft {
            function: Some(function.clone()),
            ..self.draft.clone()
        };
        let plan = draft.knowing(current).build();
        plan.map_err(CommandFailure::usage)
    }

    /// Whether the memory size that a function has is to be measured.
    pub(super) fn needs_current(&self) -> bool {
        self.draft
            .sizes
            .as_ref()
            .is_some_and(SizeList::needs_current)
    }

    fn check(&self, format: ResultFormat) -> Result<(), CommandFailure> {
        let Some(first) = self.functions.first() else {
            return Err(CommandFailure::usage(PlanError::NoFunction));
        };
        let mut rest = self.functions.iter();
        while let Some(function) = rest.next() {
            self.plan(function, MemoryMb::MIN)?;
            if rest
                .clone()
                .any(|other| other.target() == function.target())
            {
                return Err(CommandFailure::usage(format!(
                    "'{}' is named twice; one run of a function is made at a time",
                    function.target()
                )));
            }
        }
        if self.functions.len() > 1 && format == ResultFormat::Reference {
            return Err(CommandFailure::usage(format!(
                "the reference tool's output holds one function; name '{first}' alone, or leave '--format reference' out"
            )));
        }
        Ok(())
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
/// Exit code 2 when it cannot be read, or is larger than 16 MiB.
pub(in crate::cli) fn read_file(path: &Path, what: &str) -> Result<String, CommandFailure> {
    let name = path.display();
    let mut text = String::new();
    let file = fs::File::open(path);
    // A device or a pipe may never end.
    let read = file.and_then(|file| file.take(MOST_BYTES + 1).read_to_string(&mut text));
    let length = read.map_err(|error| {
        CommandFailure::usage(format!(
            "the {what} '{name}' cannot be read: {error}; check its name"
        ))
    })?;
    if length as u64 > MOST_BYTES {
        return Err(CommandFailure::usage(format!(
            "the {what} '{name}' is larger than {} MiB; give a smaller one",
            MOST_BYTES >> 20
        )));
    }
    Ok(text)
}

/// The payload that is asked for.
///
/// # Errors
/// Exit code 2 when its file cannot be read, or it is none.
pub(in crate::cli) fn payload(source: &PayloadSource) -> Result<Payload, CommandFailure> {
    let value = match source {
        PayloadSource::Json(value) => value.clone(),
        PayloadSource::Event(event) => event.readable.clone(),
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

/// What is to be known before the sample event that is asked for is sent.
fn remarks(args: &TuneArgs) -> Vec<String> {
    let Some(PayloadSource::Event(event)) = args.payload else {
        return Vec::new();
    };
    let mut remarks = event.effects.clone();
    let is_unlimited = args.limits.is_empty() && args.max_duration_ms.is_none();
    if let Some(limit) = event.limit().filter(|_| is_unlimited) {
        let waiting = event.waiting();
        remarks.push(format!(
            "{waiting} With --limit {limit} no slower size is picked."
        ));
    }
    remarks
}

fn configured(defaults: &TuningDefaults) -> PlanDraft {
    PlanDraft {
        sizes: Some(defaults.powers.clone()),
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

    #[test]
    fn a_file_without_an_end_is_refused() {
        let endless = read_file(Path::new("/dev/zero"), "payload file");
        let sentence = endless.unwrap_err().sentence;
        assert!(sentence.contains("is larger than 16 MiB"), "{sentence}");
    }

    fn request(line: &str) -> Result<TuneRequest, CommandFailure> {
        let cli = Cli::parse_from(line.split(' '));
        let Some(Command::Tune(args)) = cli.command else {
            panic!("{line} is not tune");
        };
        TuneRequest::of(&args, &TuningDefaults::default())
    }

    /// The plan of the only function, which has 192 MB.
    fn plan(line: &str) -> Plan {
        let request = request(line).unwrap();
        let [function] = request.functions.as_slice() else {
            panic!("{request:?}");
        };
        request.plan(function, MemoryMb::new(192).unwrap()).unwrap()
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
        let line = format!("iacstone tune --input {path} --num 7");
        let plan = plan(&line);
        assert_eq!((plan.num, plan.goal.strategy), (7.into(), Strategy::Speed));
        let mut usual = TuningDefaults::default().powers.sizes();
        usual.insert(1, MemoryMb::new(192).unwrap());
        assert_eq!(plan.sizes, usual);
        assert!(request(&line).unwrap().include_stats);
    }

    #[test]
    fn a_switch_that_is_absent_does_not_overrule_the_file() {
        let input = file(r#"{"lambdaARN": "busy", "dryRun": true, "disablePayloadLogs": true}"#);
        let plan = plan(&format!("iacstone tune --input {}", input.path().display()));
        assert!(plan.dry_run && !plan.log_payloads);
    }

    #[test]
    fn the_size_a_function_has_may_be_one_of_those_asked_for() {
        let plan = plan("iacstone tune busy --powers 512,current");
        let sizes: Vec<u32> = plan.sizes.iter().map(|size| size.megabytes()).collect();
        assert_eq!(sizes, [192, 512]);
    }

    #[test]
    fn names_beat_the_function_of_the_file() {
        let input = file(r#"{"lambdaARN": "busy"}"#);
        let path = input.path().display();
        let named = request(&format!("iacstone tune one two --input {path}")).unwrap();
        let named: Vec<String> = named.functions.iter().map(ToString::to_string).collect();
        assert_eq!(named, ["one", "two"]);
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
            ("busy no-op busy:live".to_owned(), "'busy' is named twice"),
            (
                "busy no-op --format reference".to_owned(),
                "holds one function",
            ),
            ("busy no-op:7 --qualifier 8".to_owned(), "keep one"),
        ] {
            let failure = request(&format!("iacstone tune {line}")).unwrap_err();
            assert_eq!(failure.answer, crate::cli::CommandExit::Usage, "{line}");
            assert!(failure.sentence.contains(words), "{line}: {failure}");
        }
    }
}
