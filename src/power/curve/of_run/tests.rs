//! The points of a run: which samples count and what they cost.

use super::*;
use crate::lambda::MemoryMb;
use crate::power::fixture;

fn rows(run: &Run, step: BillingStep) -> Vec<(u32, f64, f64)> {
    let curve = run.curve(step);
    let row = |p: &Point| (p.memory_mb.megabytes(), p.duration_ms, p.cost_usd);
    curve.points.iter().map(row).collect()
}

fn costs(rows: &[(u32, f64, f64)], billed: &[f64]) -> bool {
    let rate = crate::power::Prices::bundled()
        .rate("us-east-1", crate::lambda::Architecture::X86_64)
        .unwrap();
    rows.iter()
        .zip(billed)
        .all(|(&(memory, _, cost), &billed)| {
            let expected = rate.compute(billed, MemoryMb::new(memory).unwrap());
            (cost - expected).abs() < 1e-18
        })
}

#[test]
fn points_stand_on_warm_samples_of_working_sizes() {
    let rows = rows(&fixture::run(), BillingStep::AsMeasured);
    let durations: Vec<(u32, f64)> = rows.iter().map(|row| (row.0, row.1)).collect();
    assert_eq!(durations, [(128, 100.5), (256, 40.5), (512, 30.5)]);
    assert!(costs(&rows, &[101.0, 41.0, 31.0]), "{rows:?}");
}

#[test]
fn aws_bills_the_sum_so_that_no_sample_is_trimmed() {
    let slow = [10.0, 30.5, 30.5, 30.5, 900.0];
    let run = fixture::run_of(fixture::measured(vec![fixture::size(512, &slow)]));
    let rows = rows(&run, BillingStep::AsMeasured);
    assert!((rows[0].1 - 200.3).abs() < 1e-9, "{rows:?}");
    assert!(costs(&rows, &[1003.0 / 5.0]), "{rows:?}");
    let curve = run.curve(BillingStep::AsMeasured);
    let interval = curve.points[0].cost_interval.unwrap();
    let smallest = run
        .measured()
        .unwrap()
        .rate()
        .compute(10.0, fixture::memory(512));
    assert!(interval.low >= smallest && interval.high > curve.points[0].cost_usd);
}

#[test]
fn the_billing_step_is_applied_to_each_sample() {
    let run = fixture::run();
    assert!(costs(&rows(&run, BillingStep::OneMs), &[101.0, 41.0, 31.0]));
    assert!(costs(
        &rows(&run, BillingStep::HundredMs),
        &[200.0, 100.0, 100.0]
    ));
    // Without ceilings of means: 1 and 101 ms are billed 100 and 200 ms, 150 on average.
    let measured = fixture::measured(vec![fixture::size(128, &[1.0, 101.0])]);
    let run = fixture::run_of(measured);
    assert!(costs(&rows(&run, BillingStep::HundredMs), &[150.0]));
}

#[test]
fn intervals_hold_the_mean() {
    let curve = fixture::run().curve(BillingStep::AsMeasured);
    let point = curve.point(fixture::memory(512)).unwrap();
    assert_eq!(point.samples, 5);
    let interval = point.duration_interval.unwrap();
    assert!(interval.low <= 30.5 && 30.5 <= interval.high);
    assert!(point.cost_interval.is_some());
}

#[test]
fn samples_with_errors_count_only_when_allowed() {
    let mut size = fixture::size(128, &[10.0; 5]);
    size.samples[1].error = Some("Boom".to_owned());
    size.samples[1].duration_ms = 1.0;
    let count = |size: &SizeRun| {
        let measured = fixture::measured(vec![size.clone()]);
        fixture::run_of(measured)
            .curve(BillingStep::AsMeasured)
            .points[0]
            .samples
    };
    assert_eq!(count(&size), 4);
    size.samples[1].error_allowed = true;
    assert_eq!(count(&size), 5);
}

#[test]
fn dropped_sizes_have_a_point_and_others_have_none() {
    let states = [
        (SizeState::Dropped, 1),
        (SizeState::Pending, 0),
        (SizeState::Skipped("why".to_owned()), 0),
    ];
    for (state, points) in states {
        let mut size = fixture::size(128, &[10.0; 5]);
        size.state = state;
        let run = fixture::run_of(fixture::measured(vec![size]));
        assert_eq!(run.curve(BillingStep::AsMeasured).points.len(), points);
    }
    let cold_only = fixture::run_of(fixture::measured(vec![fixture::size(128, &[])]));
    assert!(cold_only.curve(BillingStep::AsMeasured).points.is_empty());
}

#[test]
fn cold_start_runs_measure_the_whole_start() {
    let mut size = fixture::size(128, &[10.0; 5]);
    let mut restored = fixture::sample(SampleKind::Restored, 300.0);
    restored.restore_ms = Some(200.0);
    restored.billed_restore_ms = Some(50.0);
    size.samples.push(restored);
    let mut measured = fixture::measured(vec![size]);
    measured.plan.sampling.only_cold_starts = true;
    let rows = rows(&fixture::run_of(measured), BillingStep::AsMeasured);
    // (500 + 100) and (300 + 200) ms; billed 500 and 350 ms.
    assert_eq!(rows[0].1, 550.0);
    assert!(costs(&rows, &[425.0]), "{rows:?}");
}

#[test]
fn the_recommended_size_keeps_to_the_plan() {
    let recommended = |change: fn(&mut crate::power::Plan)| {
        let RunOrigin::Measured(mut measured) = fixture::run().origin else {
            panic!("the fixture is measured");
        };
        change(&mut measured.plan);
        let picked = fixture::run_of(*measured).recommended();
        picked.map(MemoryMb::megabytes)
    };
    assert_eq!(recommended(|_| {}), Some(256));
    assert_eq!(
        recommended(|plan| plan.goal.strategy = crate::power::Strategy::Speed),
        Some(512)
    );
    assert_eq!(
        recommended(|plan| plan.limits.max_duration_ms = Some(35.0)),
        Some(512)
    );
    assert_eq!(
        recommended(|plan| plan.limits.max_duration_ms = Some(1.0)),
        None
    );
    assert_eq!(recommended(|plan| plan.dry_run = true), None);
}

#[test]
fn only_runs_that_were_not_cut_short_pick_a_size() {
    for (state, picked) in [
        (RunState::Running, Some(256)),
        (RunState::Finished, Some(256)),
        (RunState::Cancelled, None),
        (RunState::Failed("no more".to_owned()), None),
    ] {
        let mut run = fixture::run();
        run.measured_mut().unwrap().state = state;
        let curve = run.curve(BillingStep::HundredMs);
        let on_curve = run.measured().unwrap().pick(&curve);
        assert_eq!(run.recommended().map(MemoryMb::megabytes), picked);
        assert_eq!(on_curve.is_some(), picked.is_some());
    }
}
