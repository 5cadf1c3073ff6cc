//! Runs in a list: what is said of each, which of them are shown, and in which order.

use std::cmp::Ordering;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::evaluation::Confidence;
use super::{BillingStep, Change, Finding, Run, RunOrigin};
use crate::lambda::{FunctionRef, MemoryMb};

mod filter;

pub use filter::RunFilter;

/// What a list says of a run beside its name; worked out once.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedRun {
    /// The name of its function, if it knows one.
    pub function: Option<String>,
    /// The day it was made, in UTC.
    pub day: Date,
    /// The size it recommends, in megabytes.
    pub pick: Option<MemoryMb>,
    /// From the size the function has to the recommended one; `None` where one of them was not measured, or they are one.
    pub change: Option<Change>,
    /// How sure its answer is.
    pub confidence: Option<Confidence>,
    /// The same in a few words.
    pub sure: Option<String>,
    /// Mean duration at the recommended size, in milliseconds.
    pub duration_ms: Option<f64>,
    /// Mean cost of one invocation there, in USD (CNY in China), without the request fee.
    pub cost_usd: Option<f64>,
    /// What it is found by, in small letters.
    text: String,
}

impl ListedRun {
    /// Works out what a list says of a run.
    #[must_use]
    pub fn of(run: &Run) -> Self {
        let curve = run.curve(BillingStep::AsMeasured);
        let measured = run.measured();
        let finding = measured.and_then(Finding::of);
        let found = finding.as_ref().map(|finding| finding.recommended);
        let pick = found.or_else(|| match measured {
            Some(measured) => measured.pick(&curve),
            None => run.recommended(),
        });
        let point = pick.and_then(|pick| curve.point(pick));
        let current = measured.map(|measured| measured.current_memory);
        let from = current.filter(|current| Some(*current) != pick);
        let from = from.and_then(|current| curve.point(current));
        let function = measured.and_then(|it| FunctionRef::parse(&it.function_arn).ok());
        let mut listed = Self {
            function: function.map(|function| function.name().to_owned()),
            day: run.started.to_zoned(TimeZone::UTC).date(),
            pick,
            change: from.zip(point).map(|(from, to)| Change::between(from, to)),
            confidence: finding.as_ref().map(|it| it.evaluation.confidence),
            sure: finding.as_ref().map(Finding::sure_words),
            duration_ms: point.map(|point| point.duration_ms),
            cost_usd: point.map(|point| point.cost_usd),
            text: String::new(),
        };
        listed.text = listed.words(run).to_lowercase();
        listed
    }

    /// The same for each of several runs, beside it.
    #[must_use]
    pub fn beside(runs: Vec<Run>) -> Vec<(Run, Self)> {
        let listed = runs.into_iter().map(|run| {
            let listed = Self::of(&run);
            (run, listed)
        });
        listed.collect()
    }

    /// All that is shown of the run, and what it is of.
    fn words(&self, run: &Run) -> String {
        let mut words = vec![run.name.clone(), run.id.to_string(), self.day.to_string()];
        words.push(run.note.clone());
        words.extend(self.function.clone());
        words.extend(self.pick.map(|pick| format!("{pick} MB")));
        words.extend(self.change.map(|change| change.to_string()));
        words.extend(self.sure.clone());
        match &run.origin {
            RunOrigin::Measured(measured) => {
                words.extend(measured.unusual());
                words.push(measured.region.clone());
                words.push(measured.architecture.to_string());
            }
            RunOrigin::Imported { from, region, .. } => {
                words.push(format!("imported {from} {region}"));
            }
        }
        words.join(" ")
    }
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RunOrder {
    /// The newest first.
    #[default]
    Newest,
    /// By name, then the newest first.
    Name,
    /// By function, then the newest first.
    Function,
    /// By recommended size, the smallest first.
    Pick,
    /// What the recommended size saves against the current one, most first.
    Saving,
    /// By mean duration at the recommended size, the shortest first.
    Duration,
}

impl RunOrder {
    /// Every order, as they are switched through.
    pub const ALL: [Self; 6] = [
        Self::Newest,
        Self::Name,
        Self::Function,
        Self::Pick,
        Self::Saving,
        Self::Duration,
    ];

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Name => "name",
            Self::Function => "function",
            Self::Pick => "pick",
            Self::Saving => "saving",
            Self::Duration => "duration",
        }
    }

    /// The order behind this one, in a circle.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|order| *order == self);
        let next = at.and_then(|at| Self::ALL.get(at + 1));
        next.copied().unwrap_or_default()
    }

    /// Which of two runs stands first. Those of which nothing is known stand last.
    #[must_use]
    pub fn compare(self, one: (&Run, &ListedRun), other: (&Run, &ListedRun)) -> Ordering {
        let newest = || (other.0.started, &other.0.id).cmp(&(one.0.started, &one.0.id));
        let by = match self {
            Self::Newest => Ordering::Equal,
            Self::Name => one.0.name.to_lowercase().cmp(&other.0.name.to_lowercase()),
            Self::Function => last(one.1.function.as_ref(), other.1.function.as_ref(), Ord::cmp),
            Self::Pick => last(one.1.pick.as_ref(), other.1.pick.as_ref(), Ord::cmp),
            Self::Saving => {
                let cost = |listed: &ListedRun| listed.change.and_then(|it| it.cost_percent);
                let (one, other) = (cost(one.1), cost(other.1));
                last(one.as_ref(), other.as_ref(), f64::total_cmp)
            }
            Self::Duration => {
                let (one, other) = (one.1.duration_ms, other.1.duration_ms);
                last(one.as_ref(), other.as_ref(), f64::total_cmp)
            }
        };
        by.then_with(newest)
    }
}

/// Compares what may not be known, and stands last then.
fn last<T>(one: Option<&T>, other: Option<&T>, by: fn(&T, &T) -> Ordering) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => by(one, other),
        (one, other) => one.is_none().cmp(&other.is_none()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::{RunId, fixture};

    #[test]
    fn a_run_is_told_with_its_pick_and_what_that_changes() {
        let run = fixture::run();
        let listed = ListedRun::of(&run);
        assert_eq!(listed.function.as_deref(), Some("busy"));
        assert_eq!(listed.day.to_string(), "2026-11-21");
        assert_eq!(listed.pick, run.recommended());
        assert_eq!(listed.change.unwrap().speed_words(), "2.48x faster");
        assert_eq!(listed.confidence, Some(Confidence::Sure));
        let mut same = fixture::run();
        same.measured_mut().unwrap().current_memory = fixture::memory(256);
        assert_eq!(ListedRun::of(&same).change, None);
        let example = &crate::power::examples::all()[0].run;
        let listed = ListedRun::of(example);
        assert_eq!((listed.function, listed.confidence), (None, None));
        assert!(listed.pick.is_some());
    }

    #[test]
    fn what_is_not_known_stands_last_and_equals_newest_first() {
        let run = |id: &str, name: &str| {
            let (id, name) = (RunId(id.to_owned()), name.to_owned());
            Run {
                id,
                name,
                ..fixture::run()
            }
        };
        let mut failed = run("r4", "a");
        failed.measured_mut().unwrap().sizes.clear();
        let runs = [run("r1", "b"), run("r2", "B"), run("r3", "a"), failed];
        let sorted = |order: RunOrder| {
            let mut all: Vec<(Run, ListedRun)> = runs
                .iter()
                .map(|run| (run.clone(), ListedRun::of(run)))
                .collect();
            all.sort_by(|one, other| order.compare((&one.0, &one.1), (&other.0, &other.1)));
            all.into_iter().map(|(run, _)| run.id.0).collect::<Vec<_>>()
        };
        assert_eq!(sorted(RunOrder::Newest), ["r4", "r3", "r2", "r1"]);
        assert_eq!(sorted(RunOrder::Name), ["r4", "r3", "r2", "r1"]);
        assert_eq!(sorted(RunOrder::Pick), ["r3", "r2", "r1", "r4"]);
        assert_eq!(sorted(RunOrder::Saving), ["r3", "r2", "r1", "r4"]);
        let mut order = RunOrder::default();
        for _ in RunOrder::ALL {
            order = order.next();
        }
        assert_eq!(order, RunOrder::default());
    }
}
