//! What happens in a tuning run, as data, and how a run's record grows by it.

use super::{MeasuredRun, Probe, Run, RunOrigin, Sample, SizeRun, SizeState};
use crate::lambda::MemoryMb;

/// What happens in a tuning run, in the order it happens.
#[derive(Debug, Clone, PartialEq)]
pub enum RunEvent {
    /// The run was accepted: nothing measured, nothing changed yet.
    Started(Box<Run>),
    /// What is being done with the function, in a few words (`publishing 512 MB`).
    Phase(String),
    /// `$LATEST` was invoked as it is, at this size (megabytes).
    Probed(MemoryMb, Sample),
    /// A sample arrived at a size (megabytes) of the run.
    Sampled(MemoryMb, Sample),
    /// The sample at this place among those of a size turned out to be another: its record was found later.
    Corrected(MemoryMb, usize, Sample),
    /// A size changed its state.
    SizeChanged(MemoryMb, SizeState),
    /// The function has its original memory size again.
    Restored,
    /// So much has been spent on invocations by now, in USD.
    Spent(f64),
    /// A sentence for the user.
    Warned(String),
    /// The record could not be saved at the end; the sentence says why.
    Unsaved(String),
    /// The whole record at the end, however the run ended.
    Ended(Box<Run>),
}

impl Run {
    /// What a run made by iacstone holds.
    #[must_use]
    pub fn measured(&self) -> Option<&MeasuredRun> {
        match &self.origin {
            RunOrigin::Measured(measured) => Some(measured),
            RunOrigin::Imported { .. } => None,
        }
    }

    /// The same, to be changed.
    pub fn measured_mut(&mut self) -> Option<&mut MeasuredRun> {
        match &mut self.origin {
            RunOrigin::Measured(measured) => Some(measured),
            RunOrigin::Imported { .. } => None,
        }
    }

    /// Folds an event of this run into its record.
    pub fn apply(&mut self, event: &RunEvent) {
        match event {
            RunEvent::Started(run) | RunEvent::Ended(run) => self.clone_from(run),
            event => {
                if let Some(measured) = self.measured_mut() {
                    measured.apply(event);
                }
            }
        }
    }
}

impl MeasuredRun {
    fn apply(&mut self, event: &RunEvent) {
        match event {
            RunEvent::Probed(memory_mb, sample) => self.probes.push(Probe {
                memory_mb: *memory_mb,
                sample: sample.clone(),
            }),
            RunEvent::Sampled(memory, sample) => {
                if let Some(size) = self.size_mut(*memory) {
                    size.samples.push(sample.clone());
                }
            }
            RunEvent::Corrected(memory, index, sample) => {
                let size = self.size_mut(*memory);
                if let Some(old) = size.and_then(|size| size.samples.get_mut(*index)) {
                    old.clone_from(sample);
                }
            }
            RunEvent::SizeChanged(memory, state) => {
                if let Some(size) = self.size_mut(*memory) {
                    size.state = state.clone();
                }
            }
            RunEvent::Warned(sentence) | RunEvent::Unsaved(sentence) => {
                self.warnings.push(sentence.clone());
            }
            RunEvent::Restored => self.cleanup.restored = true,
            RunEvent::Spent(usd) => self.spent_usd = *usd,
            RunEvent::Phase(_) | RunEvent::Started(_) | RunEvent::Ended(_) => {}
        }
    }

    fn size_mut(&mut self, memory: MemoryMb) -> Option<&mut SizeRun> {
        self.sizes.iter_mut().find(|size| size.memory_mb == memory)
    }
}
