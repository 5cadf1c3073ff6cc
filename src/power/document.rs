//! Runs as text: what is exported, and everything that can be imported.

use serde::Serialize;
use serde_json::Value;

use super::{Curve, Interval, LinkError, Point, Run, link};
use crate::text::json_document;

mod import;
mod json;

pub use import::{EXPORT_VERSION, Import, ImportError};

impl Import<'_> {
    /// Reads every run in a text: a link, a comparison link (two runs), an exported run, a list of these, an output of
    /// the reference tool, or what `tune`, `chart` and `runs show` print as JSON.
    ///
    /// An exported run is read back as it was, with its own id; every other run gets a new one.
    ///
    /// # Errors
    /// [`ImportError`] says what the text is and where it is damaged.
    pub fn read(&mut self, text: &str) -> Result<Vec<Run>, ImportError> {
        let text = text.trim_start_matches('\u{feff}').trim();
        match text.chars().next() {
            None => Err(ImportError::Empty),
            Some('{' | '[') => self.json(text),
            Some(_) if may_be_link(text) => Ok(self.link(text)?),
            Some(_) => Err(ImportError::Foreign),
        }
    }

    fn json(&mut self, text: &str) -> Result<Vec<Run>, ImportError> {
        let value: Value = serde_json::from_str(text).map_err(ImportError::Json)?;
        match value {
            Value::Array(items) if items.is_empty() => Err(ImportError::Empty),
            Value::Array(items) => items.iter().map(|item| json::run(self, item)).collect(),
            value => Ok(vec![json::run(self, &value)?]),
        }
    }

    fn link(&mut self, text: &str) -> Result<Vec<Run>, LinkError> {
        let curves = link::curves(text)?;
        let alone = curves.len() == 1;
        let runs = curves.into_iter().map(|curve| {
            let name = if alone {
                self.from.to_owned()
            } else {
                curve.name.clone()
            };
            self.run(name, curve)
        });
        Ok(runs.collect())
    }
}

impl Run {
    /// The run as JSON text that [`Import`] reads back without a loss, samples and all.
    #[must_use]
    pub fn export(&self) -> String {
        #[derive(Serialize)]
        struct Exported<'a> {
            iacstone_run: u64,
            run: &'a Run,
        }
        let exported = Exported {
            iacstone_run: EXPORT_VERSION,
            run: self,
        };
        // Nothing in a run can fail to serialise: its maps have text keys.
        json_document(&exported).unwrap_or_default()
    }
}

impl Curve {
    /// The points as comma-separated values with a header line; empty where an interval is not known.
    #[must_use]
    pub fn csv(&self) -> String {
        let header = "memory_mb,duration_ms,duration_low_ms,duration_high_ms,cost,cost_low,cost_high,currency,samples\n";
        let rows = self.points.iter().map(|point| self.csv_row(point));
        std::iter::once(header.to_owned()).chain(rows).collect()
    }

    fn csv_row(&self, point: &Point) -> String {
        let (low, high) = ends(point.duration_interval, |end| end.to_string());
        let (cheap, dear) = ends(point.cost_interval, |end| format!("{end:e}"));
        format!(
            "{},{},{low},{high},{:e},{cheap},{dear},{},{}\n",
            point.memory_mb,
            point.duration_ms,
            point.cost_usd,
            self.currency().code(),
            point.samples,
        )
    }
}

fn ends(interval: Option<Interval>, write: fn(f64) -> String) -> (String, String) {
    interval.map_or_else(Default::default, |interval| {
        (write(interval.low), write(interval.high))
    })
}

/// Whether a text could be a link, whole or in part, that is worth a sentence about what is wrong with it.
fn may_be_link(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    if scheme.is_some_and(|scheme| scheme.chars().all(|c| c.is_ascii_alphabetic())) {
        return true;
    }
    // A copied link may be broken into lines, and all of it percent-encoded.
    let packed = |c: char| c.is_ascii_alphanumeric() || c.is_whitespace() || "#+/=;%-_".contains(c);
    let has_parts = text.contains(';') || text.contains("%3B") || text.contains("%3b");
    has_parts && text.chars().all(packed)
}

#[cfg(test)]
mod tests;
