//! How a function of the account behaves. Each memory size has a generator of its own, so that sizes measured side by
//! side do not disturb each other.

use std::collections::HashMap;

use rand::rngs::StdRng;

use super::chance;
use super::settings::FunctionSettings;
use super::workload::{PlannedWork, StartKind, Workload};

/// What a function does when it is invoked, one invocation after the other.
#[derive(Debug)]
pub(super) struct Behaviour {
    workload: Workload,
    generators: HashMap<u32, StdRng>,
}

impl Behaviour {
    pub(super) fn new(workload: Workload) -> Self {
        Self {
            workload,
            generators: HashMap::new(),
        }
    }

    /// What it is drawn from.
    pub(super) const fn workload(&self) -> &Workload {
        &self.workload
    }

    /// Draws the next invocation at the memory size of these settings; the seed of the account and the name of the
    /// function say how the series of a size begins.
    pub(super) fn draw(
        &mut self,
        seed: u64,
        name: &str,
        settings: &FunctionSettings,
        start: StartKind,
    ) -> PlannedWork {
        let memory = settings.memory.megabytes();
        let generator = self
            .generators
            .entry(memory)
            .or_insert_with(|| chance::seeded(seed, &[name, &memory.to_string()]));
        self.workload.draw(settings, start, generator)
    }
}
