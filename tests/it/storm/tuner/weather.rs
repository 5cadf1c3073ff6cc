//! What each call meets at its moment, by the troubles of the storm.

use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use tokio::time::Instant;

use super::super::Dice;
use super::call::Operation;
use super::troubles::{Mishap, Trouble};

/// The troubles of calls and disks, and the usual time things take.
#[derive(Debug)]
pub(crate) struct Weather {
    began: Instant,
    sky: Mutex<Sky>,
}

#[derive(Debug)]
struct Sky {
    troubles: Vec<(Trouble, Dice)>,
    usual: Dice,
    calm: bool,
}

impl Weather {
    /// The weather of a storm that begins now.
    pub(crate) fn new(seed: u64, troubles: &[Trouble]) -> Self {
        let own = |trouble: &Trouble| (trouble.clone(), Dice::of(seed, &trouble.to_string()));
        Self {
            began: Instant::now(),
            sky: Mutex::new(Sky {
                troubles: troubles.iter().map(own).collect(),
                usual: Dice::of(seed, "latency"),
                calm: false,
            }),
        }
    }

    /// From now on nothing goes wrong any more.
    pub(crate) fn calm_down(&self) {
        self.sky().calm = true;
    }

    /// How long things usually take, a number of milliseconds up to this one.
    pub(crate) fn usually(&self, most_ms: u64) -> Duration {
        self.sky().usual.millis(0..=most_ms)
    }

    /// What a call of this operation meets now.
    pub(crate) fn mishap(&self, operation: Operation) -> Option<Mishap> {
        let now = self.began.elapsed();
        let mut sky = self.sky();
        if sky.calm {
            return None;
        }
        let mut troubles = sky.troubles.iter_mut();
        troubles.find_map(|(trouble, dice)| match trouble {
            Trouble::Ambush {
                at,
                operation: ambushed,
                times,
                mishap,
            } if *at <= now && *ambushed == operation && *times > 0 => {
                *times -= 1;
                Some(*mishap)
            }
            Trouble::Spell {
                at,
                lasts,
                percent,
                mishap,
            } if *at <= now && now < *at + *lasts && dice.percent(*percent) => Some(*mishap),
            _ => None,
        })
    }

    /// Whether the disk of this machine refuses writes now.
    pub(crate) fn refuses_writes(&self, of: usize) -> bool {
        let now = self.began.elapsed();
        let sky = self.sky();
        let is_full = |trouble: &Trouble| {
            matches!(trouble, Trouble::Disk { machine, at, lasts }
                if *machine == of && *at <= now && now < *at + *lasts)
        };
        !sky.calm && sky.troubles.iter().any(|(trouble, _)| is_full(trouble))
    }

    fn sky(&self) -> MutexGuard<'_, Sky> {
        self.sky.lock().unwrap()
    }
}
