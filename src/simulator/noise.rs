//! The spread of measurements: log-normal noise, outliers, and draws from given percentiles.

use rand::RngExt as _;
use rand::rngs::StdRng;
use rand_distr::{Distribution as _, StandardNormal};

/// The share of samples that are outliers.
const OUTLIER_RATE: f64 = 0.01;

/// A factor around 1, with the occasional outlier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Noise {
    /// The standard deviation of the factor's logarithm.
    pub sigma: f64,
}

impl Noise {
    /// Draws one factor; its mean is 1 but for the outliers (1 %, 1.3 to 1.8 times as long).
    pub(super) fn factor(self, rng: &mut StdRng) -> f64 {
        let normal: f64 = StandardNormal.sample(rng);
        let usual = self
            .sigma
            .mul_add(normal, -self.sigma * self.sigma / 2.0)
            .exp();
        if rng.random_bool(OUTLIER_RATE) {
            usual * rng.random_range(1.3..1.8)
        } else {
            usual
        }
    }
}

/// A distribution known by its 10th, 25th, 50th, 75th and 90th percentile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percentiles(pub [f64; 5]);

impl Percentiles {
    /// Draws one value by inverting the piecewise linear distribution function.
    pub(super) fn draw(self, rng: &mut StdRng) -> f64 {
        self.invert(rng.random())
    }

    /// The value below which the share `p` of all values lies; the tails end at 0.8 times the 10th and
    /// 1.25 times the 90th percentile.
    pub(super) fn invert(self, p: f64) -> f64 {
        let [p10, p25, p50, p75, p90] = self.0;
        let knots = [
            (0.0, 0.8 * p10),
            (0.10, p10),
            (0.25, p25),
            (0.50, p50),
            (0.75, p75),
            (0.90, p90),
            (1.0, 1.25 * p90),
        ];
        let mut pairs = knots.iter().zip(knots.iter().skip(1));
        pairs
            .rfind(|((from, _), _)| p >= *from)
            .map_or(p50, |((from, low), (to, high))| {
                (high - low).mul_add((p - from) / (to - from), *low)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::chance::seeded;

    #[test]
    fn given_percentiles_come_out_of_many_draws() {
        let bun = [2.610, 6.855, 15.190, 37.531, 68.230];
        let mut rng = seeded(7, &["hash-bun"]);
        let mut draws: Vec<f64> = (0..20_000)
            .map(|_| Percentiles(bun).draw(&mut rng))
            .collect();
        draws.sort_by(f64::total_cmp);
        for (share, expected) in [0.10, 0.25, 0.50, 0.75, 0.90].into_iter().zip(bun) {
            let below = draws.iter().filter(|draw| **draw <= expected).count();
            let found = below as f64 / 20_000.0;
            assert!((found - share).abs() < 0.01, "{share}: {found}");
        }
    }

    #[test]
    fn noise_is_narrow_and_its_outliers_are_rare() {
        let mut rng = seeded(1, &["noise"]);
        let noise = Noise { sigma: 0.03 };
        let factors: Vec<f64> = (0..10_000).map(|_| noise.factor(&mut rng)).collect();
        let mean = factors.iter().sum::<f64>() / 10_000.0;
        let outliers = factors.iter().filter(|factor| **factor > 1.2).count();
        assert!((mean - 1.0).abs() < 0.01, "{mean}");
        assert!((60..140).contains(&outliers), "{outliers}");
        assert!(factors.iter().all(|factor| (0.85..2.1).contains(factor)));
    }
}
