//! How long one redraw of the chart takes: 46 sizes and 5,000 samples at 200x60, goal 2 ms.

#![expect(clippy::print_stdout, reason = "the figures are the output")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use iacstone::lambda::{Architecture, MemoryMb};
use iacstone::power::{Curve, Interval, PickLimits, Picks, Point};
use iacstone::ui::chart::{Chart, ChartForm, ChartMarks, render_text};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

const AREA: Rect = Rect::new(0, 0, 200, 60);
const GOAL: Duration = Duration::from_millis(2);
const SAMPLES: usize = 5000;

fn main() {
    let median = median_redraw();
    let verdict = if median <= GOAL { "met" } else { "missed" };
    println!(
        "chart redraw, 46 sizes, {SAMPLES} samples, 200x60: median {median:?}, goal {GOAL:?}: {verdict}"
    );
    divan::main();
}

/// All 46 sizes of the reference's `ALL`, with intervals.
fn curve() -> Curve {
    let points = sizes().map(|memory_mb| {
        let gigabytes = memory_mb.gigabytes();
        let duration_ms = 4000.0 / gigabytes.min(1.8);
        let around = |value: f64| {
            Some(Interval {
                low: value * 0.95,
                high: value * 1.05,
            })
        };
        let cost_usd = duration_ms * gigabytes * 1.666_67e-8;
        Point {
            memory_mb,
            duration_ms,
            cost_usd,
            duration_interval: around(duration_ms),
            cost_interval: around(cost_usd),
            samples: SAMPLES / 46,
        }
    });
    Curve {
        name: "bench".to_owned(),
        architecture: Architecture::X86_64,
        region: "us-east-1".to_owned(),
        points: points.collect(),
    }
}

fn sizes() -> impl Iterator<Item = MemoryMb> {
    (128..=3008)
        .step_by(64)
        .filter_map(|size| MemoryMb::new(size).ok())
}

fn samples(curve: &Curve) -> Vec<(MemoryMb, f64)> {
    let spread = (0..20u32).map(|step| 0.9 + f64::from(step) * 0.01).cycle();
    curve
        .points
        .iter()
        .cycle()
        .zip(spread)
        .take(SAMPLES)
        .map(|(point, share)| (point.memory_mb, point.duration_ms * share))
        .collect()
}

/// A chart with everything switched on.
fn chart<'a>(curve: &'a Curve, samples: &'a [(MemoryMb, f64)], form: ChartForm) -> Chart<'a> {
    let size = |index: usize| curve.points.get(index).map(|point| point.memory_mb);
    let picks = size(27).zip(size(45)).map(|(cheapest, fastest)| Picks {
        cheapest,
        fastest,
        balanced: cheapest,
    });
    Chart {
        overlay: Some(curve),
        samples,
        marks: ChartMarks {
            picks,
            recommended: size(27),
            baseline: size(0),
            cursor: size(20),
            limits: PickLimits {
                max_duration_ms: Some(5000.0),
                ..PickLimits::default()
            },
            ..ChartMarks::default()
        },
        form,
        ..Chart::new(curve)
    }
}

fn median_redraw() -> Duration {
    let curve = curve();
    let samples = samples(&curve);
    let chart = chart(&curve, &samples, ChartForm::Braille);
    let mut buffer = Buffer::empty(AREA);
    let mut times: Vec<Duration> = (0..201)
        .map(|_| {
            buffer.reset();
            let start = Instant::now();
            black_box(&chart).render(AREA, &mut buffer);
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[divan::bench(args = [ChartForm::Braille, ChartForm::Ascii, ChartForm::Table])]
fn redraw(bencher: divan::Bencher<'_, '_>, form: ChartForm) {
    let curve = curve();
    let samples = samples(&curve);
    let chart = chart(&curve, &samples, form);
    let mut buffer = Buffer::empty(AREA);
    bencher.bench_local(|| {
        buffer.reset();
        black_box(&chart).render(AREA, &mut buffer);
    });
}

#[divan::bench]
fn as_text(bencher: divan::Bencher<'_, '_>) {
    let curve = curve();
    let samples = samples(&curve);
    let chart = chart(&curve, &samples, ChartForm::Braille);
    bencher.bench_local(|| render_text(black_box(&chart), AREA.width, AREA.height));
}
