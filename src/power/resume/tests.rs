//! Which runs can be gone on with, and what their records begin anew with.

use super::*;
use crate::power::fixture::{self, memory, run_of, size};
use crate::power::{SampleCount, SampleKind, SizeRun};

/// A run of 20 samples per size that was cut off: one size has 20, one 7, one none; one does not work.
fn cut() -> Run {
    let mut broken = size(1024, &[]);
    broken.state = SizeState::Infeasible("it timed out".to_owned());
    let none = SizeRun::pending(memory(512));
    let sizes = vec![size(128, &[100.5; 20]), size(256, &[40.5; 7]), none, broken];
    let mut measured = fixture::measured(sizes);
    measured.plan.num = SampleCount::Fixed(20);
    measured.state = RunState::Running;
    let mut run = run_of(measured);
    run.cut_off();
    run
}

fn plan_of(run: &Run) -> Result<Plan, ResumeError> {
    Resumption::of(run.id.clone()).plan(run)
}

fn change(change: impl FnOnce(&mut MeasuredRun)) -> Run {
    let mut run = cut();
    change(run.measured_mut().unwrap());
    run
}

#[test]
fn a_run_that_was_cut_off_is_gone_on_with_by_its_own_plan() {
    let run = cut();
    assert_eq!(plan_of(&run).unwrap(), run.measured().unwrap().plan);
    for state in [RunState::Cancelled, RunState::Failed("lost".to_owned())] {
        assert!(plan_of(&change(|it| it.state = state)).is_ok());
    }
    let capped = change(|it| it.state = RunState::Finished);
    assert!(plan_of(&capped).is_ok(), "sizes miss their samples");
}

#[test]
fn sizes_are_added_to_a_run_that_is_whole() {
    let whole = change(|it| {
        it.state = RunState::Finished;
        it.plan.sizes = vec![memory(128)];
        it.sizes.retain(|size| size.memory_mb == memory(128));
    });
    let wanted = Resumption {
        added: vec![memory(256), memory(192)],
        ..Resumption::of(whole.id.clone())
    };
    let plan = wanted.plan(&whole).unwrap();
    assert_eq!(plan.sizes, [128, 192, 256].map(memory));
    let now = whole.started;
    let opened = reopened(whole, &plan, now);
    let measured = opened.measured().unwrap();
    let sizes: Vec<_> = measured
        .sizes
        .iter()
        .map(|it| (it.memory_mb, it.samples.len()))
        .collect();
    assert_eq!(
        sizes,
        [(memory(128), 21), (memory(192), 0), (memory(256), 0)]
    );
    assert_eq!(measured.sizes[0].state, SizeState::Ok, "it has its samples");
    assert_eq!(measured.sizes[1].state, SizeState::Pending);
    // Only sizes that are there already are no reason to go on.
    let wanted = Resumption {
        added: vec![memory(128)],
        ..wanted
    };
    assert!(matches!(wanted.plan(&opened), Err(ResumeError::Running(_))));
}

#[test]
fn sizes_half_way_to_the_neighbours_are_near() {
    let sizes = [128, 256, 512, 1024].map(memory);
    let near = |pick| around(&sizes, memory(pick));
    assert_eq!(near(512), [memory(384), memory(768)]);
    assert_eq!(near(256), [memory(192), memory(384)]);
    assert_eq!(near(128), [memory(192)]);
    assert_eq!(near(1024), [memory(768)]);
    assert_eq!(around(&[128, 192].map(memory), memory(192)), []);
    assert_eq!(around(&[1000, 1010].map(memory), memory(1000)), []);
}

#[test]
fn a_run_that_cannot_be_gone_on_with_says_why() {
    let whole = change(|it| {
        it.state = RunState::Finished;
        it.sizes.retain(|size| size.memory_mb == memory(128));
    });
    let dry = change(|it| it.plan.dry_run = true);
    let alive = change(|it| it.state = RunState::Running);
    for (run, words) in [
        (whole, "has all its samples"),
        (dry, "is a dry run"),
        (alive, "still under way"),
    ] {
        let error = plan_of(&run).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert!(!error.is_of_usage());
    }
}

#[test]
fn money_that_is_spent_needs_a_higher_cap() {
    let run = change(|it| it.plan.max_cost_usd = Some(1e-9));
    let error = plan_of(&run).unwrap_err();
    assert!(error.is_of_usage());
    assert!(error.to_string().contains("--max-cost"), "{error}");
    let higher = Resumption {
        max_cost_usd: Some(1.0),
        ..Resumption::of(run.id.clone())
    };
    assert_eq!(higher.plan(&run).unwrap().max_cost_usd, Some(1.0));
}

#[test]
fn a_payload_that_was_not_kept_is_asked_for_and_another_one_refused() {
    let private = change(|it| it.plan.payload = Payload::Redacted);
    let error = plan_of(&private).unwrap_err().to_string();
    assert!(error.contains("--payload"), "{error}");
    let with = |run: &Run| {
        let resumption = Resumption {
            payload: Some(Payload::Single(7.into())),
            ..Resumption::of(run.id.clone())
        };
        resumption.plan(run)
    };
    assert_eq!(with(&private).unwrap().payload, Payload::Single(7.into()));
    assert!(matches!(with(&cut()), Err(ResumeError::OtherPayload(_))));
}

#[test]
fn sizes_that_miss_samples_are_open_again_and_the_others_stay() {
    let run = cut();
    let plan = plan_of(&run).unwrap();
    let again = reopened(run.clone(), &plan, Timestamp::UNIX_EPOCH);
    let (before, after) = (run.measured().unwrap(), again.measured().unwrap());
    let states: Vec<&SizeState> = after.sizes.iter().map(|size| &size.state).collect();
    assert_eq!(
        states[..3],
        [&SizeState::Ok, &SizeState::Pending, &SizeState::Pending]
    );
    assert!(matches!(states[3], SizeState::Infeasible(_)));
    let marks: Vec<&[usize]> = after.sizes.iter().map(|it| &*it.resumed_after).collect();
    assert_eq!(marks, [&[][..], &[8], &[], &[]]);
    assert_eq!(before.invocations(), after.invocations());
    assert_eq!(after.usage.spent_usd, before.usage.spent_usd);
    assert_eq!(after.state, RunState::Running);
    assert!(
        after
            .warnings
            .last()
            .unwrap()
            .contains("1970-01-01 00:00 UTC")
    );
}

#[test]
fn new_environments_after_a_break_take_no_round() {
    let plan = fixture::draft().build().unwrap();
    let mut size = size(256, &[40.0; 6]);
    size.resumed_after = vec![7];
    size.samples.push(fixture::sample(SampleKind::Cold, 90.0));
    size.samples.push(fixture::sample(SampleKind::Warm, 41.0));
    assert_eq!(size.rounds(&plan), 7);
    size.resumed_after.clear();
    assert_eq!(size.rounds(&plan), 8, "the environment was lost in a round");
}

#[test]
fn code_is_told_by_what_changes_a_measurement() {
    let function = fixture::function();
    let of = |change: fn(&mut Function)| {
        let mut other = function.clone();
        change(&mut other);
        code_of(&other)
    };
    let same = code_of(&function);
    assert_eq!(of(|it| it.memory = memory(512)), same);
    assert_eq!(of(|it| "iacstone".clone_into(&mut it.description)), same);
    assert_eq!(of(|it| "2".clone_into(&mut it.status.revision)), same);
    assert_ne!(of(|it| "new".clone_into(&mut it.code.sha256)), same);
    assert_ne!(of(|it| it.settings = 7), same);
    assert_ne!(of(|it| it.hosting.storage_mb = Some(2048)), same);
}
