//! What a run found, and how it says so.

use super::*;
use crate::power::evaluation::Confidence;
use crate::power::fixture::{measured, memory, run_of, size};
use crate::power::{BillingStep, SampleCount, SizeRun, SizeState, Surcharges};

/// So many samples around a duration, in milliseconds, spread by a share.
fn around(ms: f64, spread: f64, count: usize) -> Vec<f64> {
    let off = |at: usize| ((at * 7 % 11) as f64 / 10.0 - 0.5) * spread;
    (0..count).map(|at| ms * (1.0 + off(at))).collect()
}

fn found(sizes: &[(u32, f64)], spread: f64) -> (Finding, MeasuredRun) {
    let sizes = sizes
        .iter()
        .map(|&(mb, ms)| size(mb, &around(ms, spread, 20)));
    let measured = measured(sizes.collect());
    (Finding::of(&measured).unwrap(), measured)
}

#[test]
fn one_size_that_is_cheapest_is_said_with_how_sure_that_is() {
    let (finding, _) = found(&[(128, 8000.0), (256, 3000.0), (512, 2500.0)], 0.02);
    assert_eq!(finding.recommended, memory(256));
    assert_eq!(
        finding.sentence(),
        "256 MB costs at most 2 % more than the cheapest size (95 % sure)"
    );
}

#[test]
fn sizes_that_cannot_be_told_apart_are_named_with_the_fastest() {
    let (finding, _) = found(
        &[(128, 8000.0), (256, 4020.0), (512, 2015.0), (1024, 1800.0)],
        0.005,
    );
    assert_eq!(finding.recommended, memory(512));
    assert_eq!(
        finding.sentence(),
        "128 to 512 MB: none is shown to cost over 2 % more than the cheapest (95 % sure it is one of them); \
         the fastest of them is 512 MB (3.97x faster than 128 MB, estimated +0.8 %)"
    );
}

#[test]
fn that_nobody_can_tell_is_an_answer() {
    let (finding, _) = found(&[(128, 800.0), (256, 402.0)], 1.8);
    assert_eq!(finding.evaluation.confidence, Confidence::CannotTell);
    let sentence = finding.sentence();
    let start = "Cannot tell which of 128 and 256 MB is cheapest by these samples; ";
    assert!(sentence.starts_with(start), "{sentence}");
    assert_eq!(finding.recommended, finding.evaluation.best);
}

#[test]
fn each_strategy_compares_by_its_own_figure() {
    let sizes = [(128, 8000.0), (256, 4100.0), (512, 2500.0)];
    let mut run = found(&sizes, 0.005).1;
    run.plan.goal.strategy = Strategy::Speed;
    let fastest = Finding::of(&run).unwrap();
    assert_eq!(
        fastest.sentence(),
        "512 MB is at most 2 % slower than the fastest size (95 % sure)"
    );
    run.plan.goal.strategy = Strategy::Balanced;
    let balanced = Finding::of(&run).unwrap();
    assert_eq!(balanced.recommended, memory(512));
    assert!(balanced.sentence().contains("the best balance"));
}

#[test]
fn sizes_that_are_too_slow_or_do_not_work_are_out() {
    let sizes = [(128, 8000.0), (256, 4600.0), (512, 2600.0)];
    let mut run = found(&sizes, 0.005).1;
    assert_eq!(Finding::of(&run).unwrap().recommended, memory(128));
    run.plan.limits.max_duration_ms = Some(5000.0);
    assert_eq!(Finding::of(&run).unwrap().recommended, memory(256));
    run.sizes[1].state = SizeState::Infeasible("it broke".to_owned());
    assert_eq!(Finding::of(&run).unwrap().recommended, memory(512));
    run.plan.limits.max_duration_ms = Some(1.0);
    assert_eq!(Finding::of(&run), None);
}

#[test]
fn nothing_is_found_where_nothing_may_be_picked() {
    let mut run = found(&[(128, 8000.0), (256, 3000.0)], 0.02).1;
    run.state = RunState::Cancelled;
    assert_eq!(Finding::of(&run), None);
    let few = measured(vec![size(128, &[80.0; 3])]);
    assert_eq!(Finding::of(&few), None);
}

#[test]
fn what_failed_leaves_its_round_without_a_sample() {
    let mut run = found(&[(128, 8000.0), (256, 3000.0)], 0.02).1;
    run.sizes[0].samples[3].error = Some("Boom".to_owned());
    let series = series::compared(&run.plan, &run.sizes, &run.rate());
    assert_eq!((series[0].rounds, series[1].rounds), (20, 20));
    let rounds: Vec<usize> = series[0].samples.iter().map(|it| it.round).collect();
    assert_eq!(rounds[..4], [0, 1, 3, 4]);
}

#[test]
fn slow_samples_that_make_the_bill_are_said_and_what_cannot_have_been_seen() {
    let mut durations = vec![100.0; 19];
    durations.push(2000.0);
    let run = measured(vec![size(128, &durations)]);
    let notes = Finding::of(&run).unwrap().notes(&run);
    assert_eq!(
        notes,
        [
            "The mean is 1.95 times the trimmed mean; the slowest 5 % of the samples make 51 % of the bill.",
            "128 MB has 20 samples: what happens in fewer than 1 of 7 invocations may not have been seen.",
        ]
    );
}

/// An auto run that has so many rounds of each size.
fn auto(sizes: &[(u32, f64)], spread: f64, rounds: usize) -> MeasuredRun {
    let sizes = sizes
        .iter()
        .map(|&(mb, ms)| size(mb, &around(ms, spread, rounds)));
    let mut run = measured(sizes.collect());
    run.plan.num = SampleCount::Auto;
    run
}

/// Where it stands when the function has this size.
fn course_of(run: &MeasuredRun, current: u32) -> Course {
    Course::of(&run.plan, &run.sizes, memory(current), &run.rate())
}

#[test]
fn storage_that_is_charged_makes_slow_sizes_dearer() {
    let mut run = found(&[(128, 8000.0), (256, 4100.0)], 0.001).1;
    let lowest = |run: &MeasuredRun| Finding::of(run).unwrap().evaluation.best;
    assert_eq!(lowest(&run), memory(128));
    // 9.5 GB of /tmp cost as much as 18 MB of memory.
    run.preflight.surcharges = Some(Surcharges {
        storage_mb: 10_240,
        snapshots: false,
    });
    assert_eq!(lowest(&run), memory(256));
    let run = run_of(run);
    let points = run.curve(BillingStep::AsMeasured).points;
    assert!(points[0].cost_usd > points[1].cost_usd, "{points:?}");
}

#[test]
fn an_auto_run_begins_with_its_first_rounds_and_goes_on_with_what_is_left() {
    let sizes = [(128, 8000.0), (256, 4010.0), (512, 9000.0)];
    let start = auto(&sizes, 0.2, 0);
    let course = course_of(&start, 128);
    let rounds: Vec<usize> = course.wanted.values().copied().collect();
    assert_eq!((rounds, course.is_over), (vec![6, 6, 6], false));
    let looked = auto(&sizes, 0.2, 6);
    let course = course_of(&looked, 128);
    assert_eq!(course.dropped, [memory(512)]);
    let wanted: Vec<(u32, usize)> = course
        .wanted
        .iter()
        .map(|(size, n)| (size.megabytes(), *n))
        .collect();
    assert_eq!((wanted, course.is_over), (vec![(128, 7), (256, 7)], false));
}

#[test]
fn what_is_named_is_topped_up_before_an_auto_run_is_over() {
    let sizes = [(128, 8000.0), (256, 3000.0), (512, 2500.0)];
    let mut run = auto(&sizes, 0.02, 6);
    let course = course_of(&run, 512);
    assert_eq!(
        course.wanted.into_iter().collect::<Vec<_>>(),
        [(memory(256), 20), (memory(512), 20)]
    );
    assert_eq!((course.dropped, course.is_over), (vec![memory(128)], false));
    let more = auto(&sizes, 0.02, 20).sizes;
    run.sizes = vec![run.sizes[0].clone(), more[1].clone(), more[2].clone()];
    assert!(course_of(&run, 512).is_over);
    let finding = Finding::of(&run).unwrap();
    assert_eq!(
        (finding.stopped, finding.recommended),
        (Stopped::Known, memory(256))
    );
}

#[test]
fn an_auto_run_that_was_cut_says_so() {
    let mut run = auto(&[(128, 800.0), (256, 402.0)], 1.8, 7);
    assert_eq!(Finding::of(&run).unwrap().stopped, Stopped::Cap);
    run.state = RunState::Running;
    let finding = Finding::of(&run).unwrap();
    assert_eq!(finding.stopped, Stopped::Running);
    assert!(
        finding.sentence().contains("cheapest so far; "),
        "{}",
        finding.sentence()
    );
}

#[test]
fn nothing_is_dropped_for_cost_where_speed_is_asked_for() {
    let mut run = auto(&[(128, 8000.0), (256, 4010.0), (512, 3900.0)], 0.2, 6);
    run.plan.goal.strategy = Strategy::Speed;
    let course = course_of(&run, 128);
    assert_eq!((course.dropped, course.wanted.len()), (vec![], 3));
}

#[test]
fn the_first_invocation_of_an_environment_is_of_no_round() {
    let run = auto(&[(128, 8000.0)], 0.02, 7);
    let rounds: Vec<usize> = run
        .sizes
        .iter()
        .map(|size: &SizeRun| size.rounds(&run.plan))
        .collect();
    assert_eq!(rounds, [7]);
}

#[test]
fn a_size_near_a_limit_is_not_dropped_before_its_samples_tell() {
    let sizes = [(128, 8000.0), (256, 3000.0), (512, 3000.0)];
    let limit = |run: &mut MeasuredRun, limit: &str| {
        run.plan.limits = run.plan.limits.with(limit.parse().unwrap());
    };
    let of_256 = |run: &MeasuredRun| course_of(run, 256);
    let mut run = auto(&sizes, 0.02, 6);
    assert_eq!(of_256(&run).dropped, [memory(128), memory(512)]);
    // 512 MB lies within twice the limit: 29 samples tell of a p90.
    limit(&mut run, "p90:5s");
    let next = of_256(&run);
    assert!(!next.is_over && next.dropped.is_empty(), "{next:?}");
    assert_eq!(next.wanted[&memory(512)], 7);
    let mut run = auto(&sizes, 0.02, 29);
    run.sizes[0] = auto(&sizes, 0.02, 6).sizes[0].clone();
    limit(&mut run, "p90:5s");
    let last = of_256(&run);
    assert_eq!((last.dropped, last.is_over), (vec![memory(512)], true));
    let finding = Finding::of(&run).unwrap();
    assert_eq!(finding.recommended, memory(256));
    assert!(
        finding
            .sentence()
            .starts_with("With p90 within 5.00 s: 256 MB costs")
    );
    // Far from a limit nothing is awaited.
    let mut far = auto(&sizes, 0.02, 6);
    limit(&mut far, "p90:60s");
    assert_eq!(of_256(&far).dropped, [memory(128), memory(512)]);
}

#[test]
fn a_percentile_over_its_limit_rules_a_size_out_though_its_mean_is_not() {
    let mut slow = vec![100.0; 16];
    slow.extend([900.0; 4]);
    let mut run = measured(vec![size(128, &slow), size(256, &[120.0; 20])]);
    run.plan.limits.max_duration_ms = Some(500.0);
    assert_eq!(Finding::of(&run).unwrap().recommended, memory(256));
    run.sizes[0] = size(128, &[100.0; 20]);
    assert_eq!(Finding::of(&run).unwrap().recommended, memory(128));
    run.sizes[0] = size(128, &slow);
    run.plan.limits = run.plan.limits.with_only(&["p90:500ms".parse().unwrap()]);
    assert_eq!(Finding::of(&run).unwrap().recommended, memory(256));
}

#[test]
fn the_fastest_of_the_set_is_compared_by_cost_whatever_the_strategy() {
    let sizes = [(128, 8000.0), (256, 4200.0), (512, 2300.0), (1024, 2000.0)];
    let mut run = found(&sizes, 0.005).1;
    run.plan.goal.strategy = Strategy::Speed;
    run.plan.limits.within_percent = Some(20.0);
    let finding = Finding::of(&run).unwrap();
    assert_eq!(finding.recommended, memory(512));
    assert!(
        finding
            .sentence()
            .contains("none is shown to cost over 20 % more")
    );
}

#[test]
fn what_is_not_measured_yet_is_said_with_what_is() {
    let sizes = [(128, 8000.0), (256, 3000.0), (512, 2500.0)];
    let mut run = found(&sizes, 0.02).1;
    run.state = RunState::Running;
    run.sizes[0] = size(128, &around(8000.0, 0.02, 2));
    run.sizes[0].state = SizeState::Pending;
    let sentence = Finding::of(&run).unwrap().sentence();
    assert_eq!(
        sentence,
        "2 of 3 sizes measured so far. 256 MB costs at most 2 % more than the cheapest size (95 % sure)"
    );
    run.sizes[1].state = SizeState::Skipped("the cost cap was reached".to_owned());
    let finding = Finding::of(&run).unwrap();
    assert!(finding.is_open());
    assert_eq!(
        finding.sentence(),
        "Only 512 MB has samples enough to say anything of it so far; 2 sizes have not"
    );
    run.sizes.truncate(1);
    run.sizes[0] = size(128, &around(8000.0, 0.02, 8));
    assert_eq!(
        Finding::of(&run).unwrap().sentence(),
        "128 MB is the only size to choose from"
    );
}

#[test]
fn a_lowest_estimate_that_is_not_the_lowest_mean_is_explained() {
    let mut slow = around(100.0, 0.02, 19);
    slow.push(200.0);
    let run = measured(vec![size(128, &slow), size(256, &around(52.0, 0.02, 20))]);
    let finding = Finding::of(&run).unwrap();
    let (best, lowest) = (finding.evaluation.best, finding.evaluation.lowest_mean());
    let notes = finding.notes(&run).join(" ");
    assert_eq!(
        notes.contains(&format!(
            "By the mean of its samples {lowest} MB costs least"
        )),
        best != lowest,
        "{notes}"
    );
    assert_ne!(best, lowest, "the case is one of both");
}

#[test]
fn where_nobody_can_tell_the_current_size_may_stay() {
    let mut run = found(&[(128, 800.0), (256, 402.0)], 1.8).1;
    let finding = Finding::of(&run).unwrap();
    let other = if finding.recommended == memory(128) {
        256
    } else {
        128
    };
    run.current_memory = memory(other);
    let notes = finding.notes(&run);
    assert_eq!(
        notes[0],
        format!("The current {other} MB may be cheapest as well: no reason to change is shown.")
    );
    run.current_memory = finding.recommended;
    assert!(!finding.notes(&run)[0].contains("no reason"));
}
