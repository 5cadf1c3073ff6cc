//! Statistics as JSON. What nobody told is null, never 0.

use serde::Serialize;

use super::StatisticsColumn;
use crate::lambda::MemoryMb;
use crate::logs::statistics::{
    EventSummary, GroupFigures, InvocationCost, InvocationSubset, InvocationSummary, Percentile,
    Share, Spread,
};
use crate::logs::templates::Template;
use crate::logs::{Level, written_time};

/// The statistics of one column.
#[derive(Serialize)]
pub(super) struct GroupStatisticsJson<'a> {
    group: &'a str,
    /// The version of the function, when one was asked for.
    version: Option<&'a str>,
    /// The memory size of the function in megabytes, when one was asked for.
    of_memory_mb: Option<u32>,
    /// The range of time, as RFC 3339 in UTC.
    from: String,
    to: String,
    invocations: u64,
    unfinished: Option<u64>,
    cold_starts: u64,
    restores: u64,
    errors: u64,
    timeouts: u64,
    init_failures: Option<u64>,
    duration_ms: Option<FiguresJson>,
    init_ms: Option<FiguresJson>,
    provisioned_init_ms: Option<FiguresJson>,
    restore_ms: Option<FiguresJson>,
    billed_ms: Option<f64>,
    billed_cold_ms: Option<f64>,
    max_memory_used_mb: Option<u32>,
    memory_mb: Option<u32>,
    cost: Option<CostJson>,
    dropped_records: u64,
    /// Invocations of tuning runs, which nothing else counts.
    run_invocations: Option<u64>,
    percentiles: &'static str,
    /// Figures about the events of a group without invocations.
    events: Option<EventsJson>,
}

/// What invocations cost at list prices.
#[derive(Serialize)]
struct CostJson {
    currency: &'static str,
    per_million: f64,
    per_million_low: Option<f64>,
    per_million_high: Option<f64>,
    per_month: Option<f64>,
    architecture: &'static str,
    architecture_is_assumed: bool,
}

/// Figures about events.
#[derive(Serialize)]
pub(super) struct EventsJson {
    events: u64,
    per_minute: Option<f64>,
    errors: u64,
    levels: Vec<LevelJson>,
    patterns: usize,
    /// Up to when events were read, as RFC 3339 in UTC.
    read_to: String,
}

#[derive(Serialize)]
struct LevelJson {
    level: &'static str,
    events: u64,
    per_minute: Option<f64>,
}

/// The patterns of the messages of one column.
#[derive(Serialize)]
pub(super) struct PatternsJson<'a> {
    group: &'a str,
    version: Option<&'a str>,
    from: String,
    to: String,
    /// From when on events are compared with those before.
    compared_at: Option<String>,
    events: EventsJson,
    patterns: Vec<PatternJson<'a>>,
    /// Events of patterns that were too rare to be kept.
    other_events: u64,
}

#[derive(Serialize)]
struct PatternJson<'a> {
    pattern: &'a str,
    /// A regular expression for its messages.
    regex: Option<&'a str>,
    events: u64,
    share: f64,
    /// The gravest level among them.
    worst_level: &'static str,
    first: String,
    last: String,
    /// How many there were in each sixteenth of the range.
    counts: &'a [u32],
    /// Of them, those at or after the time of comparison.
    since: Option<u64>,
    /// Whether there was none before the time of comparison.
    is_new: Option<bool>,
}

#[derive(Serialize)]
struct FiguresJson {
    count: u64,
    avg: f64,
    /// The 95 % interval of the mean; null for fewer than five values, and from a query.
    avg_low: Option<f64>,
    avg_high: Option<f64>,
    p10: Option<f64>,
    p25: Option<f64>,
    p50: Option<f64>,
    p75: Option<f64>,
    p90: Option<f64>,
    p99: Option<f64>,
    /// The percentiles are from one of so many values.
    one_of: u64,
}

impl<'a> GroupStatisticsJson<'a> {
    pub(super) fn of(
        column: &'a StatisticsColumn,
        figures: &GroupFigures,
        percentiles: &'static str,
    ) -> Self {
        let (summary, events) = parted(figures);
        let part = &column.part;
        let memory = part.only.as_ref().and_then(InvocationSubset::memory);
        Self {
            group: &part.group,
            version: part.only.as_ref().and_then(InvocationSubset::version),
            of_memory_mb: memory.map(MemoryMb::megabytes),
            from: written_time(part.range.from_ms),
            to: written_time(part.range.to_ms),
            invocations: summary.invocations,
            // Of these no record names a memory size.
            unfinished: memory.is_none().then_some(summary.unfinished),
            cold_starts: summary.cold_starts,
            restores: summary.restores,
            errors: summary.errors,
            timeouts: summary.timeouts,
            init_failures: memory.is_none().then_some(summary.init_failures),
            duration_ms: summary.duration.map(FiguresJson::of),
            init_ms: summary.init.map(FiguresJson::of),
            provisioned_init_ms: summary.ahead_init.map(FiguresJson::of),
            restore_ms: summary.restore.map(FiguresJson::of),
            billed_ms: summary.billed_ms,
            billed_cold_ms: summary.billed_cold_ms,
            max_memory_used_mb: summary.max_memory_used_mb,
            memory_mb: summary.memory_mb,
            cost: summary.cost.as_ref().map(CostJson::of),
            dropped_records: summary.dropped_records,
            run_invocations: summary.of_runs,
            percentiles,
            events,
        }
    }
}

/// The figures about invocations, of none where there are none, and those about events.
fn parted(figures: &GroupFigures) -> (InvocationSummary, Option<EventsJson>) {
    match figures {
        GroupFigures::Invocations(summary) => ((**summary).clone(), None),
        GroupFigures::Events(events) => {
            let none = InvocationSummary {
                of_runs: Some(0),
                ..InvocationSummary::default()
            };
            (none, Some(EventsJson::of(events)))
        }
    }
}

impl CostJson {
    fn of(cost: &InvocationCost) -> Self {
        Self {
            currency: cost.basis.rate.currency.code(),
            per_million: cost.per_million,
            per_million_low: cost.interval.map(|interval| interval.low),
            per_million_high: cost.interval.map(|interval| interval.high),
            per_month: cost.per_month,
            architecture: cost.basis.architecture.name(),
            architecture_is_assumed: cost.basis.is_assumed,
        }
    }
}

impl EventsJson {
    fn of(summary: &EventSummary) -> Self {
        let per_minute = |events| summary.span.per_minute(events);
        let level = |level: Level| LevelJson {
            level: level.name(),
            events: summary.all.of(level),
            per_minute: per_minute(summary.all.of(level)),
        };
        Self {
            events: summary.all.total(),
            per_minute: per_minute(summary.all.total()),
            errors: summary.all.errors(),
            levels: Level::ALL.map(level).into(),
            patterns: summary.templates.len(),
            read_to: written_time(summary.span.to_ms),
        }
    }
}

impl<'a> PatternsJson<'a> {
    pub(super) fn of(column: &'a StatisticsColumn, summary: &'a EventSummary) -> Self {
        let part = &column.part;
        let patterns = summary.templates.iter();
        Self {
            group: &part.group,
            version: part.only.as_ref().and_then(InvocationSubset::version),
            from: written_time(part.range.from_ms),
            to: written_time(part.range.to_ms),
            compared_at: summary.span.split_ms.map(written_time),
            events: EventsJson::of(summary),
            patterns: patterns.map(|it| PatternJson::of(it, summary)).collect(),
            other_events: summary.others.events,
        }
    }
}

impl<'a> PatternJson<'a> {
    fn of(template: &'a Template, summary: &EventSummary) -> Self {
        let sights = &template.sights;
        let is_compared = summary.span.split_ms.is_some();
        Self {
            pattern: &template.words,
            regex: template.pattern.as_deref(),
            events: sights.count,
            share: sights.count as f64 / summary.all.total().max(1) as f64,
            worst_level: sights.level.name(),
            first: written_time(sights.first_ms),
            last: written_time(sights.last_ms),
            counts: &sights.bars,
            since: is_compared.then_some(sights.count_since),
            is_new: is_compared.then(|| sights.is_new()),
        }
    }
}

impl FiguresJson {
    fn of(spread: Spread) -> Self {
        Self {
            count: spread.count,
            avg: spread.avg,
            avg_low: spread.avg_interval.map(|interval| interval.low),
            avg_high: spread.avg_interval.map(|interval| interval.high),
            p10: spread.told(Percentile::P10),
            p25: spread.told(Percentile::P25),
            p50: spread.told(Percentile::P50),
            p75: spread.told(Percentile::P75),
            p90: spread.told(Percentile::P90),
            p99: spread.told(Percentile::P99),
            one_of: match spread.share {
                Share::All => 1,
                Share::OneOf(every) => every,
            },
        }
    }
}
