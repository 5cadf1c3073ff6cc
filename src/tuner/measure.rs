//! The measurement: proves that the function works, then publishes and samples side by side.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;

use super::channel::channel;
use super::control::Control;
use super::error::Error;
use super::extent::MeasuredExtent;
use super::invocation::{InvocationFate, InvocationRequest};
use super::invoker::{InvocationSample, Invoker};
use super::limits::TunerLimits;
use super::preflight::PreflightFindings;
use super::progress::Progress;
use super::publish::{Publisher, needs_new_environments, open_turns, turns};
use super::recorder::Recorder;
use super::schedule::{Budget, Schedule};
use super::switches::{Hold, RunSwitches};
use super::waking::Waking;
use crate::aws::LambdaClient;
use crate::lambda::MemoryMb;
use crate::power::{Plan, RunEvent, Sample};

/// Times the function may fail before it counts as failing.
const PROBES: u32 = 3;

/// One measurement.
#[derive(Debug)]
pub(super) struct Measurement<'a> {
    pub(super) lambda: &'a LambdaClient,
    pub(super) limits: TunerLimits,
    pub(super) control: &'a Control<'a>,
    pub(super) plan: &'a Plan,
    pub(super) found: &'a PreflightFindings,
}

impl Measurement<'_> {
    /// Measures; ends when every size has, the user stops it, or an error makes going on pointless. The publisher
    /// always comes to its end, which is the restore. A panic is an error like any other.
    pub(super) async fn run(
        &self,
        recorder: &mut Recorder<'_>,
        switches: &RunSwitches,
    ) -> Result<MeasuredExtent, Error> {
        let measured = AssertUnwindSafe(self.measure(recorder, switches))
            .catch_unwind()
            .await;
        measured.unwrap_or_else(|panic| Err(Error::Defect(words_of(panic.as_ref()))))
    }

    async fn measure(
        &self,
        recorder: &mut Recorder<'_>,
        switches: &RunSwitches,
    ) -> Result<MeasuredExtent, Error> {
        let invoker = self.invoker(switches);
        let mut schedule = self.schedule();
        let mut is_proven = false;
        if let Some(measured) = recorder.run().measured() {
            schedule.take_up(measured);
            let mut samples = measured.sizes.iter().flat_map(|size| &size.samples);
            is_proven = samples.any(Sample::counts);
        }
        if !is_proven && !self.plan.sizes.contains(&self.found.latest.memory) {
            let phase = "probing the function as it is";
            recorder.say(RunEvent::Phase(phase.to_owned())).await;
            if !self
                .probe(&invoker, &mut schedule, recorder, switches)
                .await?
            {
                return Ok(MeasuredExtent::Stopped);
            }
            is_proven = true;
        }
        self.publish_and_sample(schedule, &invoker, is_proven, recorder, switches)
            .await
    }

    async fn publish_and_sample(
        &self,
        schedule: Schedule,
        invoker: &Invoker<'_>,
        is_proven: bool,
        recorder: &mut Recorder<'_>,
        switches: &RunSwitches,
    ) -> Result<MeasuredExtent, Error> {
        let (publisher_side, publisher) = channel();
        if is_proven {
            publisher.prove();
        }
        let publishing = Publisher {
            control: self.control,
            original: &self.found.original,
            channel: publisher_side,
            pause: switches.pause.clone(),
            on_demand: needs_new_environments(self.plan),
        };
        let turns = turns(self.plan, self.found.latest.memory);
        let turns = open_turns(turns, self.plan, schedule.open());
        let publishing = publishing.run(self.found.latest.clone(), &turns).boxed();
        Progress::new(
            schedule,
            invoker,
            Waking::new(self.control),
            publishing,
            publisher,
            self.found.latest.memory,
            Hold::new(switches.pause.clone()),
        )
        .run(recorder, &switches.stop)
        .await
    }

    fn invoker(&self, switches: &RunSwitches) -> Invoker<'_> {
        Invoker {
            lambda: self.lambda,
            function: self.control.function(),
            plan: self.plan,
            payloads: &self.found.payloads,
            limit: self.found.latest.timeout,
            limits: self.limits,
            pause: switches.pause.clone(),
        }
    }

    fn schedule(&self) -> Schedule {
        Schedule::new(
            self.plan,
            Budget::new(self.plan.max_cost_usd, self.found.rate),
            self.found.most_at_once,
            self.found.current,
        )
    }

    /// Invokes the function as it is, again when it fails and the money allows it; false when the user stops that. Too
    /// little memory or time says nothing about other sizes.
    async fn probe(
        &self,
        invoker: &Invoker<'_>,
        schedule: &mut Schedule,
        recorder: &mut Recorder<'_>,
        switches: &RunSwitches,
    ) -> Result<bool, Error> {
        let looked_up = self.found.latest.memory;
        let mut said = String::new();
        for turn in 0..PROBES {
            if !schedule.affords(looked_up) {
                return Err(Error::Unmeasurable(format!(
                    "the cost cap allows no further invocation, and the function fails with this payload; it said: {said}"
                )));
            }
            let request = probe_request(looked_up, turn as usize);
            let invoking = invoker.invoke_unless_paused(request);
            let Some(ended) = switches.stop.run_until_cancelled(invoking).await else {
                return Ok(false);
            };
            let measured = ended.outcome?;
            recorder.hear_answer(&measured, self.plan).await;
            let InvocationSample {
                sample,
                fate,
                memory,
                ..
            } = measured;
            // Somebody may have changed it since the look.
            let memory = memory.unwrap_or(looked_up);
            schedule.spend(memory, &sample);
            said = sample.error.clone().unwrap_or_default();
            recorder.say(RunEvent::Probed(memory, sample)).await;
            recorder.say(RunEvent::Spent(schedule.spent_usd())).await;
            if fate != InvocationFate::Failed {
                return Ok(true);
            }
        }
        Err(Error::FunctionFails(said))
    }
}

/// An invocation of the function as it is, the first one of a new environment.
fn probe_request(memory: MemoryMb, turn: usize) -> InvocationRequest {
    InvocationRequest {
        memory,
        version: "$LATEST".to_owned(),
        turn,
        expect_cold: turn == 0,
        pause: false,
    }
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|&text| text.to_owned());
    let words = text.or_else(|| panic.downcast_ref::<String>().cloned());
    words.unwrap_or_else(|| "a panic without words".to_owned())
}
