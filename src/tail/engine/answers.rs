//! What pages bring, and what to do about a page that does not come.

use super::{CredentialsHold, PAGES, REFUSALS, RENEWALS, TailEngine};
use crate::aws::{AwsError, FilterPage};
use crate::clock::Now;
use crate::logs::{EventOrigin, LogEvent};
use crate::tail::page_run::RunPurpose;
use crate::tail::poller::{PageEvents, YOUNG_MS};
use crate::tail::session_group::reason;
use crate::task::Backoff;

impl TailEngine {
    pub(super) fn page(
        &mut self,
        index: usize,
        page: Result<FilterPage, AwsError>,
        now: Now,
    ) -> Result<(), AwsError> {
        match page {
            Ok(page) => {
                self.read(index, page, now);
                Ok(())
            }
            Err(error) => self.failed(index, error, now),
        }
    }

    fn read(&mut self, index: usize, page: FilterPage, now: Now) {
        self.release_hold();
        self.joins(index, now);
        for event in &page.events {
            self.server.learn(event.ingested_ms, now);
        }
        let Some(session_group) = self.pollers.get(index).map(|poller| poller.session_group) else {
            return;
        };
        let circumstances = self.circumstances(session_group, now);
        let poller = self.pollers.get_mut(index);
        let Some(taken) = poller.and_then(|poller| poller.page(page, circumstances)) else {
            return;
        };
        let mut events = self.fresh(session_group, taken, now);
        let recovered = events
            .iter()
            .filter(|it| it.origin == EventOrigin::Recovered);
        let recovered = recovered.count() as u64;
        self.recovered += recovered;
        self.gaps.recovered(session_group, recovered);
        events.shrink_to_fit();
        self.tell(events, now);
    }

    /// The events of a page that were not told before, each with its origin.
    fn fresh(&mut self, session_group: usize, taken: PageEvents, now: Now) -> Vec<LogEvent> {
        let server_ms = self.server.now_ms(now);
        let young_ms = self.young_ms(session_group, &taken, now);
        let begun_ms = self.begun_ms();
        let is_settled = |event: &LogEvent| {
            event.time_ms < taken.settled_ms && event.ingested_ms.max(event.time_ms) < begun_ms
        };
        let mut events = taken.events;
        let identity = &mut self.identity;
        events.retain(|event| {
            is_settled(event) || event.ingested_ms < young_ms && identity.stored(event, server_ms)
        });
        for event in &mut events {
            event.origin = self.origin(session_group, taken.purpose, event);
        }
        events
    }

    /// When it began, by the service's clock.
    fn begun_ms(&self) -> i64 {
        self.server.at_ms(self.begun_wall_ms)
    }

    /// From which ingestion time on events are left to the live session.
    fn young_ms(&self, session_group: usize, taken: &PageEvents, now: Now) -> i64 {
        let since_ms = self
            .session_groups
            .get(session_group)
            .and_then(super::SessionGroup::brings_since_ms);
        let sweeps = matches!(taken.purpose, RunPurpose::Recent | RunPurpose::Deep);
        match since_ms.filter(|_| sweeps) {
            // What was taken in before the session was open it does not bring.
            Some(since_ms) => {
                // By the estimate that is too early, too much would count as young.
                let likely_ms = self.server.now_ms(now) + self.server.modesty_ms(now);
                let passed = now.since(taken.swept_at.unwrap_or(now.at));
                let passed_ms = i64::try_from(passed.as_millis()).unwrap_or(i64::MAX);
                // For what is exactly so old a stretch that is filled vouches already.
                since_ms.max(likely_ms - passed_ms - YOUNG_MS + 1)
            }
            None => i64::MAX,
        }
    }

    fn origin(&self, session_group: usize, purpose: RunPurpose, event: &LogEvent) -> EventOrigin {
        if matches!(purpose, RunPurpose::Paint(_) | RunPurpose::History) {
            return EventOrigin::History;
        }
        let session_group = self.session_groups.get(session_group);
        let since_ms = session_group.and_then(super::SessionGroup::live_since_ms);
        match since_ms {
            _ if event.ingested_ms < self.begun_ms() => EventOrigin::History,
            _ if session_group.is_some_and(super::SessionGroup::is_polling) => EventOrigin::Polled,
            Some(since_ms) if event.ingested_ms >= since_ms => EventOrigin::Recovered,
            _ => EventOrigin::Polled,
        }
    }

    fn failed(&mut self, index: usize, error: AwsError, now: Now) -> Result<(), AwsError> {
        let Some(poller) = self.pollers.get_mut(index) else {
            return Ok(());
        };
        if matches!(error, AwsError::Refused(_)) && poller.lost_token(now) {
            return Ok(());
        }
        let hopeless = poller.is_first() && !error.is_transient() && !is_about_credentials(&error);
        if hopeless && !self.do_without(index, &error, now) && self.knows_nothing() {
            return Err(error);
        }
        let Some(poller) = self.pollers.get_mut(index) else {
            return Ok(());
        };
        tracing::info!(error = ?error, group = poller.name, "a page of events did not come");
        let (rng, pauses) = (&mut self.rng, pauses(&error));
        poller.failed(&reason(&error), now, |failures| pauses.delay(failures, rng));
        self.heed(&error, now);
        Ok(())
    }

    /// Whether no page of any group ever came.
    fn knows_nothing(&self) -> bool {
        self.pollers.iter().all(super::GroupPoller::is_first)
    }

    /// Credentials that do not work hold up every call until there are others.
    pub(super) fn heed(&mut self, error: &AwsError, now: Now) {
        if !is_about_credentials(error) {
            return;
        }
        let attempts = match &self.hold {
            Some(hold) if !hold.is_trying => return,
            Some(hold) => hold.attempts + 1,
            None => 0,
        };
        let pause = RENEWALS.delay(attempts, &mut self.rng);
        self.hold = Some(CredentialsHold {
            sentence: error.to_string(),
            look_at: Some(now.at + pause),
            attempts,
            is_trying: false,
        });
    }

    pub(super) fn renewed(&mut self, result: Result<(), AwsError>, now: Now) {
        let pause = self.hold.as_ref().map(|hold| hold.attempts);
        let pause = RENEWALS.delay(pause.unwrap_or_default(), &mut self.rng);
        let Some(hold) = &mut self.hold else { return };
        match result {
            // Whether they work, the next call shows.
            Ok(()) => hold.is_trying = true,
            Err(error) => {
                hold.sentence = error.to_string();
                hold.attempts += 1;
                hold.look_at = Some(now.at + pause);
            }
        }
    }

    /// A call succeeded.
    fn release_hold(&mut self) {
        if self.hold.as_ref().is_some_and(|hold| hold.is_trying) {
            self.hold = None;
        }
    }
}

/// A group that was deleted must not use up the calls of the others.
const fn pauses(error: &AwsError) -> Backoff {
    match error {
        AwsError::NotFound(_) | AwsError::AccessDenied { .. } | AwsError::Refused(_) => REFUSALS,
        _ => PAGES,
    }
}

const fn is_about_credentials(error: &AwsError) -> bool {
    matches!(
        error,
        AwsError::Expired(_) | AwsError::NoCredentials(_) | AwsError::BadCredentials(_)
    )
}
