//! The record of a run while it grows: folded from what happens, kept in the store, passed on to whoever watches.

use std::time::Duration;

use tokio::sync::mpsc;

use super::error::Error;
use super::invoker::InvocationSample;
use crate::lambda::MemoryMb;
use crate::power::{Applied, Cleanup, FirstAnswer, Journal, Plan, Run, RunEvent, RunState};
use crate::store::{Store, StoreError};

/// A sample whose record was not in the answer: it is timed by this computer's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unreported {
    /// Its size.
    pub memory: MemoryMb,
    /// Its place among the samples of that size.
    pub index: usize,
    /// The invocation.
    pub request_id: String,
}

/// Keeps the record of one run.
#[derive(Debug)]
pub(super) struct Recorder<'a> {
    store: &'a Store,
    events: mpsc::Sender<RunEvent>,
    run: Run,
    /// Samples whose records were not in the answers.
    unreported: Vec<Unreported>,
}

impl<'a> Recorder<'a> {
    /// Saves the run and opens its journal, before anything is changed in the account.
    pub(super) async fn begin(
        store: &'a Store,
        events: mpsc::Sender<RunEvent>,
        run: Run,
        journal: Journal,
    ) -> Result<Self, Error> {
        store.runs().save(&run).await?;
        store.journals().begin(&journal).await?;
        let mut recorder = Self {
            store,
            events,
            run,
            unreported: Vec::new(),
        };
        recorder
            .say(RunEvent::Started(Box::new(recorder.run.clone())))
            .await;
        Ok(recorder)
    }

    /// The record so far.
    pub(super) const fn run(&self) -> &Run {
        &self.run
    }

    /// Notes that something happened. A full disk must not stop the clean-up: the samples are still in memory.
    pub(super) async fn say(&mut self, event: RunEvent) {
        event.apply_to(&mut self.run);
        if let Err(error) = self.keep(&event).await {
            tracing::warn!(%error, "a sample could not be kept");
        }
        // Where the samples after a pause begin is known even when the run is killed later.
        if matches!(event, RunEvent::Resumed(_))
            && let Err(error) = self.save().await
        {
            tracing::warn!(%error, "a pause could not be kept");
        }
        self.events.send(event).await.ok();
    }

    /// Writes a sample down as it arrives: a run that is killed has paid for it.
    async fn keep(&self, event: &RunEvent) -> Result<(), StoreError> {
        let id = &self.run.id;
        match event {
            RunEvent::Probed(memory, sample) => {
                self.store.runs().append_probe(id, *memory, sample).await
            }
            RunEvent::Sampled(memory, sample) => {
                self.store.runs().append_sample(id, *memory, sample).await
            }
            _ => Ok(()),
        }
    }

    /// Hears what an invocation answered: the first answer is told, with a warning when it looks like that of a failure,
    /// and durable executions are counted.
    pub(super) async fn hear_answer(&mut self, measured: &InvocationSample, plan: &Plan) {
        let Some(run) = self.run.measured_mut() else {
            return;
        };
        run.usage.durable_executions += u32::from(measured.is_durable);
        let payload = measured.answer.as_deref();
        let is_first = run.preflight.first_answer.is_none();
        let Some(payload) = payload.filter(|_| is_first) else {
            return;
        };
        let answer = FirstAnswer::of(payload, plan.log_payloads);
        let warning = answer.warning();
        self.say(RunEvent::Answered(answer)).await;
        if let Some(warning) = warning {
            self.say(RunEvent::Warned(warning)).await;
        }
    }

    /// The last sample of a size had no record in its answer.
    pub(super) fn miss_record(&mut self, memory: MemoryMb, request_id: String) {
        let sizes = self.run.measured().map(|measured| &measured.sizes);
        let size = sizes.and_then(|sizes| sizes.iter().find(|size| size.memory_mb == memory));
        let index = size.and_then(|size| size.samples.len().checked_sub(1));
        self.unreported.extend(index.map(|index| Unreported {
            memory,
            index,
            request_id,
        }));
    }

    /// The samples that still miss their records.
    pub(super) fn take_unreported(&mut self) -> Vec<Unreported> {
        std::mem::take(&mut self.unreported)
    }

    /// The pick is on the live function.
    pub(super) fn applied(&mut self, applied: Applied) {
        if let Some(measured) = self.run.measured_mut() {
            measured.applied = Some(applied);
        }
    }

    /// Completes the record, saves it, and says so.
    pub(super) async fn end(
        mut self,
        state: RunState,
        cleanup: Cleanup,
        control_calls: u32,
        wall: Duration,
    ) -> Run {
        if let Some(measured) = self.run.measured_mut() {
            measured.close("the run ended");
            measured.state = state;
            measured.cleanup = cleanup;
            // A run that was gone on with has made calls before.
            let usage = &mut measured.usage;
            usage.control_calls = usage.control_calls.saturating_add(control_calls);
            let wall_ms = u64::try_from(wall.as_millis()).unwrap_or(u64::MAX);
            usage.wall_ms = usage.wall_ms.saturating_add(wall_ms);
        }
        if let Err(error) = self.save().await {
            let sentence = format!("the run could not be saved: {error}");
            self.say(RunEvent::Unsaved(sentence)).await;
        }
        self.events
            .send(RunEvent::Ended(Box::new(self.run.clone())))
            .await
            .ok();
        self.run
    }

    /// Saves the record under the name and with the note it has in the store by now; a run the user deleted meanwhile stays deleted.
    async fn save(&mut self) -> Result<(), Error> {
        let Some(saved) = self.store.runs().with_id(&self.run.id).await? else {
            return Ok(());
        };
        self.run.name = saved.name;
        self.run.note = saved.note;
        Ok(self.store.runs().save(&self.run).await?)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::power::{Original, fixture};

    #[tokio::test]
    async fn a_record_that_cannot_be_saved_is_said_apart_from_other_warnings() {
        let store = Store::in_memory().unwrap();
        let (events, mut heard) = mpsc::channel(16);
        let run = fixture::run();
        let journal = Journal {
            run: run.id.clone(),
            started: Timestamp::UNIX_EPOCH,
            original: Original {
                function_arn: String::new(),
                endpoint: None,
                memory: fixture::memory(128),
                description: None,
                versions: Vec::new(),
            },
            steps: Vec::new(),
        };
        let recorder = Recorder::begin(&store, events, run, journal).await.unwrap();
        store.clone().close().await.unwrap();
        let (state, cleanup) = (RunState::Finished, Cleanup::default());
        let run = recorder.end(state, cleanup, 0, Duration::ZERO).await;
        let mut all = Vec::new();
        while let Some(event) = heard.recv().await {
            all.push(event);
        }
        let unsaved = |event: &RunEvent| matches!(event, RunEvent::Unsaved(why) if why.starts_with("the run could not be saved"));
        assert!(all.iter().any(unsaved), "{all:?}");
        let warnings = &run.measured().unwrap().warnings;
        assert!(
            warnings
                .last()
                .unwrap()
                .starts_with("the run could not be saved")
        );
    }
}
