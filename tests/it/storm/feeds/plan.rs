//! What the user does: sits before the interface for a while, runs a command now and then, reads, stars, gives up.

use std::time::Duration;

use crate::storm::Dice;

/// Things done in one storm at most.
const MOST: usize = 24;

/// One thing the user does after a pause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deed {
    pub(super) pause: Duration,
    pub(super) what: What,
}

/// What the user does.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    /// Has the pane in front for so many minutes: what is due is fetched each minute.
    Watch(u64),
    /// Fetches what is due; gives up after a while, if so, and does something else meanwhile.
    Refresh(Option<Duration>, Option<(Duration, Meanwhile)>),
    /// Waits until the first feed is due by the program's own word, and fetches what is.
    RefreshWhenTold,
    /// Fetches all feeds, due or not.
    RefreshAll(Option<Duration>),
    /// Fetches one feed, due or not; numbers choose among what there is.
    RefreshOne(u64),
    /// Marks an article, or takes the mark from it.
    Read(u64, bool),
    Star(u64, bool),
    /// Removes a feed, and follows it again so much later.
    Refollow(u64, Duration),
    /// Ends the program, and starts it again so much later.
    Restart(Duration),
}

/// What is done while feeds are fetched.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meanwhile {
    Read(u64, bool),
    Remove(u64),
}

/// What the user does in this storm, which lasts so long.
pub(super) fn of(seed: u64, lasts: Duration) -> Vec<Deed> {
    let mut dice = Dice::of(seed, "plan");
    let (mut deeds, mut passed) = (Vec::new(), Duration::ZERO);
    while passed < lasts && deeds.len() < MOST {
        let pause = pause(&mut dice);
        passed += pause;
        let what = what(&mut dice);
        deeds.push(Deed { pause, what });
    }
    deeds
}

/// Some things follow closely, most after about the time in which something is due.
fn pause(dice: &mut Dice) -> Duration {
    match dice.within(0..=9) {
        0..=3 => dice.millis(0..=120_000),
        4..=8 => dice.millis(600_000..=5_400_000),
        _ => dice.millis(0..=36_000_000),
    }
}

fn what(dice: &mut Dice) -> What {
    let patience = |dice: &mut Dice| dice.percent(20).then(|| dice.millis(0..=8_000));
    match dice.within(0..=19) {
        0..=3 => What::Watch(dice.within(2..=12)),
        4..=7 => What::Refresh(patience(dice), meanwhile(dice)),
        8 | 9 => What::RefreshWhenTold,
        10 | 11 => What::RefreshAll(patience(dice)),
        12 => What::RefreshOne(dice.number()),
        13..=15 => What::Read(dice.number(), dice.percent(80)),
        16 => What::Star(dice.number(), dice.percent(80)),
        17 => What::Refollow(dice.number(), dice.millis(0..=7_200_000)),
        18 => What::Restart(dice.millis(0..=3_600_000)),
        _ => What::Read(dice.number(), true),
    }
}

fn meanwhile(dice: &mut Dice) -> Option<(Duration, Meanwhile)> {
    let what = match dice.within(0..=5) {
        0 | 1 => Meanwhile::Read(dice.number(), dice.percent(80)),
        2 => Meanwhile::Remove(dice.number()),
        _ => return None,
    };
    Some((dice.millis(0..=3_000), what))
}
