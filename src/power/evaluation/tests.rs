//! Golden looks at samples, and what is said of them.

use super::figures::{OwnFigures, SharedSkew, pooled};
use super::location::{LogLocation, average, squares};
use super::*;

fn memory(megabytes: u32) -> MemoryMb {
    MemoryMb::new(megabytes).unwrap()
}

fn series(megabytes: u32, durations: &[f64]) -> SizeSeries {
    let samples = durations.iter().enumerate();
    SizeSeries {
        memory: memory(megabytes),
        weight: f64::from(megabytes),
        awaited: 0,
        rounds: durations.len(),
        samples: samples
            .map(|(round, &duration_ms)| RoundSample {
                round,
                duration_ms,
                billed_ms: duration_ms.ceil(),
            })
            .collect(),
    }
}

fn close(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 2e-6
}

/// A golden look at samples: all of its figures, each to six places.
struct Golden {
    memories: &'static [u32],
    durations: &'static [&'static [f64]],
    /// The factor of the slow samples that the sizes share, and how far each keeps to its own.
    skew: (f64, f64),
    of_a_round: f64,
    /// 1 where the neighbours in time are left out of account.
    stretch: Option<f64>,
    levels: &'static [f64],
    errors: &'static [f64],
    best: u32,
    deviates: &'static [f64],
    probability: f64,
}

fn check(golden: &Golden) {
    let sizes: Vec<SizeSeries> = golden
        .memories
        .iter()
        .zip(golden.durations)
        .map(|(megabytes, durations)| series(*megabytes, durations))
        .collect();
    let locations: Vec<LogLocation> = golden
        .durations
        .iter()
        .map(|it| LogLocation::of(it))
        .collect();
    let skew = SharedSkew::of(&locations);
    assert!(close(skew.common.exp(), golden.skew.0), "{skew:?}");
    assert!(close(skew.own, golden.skew.1), "{skew:?}");
    let figures = SizeFigures::of_all(&sizes);
    let measured: Vec<_> = sizes.iter().zip(&figures).collect();
    let mut resemblance = Resemblance::of(&measured);
    match golden.stretch {
        Some(stretch) => assert!(close(resemblance.stretch, stretch), "{resemblance:?}"),
        None => resemblance.stretch = 1.0,
    }
    assert!(
        close(resemblance.of_a_round, golden.of_a_round),
        "{resemblance:?}"
    );
    for (figures, (level, error)) in figures.iter().zip(golden.levels.iter().zip(golden.errors)) {
        assert!(close(figures.level, *level), "{figures:?}");
        assert!(close(figures.variance.sqrt(), *error), "{figures:?}");
    }
    let surviving = vec![true; sizes.len()];
    let comparison = Comparison::new(&figures, &surviving, resemblance).unwrap();
    for (found, expected) in comparison.deviates(0.0).zip(golden.deviates) {
        assert!(close(found, *expected), "{found}");
    }
    assert!(close(comparison.probability(0.02), golden.probability));
    let evaluation = comparison.evaluation(sizes.iter().map(|size| size.memory), 0.02);
    assert_eq!(evaluation.best.megabytes(), golden.best);
}

#[test]
fn a_golden_look_at_three_sizes() {
    check(&Golden {
        memories: &[128, 256, 512],
        durations: &[
            &[80.2, 82.1, 79.5, 84.0, 81.3, 80.8],
            &[41.1, 39.9, 40.6, 42.3, 40.2, 41.7],
            &[30.4, 29.8, 31.2, 30.9, 30.1, 60.5],
        ],
        skew: (1.054_080, 0.119_905),
        of_a_round: 0.0,
        stretch: Some(1.0),
        levels: &[9.300_416, 9.315_144, 9.740_474],
        errors: &[0.012_597, 0.013_780, 0.019_492],
        best: 128,
        deviates: &[0.0, 0.758_265, 5.863_281],
        probability: 0.952_928,
    });
}

#[test]
fn a_golden_look_at_payloads_that_differ() {
    check(&Golden {
        memories: &[128, 256],
        durations: &[
            &[100.4, 200.9, 50.3, 101.2, 198.1, 49.8],
            &[51.3, 103.2, 25.9, 50.8, 99.7, 26.1],
        ],
        skew: (1.165_101, 0.0),
        of_a_round: 0.591_638,
        stretch: None,
        levels: &[9.617_793, 9.638_782],
        errors: &[0.391_381, 0.386_198],
        best: 128,
        deviates: &[0.0, 0.058_287],
        probability: 0.545_084,
    });
}

#[test]
fn a_golden_look_at_misses_of_one_size() {
    check(&Golden {
        memories: &[256, 512],
        durations: &[
            &[40.5, 41.2, 39.8, 160.3, 40.1, 41.0, 39.5, 155.2],
            &[20.3, 20.9, 19.8, 20.1, 20.6, 21.0, 19.9, 20.2],
        ],
        skew: (1.188_114, 0.993_079),
        of_a_round: 0.0,
        stretch: None,
        levels: &[9.796_233, 9.272_034],
        errors: &[0.241_485, 0.127_894],
        best: 512,
        deviates: &[1.776_101, 0.0],
        probability: 0.966_791,
    });
}

#[test]
fn a_golden_look_at_two_milliseconds() {
    check(&Golden {
        memories: &[128, 256],
        durations: &[
            &[1.57, 1.61, 1.49, 1.55, 1.66, 1.58],
            &[0.98, 1.02, 0.97, 1.05, 0.99, 1.01],
        ],
        skew: (1.001_512, 0.0),
        of_a_round: 0.0,
        stretch: None,
        levels: &[5.546_711, 5.949_344],
        errors: &[0.014_729, 0.142_578],
        best: 128,
        deviates: &[0.0, 2.353_695],
        probability: 0.992_658,
    });
}

#[test]
fn a_golden_look_at_a_drift() {
    check(&Golden {
        memories: &[128, 256],
        durations: &[
            &[80.0, 81.0, 83.0, 84.0, 86.0, 87.0, 89.0, 90.0],
            &[41.0, 41.0, 40.0, 40.0, 41.0, 42.0, 42.0, 42.5],
        ],
        skew: (1.000_565, 0.0),
        of_a_round: 0.287_642,
        stretch: Some(4.260_878),
        levels: &[9.294_762, 9.264_748],
        errors: &[0.016_953, 0.012_365],
        best: 256,
        deviates: &[0.789_862, 0.0],
        probability: 0.900_766,
    });
}

/// The same comparison by the plain mean of what is billed.
#[test]
fn a_golden_look_by_the_plain_mean() {
    let billed: [(u32, [f64; 6]); 3] = [
        (128, [81.0, 83.0, 80.0, 84.0, 82.0, 81.0]),
        (256, [42.0, 40.0, 41.0, 43.0, 41.0, 42.0]),
        (512, [31.0, 30.0, 32.0, 31.0, 31.0, 61.0]),
    ];
    let own = billed.iter().map(|(megabytes, billed)| {
        let mean = average(billed);
        let influences: Vec<f64> = billed.iter().map(|it| it / mean - 1.0).collect();
        OwnFigures {
            level: (f64::from(*megabytes) * mean).ln(),
            spread: squares(&influences) / 5.0,
            degrees: 3.0,
            count: 6,
            mean_ms: mean,
            mean_count: f64::from(*megabytes) * mean,
            influences,
            share: 1.0,
            rounding: 0.0,
        }
    });
    let figures = pooled(own.collect());
    for (figures, (level, error)) in figures.iter().zip([
        (9.256_715, 0.061_137),
        (9.270_871, 0.061_321),
        (9.821_844, 0.109_562),
    ]) {
        assert!(
            close(figures.level, level) && close(figures.variance.sqrt(), error),
            "{figures:?}"
        );
    }
    let resemblance = Resemblance {
        of_a_round: 0.0,
        stretch: 1.0,
    };
    let comparison = Comparison::new(&figures, &[true; 3], resemblance).unwrap();
    for (found, expected) in comparison.deviates(0.0).zip([0.0, 0.159_434, 3.248_710]) {
        assert!(close(found, expected), "{found}");
    }
    assert!(close(comparison.probability(0.02), 0.648_040));
}

#[test]
fn the_star_is_the_fastest_of_what_cannot_be_told_apart() {
    let near = |base: f64| -> Vec<f64> {
        (0..20)
            .map(|at| base + f64::from(at % 3) * base * 1e-3)
            .collect()
    };
    let sizes = [
        series(128, &near(8000.0)),
        series(256, &near(4020.0)),
        series(512, &near(2060.0)),
        series(1024, &near(1500.0)),
    ];
    let evaluation = Evaluation::of(&sizes, |_| true, 0.02).unwrap();
    let within: Vec<u32> = evaluation.within().map(MemoryMb::megabytes).collect();
    assert_eq!((evaluation.best.megabytes(), within), (128, vec![128, 256]));
    assert_eq!(evaluation.star().megabytes(), 256);
    assert_eq!(evaluation.confidence, Confidence::Sure);
    let wide = Evaluation::of(&sizes, |_| true, 0.05).unwrap();
    assert_eq!(wide.star().megabytes(), 512);
}

#[test]
fn nobody_can_tell_what_scatters_too_much() {
    let wild = |base: f64| -> Vec<f64> {
        (0..10)
            .map(|at| base * f64::from(at * 7 % 10 + 1))
            .collect()
    };
    let sizes = [series(128, &wild(80.0)), series(256, &wild(39.0))];
    let evaluation = Evaluation::of(&sizes, |_| true, 0.02).unwrap();
    assert_eq!(evaluation.confidence, Confidence::CannotTell);
    assert_eq!(
        (evaluation.star(), evaluation.best),
        (memory(256), memory(256))
    );
    assert_eq!(evaluation.contenders().count(), 2);
    assert_eq!(evaluation.fastest_contender(), memory(256));
}

#[test]
fn sizes_with_too_few_samples_are_not_compared() {
    let sizes = [series(128, &[80.0; 3]), series(256, &[30.0; 6])];
    let evaluation = Evaluation::of(&sizes, |_| true, 0.02).unwrap();
    assert_eq!(evaluation.sizes.len(), 1);
    assert_eq!(Evaluation::of(&sizes[..1], |_| true, 0.02), None);
    assert_eq!(Evaluation::of(&[], |_| true, 0.02), None);
}
