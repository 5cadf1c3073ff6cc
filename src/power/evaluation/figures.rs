//! The figures of each size that sizes are compared by: the logarithm of what an invocation counts, and its variance.

use super::location::{LogLocation, average, squares};
use super::series::SizeSeries;

/// How many degrees of freedom the variance that all sizes have in common counts as beside a size's own.
const SHARED_DEGREES: f64 = 4.0;
/// The least variance: no size is known better than this, in squared logarithms.
const LEAST_VARIANCE: f64 = 1e-10;

/// The figures of one size.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SizeFigures {
    /// The logarithm of the weight times the milliseconds billed for a mean invocation.
    pub level: f64,
    /// The variance of `level`.
    pub variance: f64,
    /// The degrees of freedom of `variance`.
    pub degrees: f64,
    /// Samples.
    pub count: usize,
    /// The plain mean of the durations in milliseconds.
    pub mean_ms: f64,
    /// The plain mean of what the samples count: the weight times the milliseconds billed.
    pub mean_count: f64,
    /// The influence of each sample on `level`, in order.
    pub influences: Vec<f64>,
}

/// What a size says by itself, before the sizes lend each other strength.
pub(super) struct OwnFigures {
    pub level: f64,
    /// The variance of one sample, in squared logarithms.
    pub spread: f64,
    pub degrees: f64,
    pub count: usize,
    pub mean_ms: f64,
    pub mean_count: f64,
    pub influences: Vec<f64>,
    /// What an error in the logarithm of the duration counts in that of what is billed.
    pub share: f64,
    /// The variance that rounding up adds.
    pub rounding: f64,
}

impl SizeFigures {
    /// The figures of sizes with at least four samples each, in their order.
    pub(super) fn of_all(sizes: &[SizeSeries]) -> Vec<Self> {
        let locations: Vec<LogLocation> = sizes
            .iter()
            .map(|size| LogLocation::of(&size.durations()))
            .collect();
        let skew = SharedSkew::of(&locations);
        let own = sizes.iter().zip(locations);
        let own: Vec<OwnFigures> = own
            .map(|(size, location)| OwnFigures::of(size, location, skew))
            .collect();
        pooled(own)
    }
}

/// What the slow samples add to the mean, as far as the sizes agree on it: few samples tell little of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SharedSkew {
    /// The logarithm of the factor that all sizes have in common.
    pub common: f64,
    /// How far each size keeps to its own, 0 to 1.
    pub own: f64,
}

impl SharedSkew {
    pub(super) fn of(locations: &[LogLocation]) -> Self {
        let count = |location: &LogLocation| location.on_trimmed.len() as f64;
        let all: f64 = locations.iter().map(count).sum();
        let sum: f64 = locations.iter().map(|it| count(it) * it.skew.exp()).sum();
        let common = (sum / all.max(1.0)).ln();
        let off: Vec<f64> = locations.iter().map(|it| it.skew - common).collect();
        let between = squares(&off) / (off.len() as f64 - 1.0).max(1.0);
        let variances: Vec<f64> = locations.iter().map(|it| it.skew_variance).collect();
        let is_told = off.len() > 1 && between > 0.0;
        let own = if is_told {
            (1.0 - average(&variances) / between).max(0.0)
        } else {
            0.0
        };
        Self { common, own }
    }
}

impl OwnFigures {
    fn of(size: &SizeSeries, location: LogLocation, skew: SharedSkew) -> Self {
        let added = (1.0 - skew.own) * skew.common + skew.own * location.skew;
        let estimate_ms = (location.trimmed + added).exp();
        let rounded: Vec<f64> = size
            .samples
            .iter()
            .map(|sample| sample.billed_ms - sample.duration_ms)
            .collect();
        let added_ms = average(&rounded);
        let off: Vec<f64> = rounded.iter().map(|it| it - added_ms).collect();
        let billed_ms = (estimate_ms + added_ms).max(f64::MIN_POSITIVE);
        let count = size.samples.len();
        let influences = location.on_trimmed.iter().zip(&location.on_skew);
        let whole: Vec<f64> = influences
            .map(|(on_trimmed, on_skew)| on_trimmed + skew.own * on_skew)
            .collect();
        let pairs = count as f64 * (count as f64 - 1.0);
        Self {
            level: size.weight.ln() + billed_ms.ln(),
            spread: squares(&whole) / (count as f64 - 1.0),
            degrees: location.degrees,
            count,
            mean_ms: average(&size.durations()),
            mean_count: size.weight * average(&size.billed()),
            influences: location.on_trimmed,
            share: (estimate_ms / billed_ms).powi(2),
            rounding: squares(&off) / pairs / billed_ms.powi(2),
        }
    }
}

/// Draws the variance of each size towards the one they have in common.
pub(super) fn pooled(own: Vec<OwnFigures>) -> Vec<SizeFigures> {
    let degrees: f64 = own.iter().map(|it| it.degrees).sum();
    let weighted: f64 = own.iter().map(|it| it.degrees * it.spread).sum();
    let common = weighted / degrees.max(1.0);
    let pool = |it: OwnFigures| {
        let spread =
            (SHARED_DEGREES * common + it.degrees * it.spread) / (SHARED_DEGREES + it.degrees);
        SizeFigures {
            level: it.level,
            variance: spread / it.count as f64 * it.share + it.rounding + LEAST_VARIANCE,
            degrees: it.degrees,
            count: it.count,
            mean_ms: it.mean_ms,
            mean_count: it.mean_count,
            influences: it.influences,
        }
    };
    own.into_iter().map(pool).collect()
}
