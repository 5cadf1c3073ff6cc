//! Runs as comma-separated values: a row per size, or a row per sample.

use super::statistics::Summary;
use super::summary::SizeOutcome;
use super::{BillingStep, Curve, Interval, MeasuredRun, Point, Run, Sample, SampleKind, SizeRun};
use crate::lambda::MemoryMb;
use crate::text::csv_line;

/// The columns of a size; what is not known is empty.
const POINT_COLUMNS: [&str; 20] = [
    "memory_mb",
    "duration_ms",
    "duration_low_ms",
    "duration_high_ms",
    "cost",
    "cost_low",
    "cost_high",
    "currency",
    "samples",
    "p50_ms",
    "p90_ms",
    "p99_ms",
    "min_ms",
    "max_ms",
    "cold_starts",
    "errors",
    "errors_cost",
    "state",
    "is_current",
    "is_recommended",
];

/// The columns of a sample; what is not known is empty.
const SAMPLE_COLUMNS: [&str; 17] = [
    "memory_mb",
    "number",
    "kind",
    "counts",
    "duration_ms",
    "billed_ms",
    "init_ms",
    "restore_ms",
    "billed_restore_ms",
    "max_memory_used_mb",
    "cost_with_request",
    "currency",
    "client_timing",
    "error",
    "request_id",
    "at",
    "payload",
];

/// A row with means, intervals, percentiles and counts for each size of a run that was measured, and a header line.
#[must_use]
pub fn points_csv(run: &Run) -> String {
    let curve = run.curve(BillingStep::AsMeasured);
    let mut text = String::new();
    csv_line(POINT_COLUMNS.iter(), &mut text);
    for point in &curve.points {
        let cells = point_cells(&curve, point);
        let more = figure_cells(run, point.memory_mb);
        csv_line(cells.iter().chain(&more), &mut text);
    }
    text
}

/// A row for each sample of each size in order of arrival, probes before, and a header line. `None` for runs from elsewhere,
/// which have no samples.
#[must_use]
pub fn samples_csv(run: &Run) -> Option<String> {
    let measured = run.measured()?;
    let mut text = String::new();
    csv_line(SAMPLE_COLUMNS.iter(), &mut text);
    let probes = measured.preflight.probes.iter();
    let probes = probes.map(|probe| (probe.memory_mb, 0, &probe.sample));
    let samples = measured.sizes.iter().flat_map(|size| {
        let samples = size.samples.iter().zip(1..);
        samples.map(|(sample, number)| (size.memory_mb, number, sample))
    });
    for (memory, number, sample) in probes.chain(samples) {
        let cells = sample_cells(measured, memory, number, sample);
        csv_line(cells.iter(), &mut text);
    }
    Some(text)
}

fn point_cells(curve: &Curve, point: &Point) -> [String; 9] {
    let milliseconds = ends(point.duration_interval, |end| end.to_string());
    let money = ends(point.cost_interval, amount);
    [
        point.memory_mb.to_string(),
        point.duration_ms.to_string(),
        milliseconds.0,
        milliseconds.1,
        amount(point.cost_usd),
        money.0,
        money.1,
        curve.currency().code().to_owned(),
        point.samples.to_string(),
    ]
}

fn ends(interval: Option<Interval>, write: fn(f64) -> String) -> (String, String) {
    interval.map_or_else(Default::default, |interval| {
        (write(interval.low), write(interval.high))
    })
}

fn amount(amount: f64) -> String {
    format!("{amount:e}")
}

/// The percentiles of a size, what was counted there and what became of it; empty where there are no samples.
fn figure_cells(run: &Run, memory: MemoryMb) -> Vec<String> {
    let found = run.measured().and_then(|measured| {
        let mut sizes = measured.sizes.iter();
        let size = sizes.find(|size| size.memory_mb == memory)?;
        Some((measured, size, Summary::of(&measured.durations(size))?))
    });
    let Some((measured, size, figures)) = found else {
        return vec![String::new(); POINT_COLUMNS.len() - 9];
    };
    let figures = [
        figures.p50,
        figures.p90,
        figures.p99,
        figures.min,
        figures.max,
    ];
    let counts = [cold_starts(size), size.failures()];
    let figures = figures.iter().map(ToString::to_string);
    let standing = [
        amount(size.failures_cost(&measured.rate())),
        SizeOutcome::of(&size.state).0.name().to_owned(),
        (memory == measured.current_memory).to_string(),
        (run.recommended() == Some(memory)).to_string(),
    ];
    figures
        .chain(counts.iter().map(ToString::to_string))
        .chain(standing)
        .collect()
}

fn cold_starts(size: &SizeRun) -> usize {
    let samples = size.samples.iter();
    samples
        .filter(|sample| sample.kind != SampleKind::Warm)
        .count()
}

fn sample_cells(
    measured: &MeasuredRun,
    memory: MemoryMb,
    number: usize,
    sample: &Sample,
) -> [String; 17] {
    let known = |figure: Option<f64>| figure.map_or_else(String::new, |it| it.to_string());
    let rate = measured.rate();
    let call = &sample.call;
    let kind = match sample.kind {
        _ if number == 0 => "probe",
        SampleKind::Warm => "warm",
        SampleKind::Cold => "cold",
        SampleKind::Restored => "restored",
    };
    [
        memory.to_string(),
        number.to_string(),
        kind.to_owned(),
        sample.counts().to_string(),
        sample.duration_ms.to_string(),
        sample.billed_ms.to_string(),
        known(sample.init_ms),
        known(sample.restore_ms),
        known(sample.billed_restore_ms),
        known(sample.max_memory_used_mb.map(f64::from)),
        amount(rate.sample(sample, memory)),
        rate.currency.code().to_owned(),
        sample.client_timing.to_string(),
        harmless(sample.error.as_deref().unwrap_or_default()),
        harmless(call.request_id.as_deref().unwrap_or_default()),
        call.at.map_or_else(String::new, |at| at.to_string()),
        known(call.payload.map(f64::from)),
    ]
}

/// A text from outside as a cell that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    let lead = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    format!("{lead}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::{Probe, examples, fixture};

    fn columns(line: &str) -> usize {
        line.split(',').count()
    }

    #[test]
    fn sizes_are_written_with_intervals_and_percentiles() {
        let csv = points_csv(&examples::find("no-op").unwrap().run);
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines.len(), 7);
        assert_eq!(lines[1], "128,4.455167,,,2.08e-7,,,USD,0,,,,,,,,,,,");
        let csv = points_csv(&fixture::run());
        let lines: Vec<&str> = csv.lines().collect();
        assert!(lines.iter().all(|line| columns(line) == columns(lines[0])));
        let last = lines.last().unwrap();
        assert!(last.starts_with("512,30.5,"), "{last}");
        assert!(
            last.contains(",USD,5,30.5,30.74,30.884,30.1,30.9,1,0,0e0,ok,false,"),
            "{last}"
        );
    }

    #[test]
    fn every_sample_has_a_line_with_what_is_known_of_it() {
        let mut run = fixture::run();
        let measured = run.measured_mut().unwrap();
        let probe = fixture::sample(SampleKind::Cold, 77.0);
        let memory_mb = fixture::memory(192);
        measured.preflight.probes.push(Probe {
            memory_mb,
            sample: probe,
        });
        let sample = &mut measured.sizes[0].samples[1];
        sample.error = Some("=cmd(\"a\", b)".to_owned());
        sample.call.request_id = Some("0c1d".to_owned());
        sample.call.at = "2026-11-21T10:15:31Z".parse().ok();
        sample.call.payload = Some(2);
        let csv = samples_csv(&run).unwrap();
        let lines: Vec<&str> = csv.lines().collect();
        // A header, the probe, three sizes of six samples, and one of one.
        assert_eq!(lines.len(), 1 + 1 + 3 * 6 + 1);
        assert!(
            lines[1].starts_with("192,0,probe,true,77,77,100,,,64,"),
            "{}",
            lines[1]
        );
        assert!(
            lines[3].starts_with("128,2,warm,false,100.5,101,,,,64,"),
            "{}",
            lines[3]
        );
        let end = ",USD,false,\"'=cmd(\"\"a\"\", b)\",0c1d,2026-11-21T10:15:31Z,2";
        assert!(lines[3].ends_with(end), "{}", lines[3]);
        assert_eq!(columns(lines[2]), columns(lines[0]));
        assert_eq!(samples_csv(&examples::all()[0].run), None);
    }
}
