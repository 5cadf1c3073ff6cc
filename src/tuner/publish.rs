//! Publishing one version per size, one after another, while earlier sizes are being measured already.
//!
//! However it ends, it ends by restoring the memory size: right after the last publish.

use std::collections::BTreeMap;

use super::channel::{Published, PublisherSide};
use super::control::Control;
use super::error::Error;
use super::owner::Owner;
use super::pace::UpdatePace;
use super::sign::sign;
use super::undo;
use crate::aws::AwsError;
use crate::lambda::{Function, MemoryMb, State};
use crate::power::{JournalEntry, Original, Plan};
use crate::task::Pause;

/// Publishes the sizes of a plan.
#[derive(Debug)]
pub(super) struct Publisher<'a> {
    pub(super) control: &'a Control<'a>,
    pub(super) original: &'a Original,
    pub(super) channel: PublisherSide,
    pub(super) pause: Pause,
    /// Whether more may be needed than was planned.
    pub(super) on_demand: bool,
}

impl Publisher<'_> {
    /// Publishes the sizes of `turns`, starting from the configuration `now`, then what is wanted beyond them, then
    /// restores.
    ///
    /// # Errors
    /// The first error that ends publishing. The restore is tried all the same; its error counts only alone.
    pub(super) async fn run(mut self, now: Function, turns: &[MemoryMb]) -> Result<(), Error> {
        let mut site = Site {
            now,
            last: None,
            pace: UpdatePace::default(),
        };
        match self.publish_all(&mut site, turns).await {
            Ok(()) => {
                let Site { now, mut pace, .. } = site;
                self.restore(Some(now), &mut pace).await
            }
            // An update that does not end lets nothing be restored now; the clean-up tries once more.
            Err(error @ Error::NeverSettled { .. }) => Err(error),
            Err(error) => {
                self.restore(None, &mut site.pace).await.ok();
                Err(error)
            }
        }
    }

    async fn publish_all(&mut self, site: &mut Site, turns: &[MemoryMb]) -> Result<(), Error> {
        for &memory in turns {
            if !self.publish_one(site, memory).await? {
                return Ok(());
            }
        }
        if self.on_demand {
            while let Some(memory) = self.wanting(site).await? {
                if !self.publish_one(site, memory).await? {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Waits for a size that needs another version; `None` when there is nothing more to publish for.
    async fn wanting(&mut self, site: &mut Site) -> Result<Option<MemoryMb>, Error> {
        loop {
            let waiting = self.channel.wanting();
            if let Some(wanting) = self.pause.unless_begun(waiting).await {
                return Ok(wanting);
            }
            self.hold(site).await?;
        }
    }

    /// While the run is paused the function is as it was, and nothing is published.
    async fn hold(&mut self, site: &mut Site) -> Result<(), Error> {
        if !self.pause.is_on() || self.channel.is_enough() {
            return Ok(());
        }
        let wanted = self.original.restored(&site.now);
        if site.now != wanted {
            let phase = format!("paused; restoring {} MB meanwhile", wanted.memory);
            self.channel.say(Published::Phase(phase)).await;
            site.now = self
                .control
                .change(&site.now, &wanted, &mut site.pace)
                .await?;
            let journal = self.control.journal();
            journal.note_done(JournalEntry::Restored).await;
            let phase = "paused; the function is as it was".to_owned();
            self.channel.say(Published::Phase(phase)).await;
        }
        self.channel.unless_enough(self.pause.over()).await;
        Ok(())
    }

    /// Publishes a version of a size, unless it has come to its end; false when there is nothing more to publish for.
    async fn publish_one(&mut self, site: &mut Site, memory: MemoryMb) -> Result<bool, Error> {
        if site.now.memory != memory || site.last == Some(memory) {
            self.channel.wait_for_proof().await;
        }
        self.hold(site).await?;
        if self.channel.is_enough() {
            return Ok(false);
        }
        if self.channel.is_settled(memory) {
            return Ok(true);
        }
        self.channel
            .say(Published::Phase(format!("publishing {memory} MB")))
            .await;
        // Lambda publishes nothing twice in a row: a version in between tells the two apart, and is never invoked.
        if site.last == Some(memory) {
            if !self.set(site, neighbour(memory), memory).await? {
                return Ok(true);
            }
            self.publish(site, neighbour(memory), false).await?;
            if self.channel.is_enough() {
                return Ok(false);
            }
        }
        if self.set(site, memory, memory).await? {
            self.publish(site, memory, true).await?;
            site.last = Some(memory);
        }
        Ok(true)
    }

    /// Sets the memory size on the way to a version of `wanted`; false when AWS refuses it, which ends that size.
    async fn set(
        &mut self,
        site: &mut Site,
        memory: MemoryMb,
        wanted: MemoryMb,
    ) -> Result<bool, Error> {
        if site.now.memory == memory {
            return Ok(true);
        }
        let sign = sign(self.control.journal().run(), self.original);
        let set = self
            .control
            .set_memory(&site.now, memory, &sign, &mut site.pace);
        match set.await {
            Ok(function) => {
                site.now = function;
                Ok(true)
            }
            Err(Error::Aws(error)) if matches!(error, AwsError::Refused { .. }) => {
                self.channel
                    .say(Published::Refused(wanted, error.to_string()))
                    .await;
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    async fn publish(
        &mut self,
        site: &mut Site,
        memory: MemoryMb,
        is_wanted: bool,
    ) -> Result<(), Error> {
        let version = self.control.publish(&site.now).await?;
        let owner = Owner::of(&version, self.original, self.control.journal().run());
        let number = version.version;
        if owner == Owner::Run {
            let step = JournalEntry::Published {
                version: number.clone(),
                memory,
            };
            self.control.journal().note(step).await?;
        }
        if is_wanted {
            let pending = version.status.state == State::Pending;
            self.channel
                .say(Published::Version {
                    memory,
                    version: number,
                    owner,
                    pending,
                })
                .await;
        }
        Ok(())
    }

    async fn restore(
        &mut self,
        last: Option<Function>,
        pace: &mut UpdatePace,
    ) -> Result<(), Error> {
        self.channel
            .say(Published::Phase(format!(
                "restoring {} MB",
                self.original.memory
            )))
            .await;
        undo::restore(self.control, self.original, last, pace).await?;
        self.channel.say(Published::Restored).await;
        Ok(())
    }
}

/// The function while it is worked on.
struct Site {
    /// Its configuration.
    now: Function,
    /// The size published last.
    last: Option<MemoryMb>,
    pace: UpdatePace,
}

/// The order of publishing: the current size first, for it needs no update, or else the largest, which answers soonest;
/// then upwards, for small sizes take longest. Cold starts need a version per sample: the rounds go through all sizes.
pub(super) fn turns(plan: &Plan, current: MemoryMb) -> Vec<MemoryMb> {
    let mut sizes = plan.sizes.clone();
    let planned = sizes.iter().copied().find(|&memory| memory == current);
    let first = planned.or_else(|| sizes.iter().copied().max());
    sizes.sort_by_key(|&memory| (Some(memory) != first, memory));
    if !needs_new_environments(plan) {
        return sizes;
    }
    let all = sizes.len() * plan.num.fixed().map_or(1, |num| num as usize);
    sizes.into_iter().cycle().take(all).collect()
}

/// The turns of a run that is gone on with: where each sample needs a version of its own, no more of a size than it misses.
pub(super) fn open_turns(
    turns: Vec<MemoryMb>,
    plan: &Plan,
    mut open: BTreeMap<MemoryMb, u32>,
) -> Vec<MemoryMb> {
    let mut turns = turns;
    if needs_new_environments(plan) {
        turns.retain(|memory| {
            let left = open.entry(*memory).or_default();
            let is_open = *left > 0;
            *left = left.saturating_sub(1);
            is_open
        });
    }
    turns
}

/// Whether every sample needs a version of its own.
pub(super) const fn needs_new_environments(plan: &Plan) -> bool {
    plan.sampling.only_cold_starts && !plan.dry_run
}

/// A size the account surely allows, if it allows this one.
fn neighbour(memory: MemoryMb) -> MemoryMb {
    MemoryMb::new(memory.megabytes() - 1)
        .or_else(|_| MemoryMb::new(memory.megabytes() + 1))
        .unwrap_or(MemoryMb::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tuner::schedule::tests::{mb, plan};

    fn sizes(turns: &[MemoryMb]) -> Vec<u32> {
        turns.iter().map(|memory| memory.megabytes()).collect()
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
    fn cold_starts_take_a_version_per_sample() {
        let mut plan = plan(&[128, 256], 5);
        plan.sampling.only_cold_starts = true;
        let turns = turns(&plan, mb(1024));
        assert_eq!(sizes(&turns), [256, 128].repeat(5));
    }

    #[test]
    fn cold_starts_that_were_measured_before_take_no_version() {
        let mut plan = plan(&[128, 256], 5);
        plan.sampling.only_cold_starts = true;
        let all = turns(&plan, mb(1024));
        let open = BTreeMap::from([(mb(128), 2), (mb(256), 1)]);
        assert_eq!(sizes(&open_turns(all, &plan, open)), [256, 128, 128]);
    }

    #[test]
    fn the_version_in_between_has_a_size_the_account_allows() {
        assert_eq!(neighbour(mb(3008)), mb(3007));
        assert_eq!(neighbour(mb(128)), mb(129));
    }
}
