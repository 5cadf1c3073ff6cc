//! Metrics that are embedded in a line: their names, values and units, then what they are told apart by.
//!
//! Source: "Specification: Embedded metric format" of the `CloudWatch` user guide.

use super::{MEMBERS, put, short};
use crate::logs::field::written;
use crate::logs::json::{JsonValue, Member, unescape};
use crate::text::reveal;

/// Metrics and dimensions that are told of a line.
const TOLD: usize = 12;
/// Bytes of a list of values that are shown.
const LIST: usize = 24;

/// The metrics that a line declares. Names are as they are written, still escaped.
#[derive(Debug)]
pub(super) struct Metrics<'a> {
    /// Name and unit; no unit where it is `None`.
    declared: Vec<(&'a str, Option<&'a str>)>,
    /// The keys of the dimensions, each once.
    dimensions: Vec<&'a str>,
}

impl<'a> Metrics<'a> {
    /// The metrics of a line with these members; `None` when it declares none.
    pub(super) fn of(members: &[Member<'a>]) -> Option<Self> {
        let aws = members.iter().find(|member| member.key == Some("_aws"))?;
        let mut metrics = Self {
            declared: Vec::new(),
            dimensions: Vec::new(),
        };
        for directive in items(field(aws.value, "CloudWatchMetrics")) {
            for metric in items(field(directive, "Metrics")) {
                let Some(name) = field(metric, "Name") else {
                    continue;
                };
                let unit = field(metric, "Unit").map(JsonValue::text);
                metrics
                    .declared
                    .push((name.text(), unit.filter(|unit| *unit != "None")));
            }
            for key in items(field(directive, "Dimensions")).flat_map(|set| items(Some(set))) {
                if !metrics.dimensions.contains(&key.text()) {
                    metrics.dimensions.push(key.text());
                }
            }
        }
        metrics.declared.truncate(TOLD);
        metrics.dimensions.truncate(TOLD);
        (!metrics.declared.is_empty()).then_some(metrics)
    }

    /// Whether a member is told with the metrics.
    pub(super) fn tells(&self, member: &Member<'_>) -> bool {
        let key = member.key.unwrap_or_default();
        let is_metric = self.declared.iter().any(|(name, _)| *name == key);
        key == "_aws" || is_metric || self.dimensions.contains(&key)
    }

    /// Adds `Orders 3 Count, Latency 12 Milliseconds · service pay`; what has no value in the line is left out.
    pub(super) fn write(&self, members: &[Member<'a>], out: &mut String) {
        let value_of = |key: &str| {
            let mut members = members.iter();
            members
                .find(|member| member.key == Some(key))
                .map(|member| member.value)
        };
        let declared = self.declared.iter().filter_map(|(name, unit)| {
            let unit = unit
                .map(|unit| format!(" {}", safe(unit)))
                .unwrap_or_default();
            Some(format!("{} {}{unit}", safe(name), told(value_of(name)?)))
        });
        let dimensions = self
            .dimensions
            .iter()
            .filter_map(|key| Some(format!("{} {}", safe(key), told(value_of(key)?))));
        let [declared, dimensions] =
            [declared.collect::<Vec<_>>(), dimensions.collect()].map(|parts| parts.join(", "));
        put(&declared, out);
        if !dimensions.is_empty() {
            put("\u{b7}", out);
            put(&dimensions, out);
        }
    }
}

fn field<'a>(value: JsonValue<'a>, key: &str) -> Option<JsonValue<'a>> {
    let mut members = value.members().take(MEMBERS);
    members
        .find(|member| member.key == Some(key))
        .map(|member| member.value)
}

fn items(value: Option<JsonValue<'_>>) -> impl Iterator<Item = JsonValue<'_>> {
    let members = value.into_iter().flat_map(JsonValue::members);
    members.take(MEMBERS).map(|member| member.value)
}

fn told(value: JsonValue<'_>) -> String {
    match value {
        JsonValue::Array(list) if list.len() <= LIST => reveal(list).into_owned(),
        JsonValue::String(_) => written(value).into_owned(),
        other => short(other),
    }
}

fn safe(name: &str) -> String {
    reveal(&unescape(name)).into_owned()
}
