//! What goes on while sizes are measured: waits for publisher, invocations and new versions, and reacts.

use std::collections::BTreeSet;

use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use tokio_util::sync::CancellationToken;

use super::channel::{MeasurementSide, Published};
use super::error::Error;
use super::extent::MeasuredExtent;
use super::invocation::InvocationFate;
use super::invoker::{InvocationSample, Invoked, Invoker};
use super::recorder::Recorder;
use super::schedule::{Schedule, StateChange};
use super::switches::{Hold, HoldChange};
use super::waking::{Awake, Waking};
use crate::aws::AwsError;
use crate::lambda::MemoryMb;
use crate::power::run::CAPPED;
use crate::power::{RunEvent, SizeState};

/// Everything under way.
pub(super) struct Progress<'a> {
    schedule: Schedule,
    invoker: &'a Invoker<'a>,
    in_flight: FuturesUnordered<BoxFuture<'a, Invoked>>,
    waking: Waking<'a>,
    publishing: Option<BoxFuture<'a, Result<(), Error>>>,
    publisher: MeasurementSide,
    /// The size the function has outside the run, whose first invocation is the proof.
    current: MemoryMb,
    /// Whether the user stopped it.
    stopped: bool,
    hold: Hold,
    extent: MeasuredExtent,
}

enum ProgressEvent {
    Stopped,
    Held(HoldChange),
    Stalled,
    Published(Published),
    PublisherEnded(Result<(), Error>),
    Awoke(Awake),
    Landed(Invoked),
}

impl<'a> Progress<'a> {
    /// Ready to go, with the publisher at work and the channel to it.
    pub(super) fn new(
        schedule: Schedule,
        invoker: &'a Invoker<'a>,
        waking: Waking<'a>,
        publishing: BoxFuture<'a, Result<(), Error>>,
        publisher: MeasurementSide,
        current: MemoryMb,
        hold: Hold,
    ) -> Self {
        Self {
            schedule,
            invoker,
            in_flight: FuturesUnordered::new(),
            waking,
            publishing: Some(publishing),
            publisher,
            current,
            stopped: false,
            hold,
            extent: MeasuredExtent::Whole,
        }
    }

    /// Goes on until nothing is under way any more; gives the first error.
    pub(super) async fn run(
        &mut self,
        recorder: &mut Recorder<'_>,
        stop: &CancellationToken,
    ) -> Result<MeasuredExtent, Error> {
        let mut ended = Ok(());
        while let Some(event) = self.next(stop).await {
            let changes = self.schedule.take_changes();
            self.tell(changes, recorder).await;
            if let Err(error) = self.react(event, recorder).await {
                let why = match &error {
                    // Says of one size why it was not measured, which is not the reason of the others.
                    Error::Unmeasurable(_) | Error::FunctionFails(_) => "the run ended".to_owned(),
                    error => error.to_string(),
                };
                self.wind_up(&why, recorder).await;
                ended = ended.and(Err(error));
            }
        }
        self.end_hold(recorder).await;
        let changes = self.schedule.close("it was not published");
        self.tell(changes, recorder).await;
        if self.schedule.hit_cap() {
            recorder.say(RunEvent::Warned(CAPPED.to_owned())).await;
            self.extent = self.extent.max(MeasuredExtent::Capped);
        }
        if let Some(words) = self.schedule.unclear_words() {
            recorder.say(RunEvent::Warned(words)).await;
        }
        ended.map(|()| self.extent)
    }

    async fn next(&mut self, stop: &CancellationToken) -> Option<ProgressEvent> {
        self.launch();
        if self.is_over() {
            return None;
        }
        if self.publisher.is_waiting() && self.is_idle() && !self.hold.is_asked() {
            return Some(ProgressEvent::Stalled);
        }
        tokio::select! {
            biased;
            () = stop.cancelled(), if !self.stopped => Some(ProgressEvent::Stopped),
            change = self.hold.switched(), if !self.stopped => Some(ProgressEvent::Held(change)),
            Some(published) = self.publisher.hear() => Some(ProgressEvent::Published(published)),
            result = ended(&mut self.publishing) => Some(ProgressEvent::PublisherEnded(result)),
            Some(awake) = self.waking.next() => Some(ProgressEvent::Awoke(awake)),
            Some(invoked) = self.in_flight.next() => Some(ProgressEvent::Landed(invoked)),
        }
    }

    /// Starts what may start; when no size needs anything more there is nothing to publish for.
    fn launch(&mut self) {
        while !self.hold.is_asked()
            && let Some(request) = self.schedule.next()
        {
            let invoker = self.invoker;
            self.in_flight.push(invoker.invoke(request).boxed());
        }
        if self.schedule.is_done() {
            self.publisher.end();
        }
        self.publisher.need(self.schedule.settled(), self.wanting());
    }

    /// The sizes that cannot go on without a version, of which none is on its way.
    fn wanting(&self) -> BTreeSet<MemoryMb> {
        let mut wanting = self.schedule.wanting();
        wanting.retain(|&memory| !self.waking.holds(memory));
        wanting
    }

    fn is_over(&self) -> bool {
        let is_held = self.hold.is_asked() && !self.stopped && !self.schedule.is_done();
        self.publishing.is_none() && self.is_idle() && !is_held
    }

    fn is_idle(&self) -> bool {
        self.publisher.is_silent() && self.in_flight.is_empty() && self.waking.is_empty()
    }

    /// The publisher waits for the function to prove itself, and nothing is under way that could: either it does not
    /// work, or a cold start failed, and whether the function works at all is seen by asking the same version again.
    fn stalled(&mut self) -> Result<(), Error> {
        if let Some(reason) = self.schedule.failure(self.current) {
            return Err(Error::Unmeasurable(reason.to_owned()));
        }
        if !self.schedule.retry(self.current) {
            self.publisher.prove();
        }
        Ok(())
    }

    async fn react(
        &mut self,
        event: ProgressEvent,
        recorder: &mut Recorder<'_>,
    ) -> Result<(), Error> {
        match event {
            ProgressEvent::Stopped => {
                self.stopped = true;
                self.end_hold(recorder).await;
                if !self.schedule.is_done() {
                    self.extent = MeasuredExtent::Stopped;
                }
                self.wind_up("the run was cancelled", recorder).await;
                Ok(())
            }
            ProgressEvent::Held(change) => {
                self.held(change, recorder).await;
                Ok(())
            }
            ProgressEvent::Stalled => self.stalled(),
            ProgressEvent::Published(published) => {
                self.published(published, recorder).await;
                Ok(())
            }
            ProgressEvent::PublisherEnded(result) => result,
            ProgressEvent::Awoke(awake) => {
                self.awoke(awake, recorder).await;
                Ok(())
            }
            ProgressEvent::Landed(invoked) => {
                let landed = self.landed(invoked, recorder).await;
                if self.hold.is_on() && self.in_flight.is_empty() {
                    recorder.say(RunEvent::Phase(PAUSED.to_owned())).await;
                }
                landed
            }
        }
    }

    /// Tells of a pause, and of its end: the environments may be new after it.
    async fn held(&mut self, change: HoldChange, recorder: &mut Recorder<'_>) {
        if change == HoldChange::Began {
            recorder.say(RunEvent::Paused).await;
        }
        let phase = match change {
            HoldChange::Began if self.in_flight.is_empty() => PAUSED,
            HoldChange::Began => "paused; what is under way finishes",
            HoldChange::Ended(time) => {
                self.schedule.renew();
                recorder.say(RunEvent::Resumed(time)).await;
                "measuring"
            }
        };
        recorder.say(RunEvent::Phase(phase.to_owned())).await;
    }

    /// Notes how long the run was paused when it ends so.
    async fn end_hold(&mut self, recorder: &mut Recorder<'_>) {
        if let Some(time) = self.hold.end() {
            recorder.say(RunEvent::Resumed(time)).await;
        }
    }

    async fn published(&mut self, published: Published, recorder: &mut Recorder<'_>) {
        match published {
            Published::Waiting => {
                if self.publisher.is_waiting() {
                    let phase = "waiting for a first answer";
                    recorder.say(RunEvent::Phase(phase.to_owned())).await;
                }
            }
            Published::Phase(phase) => recorder.say(RunEvent::Phase(phase)).await,
            Published::Restored => {
                recorder.say(RunEvent::Restored).await;
                let phase = "measuring, restored";
                recorder.say(RunEvent::Phase(phase.to_owned())).await;
            }
            Published::Refused(memory, reason) => {
                let changes = self.schedule.skip(memory, &reason);
                self.tell(changes, recorder).await;
            }
            Published::Version {
                memory,
                version,
                owner,
                pending,
            } => {
                if let Some(words) = owner.words(memory, &version) {
                    recorder.say(RunEvent::Warned(words)).await;
                }
                self.take(memory, version, pending);
            }
        }
    }

    /// Takes a version that was published; one that is pending has to wake first.
    fn take(&mut self, memory: MemoryMb, version: String, pending: bool) {
        if pending {
            self.waking.push(memory, version);
        } else {
            self.schedule.ready(memory, version);
        }
    }

    async fn awoke(&mut self, awake: Awake, recorder: &mut Recorder<'_>) {
        match awake.result {
            Ok(()) => self.schedule.ready(awake.memory, awake.version),
            Err(error) => {
                let changes = self.schedule.skip(awake.memory, &error.to_string());
                self.tell(changes, recorder).await;
            }
        }
    }

    async fn landed(&mut self, invoked: Invoked, recorder: &mut Recorder<'_>) -> Result<(), Error> {
        let memory = invoked.request.memory;
        match invoked.outcome {
            Ok(measured) => self.sampled(memory, measured, recorder).await,
            Err(error) => {
                let missed = self.invoker.missed(&error);
                let changes = self.schedule.miss(memory, &error.to_string(), missed);
                self.tell(changes, recorder).await;
                if is_fatal(&error) { Err(error) } else { Ok(()) }
            }
        }
    }

    async fn sampled(
        &mut self,
        memory: MemoryMb,
        measured: InvocationSample,
        recorder: &mut Recorder<'_>,
    ) -> Result<(), Error> {
        recorder.hear_answer(&measured, self.invoker.plan).await;
        let InvocationSample {
            sample,
            fate,
            unreported,
            ..
        } = measured;
        let changes = self.schedule.record(memory, &sample, fate);
        recorder.say(RunEvent::Sampled(memory, sample)).await;
        if let Some(request_id) = unreported {
            recorder.miss_record(memory, request_id);
        }
        recorder
            .say(RunEvent::Spent(self.schedule.spent_usd()))
            .await;
        let failing = changes.iter().find_map(|change| match &change.state {
            SizeState::Infeasible(reason) if change.memory == memory => Some(reason.clone()),
            _ => None,
        });
        self.tell(changes, recorder).await;
        match failing {
            Some(reason) if fate == InvocationFate::Failed && !self.publisher.is_proven() => {
                return Err(Error::FunctionFails(reason));
            }
            Some(_) => self.publisher.prove(),
            None if fate == InvocationFate::Fine => self.publisher.prove(),
            None => {}
        }
        Ok(())
    }

    async fn tell(&mut self, changes: Vec<StateChange>, recorder: &mut Recorder<'_>) {
        for StateChange { memory, state } in changes {
            recorder.say(RunEvent::SizeChanged(memory, state)).await;
        }
    }

    /// Starts nothing more and waits for nothing but the publisher, which restores the function.
    async fn wind_up(&mut self, reason: &str, recorder: &mut Recorder<'_>) {
        self.publisher.end();
        self.in_flight.clear();
        self.waking.clear();
        self.schedule.abandon();
        recorder
            .say(RunEvent::Spent(self.schedule.spent_usd()))
            .await;
        let changes = self.schedule.close(reason);
        self.tell(changes, recorder).await;
    }
}

/// What is being done in a pause once nothing is under way any more.
const PAUSED: &str = "paused; nothing is under way";

/// The end of the publisher; pending for ever once it has been seen.
async fn ended(publishing: &mut Option<BoxFuture<'_, Result<(), Error>>>) -> Result<(), Error> {
    match publishing {
        Some(future) => {
            let result = future.await;
            *publishing = None;
            result
        }
        None => std::future::pending().await,
    }
}

/// Whether an error would meet every further invocation as well.
const fn is_fatal(error: &Error) -> bool {
    matches!(
        error,
        Error::Processor { .. }
            | Error::Aws(
                AwsError::AccessDenied { .. }
                    | AwsError::Expired { .. }
                    | AwsError::NoCredentials { .. }
                    | AwsError::BadCredentials { .. }
            )
    )
}
