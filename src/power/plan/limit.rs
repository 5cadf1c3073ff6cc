//! Limits on the durations of a size: `p90:200ms`, `mean:1.5s`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A figure of the durations of one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LimitFigure {
    /// The median.
    P50,
    /// The 90th percentile.
    P90,
    /// The 95th percentile.
    P95,
    /// The 99th percentile.
    P99,
    /// The slowest of all.
    Max,
    /// The mean.
    Mean,
}

/// The most that a figure may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DurationLimit {
    /// The figure.
    pub figure: LimitFigure,
    /// The most it may be, in milliseconds, above 0.
    pub most_ms: f64,
}

/// Limits on figures other than the mean, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FigureLimits {
    #[serde(skip_serializing_if = "Option::is_none")]
    p50: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p90: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p95: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p99: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<f64>,
}

impl LimitFigure {
    /// Every figure, in the order they are told.
    pub const ALL: [Self; 6] = [
        Self::P50,
        Self::P90,
        Self::P95,
        Self::P99,
        Self::Max,
        Self::Mean,
    ];

    /// The word used in flags, files and on screen.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::P50 => "p50",
            Self::P90 => "p90",
            Self::P95 => "p95",
            Self::P99 => "p99",
            Self::Max => "max",
            Self::Mean => "mean",
        }
    }

    /// The share of all durations, 0 to 1, that a percentile is above; `None` for what is no percentile.
    #[must_use]
    pub const fn share(self) -> Option<f64> {
        match self {
            Self::P50 => Some(0.50),
            Self::P90 => Some(0.90),
            Self::P95 => Some(0.95),
            Self::P99 => Some(0.99),
            Self::Max | Self::Mean => None,
        }
    }

    /// The fewest samples that have the figure; with fewer, the slowest of them stands for it.
    #[must_use]
    pub const fn fewest(self) -> usize {
        match self {
            Self::P50 | Self::Max | Self::Mean => 1,
            Self::P90 => 10,
            Self::P95 => 20,
            Self::P99 => 299,
        }
    }

    /// How many samples an auto run takes of a size before it may drop it, while its mean does not tell on which side of a
    /// limit on this figure it is; 0 where it does not wait.
    #[must_use]
    pub const fn awaited(self) -> usize {
        match self {
            Self::P50 => 10,
            Self::P90 => 29,
            Self::P95 => 59,
            Self::P99 | Self::Max | Self::Mean => 0,
        }
    }
}

impl fmt::Display for LimitFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for LimitFigure {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let named = |figure: &Self| figure.name().eq_ignore_ascii_case(text);
        Self::ALL.into_iter().find(named).ok_or_else(|| {
            format!("there is no limit on '{text}'; choose p50, p90, p95, p99, max or mean")
        })
    }
}

impl fmt::Display for DurationLimit {
    /// Writes what [`FromStr`] reads: `p90:200ms`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}ms", self.figure, self.most_ms)
    }
}

impl FromStr for DurationLimit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (figure, most) = text.split_once(':').ok_or_else(|| {
            format!(
                "'{text}' is no limit; give a figure and the most it may be, such as p90:200ms or mean:1.5s"
            )
        })?;
        Ok(Self {
            figure: figure.trim().parse()?,
            most_ms: milliseconds(most.trim())?,
        })
    }
}

impl DurationLimit {
    /// The limits in a text that has them between commas or blanks; none in an empty one.
    ///
    /// # Errors
    /// A sentence about the first that is none.
    pub fn list(text: &str) -> Result<Vec<Self>, String> {
        let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
        parts.map(str::parse).collect()
    }
}

/// A duration in milliseconds from a text: `200`, `200ms`, `1.5s`.
fn milliseconds(text: &str) -> Result<f64, String> {
    let (number, factor) = match (text.strip_suffix("ms"), text.strip_suffix('s')) {
        (Some(number), _) => (number, 1.0),
        (None, Some(number)) => (number, 1000.0),
        (None, None) => (text, 1.0),
    };
    let number: Option<f64> = number.trim().parse().ok();
    let milliseconds = number.map(|number| number * factor);
    milliseconds
        .filter(|ms| ms.is_finite() && *ms > 0.0)
        .ok_or_else(|| {
            format!("'{text}' is no duration; give a number above 0 with ms or s, such as 200ms")
        })
}

impl FigureLimits {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The limit on a figure; none on the mean.
    #[must_use]
    pub const fn on(&self, figure: LimitFigure) -> Option<f64> {
        match figure {
            LimitFigure::P50 => self.p50,
            LimitFigure::P90 => self.p90,
            LimitFigure::P95 => self.p95,
            LimitFigure::P99 => self.p99,
            LimitFigure::Max => self.max,
            LimitFigure::Mean => None,
        }
    }

    /// The place of the limit on a figure; none for the mean.
    pub(super) const fn place(&mut self, figure: LimitFigure) -> Option<&mut Option<f64>> {
        match figure {
            LimitFigure::P50 => Some(&mut self.p50),
            LimitFigure::P90 => Some(&mut self.p90),
            LimitFigure::P95 => Some(&mut self.p95),
            LimitFigure::P99 => Some(&mut self.p99),
            LimitFigure::Max => Some(&mut self.max),
            LimitFigure::Mean => None,
        }
    }

    /// These, with gaps filled from `other`.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            p50: self.p50.or(other.p50),
            p90: self.p90.or(other.p90),
            p95: self.p95.or(other.p95),
            p99: self.p99.or(other.p99),
            max: self.max.or(other.max),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_figure_and_a_duration() {
        for (text, figure, most_ms) in [
            ("p90:200ms", LimitFigure::P90, 200.0),
            ("p99:1.5s", LimitFigure::P99, 1500.0),
            ("MEAN: 35", LimitFigure::Mean, 35.0),
            ("max:0.5 ms", LimitFigure::Max, 0.5),
        ] {
            let limit: DurationLimit = text.parse().unwrap();
            assert_eq!(limit, DurationLimit { figure, most_ms }, "{text}");
            assert_eq!(limit.to_string().parse(), Ok(limit));
        }
        let list = DurationLimit::list(" p50:9ms, p90:20ms max:1s").unwrap();
        assert_eq!(list.len(), 3);
        assert_eq!(DurationLimit::list(" ").unwrap(), []);
    }

    #[test]
    fn what_is_no_limit_is_refused_with_an_example() {
        for (text, words) in [
            ("200ms", "such as p90:200ms"),
            ("p80:200ms", "choose p50, p90, p95, p99, max or mean"),
            ("p90:", "'' is no duration"),
            ("p90:-1ms", "a number above 0"),
            ("p90:0", "a number above 0"),
            ("p90:infs", "a number above 0"),
            ("p90:2min", "with ms or s"),
        ] {
            let refused = text.parse::<DurationLimit>().unwrap_err();
            assert!(refused.contains(words), "{text}: {refused}");
        }
    }
}
