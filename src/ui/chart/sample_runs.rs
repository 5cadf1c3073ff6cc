//! Curves for tests: the bundled runs, as they are.

use serde::Deserialize;

use crate::lambda::{Architecture, MemoryMb};
use crate::power::{Curve, Interval, PickLimits, Picks, Point};

#[derive(Deserialize)]
struct SampleFile {
    title: String,
    region: String,
    points: Vec<Point>,
}

/// A size.
pub(super) fn mb(size: u32) -> MemoryMb {
    MemoryMb::new(size).unwrap()
}

/// A limit on the mean, in milliseconds, that is taken as it is.
pub(super) fn mean_within(most_ms: f64) -> PickLimits {
    PickLimits {
        max_duration_ms: Some(most_ms),
        ..PickLimits::default()
    }
}

/// The bundled runs, each under its file's name.
pub(super) fn bundled(name: &str) -> Curve {
    let text = match name {
        "no-op" => include_str!("../../../assets/examples/no-op.json"),
        "matrix-inversion" => include_str!("../../../assets/examples/matrix-inversion.json"),
        "prime-numbers" => include_str!("../../../assets/examples/prime-numbers.json"),
        "prime-numbers-all" => include_str!("../../../assets/examples/prime-numbers-all.json"),
        "third-party-api" => include_str!("../../../assets/examples/third-party-api.json"),
        "dynamodb-reads" => include_str!("../../../assets/examples/dynamodb-reads.json"),
        "s3-download" => include_str!("../../../assets/examples/s3-download.json"),
        "s3-download-threads" => include_str!("../../../assets/examples/s3-download-threads.json"),
        other => panic!("no bundled run '{other}'"),
    };
    let file: SampleFile = serde_json::from_str(text).unwrap();
    Curve {
        name: file.title,
        architecture: Architecture::default(),
        region: file.region,
        points: file.points,
    }
}

/// A bundled run as if measured here: 50 samples a size, intervals of `share` of each mean to both sides.
pub(super) fn measured(name: &str, share: f64) -> Curve {
    let mut curve = bundled(name);
    for point in &mut curve.points {
        let around = |value: f64| Interval {
            low: value * (1.0 - share),
            high: value * (1.0 + share),
        };
        point.duration_interval = Some(around(point.duration_ms));
        point.cost_interval = Some(around(point.cost_usd));
        point.samples = 50;
    }
    curve
}

/// The picks of a curve, by the definitions in [`Picks`] at weight 0.5.
pub(super) fn picks(curve: &Curve) -> Picks {
    let cost = |point: &Point| point.cost_usd;
    let time = |point: &Point| point.duration_ms;
    let highest = |value: fn(&Point) -> f64| curve.points.iter().map(value).fold(0.0, f64::max);
    let (dearest, slowest) = (highest(cost), highest(time));
    let least = |rank: &dyn Fn(&Point) -> (f64, f64)| {
        let best = curve
            .points
            .iter()
            .min_by(|left, right| rank(left).partial_cmp(&rank(right)).unwrap());
        best.unwrap().memory_mb
    };
    Picks {
        cheapest: least(&|point| (cost(point), time(point))),
        fastest: least(&|point| (time(point), cost(point))),
        balanced: least(&|point| (cost(point) / dearest + time(point) / slowest, 0.0)),
    }
}
