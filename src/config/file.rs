//! The configuration file, key by key. Every value keeps its line; what is not known is an error.

mod feeds;
mod keys;

use std::collections::BTreeMap;
use std::path::PathBuf;

use http::{HeaderMap, HeaderValue};

use self::keys::{AWS, LOGS, READER, ROOT, SCREEN, TUNING};
use super::feed_rules::hold_secrets;
use super::{ColorChoice, EndpointUrl, FeedRule, StartPane};
use crate::power::{DurationLimit, SampleCount, SizeList, Strategy, Weight};
use crate::toml_file::{FileError, KeyValue, TomlDocument};

/// A value with the line it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// The line of its key, from 1.
    pub line: usize,
}

/// What one file says; a key that is absent is `None`. The fields are the keys of `config.example.toml`.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "each is the key of the same name in Settings")]
pub struct FileConfig {
    /// The file as errors name it.
    pub name: String,
    pub offline: Option<Located<bool>>,
    pub read_only: Option<Located<bool>>,
    /// As written: `~` and relative paths are not resolved yet.
    pub data_dir: Option<Located<PathBuf>>,
    /// As written: `~` and relative paths are not resolved yet.
    pub log_file: Option<Located<PathBuf>>,
    pub profile: Option<Located<String>>,
    pub region: Option<Located<String>>,
    pub endpoint_url: Option<Located<EndpointUrl>>,
    pub color: Option<Located<ColorChoice>>,
    /// `None` inside for `auto`.
    pub ascii: Option<Located<Option<bool>>>,
    pub frame_rate: Option<Located<u32>>,
    pub start_pane: Option<Located<StartPane>>,
    /// `None` inside for `auto`.
    pub buffer_mb: Option<Located<Option<u32>>>,
    pub interval_minutes: Option<Located<u32>>,
    pub width: Option<Located<u32>>,
    pub keep_read_days: Option<Located<u32>>,
    pub user_agent: Option<Located<HeaderValue>>,
    pub headers: Option<Located<HeaderMap>>,
    pub feeds: Option<Located<BTreeMap<String, FeedRule>>>,
    pub num: Option<Located<SampleCount>>,
    pub powers: Option<Located<SizeList>>,
    pub strategy: Option<Located<Strategy>>,
    pub balanced_weight: Option<Located<Weight>>,
    pub limits: Option<Located<Vec<DurationLimit>>>,
    pub parallel: Option<Located<u32>>,
    pub ask_above_usd: Option<Located<f64>>,
    pub prices_of: Option<Located<String>>,
    pub monthly_invocations: Option<Located<u64>>,
}

/// Whether a file holds headers that may let somebody in.
pub(super) fn holds_secrets(file: &FileConfig) -> bool {
    let every = file.headers.iter().map(|line| &line.value);
    let of = file.feeds.iter().flat_map(|line| line.value.values());
    let of = of.filter_map(|rule| rule.headers.as_ref());
    every.chain(of).any(hold_secrets)
}

impl FileConfig {
    /// Reads a file's text; `name` stands for the file in errors and origins.
    ///
    /// # Errors
    /// [`FileError`] with the line of a syntax error, an unknown key, or a value that cannot be.
    pub fn parse(name: &str, text: &str) -> Result<Self, FileError> {
        let document = TomlDocument::parse(name, text)?;
        let mut file = Self {
            name: name.to_owned(),
            ..Self::default()
        };
        for entry in document.root().entries() {
            file.take_root(&entry)?;
        }
        Ok(file)
    }

    fn take_root(&mut self, entry: &KeyValue<'_>) -> Result<(), FileError> {
        match entry.name() {
            "offline" => self.offline = line(entry, entry.boolean()?),
            "read-only" => self.read_only = line(entry, entry.boolean()?),
            "data-dir" => self.data_dir = line(entry, keys::path(entry)?),
            "log-file" => self.log_file = line(entry, keys::path(entry)?),
            "aws" => self.take_each(entry, Self::take_aws)?,
            "screen" => self.take_each(entry, Self::take_screen)?,
            "logs" => self.take_each(entry, take_logs)?,
            "reader" => self.take_each(entry, take_reader)?,
            "tuning" => self.take_each(entry, Self::take_tuning)?,
            _ => return Err(keys::unknown(entry, ROOT)),
        }
        Ok(())
    }

    fn take_each(
        &mut self,
        table: &KeyValue<'_>,
        take: impl Fn(&mut Self, &KeyValue<'_>) -> Result<(), FileError>,
    ) -> Result<(), FileError> {
        let entries = table.section()?.entries();
        entries.iter().try_for_each(|entry| take(self, entry))
    }

    fn take_aws(&mut self, entry: &KeyValue<'_>) -> Result<(), FileError> {
        match entry.name() {
            "profile" => self.profile = line(entry, keys::profile(entry)?),
            "region" => self.region = line(entry, keys::region(entry)?),
            "endpoint-url" => self.endpoint_url = line(entry, keys::endpoint(entry)?),
            _ => return Err(keys::unknown(entry, AWS)),
        }
        Ok(())
    }

    fn take_screen(&mut self, entry: &KeyValue<'_>) -> Result<(), FileError> {
        match entry.name() {
            "color" => self.color = line(entry, keys::color(entry)?),
            "ascii" => self.ascii = line(entry, keys::ascii(entry)?),
            "frame-rate" => self.frame_rate = line(entry, keys::frame_rate(entry)?),
            "start-pane" => self.start_pane = line(entry, keys::start_pane(entry)?),
            _ => return Err(keys::unknown(entry, SCREEN)),
        }
        Ok(())
    }

    fn take_tuning(&mut self, entry: &KeyValue<'_>) -> Result<(), FileError> {
        match entry.name() {
            "num" => self.num = line(entry, keys::num(entry)?),
            "powers" => self.powers = line(entry, keys::powers(entry)?),
            "strategy" => self.strategy = line(entry, keys::strategy(entry)?),
            "balanced-weight" => self.balanced_weight = line(entry, keys::weight(entry)?),
            "limits" => self.limits = line(entry, keys::limits(entry)?),
            "parallel" => self.parallel = line(entry, keys::parallel(entry)?),
            "ask-above-usd" => self.ask_above_usd = line(entry, keys::dollars(entry)?),
            "prices-of" => self.prices_of = line(entry, keys::region(entry)?),
            "monthly-invocations" => self.monthly_invocations = line(entry, keys::count(entry)?),
            _ => return Err(keys::unknown(entry, TUNING)),
        }
        Ok(())
    }
}

fn take_logs(file: &mut FileConfig, entry: &KeyValue<'_>) -> Result<(), FileError> {
    match entry.name() {
        "buffer-mb" => file.buffer_mb = line(entry, keys::buffer_mb(entry)?),
        _ => return Err(keys::unknown(entry, LOGS)),
    }
    Ok(())
}

fn take_reader(file: &mut FileConfig, entry: &KeyValue<'_>) -> Result<(), FileError> {
    match entry.name() {
        "interval-minutes" => file.interval_minutes = line(entry, keys::interval_minutes(entry)?),
        "width" => file.width = line(entry, keys::width(entry)?),
        "keep-read-days" => file.keep_read_days = line(entry, keys::keep_read_days(entry)?),
        "user-agent" => file.user_agent = line(entry, feeds::user_agent(entry)?),
        "headers" => file.headers = line(entry, feeds::headers(entry)?),
        "feeds" => file.feeds = line(entry, feeds::feeds(entry)?),
        _ => return Err(keys::unknown(entry, READER)),
    }
    Ok(())
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every field of the file is an option: this is its one constructor"
)]
fn line<T>(entry: &KeyValue<'_>, value: T) -> Option<Located<T>> {
    Some(Located {
        value,
        line: entry.line(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../config.example.toml");

    /// The example with its commented keys in force.
    fn whole_example() -> String {
        let is_key = |line: &str| {
            let (key, _) = line.split_once(" = ").unwrap_or_default();
            keys::TABLES.iter().any(|(_, keys)| keys.contains(&key))
        };
        let lines = EXAMPLE.lines().map(|line| match line.strip_prefix("# ") {
            Some(rest) if is_key(rest) => rest,
            _ => line,
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_example_names_every_key_in_its_order() {
        let text = whole_example();
        let document = TomlDocument::parse("config.example.toml", &text).unwrap();
        let mut found = Vec::new();
        for entry in document.root().entries() {
            found.push(entry.name());
            if entry.is_section() {
                found.extend(
                    entry
                        .section()
                        .unwrap()
                        .entries()
                        .iter()
                        .map(KeyValue::name),
                );
            }
        }
        let mut known: Vec<&str> = ROOT.iter().copied().filter(|it| !is_table(it)).collect();
        for (table, keys) in keys::TABLES.iter().skip(1) {
            known.push(table);
            known.extend(*keys);
        }
        assert_eq!(found, known);
    }

    fn is_table(name: &str) -> bool {
        keys::TABLES.iter().any(|(table, _)| *table == name)
    }

    #[test]
    fn every_key_of_the_example_is_read() {
        let file = FileConfig::parse("config.example.toml", &whole_example()).unwrap();
        // An ASCII choice of `auto` is a value of its own.
        let shown = format!("{file:?}").replace("value: None", "");
        assert!(!shown.contains(": None"), "{shown}");
    }
}
