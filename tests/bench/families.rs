//! Made-up functions whose true costs are known: a curve over the sizes, and a noise around it.
//!
//! The constants of the procedure were chosen on other figures than these; the families called its own were never
//! looked at when anything was chosen.

use fastrand::Rng;

/// How a duration depends on the memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Power,
    Flat,
    Amdahl,
    Bumpy,
    Valley,
    Step,
    /// Own: each further quarter of a processor brings speed at once.
    Staircase,
    /// Own: below some size the garbage collector works most of the time.
    Cliff,
}

/// How durations scatter around their mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Noise {
    Still,
    Usual,
    Wide,
    Wild,
    Outliers,
    TwoModes,
    Gamma,
    Alike,
    Drift,
    Payloads,
    /// Own: a fixed part, and a wild one above it.
    Shifted,
    /// Own: three modes.
    ThreeModes,
    /// Own: a heavy tail.
    Pareto,
}

pub(crate) const SHAPES: [Shape; 6] = [
    Shape::Power,
    Shape::Flat,
    Shape::Amdahl,
    Shape::Bumpy,
    Shape::Valley,
    Shape::Step,
];
pub(crate) const OWN_SHAPES: [Shape; 2] = [Shape::Staircase, Shape::Cliff];
pub(crate) const NOISES: [Noise; 10] = [
    Noise::Still,
    Noise::Usual,
    Noise::Wide,
    Noise::Wild,
    Noise::Outliers,
    Noise::TwoModes,
    Noise::Gamma,
    Noise::Alike,
    Noise::Drift,
    Noise::Payloads,
];
pub(crate) const OWN_NOISES: [Noise; 3] = [Noise::Shifted, Noise::ThreeModes, Noise::Pareto];

/// Samples of a size that are drawn at most.
pub(crate) const MOST: usize = 60;

/// One made-up function.
pub(crate) struct Made {
    /// Megabytes, ascending.
    pub(crate) sizes: Vec<u32>,
    /// The true mean duration at each, in milliseconds.
    pub(crate) means: Vec<f64>,
    /// The samples at each, in milliseconds, by round.
    pub(crate) samples: Vec<Vec<f64>>,
}

impl Made {
    /// A function of a family, with these sizes.
    pub(crate) fn new(shape: Shape, noise: Noise, sizes: &[u32], rng: &mut Rng) -> Self {
        let means = curve(shape, sizes, rng);
        let payloads: Vec<f64> = (0..MOST).map(|_| payload(rng)).collect();
        let samples = means.iter().map(|mean| {
            let mut state = normal(rng);
            let one = |round: usize| {
                let shared = payloads.get(round).copied().unwrap_or(1.0);
                mean * factor(noise, round, shared, &mut state, rng)
            };
            (0..MOST).map(one).collect()
        });
        Self {
            sizes: sizes.to_vec(),
            samples: samples.collect(),
            means,
        }
    }

    /// The true cost of a size, in billed megabyte-milliseconds: rounding up adds half a millisecond.
    pub(crate) fn cost(&self, at: usize) -> f64 {
        f64::from(self.sizes[at]) * (self.means[at] + 0.5)
    }

    /// How much more a size truly costs than the cheapest, as a share.
    pub(crate) fn regret(&self, at: usize) -> f64 {
        let costs = (0..self.sizes.len()).map(|at| self.cost(at));
        self.cost(at) / costs.fold(f64::INFINITY, f64::min) - 1.0
    }
}

/// The mean durations in milliseconds, at least 15.
fn curve(shape: Shape, sizes: &[u32], rng: &mut Rng) -> Vec<f64> {
    let scale = 40.0 * 50.0_f64.powf(rng.f64());
    let exponent = 0.75 + 0.4 * rng.f64();
    let serial = 0.02 + 0.3 * rng.f64();
    let knee = f64::from(sizes[rng.usize(..sizes.len())]);
    let slope = 0.1 + 0.5 * rng.f64();
    let one = |&megabytes: &u32| {
        let memory = f64::from(megabytes);
        let relative = 1024.0 / memory;
        let form = match shape {
            Shape::Power => relative.powf(exponent),
            Shape::Flat => 1.0 + 0.05 * relative,
            Shape::Amdahl => serial + (1.0 - serial) * relative.max(1024.0 / 1769.0),
            Shape::Bumpy => relative.powf(exponent) * (0.05 * normal(rng)).exp(),
            Shape::Valley => relative * (slope * (memory / knee).ln().powi(2)).exp(),
            Shape::Step => relative.powf(0.9) * if memory < knee { 1.4 } else { 1.0 },
            Shape::Staircase => 1024.0 / (442.0 * (memory / 442.0).ceil()),
            Shape::Cliff => relative.powf(0.6) * if memory < knee { 2.2 } else { 1.0 },
        };
        15.0 + scale * form
    };
    sizes.iter().map(one).collect()
}

/// One of three payloads that differ much, as a factor of mean 1.
fn payload(rng: &mut Rng) -> f64 {
    [0.4, 0.8, 1.8][rng.usize(..3)]
}

/// One sample over its mean: a factor of mean 1. `state` is what neighbours share.
fn factor(noise: Noise, round: usize, payload: f64, state: &mut f64, rng: &mut Rng) -> f64 {
    let mut lognormal = |sigma: f64| (sigma * normal(rng) - sigma * sigma / 2.0).exp();
    match noise {
        Noise::Still => lognormal(0.03),
        Noise::Usual => lognormal(0.08),
        Noise::Wide => lognormal(0.3),
        Noise::Wild => lognormal(1.0),
        Noise::Payloads => payload * lognormal(0.08),
        Noise::Drift => lognormal(0.08) * (1.0 + 0.1 * (round as f64 / MOST as f64 - 0.5)),
        Noise::Outliers => lognormal(0.08) * modes(&[(0.01, 10.0)], rng),
        Noise::TwoModes => lognormal(0.08) * modes(&[(0.2, 3.0)], rng),
        Noise::ThreeModes => lognormal(0.05) * modes(&[(0.1, 4.0), (0.3, 2.0)], rng),
        Noise::Gamma => -(rng.f64().max(1e-12) * rng.f64().max(1e-12)).ln() / 2.0,
        Noise::Shifted => 0.4 + 0.6 * lognormal(1.0),
        Noise::Pareto => 0.6 * rng.f64().max(1e-12).powf(-1.0 / 2.5),
        Noise::Alike => {
            *state = 0.6 * *state + 0.8 * normal(rng);
            (0.2 * *state - 0.02).exp()
        }
    }
}

/// Slow cases by their chance and their factor, scaled to mean 1.
fn modes(slow: &[(f64, f64)], rng: &mut Rng) -> f64 {
    let mean: f64 = 1.0
        + slow
            .iter()
            .map(|(chance, times)| chance * (times - 1.0))
            .sum::<f64>();
    let mut drawn = rng.f64();
    for (chance, times) in slow {
        if drawn < *chance {
            return times / mean;
        }
        drawn -= chance;
    }
    1.0 / mean
}

/// A standard normal deviate (Box and Muller 1958).
fn normal(rng: &mut Rng) -> f64 {
    let radius = (-2.0 * rng.f64().max(1e-300).ln()).sqrt();
    radius * (std::f64::consts::TAU * rng.f64()).cos()
}
