//! Publishing one version per size, one after another, while earlier sizes are being measured already.
//!
//! However it ends, it ends by restoring the memory size: right after the last publish.

use std::collections::BTreeSet;

use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::control::{Control, mark};
use super::pace::Pace;
use super::{Error, undo};
use crate::aws::AwsError;
use crate::lambda::{Function, MemoryMb, State};
use crate::power::{Original, Plan, RunId, Step};

/// What the publisher says.
#[derive(Debug)]
pub(super) enum Published {
    /// Nothing is changed before the function has proved to work.
    Waiting,
    /// Something is about to happen to the function.
    Phase(String),
    /// A version of a size exists.
    Version {
        /// Its size.
        memory: MemoryMb,
        /// Its number.
        version: String,
        /// Whether it was there before the run.
        adopted: bool,
        /// Whether it has to become active first.
        pending: bool,
    },
    /// A size could not be published, for this reason; the others go on.
    Refused(MemoryMb, String),
    /// The function has its memory size again.
    Restored,
}

/// Publishes the sizes of a plan.
#[derive(Debug)]
pub(super) struct Publisher<'a> {
    pub(super) control: &'a Control<'a>,
    pub(super) run: &'a RunId,
    pub(super) original: &'a Original,
    pub(super) said: mpsc::Sender<Published>,
    /// Sizes that have come to their end already.
    pub(super) settled: watch::Receiver<BTreeSet<MemoryMb>>,
    /// Cancelled when there is nothing more to publish for.
    pub(super) enough: CancellationToken,
    /// Cancelled when the function has proved to work; nothing is changed before.
    pub(super) proven: CancellationToken,
}

impl Publisher<'_> {
    /// Publishes every turn of `turns`, starting from the configuration `now`, then restores.
    ///
    /// # Errors
    /// The first error that ends publishing. The restore is tried all the same; its error counts only alone.
    pub(super) async fn run(self, now: Function, turns: &[Turn]) -> Result<(), Error> {
        let mut pace = Pace::default();
        match self.publish_all(now, turns, &mut pace).await {
            Ok(last) => self.restore(Some(last), &mut pace).await,
            // An update that does not end lets nothing be restored now; the clean-up tries once more.
            Err(error @ Error::NeverSettled { .. }) => Err(error),
            Err(error) => {
                self.restore(None, &mut pace).await.ok();
                Err(error)
            }
        }
    }

    async fn publish_all(
        &self,
        mut now: Function,
        turns: &[Turn],
        pace: &mut Pace,
    ) -> Result<Function, Error> {
        for turn in turns {
            if now.memory != turn.memory {
                self.say(Published::Waiting).await;
                self.proven.cancelled().await;
            }
            if self.enough.is_cancelled() {
                break;
            }
            if self.settled.borrow().contains(&turn.memory) {
                continue;
            }
            self.say(Published::Phase(format!("publishing {} MB", turn.memory)))
                .await;
            if now.memory != turn.memory {
                now = match self.control.set_memory(&now, turn.memory, pace).await {
                    Ok(function) => function,
                    Err(Error::Aws(error)) if matches!(error, AwsError::Refused { .. }) => {
                        self.say(Published::Refused(turn.memory, error.to_string()))
                            .await;
                        continue;
                    }
                    Err(error) => return Err(error),
                };
            }
            self.publish(&now, turn).await?;
        }
        Ok(now)
    }

    async fn publish(&self, now: &Function, turn: &Turn) -> Result<(), Error> {
        let version = self.control.publish(now).await?;
        let adopted = self.original.versions.contains(&version.version)
            || version.description != mark(self.run);
        let (memory, number) = (turn.memory, version.version);
        if !adopted {
            let step = Step::Published {
                version: number.clone(),
                memory,
            };
            self.control.note(step).await?;
        }
        if !turn.spacer {
            let pending = version.state == State::Pending;
            self.say(Published::Version {
                memory,
                version: number,
                adopted,
                pending,
            })
            .await;
        }
        Ok(())
    }

    async fn restore(&self, last: Option<Function>, pace: &mut Pace) -> Result<(), Error> {
        self.say(Published::Phase(format!(
            "restoring {} MB",
            self.original.memory
        )))
        .await;
        undo::restore(self.control, self.original.memory, last, pace).await?;
        self.say(Published::Restored).await;
        Ok(())
    }

    /// Nobody listens any more when the run is being wound up: then there is no one to tell.
    async fn say(&self, published: Published) {
        self.said.send(published).await.ok();
    }
}

/// One version to publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    /// Its size.
    pub memory: MemoryMb,
    /// Only there to tell the versions before and after it apart; never invoked.
    pub spacer: bool,
}

/// The order of publishing: the current size first, for it needs no update, or else the largest, which answers soonest;
/// then upwards, for small sizes take longest.
///
/// Cold starts need a version per sample; Lambda publishes nothing twice in a row, so the rounds go through all sizes.
pub(super) fn turns(plan: &Plan, current: MemoryMb) -> Vec<Turn> {
    let mut sizes = plan.sizes.clone();
    let planned = sizes.iter().copied().find(|&memory| memory == current);
    let first = planned.or_else(|| sizes.iter().copied().max());
    sizes.sort_by_key(|&memory| (Some(memory) != first, memory));
    if !plan.only_cold_starts || plan.dry_run {
        return sizes
            .into_iter()
            .map(|memory| Turn {
                memory,
                spacer: false,
            })
            .collect();
    }
    let mut round: Vec<Turn> = sizes
        .into_iter()
        .map(|memory| Turn {
            memory,
            spacer: false,
        })
        .collect();
    if let [only] = round.as_slice() {
        round.push(Turn {
            memory: neighbour(only.memory),
            spacer: true,
        });
    }
    let rounds = plan.num as usize;
    let all = round.len() * rounds;
    round.into_iter().cycle().take(all).collect()
}

fn neighbour(memory: MemoryMb) -> MemoryMb {
    MemoryMb::new(memory.megabytes() + 1)
        .or_else(|_| MemoryMb::new(memory.megabytes() - 1))
        .unwrap_or(MemoryMb::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tuner::schedule::tests::{mb, plan};

    fn sizes(turns: &[Turn]) -> Vec<u32> {
        turns.iter().map(|turn| turn.memory.megabytes()).collect()
    }

    #[test]
    fn the_current_size_comes_first_then_the_small_ones() {
        let turns = turns(&plan(&[128, 256, 512], 5), mb(256));
        assert_eq!(sizes(&turns), [256, 128, 512]);
    }

    #[test]
    fn without_the_current_size_the_largest_comes_first() {
        let turns = turns(&plan(&[128, 256, 512], 5), mb(1024));
        assert_eq!(sizes(&turns), [512, 128, 256]);
    }

    #[test]
    fn cold_starts_take_a_version_per_sample_and_never_the_same_size_twice_in_a_row() {
        let plan = Plan {
            only_cold_starts: true,
            ..plan(&[128, 256], 5)
        };
        let turns = turns(&plan, mb(1024));
        assert_eq!(turns.len(), 10);
        assert!(
            turns
                .windows(2)
                .all(|pair| pair[0].memory != pair[1].memory)
        );
    }

    #[test]
    fn a_single_size_is_told_apart_by_a_spacer() {
        let plan = Plan {
            only_cold_starts: true,
            ..plan(&[10_240], 5)
        };
        let turns = turns(&plan, mb(1024));
        assert_eq!(sizes(&turns)[..3], [10_240, 10_239, 10_240]);
        assert_eq!(turns.iter().filter(|turn| !turn.spacer).count(), 5);
    }
}
