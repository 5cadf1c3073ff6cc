//! What happens in a tuning run, as data, and how a run's record grows by it.

use super::{Measured, Origin, Probe, Run, Sample, SizeRun, SizeState};
use crate::lambda::MemoryMb;

/// What happens in a tuning run, in the order it happens.
#[derive(Debug, Clone, PartialEq)]
pub enum Tuning {
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
    pub fn measured(&self) -> Option<&Measured> {
        match &self.origin {
            Origin::Measured(measured) => Some(measured),
            Origin::Imported { .. } => None,
        }
    }

    /// The same, to be changed.
    pub fn measured_mut(&mut self) -> Option<&mut Measured> {
        match &mut self.origin {
            Origin::Measured(measured) => Some(measured),
            Origin::Imported { .. } => None,
        }
    }

    /// Folds an event of this run into its record.
    pub fn apply(&mut self, event: &Tuning) {
        match event {
            Tuning::Started(run) | Tuning::Ended(run) => self.clone_from(run),
            event => {
                if let Some(measured) = self.measured_mut() {
                    measured.apply(event);
                }
            }
        }
    }
}

impl Measured {
    fn apply(&mut self, event: &Tuning) {
        match event {
            Tuning::Probed(memory_mb, sample) => self.probes.push(Probe {
                memory_mb: *memory_mb,
                sample: sample.clone(),
            }),
            Tuning::Sampled(memory, sample) => {
                if let Some(size) = self.size_mut(*memory) {
                    size.samples.push(sample.clone());
                }
            }
            Tuning::Corrected(memory, index, sample) => {
                let size = self.size_mut(*memory);
                if let Some(old) = size.and_then(|size| size.samples.get_mut(*index)) {
                    old.clone_from(sample);
                }
            }
            Tuning::SizeChanged(memory, state) => {
                if let Some(size) = self.size_mut(*memory) {
                    size.state = state.clone();
                }
            }
            Tuning::Warned(sentence) | Tuning::Unsaved(sentence) => {
                self.warnings.push(sentence.clone());
            }
            Tuning::Restored => self.cleanup.restored = true,
            Tuning::Spent(usd) => self.spent_usd = *usd,
            Tuning::Phase(_) | Tuning::Started(_) | Tuning::Ended(_) => {}
        }
    }

    fn size_mut(&mut self, memory: MemoryMb) -> Option<&mut SizeRun> {
        self.sizes.iter_mut().find(|size| size.memory_mb == memory)
    }
}
