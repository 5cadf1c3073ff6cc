//! The normal distribution, and Student's t by way of it.

use std::f64::consts::PI;

/// The probability of at most `z` under the standard normal distribution, to about 14 digits: Hart (1968), algorithm
/// 5666, as West gives it ("Better approximations to cumulative normal functions", 2005).
pub(in crate::power) fn cumulative(z: f64) -> f64 {
    /// Where the rational function gives way to the continued fraction.
    const TURN: f64 = 7.071_067_811_865_47;
    let far = z.abs();
    let density = (-far * far / 2.0).exp();
    let tail = if far > 37.0 {
        0.0
    } else if far < TURN {
        density * horner(&ABOVE, far) / horner(&BELOW, far)
    } else {
        let fraction = far + 1.0 / (far + 2.0 / (far + 3.0 / (far + 4.0 / (far + 0.65))));
        density / fraction / (2.0 * PI).sqrt()
    };
    if z > 0.0 { 1.0 - tail } else { tail }
}

/// The coefficients of Hart's numerator, highest power first.
const ABOVE: [f64; 7] = [
    3.526_249_659_989_11e-2,
    0.700_383_064_443_688,
    6.373_962_203_531_65,
    33.912_866_078_383,
    112.079_291_497_871,
    221.213_596_169_931,
    220.206_867_912_376,
];
/// The same of his denominator.
const BELOW: [f64; 8] = [
    8.838_834_764_831_84e-2,
    1.755_667_163_182_64,
    16.064_177_579_207,
    86.780_732_202_946_1,
    296.564_248_779_674,
    637.333_633_378_831,
    793.826_512_519_948,
    440.413_735_824_752,
];

fn horner(coefficients: &[f64], at: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, next| sum * at + next)
}

/// The normal deviate that is as rare as `t` with so many degrees of freedom: Wallace (1959).
pub(in crate::power) fn deviate_of_t(t: f64, degrees: f64) -> f64 {
    let scale = (8.0 * degrees + 1.0) / (8.0 * degrees + 3.0);
    let deviate = (degrees * (t * t / degrees).ln_1p()).sqrt();
    (scale * deviate).copysign(t)
}

/// The t with so many degrees of freedom that is as rare as a normal deviate: the inverse of [`deviate_of_t`].
pub(in crate::power) fn t_of_deviate(deviate: f64, degrees: f64) -> f64 {
    let scaled = deviate * (8.0 * degrees + 3.0) / (8.0 * degrees + 1.0);
    (degrees * (scaled * scaled / degrees).exp_m1())
        .sqrt()
        .copysign(deviate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_agree_with_the_printed_tables() {
        for (z, expected) in [
            (0.0, 0.5),
            (1.0, 0.841_344_746_068_5),
            (1.959_963_984_540_1, 0.975),
            (-3.0, 0.001_349_898_031_63),
            (-8.0, 6.220_960_574_27e-16),
        ] {
            let found = cumulative(z);
            assert!(
                (found - expected).abs() <= 1e-11 * expected.max(1e-4),
                "{z}: {found}"
            );
        }
        assert_eq!((cumulative(-40.0), cumulative(40.0)), (0.0, 1.0));
    }

    #[test]
    fn t_and_normal_deviates_turn_into_each_other() {
        for (t, degrees, deviate) in [
            (2.0, 4.0, 1.569_960),
            (-3.1, 10.0, -2.532_568),
            (0.5, 2.0, 0.434_262),
        ] {
            assert!((deviate_of_t(t, degrees) - deviate).abs() < 1e-6);
            assert!((t_of_deviate(deviate_of_t(t, degrees), degrees) - t).abs() < 1e-12);
        }
        for (degrees, quantile) in [
            (4.0, 2.789_669),
            (9.0, 2.263_270),
            (19.0, 2.093_182),
            (49.0, 2.009_593),
        ] {
            assert!((t_of_deviate(1.959_963_985, degrees) - quantile).abs() < 1e-6);
        }
    }
}
