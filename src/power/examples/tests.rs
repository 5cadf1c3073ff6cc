//! The facts of the articles, reproduced from the bundled numbers.

use super::*;
use crate::lambda::MemoryMb;
use crate::power::{BillingStep, Change, Curve, Weight};

fn curve_of(name: &str, step: BillingStep) -> Curve {
    find(name).unwrap().run.curve(step)
}

fn picks(name: &str, step: BillingStep) -> (u32, u32, u32) {
    let picks = curve_of(name, step).picks(Weight::default()).unwrap();
    (
        picks.cheapest.megabytes(),
        picks.fastest.megabytes(),
        picks.balanced.megabytes(),
    )
}

/// How `to` MB does against the smallest size: the speed ratio and the change of cost in percent.
fn against_smallest(name: &str, to: u32) -> (f64, f64) {
    let curve = curve_of(name, BillingStep::AsMeasured);
    let point = curve.point(MemoryMb::new(to).unwrap()).unwrap();
    let change = Change::between(&curve.points[0], point);
    (change.speed, change.cost_percent.unwrap())
}

fn near(figure: f64, expected: f64, digit: f64) -> bool {
    (figure - expected).abs() <= digit / 2.0
}

#[test]
fn all_eight_are_there() {
    assert_eq!(all().len(), SOURCES.len());
    let sizes: Vec<usize> = all()
        .iter()
        .map(|example| example.run.curve(BillingStep::AsMeasured).points.len())
        .collect();
    assert_eq!(sizes, [6, 6, 6, 46, 6, 6, 6, 6]);
    assert!(find("nothing").is_none());
}

#[test]
fn the_no_op_is_cheapest_at_256_once_milliseconds_are_billed() {
    assert_eq!(picks("no-op", BillingStep::AsMeasured).0, 128);
    assert_eq!(picks("no-op", BillingStep::HundredMs).0, 128);
    assert_eq!(picks("no-op", BillingStep::OneMs).0, 256);
    let curve = curve_of("no-op", BillingStep::OneMs);
    let change = Change::between(&curve.points[0], &curve.points[1]);
    assert!(near(change.cost_percent.unwrap(), -20.0, 0.01));
}

#[test]
fn the_matrix_inversion_buys_speed_at_a_small_price() {
    let (speed, cost) = against_smallest("matrix-inversion", 3008);
    assert!(near(speed, 20.72, 0.01) && near(cost, 23.7, 0.1));
}

#[test]
fn prime_numbers_get_faster_and_cheaper() {
    let (speed, cost) = against_smallest("prime-numbers", 1536);
    assert!(near(speed, 14.16, 0.01) && near(cost, -13.3, 0.1));
    let (speed, cost) = against_smallest("prime-numbers", 3008);
    assert!(near(speed, 17.18, 0.01) && near(cost, 42.6, 0.1));
}

#[test]
fn all_sizes_of_prime_numbers_show_what_the_billing_step_does() {
    assert_eq!(
        picks("prime-numbers-all", BillingStep::AsMeasured),
        (1472, 2752, 1600)
    );
    assert_eq!(picks("prime-numbers-all", BillingStep::HundredMs).2, 1600);
    assert_eq!(picks("prime-numbers-all", BillingStep::OneMs).2, 1856);
}

#[test]
fn waiting_for_a_third_party_gets_no_faster() {
    let (speed, cost) = against_smallest("third-party-api", 3008);
    assert!(near(speed, 1.21, 0.01) && near(cost, 1662.5, 1.0));
    let curve = curve_of("third-party-api", BillingStep::AsMeasured);
    assert!(curve.points[3].duration_ms > curve.points[2].duration_ms);
}

#[test]
fn a_three_way_tie_of_costs_goes_to_the_fastest() {
    for step in [BillingStep::AsMeasured, BillingStep::HundredMs] {
        assert_eq!(picks("dynamodb-reads", step).0, 512);
        assert_eq!(picks("dynamodb-reads", step).1, 3008);
    }
}

#[test]
fn downloads_need_threads_to_use_more_memory() {
    let (speed, cost) = against_smallest("s3-download", 1024);
    assert!(near(speed, 1.31, 0.01) && near(cost, 55.0, 1.0));
    let one = curve_of("s3-download", BillingStep::AsMeasured).points[0];
    let ten = curve_of("s3-download-threads", BillingStep::AsMeasured).points[5];
    assert_eq!(ten.duration_ms, 1175.665);
    let change = Change::between(&one, &ten);
    assert!(near(change.speed, 5.67, 0.01));
    assert!(near(change.cost_percent.unwrap(), 5.2, 0.1));
}

#[test]
fn steps_of_100_ms_leave_old_costs_as_they_were_but_for_the_price() {
    for example in all() {
        let recorded = example.run.curve(BillingStep::AsMeasured);
        let again = example.run.curve(BillingStep::HundredMs);
        for (old, new) in recorded.points.iter().zip(&again.points) {
            assert!(
                near(new.cost_usd / old.cost_usd, 1.0016, 0.0001),
                "{}",
                example.name
            );
        }
    }
}
