//! Auto runs as stories: rounds, dropped sizes, the end.

use super::*;
use crate::power::SampleCount;

/// A plan that takes as many samples as it needs.
fn auto(sizes: &[u32]) -> Plan {
    Plan {
        num: SampleCount::Auto,
        ..plan(sizes, 5)
    }
}

/// An answer whose time falls with the memory to the power of `exponent`, spread by a little.
fn scaled(exponent: f64) -> impl Fn(&InvocationRequest) -> (Sample, InvocationFate) {
    move |request| {
        let (sample, fate) = natural(request);
        let memory = f64::from(request.memory.megabytes()) / 128.0;
        let spread = 1.0 + 0.002 * ((request.turn * 7 + 3) % 5) as f64;
        let duration_ms = 800.0 * spread / memory.powf(exponent);
        let billed_ms = duration_ms.ceil();
        (
            Sample {
                duration_ms,
                billed_ms,
                ..sample
            },
            fate,
        )
    }
}

fn versions(schedule: &mut Schedule, sizes: &[u32]) {
    for (at, &size) in sizes.iter().enumerate() {
        schedule.ready(mb(size), at.to_string());
    }
}

#[test]
fn an_auto_run_drops_what_is_dear_and_tops_up_what_it_names() {
    let sizes = [128, 256, 512];
    let mut schedule = schedule(&auto(&sizes));
    versions(&mut schedule, &sizes);
    // 512 MB costs four times as much; 128 MB is the current size.
    let landed = play(&mut schedule, scaled(0.0));
    assert_eq!(landed, BTreeMap::from([(128, 21), (256, 7), (512, 7)]));
    assert!(schedule.is_done());
}

#[test]
fn a_dropped_size_is_told_as_soon_as_it_is_dropped() {
    let sizes = [128, 256];
    let mut schedule = schedule(&auto(&sizes));
    versions(&mut schedule, &sizes);
    let mut changes = Vec::new();
    while let Some(request) = schedule.next() {
        let (sample, fate) = scaled(0.0)(&request);
        changes.extend(schedule.record(request.memory, &sample, fate));
    }
    let states: Vec<(u32, SizeState)> = changes
        .into_iter()
        .map(|change| (change.memory.megabytes(), change.state))
        .collect();
    assert_eq!(states, [(256, SizeState::Dropped), (128, SizeState::Ok)]);
}

#[test]
fn an_auto_run_waits_with_its_first_look_for_every_size() {
    let sizes = [128, 256];
    let mut schedule = schedule(&auto(&sizes));
    schedule.ready(mb(128), "1".into());
    assert_eq!(play(&mut schedule, scaled(1.0)), BTreeMap::from([(128, 7)]));
    schedule.ready(mb(256), "2".into());
    assert!(play(&mut schedule, scaled(1.0))[&256] >= 7);
    assert!(schedule.is_done());
}

#[test]
fn a_size_that_fails_leaves_an_auto_run_to_the_others() {
    let sizes = [128, 256];
    let mut schedule = schedule(&auto(&sizes));
    versions(&mut schedule, &sizes);
    let landed = play(&mut schedule, |request| {
        if request.memory == mb(128) {
            (failed("Boom"), InvocationFate::Failed)
        } else {
            scaled(1.0)(request)
        }
    });
    assert_eq!(landed, BTreeMap::from([(128, 3), (256, 21)]));
    assert_eq!(schedule.failure(mb(128)), Some("Boom"));
    assert!(schedule.is_done());
}

#[test]
fn the_cap_ends_all_sizes_of_an_auto_run() {
    let sizes = [128, 256];
    let plan = Plan {
        max_cost_usd: Some(0.000_03),
        ..auto(&sizes)
    };
    let mut schedule = schedule(&plan);
    versions(&mut schedule, &sizes);
    play(&mut schedule, scaled(1.0));
    assert!(schedule.is_done() && schedule.hit_cap());
    assert!(schedule.spent_usd() <= 0.000_03);
}
