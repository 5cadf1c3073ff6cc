//! The keys of the configuration file: their names by table, and which values each can have.

use std::path::PathBuf;

use clap::ValueEnum;

use super::super::{ColorChoice, EndpointUrl, StartPane};
use crate::lambda::MemoryMb;
use crate::power::{DurationLimit, PlanError, SampleCount, SizeList, Strategy, Weight};
use crate::toml_file::{FileError, KeyValue, StringItem};

/// The keys and tables of the top level.
pub(super) const ROOT: &[&str] = &[
    "offline",
    "read-only",
    "data-dir",
    "log-file",
    "aws",
    "screen",
    "logs",
    "reader",
    "tuning",
];
/// The keys of `[aws]`.
pub(super) const AWS: &[&str] = &["profile", "region", "endpoint-url"];
/// The keys of `[screen]`.
pub(super) const SCREEN: &[&str] = &["color", "ascii", "frame-rate", "start-pane"];
/// The keys of `[logs]`.
pub(super) const LOGS: &[&str] = &["buffer-mb"];
/// The keys of `[reader]`.
pub(super) const READER: &[&str] = &[
    "interval-minutes",
    "user-agent",
    "headers",
    "feeds",
    "width",
    "keep-read-days",
];
/// The keys of a table in `[reader.feeds]`.
pub(super) const FEED: &[&str] = &["interval-minutes", "user-agent", "headers"];
/// The keys of `[tuning]`.
pub(super) const TUNING: &[&str] = &[
    "num",
    "powers",
    "strategy",
    "balanced-weight",
    "limits",
    "parallel",
    "ask-above-usd",
    "monthly-invocations",
    "prices-of",
];
/// Every table with its keys; the top level has no name.
pub(super) const TABLES: [(&str, &[&str]); 6] = [
    ("", ROOT),
    ("aws", AWS),
    ("screen", SCREEN),
    ("logs", LOGS),
    ("reader", READER),
    ("tuning", TUNING),
];

/// The error of a key that this table does not have; names the table that has it.
pub(super) fn unknown(entry: &KeyValue<'_>, known: &[&str]) -> FileError {
    let mut tables = TABLES.iter();
    match tables.find(|(_, keys)| keys.contains(&entry.name())) {
        Some(("", _)) => entry.error(format!(
            "key '{}' belongs to the top of the file, before the first table; move it there",
            entry.name()
        )),
        Some((table, _)) => entry.error(format!(
            "key '{}' belongs to [{table}]; move it there",
            entry.name()
        )),
        None => entry.unknown("key", known),
    }
}

pub(super) fn path(entry: &KeyValue<'_>) -> Result<PathBuf, FileError> {
    entry
        .string("a path such as \"~/iacstone\"")
        .map(PathBuf::from)
}

pub(super) fn profile(entry: &KeyValue<'_>) -> Result<String, FileError> {
    let text = entry.string("the name of a profile such as \"production\"")?;
    Ok(text.to_owned())
}

pub(super) fn region(entry: &KeyValue<'_>) -> Result<String, FileError> {
    let text = entry.string("a region such as \"eu-west-1\"")?;
    super::super::region(text).map_err(|error| entry.error(error.to_string()))
}

pub(super) fn endpoint(entry: &KeyValue<'_>) -> Result<EndpointUrl, FileError> {
    let text = entry.string("an address such as \"http://127.0.0.1:4599\"")?;
    let parsed: Result<EndpointUrl, _> = text.parse();
    parsed.map_err(|error| entry.error(error.to_string()))
}

pub(super) fn color(entry: &KeyValue<'_>) -> Result<ColorChoice, FileError> {
    let text = entry.as_string();
    text.and_then(|text| ColorChoice::from_str(text, false).ok())
        .ok_or_else(|| entry.expected(&quoted(&ColorChoice::NAMES)))
}

pub(super) fn ascii(entry: &KeyValue<'_>) -> Result<Option<bool>, FileError> {
    if entry.as_string() == Some("auto") {
        return Ok(None);
    }
    let value = entry.boolean().ok();
    value.map_or_else(
        || Err(entry.expected("\"auto\", true or false")),
        |value| Ok(Some(value)),
    )
}

pub(super) fn frame_rate(entry: &KeyValue<'_>) -> Result<u32, FileError> {
    small(entry, "frames per second from 1 to 120", 1..=120)
}

pub(super) fn start_pane(entry: &KeyValue<'_>) -> Result<StartPane, FileError> {
    let named = |pane: &StartPane| entry.as_string() == Some(pane.name());
    let found = StartPane::ALL.into_iter().find(named);
    found.ok_or_else(|| entry.expected(&quoted(&StartPane::ALL.map(StartPane::name))))
}

pub(super) fn interval_minutes(entry: &KeyValue<'_>) -> Result<u32, FileError> {
    small(entry, "minutes from 15 to 1440", 15..=1440)
}

pub(super) fn width(entry: &KeyValue<'_>) -> Result<u32, FileError> {
    small(entry, "columns from 40 to 200", 40..=200)
}

pub(super) fn keep_read_days(entry: &KeyValue<'_>) -> Result<u32, FileError> {
    small(entry, "days from 1 to 36500", 1..=36_500)
}

pub(super) fn buffer_mb(entry: &KeyValue<'_>) -> Result<Option<u32>, FileError> {
    if entry.as_string() == Some("auto") {
        return Ok(None);
    }
    small(
        entry,
        "\"auto\" or MiB of memory from 64 to 65536",
        64..=65_536,
    )
    .map(Some)
}

pub(super) fn num(entry: &KeyValue<'_>) -> Result<SampleCount, FileError> {
    if entry.as_string() == Some("auto") {
        return Ok(SampleCount::Auto);
    }
    let number = small(
        entry,
        "\"auto\" or a whole number of samples, at least 5",
        5..=u32::MAX,
    );
    number.map(SampleCount::Fixed)
}

pub(super) fn parallel(entry: &KeyValue<'_>) -> Result<u32, FileError> {
    small(
        entry,
        "a whole number of environments from 1 to 1000",
        1..=1000,
    )
}

pub(super) fn powers(entry: &KeyValue<'_>) -> Result<SizeList, FileError> {
    let refused = |error: PlanError| entry.error(error.to_string());
    if let Some(text) = entry.as_string() {
        return text.parse().map_err(refused);
    }
    let what = "memory sizes from 128 to 10240 MB such as [128, 512, 1024], or \"default\", \"ALL\" or \"FULL\"";
    let size = |megabytes: u64| MemoryMb::new(u32::try_from(megabytes).ok()?).ok();
    let megabytes = entry.integers(what, |megabytes| size(megabytes).is_some())?;
    let sizes: SizeList = megabytes.into_iter().filter_map(size).collect();
    sizes.checked().map_err(refused)?;
    Ok(sizes)
}

pub(super) fn strategy(entry: &KeyValue<'_>) -> Result<Strategy, FileError> {
    let named = |strategy: &Strategy| entry.as_string() == Some(strategy.name());
    let found = Strategy::ALL.into_iter().find(named);
    found.ok_or_else(|| entry.expected(&quoted(&Strategy::ALL.map(Strategy::name))))
}

pub(super) fn weight(entry: &KeyValue<'_>) -> Result<Weight, FileError> {
    let what = "a number from 0 (speed only) to 1 (cost only)";
    let weight = entry.number(what, |weight| (0.0..=1.0).contains(&weight))?;
    Ok(Weight::clamped(weight))
}

pub(super) fn limits(entry: &KeyValue<'_>) -> Result<Vec<DurationLimit>, FileError> {
    let limits = entry.strings()?;
    let read = |item: &StringItem<'_>| item.text.parse().map_err(|why: String| item.refused(&why));
    limits.iter().map(read).collect()
}

pub(super) fn dollars(entry: &KeyValue<'_>) -> Result<f64, FileError> {
    entry.number("an amount in USD, 0 or more", |amount| amount >= 0.0)
}

pub(super) fn count(entry: &KeyValue<'_>) -> Result<u64, FileError> {
    entry.integer("a whole number, at least 1", |count| count >= 1)
}

fn small(
    entry: &KeyValue<'_>,
    what: &str,
    range: std::ops::RangeInclusive<u32>,
) -> Result<u32, FileError> {
    let fits = |number: u64| u32::try_from(number).ok().filter(|it| range.contains(it));
    let number = entry.integer(what, |number| fits(number).is_some())?;
    fits(number).ok_or_else(|| entry.expected(what))
}

fn quoted(names: &[&str]) -> String {
    let words: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    format!("one of {}", words.join(", "))
}
