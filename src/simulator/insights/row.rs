//! Rows: an event with the fields that are discovered in it, then what the query adds.

use serde_json::Value as Json;

use super::value::QueryValue;
use crate::lambda::report;

/// The most fields that are discovered in a JSON event.
const MOST_FIELDS: usize = 200;

/// Named values, in the order they were set. A query has few of them: looking through beats hashing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ResultRow(Vec<(String, QueryValue)>);

/// One event, as a query sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct SeenEvent<'e> {
    /// Account and group, such as `123456789012:/ecs/alpha/beat`.
    pub(super) log: &'e str,
    pub(super) stream: &'e str,
    /// Unix milliseconds.
    pub(super) time_ms: i64,
    /// Unix milliseconds.
    pub(super) ingested_ms: i64,
    pub(super) message: &'e str,
    /// What names the event for ever.
    pub(super) pointer: &'e str,
}

impl ResultRow {
    /// The row of an event with its discovered fields.
    pub(super) fn of(event: &SeenEvent<'_>) -> Self {
        let text = |text: &str| QueryValue::Text(text.to_owned());
        let mut row = Self(vec![
            ("@timestamp".into(), QueryValue::Time(event.time_ms)),
            ("@message".into(), text(event.message)),
            ("@logStream".into(), text(event.stream)),
            ("@log".into(), text(event.log)),
            ("@ptr".into(), text(event.pointer)),
            ("@ingestionTime".into(), QueryValue::Time(event.ingested_ms)),
        ]);
        if event.message.starts_with('{') {
            row.discover_json(event.message);
        } else if event.log.contains(":/aws/lambda/") {
            row.discover_lambda(event.message.trim_end());
        }
        row
    }

    pub(super) fn get(&self, name: &str) -> Option<&QueryValue> {
        let mut fields = self.0.iter();
        fields
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// Sets a field, or takes it away.
    pub(super) fn set(&mut self, name: &str, value: Option<QueryValue>) {
        self.0.retain(|(known, _)| known != name);
        self.0.extend(value.map(|value| (name.to_owned(), value)));
    }

    /// Every field with its text but the pointer; times in Unix milliseconds.
    pub(super) fn record(&self) -> Vec<(String, String)> {
        let fields = self.0.iter().filter(|(name, _)| name != "@ptr");
        let told = fields.map(|(name, value)| match value {
            QueryValue::Time(time_ms) => (name.clone(), time_ms.to_string()),
            other => (name.clone(), other.to_string()),
        });
        told.collect()
    }

    /// The fields of these names, as far as there are such.
    pub(super) fn shown(&self, names: &[String]) -> Vec<(String, String)> {
        let found = names.iter().filter_map(|name| {
            let value = self.get(name)?;
            Some((name.clone(), value.to_string()))
        });
        found.collect()
    }

    fn discover_json(&mut self, message: &str) {
        if let Ok(json) = serde_json::from_str::<Json>(message) {
            self.flatten(String::new(), &json);
        }
    }

    fn flatten(&mut self, path: String, json: &Json) {
        let below = |key: &str| match path.as_str() {
            "" => key.to_owned(),
            path => format!("{path}.{key}"),
        };
        let value = match json {
            Json::Object(fields) => {
                return fields
                    .iter()
                    .for_each(|(key, value)| self.flatten(below(key), value));
            }
            Json::Array(items) => {
                let numbered = items.iter().enumerate();
                return numbered.for_each(|(at, item)| self.flatten(below(&at.to_string()), item));
            }
            Json::Null => return,
            Json::Bool(truth) => QueryValue::of_truth(*truth),
            Json::Number(number) => QueryValue::read(&number.to_string()),
            Json::String(text) => QueryValue::Text(text.clone()),
        };
        if self.0.len() < MOST_FIELDS {
            self.0.push((path, value));
        }
    }

    /// The fields of a function's text records; sizes are in bytes of the decimal system.
    fn discover_lambda(&mut self, line: &str) {
        let mut kinds = ["START", "END", "REPORT"].into_iter();
        let kind = kinds.find(|kind| {
            line.strip_prefix(kind)
                .is_some_and(|rest| rest.starts_with(" RequestId: "))
        });
        self.set("@type", kind.map(|kind| QueryValue::Text(kind.to_owned())));
        self.set(
            "@requestId",
            request_id(line).map(|id| QueryValue::Text(id.to_owned())),
        );
        let Some(report) = kind.and_then(|_| report::parse_line(line)) else {
            return;
        };
        let bytes = |megabytes: Option<u32>| megabytes.map(|it| f64::from(it) * 1e6);
        for (name, figure) in [
            ("@duration", report.duration_ms),
            ("@billedDuration", report.billed_ms),
            ("@initDuration", report.init_ms),
            ("@memorySize", bytes(report.memory_mb)),
            ("@maxMemoryUsed", bytes(report.max_memory_used_mb)),
        ] {
            self.set(name, figure.map(QueryValue::Number));
        }
    }
}

/// The id behind `RequestId: `, or the field that looks like one.
fn request_id(line: &str) -> Option<&str> {
    if let Some((_, after)) = line.split_once("RequestId: ") {
        return after.split_whitespace().next();
    }
    line.split(['\t', ' '])
        .take(3)
        .find(|field| field.len() == 36 && field.bytes().filter(|&byte| byte == b'-').count() == 4)
}
