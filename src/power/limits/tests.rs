//! What samples tell of a limit, and what they do not.

use super::*;
use crate::power::fixture::{measured, memory, size};
use crate::power::statistics::unseen_share;

fn check(limit: &str, durations: &[f64]) -> LimitCheck {
    LimitCheck::of(limit.parse().unwrap(), durations).unwrap()
}

/// So many samples below 200 ms, and so many above.
fn samples(below: usize, above: usize) -> Vec<f64> {
    let below = (0..below).map(|at| 100.0 + at as f64);
    below
        .chain((0..above).map(|at| 300.0 + at as f64))
        .collect()
}

#[test]
fn a_percentile_is_kept_open_or_broken_by_the_table() {
    for (limit, below, above, standing) in [
        ("p90:200ms", 29, 0, LimitStanding::Kept),
        ("p90:200ms", 28, 0, LimitStanding::Open),
        ("p90:200ms", 20, 0, LimitStanding::Open),
        ("p90:200ms", 30, 1, LimitStanding::Open),
        ("p90:200ms", 59, 1, LimitStanding::Kept),
        ("p90:200ms", 15, 5, LimitStanding::Broken),
        ("p90:200ms", 16, 4, LimitStanding::Open),
        ("p50:200ms", 5, 0, LimitStanding::Kept),
        ("p50:200ms", 5, 15, LimitStanding::Broken),
        ("p95:200ms", 59, 0, LimitStanding::Kept),
        ("p95:200ms", 58, 0, LimitStanding::Open),
        ("p99:200ms", 60, 0, LimitStanding::Open),
        ("p99:200ms", 18, 2, LimitStanding::Broken),
        ("max:200ms", 60, 0, LimitStanding::Open),
        ("max:200ms", 60, 1, LimitStanding::Broken),
    ] {
        let found = check(limit, &samples(below, above));
        assert_eq!(found.standing, standing, "{limit}: {below} and {above}");
    }
    let many = check("p99:200ms", &[100.0; 299]);
    assert_eq!(many.standing, LimitStanding::Kept);
    assert!(!many.is_slowest);
}

#[test]
fn below_299_samples_the_slowest_stands_for_p99() {
    let few = check("p99:200ms", &samples(20, 0));
    assert!(few.is_slowest && few.is_met());
    assert_eq!(few.figure_words(), "slowest of 20 samples 119 ms");
    let one_over = check("p99:200ms", &samples(19, 1));
    assert!(!one_over.is_met());
    assert_eq!(one_over.standing, LimitStanding::Open);
    assert!(!check("max:200ms", &samples(20, 0)).is_slowest);
}

#[test]
fn the_mean_stands_by_its_interval() {
    let close = [99.0, 101.0, 100.0, 98.0, 102.0, 100.0];
    assert_eq!(check("mean:110ms", &close).standing, LimitStanding::Kept);
    assert_eq!(check("mean:100.5ms", &close).standing, LimitStanding::Open);
    assert_eq!(check("mean:90ms", &close).standing, LimitStanding::Broken);
    assert_eq!(
        check("mean:110ms", &close[..3]).standing,
        LimitStanding::Open
    );
}

#[test]
fn the_words_say_what_is_known_and_what_it_would_take() {
    let words = |limit: &str, below, above| check(limit, &samples(below, above)).words(memory(512));
    assert_eq!(
        words("p90:200ms", 30, 0),
        "512 MB: p90 within 200 ms (95 % sure); p90 126 ms"
    );
    assert_eq!(
        words("p90:200ms", 20, 0),
        "512 MB: p90 117 ms; 0 of 20 samples are over 200 ms: at most 14 % of the invocations are, which does not show p90 \
         within 200 ms (that takes 29 samples or more)"
    );
    assert_eq!(
        words("p90:200ms", 10, 10),
        "512 MB: p90 over 200 ms (95 % sure); p90 307 ms"
    );
    assert_eq!(
        words("max:1s", 50, 0),
        "512 MB: 0 of 50 samples are over 1.00 s: at most 5.8 % of the invocations are; max 149 ms"
    );
    assert_eq!(
        words("max:200ms", 19, 1),
        "512 MB: 1 of 20 samples is over 200 ms; max 300 ms"
    );
    let unseen = most_share_over(20, 0);
    assert!((unseen - unseen_share(20)).abs() < 1e-9);
}

fn report(limit: &str, sizes: &[(u32, f64)]) -> Option<LimitsReport> {
    let sizes = sizes.iter().map(|&(mb, ms)| size(mb, &[ms; 20]));
    let mut run = measured(sizes.collect());
    run.plan.limits = run.plan.limits.with(limit.parse().unwrap());
    LimitsReport::of(&run)
}

#[test]
fn sizes_that_are_out_are_named_with_their_figure() {
    let report = report("p90:200ms", &[(128, 400.0), (256, 210.0), (512, 100.0)]).unwrap();
    assert_eq!(
        [128, 256, 512].map(|mb| report.admits(memory(mb))),
        [false, false, true]
    );
    let sentences = report.sentences(Some(memory(512)));
    assert_eq!(sentences.len(), 2);
    assert_eq!(
        sentences[1],
        "Out by the limit: 128 MB (p90 400 ms), 256 MB (p90 210 ms)"
    );
}

#[test]
fn when_no_size_qualifies_the_nearest_is_named() {
    let report = report("p90:50ms", &[(128, 400.0), (512, 60.0)]).unwrap();
    assert_eq!(
        report.sentences(None),
        [
            "No size has p90 within 50.0 ms; 512 MB came nearest: p90 60.0 ms, 20 of 20 samples are over 50.0 ms"
        ]
    );
}

#[test]
fn without_a_limit_there_is_nothing_to_report() {
    assert_eq!(
        LimitsReport::of(&measured(vec![size(128, &[10.0; 5])])),
        None
    );
    assert_eq!(report("p50:1ms", &[]), None);
}
