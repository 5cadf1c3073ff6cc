//! Golden runs through rounds, and what ends them.

use super::*;
use crate::power::evaluation::RoundSample;

fn memory(megabytes: u32) -> MemoryMb {
    MemoryMb::new(megabytes).unwrap()
}

/// The golden series: sample i of size j takes base · exp(a · sin(1.7 i + 2.3 j)) milliseconds, to two places.
fn wave(memories: &[u32], bases: &[f64], a: f64) -> Vec<SizeSeries> {
    let size = |(j, (&megabytes, base)): (usize, (&u32, &f64))| {
        let sample = |round: usize| {
            let angle = 1.7 * round as f64 + 2.3 * j as f64;
            let duration_ms = (base * (a * angle.sin()).exp() * 100.0).round() / 100.0;
            RoundSample {
                round,
                duration_ms,
                billed_ms: duration_ms.ceil(),
            }
        };
        SizeSeries {
            memory: memory(megabytes),
            weight: f64::from(megabytes),
            awaited: 0,
            rounds: 60,
            samples: (0..60).map(sample).collect(),
        }
    };
    memories.iter().zip(bases).enumerate().map(size).collect()
}

/// What a golden run comes to.
struct Golden {
    end: RoundsEnd,
    best: u32,
    rounds: &'static [usize],
    dropped: &'static [(u32, usize)],
    contenders: &'static [u32],
}

fn check(memories: &[u32], bases: &[f64], a: f64, golden: &Golden) {
    let rounds = Rounds::through(&wave(memories, bases, a), RoundRules::default());
    let megabytes =
        |sizes: Vec<MemoryMb>| -> Vec<u32> { sizes.into_iter().map(MemoryMb::megabytes).collect() };
    let evaluation = rounds.evaluation.as_ref().unwrap();
    assert_eq!(rounds.end, Some(golden.end));
    assert_eq!(evaluation.best.megabytes(), golden.best);
    let taken: Vec<usize> = rounds.sizes.iter().map(|size| size.rounds).collect();
    assert_eq!(taken, golden.rounds);
    let dropped: Vec<(u32, usize)> = rounds
        .dropped()
        .map(|(size, rounds)| (size.megabytes(), rounds))
        .collect();
    assert_eq!(dropped, golden.dropped);
    assert_eq!(
        megabytes(evaluation.contenders().collect()),
        golden.contenders
    );
}

#[test]
fn golden_runs_that_end_when_the_answer_is_known() {
    let memories = [128, 256, 512, 1024];
    let golden = Golden {
        end: RoundsEnd::Known,
        best: 256,
        rounds: &[6, 6, 6, 6],
        dropped: &[(128, 6), (512, 6), (1024, 6)],
        contenders: &[256],
    };
    check(&memories, &[800.0, 380.0, 300.0, 280.0], 0.03, &golden);
    let golden = Golden {
        end: RoundsEnd::Known,
        best: 128,
        rounds: &[16, 16, 6, 6],
        dropped: &[(512, 6), (1024, 6)],
        contenders: &[128, 256],
    };
    check(&memories, &[800.0, 410.0, 300.0, 280.0], 0.06, &golden);
}

#[test]
fn golden_runs_that_end_at_the_budget() {
    let golden = Golden {
        end: RoundsEnd::Limit,
        best: 128,
        rounds: &[31, 31, 31, 6],
        dropped: &[(1024, 6)],
        contenders: &[128, 256, 512],
    };
    check(
        &[128, 256, 512, 1024],
        &[800.0, 402.0, 203.0, 150.0],
        0.05,
        &golden,
    );
    let golden = Golden {
        end: RoundsEnd::Limit,
        best: 256,
        rounds: &[25, 25, 25],
        dropped: &[],
        contenders: &[128, 256, 512],
    };
    check(&[128, 256, 512], &[800.0, 404.0, 204.0], 1.2, &golden);
    let golden = Golden {
        end: RoundsEnd::Limit,
        best: 128,
        rounds: &[25, 25],
        dropped: &[],
        contenders: &[128, 256],
    };
    check(&[128, 256], &[100.0, 60.0], 0.4, &golden);
}

#[test]
fn one_size_ends_after_its_first_rounds() {
    let rounds = Rounds::through(&wave(&[512], &[80.0], 0.3), RoundRules::default());
    assert_eq!(
        (rounds.taken(), rounds.end),
        (FIRST_ROUNDS, Some(RoundsEnd::Known))
    );
}

#[test]
fn a_round_that_is_not_complete_is_waited_for() {
    let mut series = wave(&[128, 256], &[100.0, 60.0], 0.4);
    series[1] = series[1].after(8);
    let rounds = Rounds::through(&series, RoundRules::default());
    assert_eq!((rounds.taken(), rounds.end), (8, None));
    series[1] = series[1].after(5);
    let rounds = Rounds::through(&series, RoundRules::default());
    assert_eq!((rounds.taken(), rounds.evaluation), (0, None));
}

#[test]
fn nothing_is_dropped_where_the_rules_say_so() {
    let rules = RoundRules {
        drops: false,
        ..RoundRules::default()
    };
    let series = wave(&[128, 256, 512, 1024], &[800.0, 402.0, 203.0, 150.0], 0.05);
    let rounds = Rounds::through(&series, rules);
    assert_eq!(rounds.surviving().count(), 4);
    assert_eq!((rounds.taken(), rounds.end), (25, Some(RoundsEnd::Limit)));
}

#[test]
fn what_is_named_is_topped_up_as_far_as_the_budget_reaches() {
    let series = wave(&[128, 256, 512, 1024], &[800.0, 380.0, 300.0, 280.0], 0.03);
    let rounds = Rounds::through(&series, RoundRules::default());
    assert_eq!(rounds.topped_up(&[memory(128), memory(256)]), 20);
    let spent = Rounds::through(
        &wave(&[128, 256], &[100.0, 60.0], 0.4),
        RoundRules::default(),
    );
    assert_eq!(spent.topped_up(&[memory(128)]), 20);
}
