//! Tests of the command line's shape.

use clap::{CommandFactory, Parser};

use super::*;
use crate::power::plan::PARALLEL_ENVIRONMENTS;
use crate::power::{BillingStep, SizeList, Strategy};

fn parse(line: &str) -> Result<Cli, String> {
    Cli::try_parse_from(line.split(' ')).map_err(|error| error.to_string())
}

fn tune(line: &str) -> TuneArgs {
    match parse(line).unwrap().command {
        Some(Command::Tune(args)) => *args,
        other => panic!("{line} is {other:?}"),
    }
}

#[test]
fn the_definition_is_sound() {
    Cli::command().debug_assert();
}

#[test]
fn no_command_opens_the_interface() {
    let cli = parse("iacstone").unwrap();
    assert_eq!((cli.command, cli.global), (None, GlobalArgs::default()));
}

#[test]
fn global_flags_work_before_and_after_the_command() {
    let before = parse("iacstone --demo --json --region eu-west-1 functions").unwrap();
    let after = parse("iacstone functions --demo --json --region eu-west-1").unwrap();
    assert_eq!(before, after);
    assert_eq!(after.command, Some(Command::Functions));
    assert_eq!(after.global.region.as_deref(), Some("eu-west-1"));
}

#[test]
fn a_switch_can_be_turned_off_again() {
    let cli = parse("iacstone --ascii --offline=false").unwrap();
    assert_eq!(
        (cli.global.ascii, cli.global.offline),
        (Some(true), Some(false))
    );
    assert_eq!(cli.global.read_only, None);
    let cli = parse("iacstone --read-only functions").unwrap();
    assert_eq!(cli.global.read_only, Some(true));
}

#[test]
fn tune_takes_every_flag_of_the_contract() {
    let args = tune(
        "iacstone tune busy:prod --powers 512,128 --num 10 --strategy balanced --balanced-weight 0.3 \
         --payload {\"id\":7} --parallel 2 --only-cold-starts --discard 0.1 --sleep-between-ms 50 \
         --allowed-exception A --allowed-exception B --pre-processor pre --post-processor post \
         --no-payload-logs --max-cost 0.5 --max-duration-ms 5000 --within-percent 5 --apply prod \
         --format reference --yes",
    );
    let functions = args.functions.iter().map(ToString::to_string);
    assert_eq!(functions.collect::<Vec<_>>(), ["busy:prod"]);
    assert_eq!(
        args.powers.map(|it| it.to_string()).as_deref(),
        Some("128,512")
    );
    assert_eq!(args.strategy, Some(Strategy::Balanced));
    assert_eq!(
        args.payload,
        Some(PayloadSource::Json(serde_json::json!({"id": 7})))
    );
    assert_eq!(args.allowed_exceptions, ["A", "B"]);
    assert_eq!(args.apply, Some(Some("prod".to_owned())));
    assert_eq!(args.format, ResultFormat::Reference);
    assert!(args.yes && args.only_cold_starts && args.no_payload_logs && !args.dry_run);
}

#[test]
fn apply_needs_no_alias_and_input_no_function() {
    let args = tune("iacstone tune busy --powers ALL --apply");
    let all: SizeList = "ALL".parse().unwrap();
    assert_eq!((args.apply, args.powers), (Some(None), Some(all)));
    let args = tune("iacstone tune --input plan.json --payload @event.json");
    assert_eq!(args.functions, []);
    assert_eq!(tune("iacstone tune a b c").functions.len(), 3);
    assert_eq!(args.payload, Some(PayloadSource::File("event.json".into())));
}

#[test]
fn impossible_values_are_refused_with_what_to_give() {
    for (line, words) in [
        ("iacstone tune", "FUNCTION"),
        ("iacstone tune f --num 4", "4 is not in 5.."),
        ("iacstone tune f --powers 64", "outside 128 to 10240"),
        (
            "iacstone tune f --strategy cots",
            "similar value exists: 'cost'",
        ),
        (
            "iacstone tune f --balanced-weight 1.5",
            "give a number from 0",
        ),
        ("iacstone tune f --discard 0.5", "0 to 0.4"),
        ("iacstone tune f --max-cost 0", "above 0"),
        ("iacstone tune f --max-cost inf", "above 0"),
        ("iacstone tune f --payload {", "not JSON"),
        ("iacstone tune f --payload @", "no file name"),
        (
            "iacstone tune f --payload event:sqss",
            "did you mean 'sqs'?",
        ),
        (
            "iacstone events show sns-in-sq",
            "did you mean 'sns-in-sqs'?",
        ),
        ("iacstone tune f --dry-run --apply", "cannot be used with"),
        (
            "iacstone chart x --billing-step-ms 10",
            "give 1, 100 or as-measured",
        ),
        ("iacstone chart x --baseline 1", "outside 128 to 10240"),
        ("iacstone --endpoint-url localhost", "is not an endpoint"),
        ("iacstone --region eu_west", "is not a region"),
        (
            "iacstone --color 8",
            "possible values: auto, never, 16, 256, truecolor",
        ),
        (
            "iacstone simulate --fault Invoke=throttle:2",
            "'2' is neither a share",
        ),
        ("iacstone simulate --fault Invoke=melt", "stuck-update"),
        ("iacstone simulate --fault Invoke:1", "operation=kind:rate"),
        ("iacstone simulate --kill-after 0", "0 is not in 1.."),
        ("iacstone runs delete", "RUN"),
    ] {
        let error = parse(line).unwrap_err();
        assert!(error.contains(words), "{line}: {error}");
    }
}

#[test]
fn the_run_commands_take_their_words() {
    let command = |line| match parse(line).unwrap().command {
        Some(Command::Runs(command)) => command,
        other => panic!("{line} is {other:?}"),
    };
    let RunsCommand::Show { run, curve } = command("iacstone runs show r1 --billing-step-ms 1")
    else {
        panic!("not show");
    };
    assert_eq!(
        (run.as_str(), curve.billing_step_ms),
        ("r1", BillingStep::OneMs)
    );
    assert_eq!(
        command("iacstone runs recover"),
        RunsCommand::Recover { run: None }
    );
    let delete = RunsCommand::Delete {
        runs: vec!["r1".to_owned(), "r2".to_owned()],
        yes: false,
    };
    assert_eq!(command("iacstone runs delete r1 r2"), delete);
    let export = RunsCommand::Export {
        run: "r1".to_owned(),
        file: "-".into(),
        format: None,
        force: false,
    };
    assert_eq!(command("iacstone runs export r1"), export);
    for (file, format) in [
        ("-", RunFormat::Iacstone),
        ("before.json", RunFormat::Iacstone),
        ("figures.CSV", RunFormat::Csv),
        ("report.md", RunFormat::Markdown),
    ] {
        assert_eq!(RunFormat::of_file(file.as_ref()), format, "{file}");
    }
}

#[test]
fn a_note_is_read_unless_another_one_or_none_is_asked_for() {
    let note = |line: &str| match parse(line).unwrap().command {
        Some(Command::Runs(RunsCommand::Note { note, clear, .. })) => (note, clear),
        other => panic!("{other:?}"),
    };
    assert_eq!(note("iacstone runs note r1"), (None, false));
    assert_eq!(
        note("iacstone runs note r1 slow"),
        (Some("slow".to_owned()), false)
    );
    assert_eq!(note("iacstone runs note r1 --clear"), (None, true));
    assert!(parse("iacstone runs note r1 slow --clear").is_err());
}

#[test]
fn the_simulated_account_takes_several_faults() {
    let line = "iacstone simulate --fault Invoke=throttle:0.2 --fault *=slow:50:x3 --kill-after 3";
    let Some(Command::Simulate(args)) = parse(line).unwrap().command else {
        panic!("not simulate");
    };
    assert_eq!(args.listen.to_string(), "127.0.0.1:0");
    assert_eq!((args.faults.len(), args.kill_after), (2, Some(3)));
}

#[test]
fn parallel_needs_no_number() {
    let args = tune("iacstone tune f --parallel --json");
    assert_eq!(args.parallel, Some(PARALLEL_ENVIRONMENTS));
    assert_eq!(tune("iacstone tune f --parallel 7").parallel, Some(7));
    assert_eq!(tune("iacstone tune f").parallel, None);
}

#[test]
fn every_command_has_an_example_in_its_help() {
    for command in Cli::command().get_subcommands() {
        let after = command.get_after_help().map(ToString::to_string);
        let after = after.unwrap_or_default();
        assert!(after.contains("iacstone "), "{}", command.get_name());
    }
}
