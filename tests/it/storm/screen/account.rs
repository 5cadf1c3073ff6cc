//! A made-up account: functions, log groups, and the figures of a log group.

use std::time::Duration;

use iacstone::aws::CallerIdentity;
use iacstone::lambda::{
    Architecture, Capacity, DurableExecutions, Function, FunctionCode, FunctionHosting,
    FunctionLogging, FunctionStatus, FunctionVariables, LogFormat, MemoryMb, PackageType,
    SnapStart, State, Tenancy, UpdateStatus,
};
use iacstone::logs::statistics::{GroupFigures, RunVersion, Statistics};
use iacstone::logs::{GroupSet, ListKind, LogGroup, SavedList};
use iacstone::power::RunId;
use jiff::Timestamp;

use super::words;
use crate::storm::Dice;

pub(super) const NUMBER: &str = "123456789012";
pub(super) const REGION: &str = "eu-west-1";

/// Log groups by name; the first two are those of functions.
pub(super) const GROUPS: [&str; 7] = [
    "/aws/lambda/checkout",
    "/aws/lambda/hash-node",
    "/ecs/alpha/beat",
    "/ecs/alpha/gunicorn",
    "/ecs/beta/beat",
    "/aws/lambda/no-op",
    "a group\u{1b}[31m",
];

pub(super) fn identity(dice: &mut Dice) -> CallerIdentity {
    let name = if dice.percent(80) {
        "alice".to_owned()
    } else {
        words::odd(dice)
    };
    CallerIdentity {
        account: NUMBER.to_owned(),
        arn: format!("arn:aws:sts::{NUMBER}:assumed-role/Tuner/{name}"),
    }
}

pub(super) fn size(dice: &mut Dice) -> MemoryMb {
    let common = *dice.pick(&[128, 256, 512, 1024, 1536, 3008, 10_240]);
    let any = u32::try_from(dice.within(128..=10_240)).unwrap();
    MemoryMb::new(if dice.percent(80) { common } else { any }).unwrap()
}

/// A function of this name, everything else as it falls.
pub(super) fn function(name: &str, dice: &mut Dice) -> Function {
    let region = if dice.percent(90) {
        REGION
    } else {
        "cn-north-1"
    };
    Function {
        name: name.to_owned(),
        arn: format!("arn:aws:lambda:{region}:{NUMBER}:function:{name}"),
        version: "$LATEST".to_owned(),
        description: words::any(dice),
        memory: size(dice),
        timeout: Duration::from_secs(dice.within(1..=900)),
        hosting: FunctionHosting {
            snap_start: *dice.pick(&[SnapStart::Off, SnapStart::PublishedVersions]),
            tenancy: *dice.pick(&[Tenancy::Shared, Tenancy::Shared, Tenancy::PerTenant]),
            capacity: if dice.percent(10) {
                Capacity::ManagedInstances
            } else {
                Capacity::OnDemand
            },
            durable: dice.percent(10).then(DurableExecutions::default),
            storage_mb: dice.percent(50).then_some(2048),
        },
        code: FunctionCode {
            runtime: dice.percent(80).then(|| words::some(dice)),
            package: *dice.pick(&[PackageType::Zip, PackageType::Image]),
            architecture: *dice.pick(&[Architecture::X86_64, Architecture::Arm64]),
            sha256: "abc".to_owned(),
        },
        logging: FunctionLogging {
            format: *dice.pick(&[LogFormat::Text, LogFormat::Json]),
            group: dice.percent(20).then(|| (*dice.pick(&GROUPS)).to_owned()),
        },
        status: FunctionStatus {
            state: *dice.pick(&[
                State::Active,
                State::Active,
                State::Pending,
                State::Inactive,
                State::Failed,
            ]),
            state_reason: dice.percent(20).then(|| words::any(dice)),
            update: *dice.pick(&[
                UpdateStatus::Successful,
                UpdateStatus::InProgress,
                UpdateStatus::Failed,
            ]),
            update_reason: dice.percent(20).then(|| words::any(dice)),
            revision: "1".to_owned(),
        },
        environment: FunctionVariables {
            names: vec![words::some(dice)],
            exec_wrapper: dice.percent(10).then(|| words::some(dice)),
        },
        settings: dice.number(),
    }
}

/// The functions of a page.
pub(super) fn functions(dice: &mut Dice) -> Vec<Function> {
    let count = dice.within(0..=12);
    (0..count)
        .map(|number| {
            let name = match dice.within(0..=9) {
                0 => words::some(dice),
                1 | 2 => "checkout".to_owned(),
                3 => "hash-node".to_owned(),
                _ => format!("function-{}-{number}", dice.within(0..=9)),
            };
            function(&name, dice)
        })
        .collect()
}

/// The log groups of a page.
pub(super) fn groups(dice: &mut Dice) -> Vec<LogGroup> {
    let count = dice.within(0..=9);
    (0..count)
        .map(|number| {
            let name = match dice.within(0..=9) {
                0 => words::some(dice),
                1 => format!(
                    "/ecs/service-{number}/{}",
                    words::plain(dice).replace(' ', "-")
                ),
                _ => (*dice.pick(&GROUPS)).to_owned(),
            };
            LogGroup {
                arn: dice
                    .percent(80)
                    .then(|| format!("arn:aws:logs:{REGION}:{NUMBER}:log-group:{name}")),
                name,
                created_ms: None,
                is_own: true,
                stored: Some(iacstone::logs::StoredLogs {
                    bytes: *dice.pick(&[0, 1, 12_345_678, u64::MAX]),
                    retention_days: *dice.pick(&[None, Some(1), Some(3653), Some(u32::MAX)]),
                }),
                class: if dice.percent(80) {
                    iacstone::logs::LogClass::Standard
                } else {
                    iacstone::logs::LogClass::InfrequentAccess
                },
            }
        })
        .collect()
}

pub(super) fn sets(dice: &mut Dice) -> Vec<GroupSet> {
    let count = dice.within(0..=3);
    (0..count)
        .map(|number| GroupSet {
            name: format!("{} {number}", words::some(dice)),
            groups: GROUPS
                .iter()
                .take(index(dice))
                .map(|&it| it.to_owned())
                .collect(),
        })
        .collect()
}

pub(super) fn lists(dice: &mut Dice) -> Vec<SavedList> {
    let hidden = SavedList {
        kind: ListKind::HiddenFields,
        name: (*dice.pick(&GROUPS)).to_owned(),
        entries: vec!["level".to_owned(), words::some(dice)],
    };
    let filters = SavedList {
        kind: ListKind::Filters,
        name: words::some(dice),
        entries: vec!["only level>=warn".to_owned(), words::some(dice)],
    };
    vec![filters, hidden]
}

fn index(dice: &mut Dice) -> usize {
    usize::try_from(dice.within(1..=GROUPS.len() as u64)).unwrap()
}

/// The figures of a group, of no invocation or of many.
pub(super) fn figures(dice: &mut Dice) -> GroupFigures {
    let mut statistics = Statistics::new();
    for number in 0..dice.within(0..=12) {
        for (time_ms, line) in (1_700_000_000_000..).zip(super::events::invocation(number, dice)) {
            statistics.take("2026/11/21/[$LATEST]abc", &line, time_ms);
        }
    }
    GroupFigures::Invocations(Box::new(statistics.summary()))
}

/// Versions of runs, some of them of the groups that are followed.
pub(super) fn run_versions(now: Timestamp, dice: &mut Dice) -> Vec<RunVersion> {
    let version = |number: u64, dice: &mut Dice| RunVersion {
        run: RunId(format!("r{number}")),
        name: dice.percent(80).then(|| words::any(dice)),
        function_arn: format!("arn:aws:lambda:{REGION}:{NUMBER}:function:checkout"),
        version: dice.pick(&["1", "7", "$LATEST"]).to_string(),
        from_ms: now.as_millisecond() - 86_400_000,
        to_ms: dice.percent(50).then(|| now.as_millisecond()),
    };
    (0..dice.within(0..=3))
        .map(|number| version(number, dice))
        .collect()
}
