//! The figures AWS Lambda Power Tuning (4.4.0) would print for the same samples, shown beside iacstone's own.
//!
//! Its money differs from a bill: prices are rounded up to two digits per region, mean durations are rounded up to
//! whole milliseconds, and requests are free.

use super::statistics;
use crate::lambda::{Architecture, MemoryMb};

/// The list price of a Step Functions state transition, in USD.
pub const PRICE_PER_TRANSITION: f64 = 0.000_025;

/// The price of a millisecond at 128 MB, in USD (CNY in China).
#[must_use]
pub fn base_per_ms(region: &str, architecture: Architecture) -> f64 {
    match (architecture, region) {
        (Architecture::Arm64, _) => 1.7e-9,
        (_, "ap-east-1") => 2.9e-9,
        (_, "af-south-1") => 2.8e-9,
        (_, "me-south-1") => 2.6e-9,
        (_, "eu-south-1") => 2.4e-9,
        (_, "ap-northeast-3") => 2.7e-9,
        (_, region) if region.starts_with("cn-") => 1.42e-8,
        _ => 2.1e-9,
    }
}

/// The trimmed mean of `values`, 0 without any; `discard` is the share cut on each side.
#[must_use]
pub fn average(values: &[f64], discard: f64) -> f64 {
    statistics::trimmed_mean(values, discard).unwrap_or_default()
}

/// The price of an invocation of this mean billed duration (ms), rounded up to a whole millisecond.
#[must_use]
pub fn price(base_per_ms: f64, memory: MemoryMb, billed_ms: f64) -> f64 {
    billed_ms.ceil() * base_per_ms * f64::from(memory.megabytes()) / 128.0
}

/// The price of all invocations with these billed durations (ms), none discarded.
#[must_use]
pub fn total_cost(base_per_ms: f64, memory: MemoryMb, billed_ms: &[f64]) -> f64 {
    billed_ms
        .iter()
        .map(|&billed| price(base_per_ms, memory, billed))
        .sum()
}

/// What the state machine itself costs, to 5 decimals: `sizes` memory sizes, `num` cold invocations each if cold starts
/// alone are measured (`None` otherwise).
#[must_use]
pub fn transitions_cost(sizes: usize, num_of_cold_starts: Option<u32>, price: f64) -> f64 {
    let sizes = sizes as f64;
    let transitions = num_of_cold_starts.map_or(6.0 + 3.0 * sizes, |num| {
        6.0 + sizes + 2.0 * sizes * f64::from(num)
    });
    (transitions * price * 1e5).round() / 1e5
}

#[cfg(test)]
mod tests {
    use super::*;

    const DURATIONS: [f64; 10] = [0.2, 0.5, 2.0, 3.0, 3.0, 4.0, 4.5, 10.0, 50.0, 200.0];
    const BILLED: [f64; 10] = [1.0, 1.0, 2.0, 3.0, 3.0, 4.0, 5.0, 10.0, 50.0, 200.0];

    fn memory(megabytes: u32) -> MemoryMb {
        MemoryMb::new(megabytes).unwrap()
    }

    fn close(left: f64, right: f64) -> bool {
        (left - right).abs() <= 1e-12 * right.abs()
    }

    #[test]
    fn transitions_cost_what_the_reference_says() {
        assert_eq!(transitions_cost(10, None, 0.000_03), 0.001_08);
        assert_eq!(transitions_cost(10, Some(10), 0.000_03), 0.006_48);
        for (sizes, cost) in [(6, 0.0006), (46, 0.0036), (3, 0.000_38), (1, 0.000_23)] {
            assert_eq!(transitions_cost(sizes, None, PRICE_PER_TRANSITION), cost);
        }
    }

    #[test]
    fn prices_are_rounded_up_to_whole_milliseconds() {
        assert!(close(price(2.1e-9, memory(1024), 300.0), 5.04e-6));
        assert!(close(price(2.1e-9, memory(1024), 300.0001), 5.0568e-6));
        let billed = [100.0, 150.0, 200.0, 300.0, 400.0];
        assert!(close(total_cost(2.1e-9, memory(1024), &billed), 1.932e-5));
    }

    #[test]
    fn the_sample_set_of_the_reference_gives_its_figures() {
        let base = base_per_ms("us-east-1", Architecture::X86_64);
        assert!(close(average(&DURATIONS, 0.2), 4.416_666_666_666_667));
        assert!(close(
            price(base, memory(128), average(&BILLED, 0.2)),
            1.05e-8
        ));
        assert!(close(total_cost(base, memory(128), &BILLED), 5.859e-7));
        assert!(close(average(&DURATIONS, 0.0), 27.72));
        assert!(close(
            price(base, memory(128), average(&BILLED, 0.0)),
            5.88e-8
        ));
    }

    #[test]
    fn no_samples_average_to_zero() {
        assert_eq!(average(&[], 0.2), 0.0);
    }

    #[test]
    fn base_prices_follow_region_and_architecture() {
        assert_eq!(base_per_ms("us-east-1", Architecture::Arm64), 1.7e-9);
        assert_eq!(base_per_ms("ap-east-1", Architecture::X86_64), 2.9e-9);
        assert_eq!(base_per_ms("ap-northeast-3", Architecture::X86_64), 2.7e-9);
        assert_eq!(base_per_ms("cn-north-1", Architecture::X86_64), 1.42e-8);
    }
}
