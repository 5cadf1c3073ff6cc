//! The schedule as a story: versions come, invocations land, sizes end.

use super::*;
use crate::lambda::{Architecture, FunctionRef};
use crate::power::{
    Apply, FigureLimits, Goal, Payload, PickLimits, Prices, SampleKind, SampledCall, Sampling,
    Strategy, Weight,
};

pub(in crate::tuner) fn mb(size: u32) -> MemoryMb {
    MemoryMb::new(size).unwrap()
}

pub(in crate::tuner) fn plan(sizes: &[u32], num: u32) -> Plan {
    Plan {
        function: FunctionRef::parse("no-op").unwrap(),
        sizes: sizes.iter().map(|&size| mb(size)).collect(),
        num: num.into(),
        payload: Payload::None,
        goal: Goal {
            strategy: Strategy::Cost,
            balanced_weight: Weight::default(),
        },
        sampling: Sampling {
            environments: 1,
            only_cold_starts: false,
            discard: 0.2,
            sleep_between: std::time::Duration::ZERO,
            allowed_exceptions: vec![],
            pre_processor: None,
            post_processor: None,
            tenant_id: None,
            response_stream: false,
        },
        log_payloads: true,
        max_cost_usd: None,
        limits: PickLimits {
            max_duration_ms: None,
            within_percent: None,
            tolerance_percent: None,
            limits_ms: FigureLimits::default(),
        },
        prices_of: None,
        dry_run: false,
        apply: Apply::No,
    }
}

fn schedule(plan: &Plan) -> Schedule {
    let rate = Prices::bundled()
        .rate("us-east-1", Architecture::X86_64)
        .unwrap();
    Schedule::new(plan, Budget::new(plan.max_cost_usd, rate), None, mb(128))
}

/// A schedule with one version of 128 MB to invoke.
fn ready(plan: &Plan) -> Schedule {
    let mut schedule = schedule(plan);
    schedule.ready(mb(128), "1".into());
    schedule
}

fn sample(kind: SampleKind) -> Sample {
    Sample {
        kind,
        duration_ms: 99.5,
        billed_ms: 100.0,
        init_ms: None,
        restore_ms: None,
        billed_restore_ms: None,
        max_memory_used_mb: None,
        error: None,
        error_allowed: false,
        client_timing: false,
        call: SampledCall::default(),
    }
}

fn failed(words: &str) -> Sample {
    Sample {
        error: Some(words.to_owned()),
        ..sample(SampleKind::Warm)
    }
}

/// Lets every invocation land at once with what `answer` says; gives how many there were per size.
fn play(
    schedule: &mut Schedule,
    answer: impl Fn(&InvocationRequest) -> (Sample, InvocationFate),
) -> BTreeMap<u32, u32> {
    let mut landed = BTreeMap::new();
    while let Some(request) = schedule.next() {
        let (sample, fate) = answer(&request);
        *landed.entry(request.memory.megabytes()).or_default() += 1;
        schedule.record(request.memory, &sample, fate);
    }
    landed
}

fn natural(request: &InvocationRequest) -> (Sample, InvocationFate) {
    let kind = if request.expect_cold {
        SampleKind::Cold
    } else {
        SampleKind::Warm
    };
    (sample(kind), InvocationFate::Fine)
}

#[test]
fn each_size_gets_its_warm_samples_after_one_cold_start() {
    let mut schedule = schedule(&plan(&[128, 256], 5));
    schedule.ready(mb(128), "1".into());
    schedule.ready(mb(256), "2".into());
    assert_eq!(
        play(&mut schedule, natural),
        BTreeMap::from([(128, 6), (256, 6)])
    );
    assert!(schedule.is_done());
}

#[test]
fn a_size_without_a_version_waits_while_others_go_on() {
    let mut schedule = schedule(&plan(&[128, 256], 5));
    schedule.ready(mb(256), "1".into());
    assert_eq!(play(&mut schedule, natural), BTreeMap::from([(256, 6)]));
    assert!(!schedule.is_done());
    assert!(schedule.next().is_none());
}

#[test]
fn no_size_has_more_in_flight_than_environments() {
    let mut plan = plan(&[128], 20);
    plan.sampling.environments = 3;
    let mut schedule = schedule(&plan);
    schedule.ready(mb(128), "1".into());
    let first: Vec<_> = std::iter::from_fn(|| schedule.next()).collect();
    assert_eq!(first.len(), 3);
    assert!(
        first.iter().all(|request| request.expect_cold),
        "every lane warms up its own"
    );
    schedule.record(mb(128), &sample(SampleKind::Cold), InvocationFate::Fine);
    let next: Vec<_> = std::iter::from_fn(|| schedule.next()).collect();
    assert_eq!(next.len(), 1);
    assert!(!next[0].expect_cold);
}

#[test]
fn a_cold_start_in_the_middle_is_sampled_again() {
    let mut schedule = schedule(&plan(&[128], 5));
    schedule.ready(mb(128), "1".into());
    let landed = play(&mut schedule, |request| {
        let kind = if request.turn == 3 {
            SampleKind::Cold
        } else {
            natural(request).0.kind
        };
        (sample(kind), InvocationFate::Fine)
    });
    assert_eq!(landed, BTreeMap::from([(128, 7)]));
}

#[test]
fn a_function_that_never_gets_warm_does_not_go_on_for_ever() {
    let mut schedule = schedule(&plan(&[128], 10));
    schedule.ready(mb(128), "1".into());
    let landed = play(&mut schedule, |_| {
        (sample(SampleKind::Cold), InvocationFate::Fine)
    });
    assert_eq!(landed, BTreeMap::from([(128, 16)]));
    assert!(schedule.is_done());
}

#[test]
fn death_by_memory_gives_up_the_smaller_sizes_too() {
    let mut schedule = schedule(&plan(&[128, 256, 512], 5));
    schedule.ready(mb(256), "1".into());
    let mut ended = Vec::new();
    while let Some(request) = schedule.next() {
        ended.extend(schedule.record(
            request.memory,
            &failed("signal: killed"),
            InvocationFate::OutOfMemory,
        ));
    }
    assert_eq!(
        ended.iter().map(|change| change.memory).collect::<Vec<_>>(),
        [mb(256), mb(128)]
    );
    assert!(
        ended
            .iter()
            .all(|change| matches!(change.state, SizeState::Infeasible(_)))
    );
    assert_eq!(schedule.settled(), BTreeSet::from([mb(128), mb(256)]));
}

#[test]
fn a_few_failures_are_replaced_and_many_make_a_size_infeasible() {
    let mut flaky = schedule(&plan(&[128], 10));
    flaky.ready(mb(128), "1".into());
    let landed = play(&mut flaky, |request| match request.turn {
        4 => (failed("FlakyError"), InvocationFate::Failed),
        _ => natural(request),
    });
    assert_eq!(landed, BTreeMap::from([(128, 12)]));

    let mut broken = schedule(&plan(&[128], 10));
    broken.ready(mb(128), "1".into());
    let mut changes = Vec::new();
    while let Some(request) = broken.next() {
        changes.extend(broken.record(request.memory, &failed("Boom: no"), InvocationFate::Failed));
    }
    let state = SizeState::Infeasible("Boom: no".into());
    assert_eq!(
        changes,
        [StateChange {
            memory: mb(128),
            state
        }]
    );
}

#[test]
fn allowed_exceptions_count() {
    let mut schedule = schedule(&plan(&[128], 5));
    schedule.ready(mb(128), "1".into());
    let allowed = Sample {
        error_allowed: true,
        ..failed("NotToday")
    };
    let landed = play(&mut schedule, |_| (allowed.clone(), InvocationFate::Fine));
    assert_eq!(landed, BTreeMap::from([(128, 5)]));
}

#[test]
fn the_cost_cap_stops_before_it_is_passed() {
    let cap = 1e-5;
    let mut schedule = schedule(&Plan {
        max_cost_usd: Some(cap),
        ..plan(&[128], 1000)
    });
    schedule.ready(mb(128), "1".into());
    play(&mut schedule, natural);
    assert!(schedule.hit_cap());
    assert!(schedule.spent_usd() <= cap && schedule.spent_usd() > 0.9 * cap);
    let ended = StateChange {
        memory: mb(128),
        state: SizeState::Ok,
    };
    assert_eq!(schedule.take_changes(), [ended]);
}

#[test]
fn cold_starts_only_takes_a_new_version_for_each_sample() {
    let mut plan = plan(&[128], 5);
    plan.sampling.only_cold_starts = true;
    let mut schedule = schedule(&plan);
    for version in 1..=5 {
        schedule.ready(mb(128), version.to_string());
    }
    let mut versions = Vec::new();
    while let Some(request) = schedule.next() {
        versions.push(request.version.clone());
        schedule.record(
            request.memory,
            &sample(SampleKind::Cold),
            InvocationFate::Fine,
        );
    }
    assert_eq!(versions, ["1", "2", "3", "4", "5"]);
    assert!(schedule.is_done());
}

#[test]
fn a_dry_run_invokes_each_size_once() {
    let mut schedule = schedule(&Plan {
        dry_run: true,
        ..plan(&[128, 256], 1)
    });
    schedule.ready(mb(128), "1".into());
    schedule.ready(mb(256), "2".into());
    assert_eq!(
        play(&mut schedule, natural),
        BTreeMap::from([(128, 1), (256, 1)])
    );
    assert!(schedule.is_done());
}

#[test]
fn calls_that_fail_again_and_again_end_the_size() {
    let mut schedule = schedule(&plan(&[128], 5));
    schedule.ready(mb(128), "1".into());
    let mut changes = Vec::new();
    while let Some(request) = schedule.next() {
        changes.extend(schedule.miss(request.memory, "no answer", Missed::Unclear));
    }
    let state = SizeState::Skipped("no answer".into());
    assert_eq!(
        changes,
        [StateChange {
            memory: mb(128),
            state
        }]
    );
}

#[test]
fn a_cold_start_that_failed_is_asked_again_until_the_function_counts_as_failing() {
    let mut plan = plan(&[256], 5);
    plan.sampling.only_cold_starts = true;
    let mut schedule = schedule(&plan);
    schedule.ready(mb(256), "1".to_owned());
    for _ in 0..2 {
        let request = schedule.next().unwrap();
        assert_eq!(request.version, "1");
        let changes = schedule.record(request.memory, &failed("broken"), InvocationFate::Failed);
        assert!(changes.is_empty() && schedule.next().is_none());
        assert!(schedule.retry(mb(256)));
    }
    let request = schedule.next().unwrap();
    schedule.record(request.memory, &failed("broken"), InvocationFate::Failed);
    assert_eq!(schedule.failure(mb(256)), Some("broken"));
    assert!(!schedule.retry(mb(256)));
}

#[test]
fn what_was_surely_not_run_costs_nothing_and_what_was_perhaps_run_as_much_as_the_dearest() {
    let mut schedule = ready(&plan(&[128], 5));
    let memory = schedule.next().unwrap().memory;
    schedule.record(memory, &sample(SampleKind::Cold), InvocationFate::Fine);
    let dearest = schedule.spent_usd();
    schedule.next().unwrap();
    schedule.miss(memory, "denied", Missed::NotRun);
    assert_eq!(schedule.spent_usd(), dearest);
    schedule.next().unwrap();
    schedule.miss(memory, "no answer", Missed::Unclear);
    assert_eq!(schedule.spent_usd(), 2.0 * dearest);
}

#[test]
fn a_first_call_without_an_answer_is_booked_once_the_cost_is_known_and_ends_a_run_with_a_cap() {
    let mut free = ready(&plan(&[128], 5));
    let memory = free.next().unwrap().memory;
    free.miss(memory, "no answer", Missed::Unclear);
    assert_eq!(free.spent_usd(), 0.0);
    free.next().unwrap();
    let costs = sample(SampleKind::Cold);
    free.record(memory, &costs, InvocationFate::Fine);
    let mut other = ready(&plan(&[128], 5));
    other.spend(memory, &costs);
    assert_eq!(free.spent_usd(), 2.0 * other.spent_usd());

    let mut capped = ready(&Plan {
        max_cost_usd: Some(1.0),
        ..plan(&[128], 5)
    });
    capped.next().unwrap();
    capped.miss(memory, "no answer", Missed::Unclear);
    assert_eq!(capped.next(), None);
    assert!(capped.failure(memory).unwrap().starts_with(UNPRICED));
    assert!(!capped.hit_cap());
}

mod rounds;
