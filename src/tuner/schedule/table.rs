//! The samples of an auto run by size, and what they ask for next.

use crate::lambda::MemoryMb;
use crate::power::{Course, Plan, Rate, Sample, SizeRun};

/// The samples of an auto run.
#[derive(Debug)]
pub(super) struct RoundTable {
    plan: Plan,
    current: MemoryMb,
    rate: Rate,
    sizes: Vec<SizeRun>,
}

impl RoundTable {
    /// An empty one; `None` for a plan whose number of samples is fixed.
    pub(super) fn new(plan: &Plan, current: MemoryMb, rate: Rate) -> Option<Self> {
        plan.num.fixed().is_none().then(|| Self {
            plan: plan.clone(),
            current,
            rate,
            sizes: plan.sizes.iter().copied().map(SizeRun::pending).collect(),
        })
    }

    /// Takes all samples that a size had before; gives how many rounds it has had.
    pub(super) fn take_up(&mut self, before: &SizeRun) -> u32 {
        let mut sizes = self.sizes.iter_mut();
        let Some(size) = sizes.find(|size| size.memory_mb == before.memory_mb) else {
            return 0;
        };
        size.samples.clone_from(&before.samples);
        size.resumed_after.clone_from(&before.resumed_after);
        size.paused_after.clone_from(&before.paused_after);
        u32::try_from(size.rounds(&self.plan)).unwrap_or(u32::MAX)
    }

    /// Takes a sample; gives how many rounds its size has had.
    pub(super) fn take(&mut self, memory: MemoryMb, sample: &Sample) -> u32 {
        let Some(size) = self.sizes.iter_mut().find(|size| size.memory_mb == memory) else {
            return 0;
        };
        size.samples.push(sample.clone());
        u32::try_from(size.rounds(&self.plan)).unwrap_or(u32::MAX)
    }

    /// The environments may be new from now on.
    pub(super) fn renew(&mut self) {
        self.sizes.iter_mut().for_each(SizeRun::note_pause);
    }

    /// A size is out of the comparison.
    pub(super) fn leave_out(&mut self, memory: MemoryMb) {
        self.sizes.retain(|size| size.memory_mb != memory);
    }

    /// What is to be done next.
    pub(super) fn course(&self) -> Course {
        Course::of(&self.plan, &self.sizes, self.current, &self.rate)
    }
}
