//! What happens in a tuning run, as data, and how a run's record grows by it.

use std::time::Duration;

use super::{FirstAnswer, MeasuredRun, Probe, Run, Sample, SizeRun, SizeState};
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
    /// The function answered for the first time in the run.
    Answered(FirstAnswer),
    /// A sample arrived at a size (megabytes) of the run.
    Sampled(MemoryMb, Sample),
    /// The sample at this place among those of a size turned out to be another: its record was found later.
    Corrected(MemoryMb, usize, Sample),
    /// A size changed its state.
    SizeChanged(MemoryMb, SizeState),
    /// The function has its original memory size again.
    Restored,
    /// The run holds: nothing new is started.
    Paused,
    /// The run goes on, or ends, after a pause of this length.
    Resumed(Duration),
    /// So much has been spent on invocations by now, in USD.
    Spent(f64),
    /// A sentence for the user.
    Warned(String),
    /// The record could not be saved at the end; the sentence says why.
    Unsaved(String),
    /// The whole record at the end, however the run ended.
    Ended(Box<Run>),
}

impl RunEvent {
    /// Folds the event of a run into its record.
    pub fn apply_to(&self, run: &mut Run) {
        match self {
            Self::Started(whole) | Self::Ended(whole) => run.clone_from(whole),
            event => {
                if let Some(measured) = run.measured_mut() {
                    event.fold_into(measured);
                }
            }
        }
    }

    fn fold_into(&self, measured: &mut MeasuredRun) {
        match self {
            Self::Probed(memory_mb, sample) => measured.preflight.probes.push(Probe {
                memory_mb: *memory_mb,
                sample: sample.clone(),
            }),
            Self::Answered(answer) => measured.preflight.first_answer = Some(answer.clone()),
            Self::Sampled(memory, sample) => {
                if let Some(size) = measured.size_mut(*memory) {
                    size.samples.push(sample.clone());
                }
            }
            Self::Corrected(memory, index, sample) => {
                let size = measured.size_mut(*memory);
                if let Some(old) = size.and_then(|size| size.samples.get_mut(*index)) {
                    old.clone_from(sample);
                }
            }
            Self::SizeChanged(memory, state) => {
                if let Some(size) = measured.size_mut(*memory) {
                    size.state = state.clone();
                }
            }
            Self::Warned(sentence) | Self::Unsaved(sentence) => {
                measured.warnings.push(sentence.clone());
            }
            Self::Resumed(time) => {
                let paused_ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
                measured.usage.paused_ms = measured.usage.paused_ms.saturating_add(paused_ms);
                measured.sizes.iter_mut().for_each(SizeRun::note_pause);
            }
            Self::Restored => measured.cleanup.restored = true,
            Self::Spent(usd) => measured.usage.spent_usd = *usd,
            Self::Phase(_) | Self::Paused | Self::Started(_) | Self::Ended(_) => {}
        }
    }
}
