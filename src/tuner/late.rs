//! REPORT records that were not at the end of an invocation's log: read from the log group once the function is
//! restored, so that no version waits for them.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::flight::reported;
use super::recorder::Recorder;
use crate::aws::{AwsError, FilterRequest, Logs};
use crate::lambda::MemoryMb;
use crate::lambda::report::{self, Report};
use crate::power::Tuning;
use crate::power::price::Rate;
use crate::task::{Backoff, retry};

/// Both formats of a record.
const PATTERN: &str = r#"?"REPORT RequestId" ?"platform.report""#;
/// How long before the run's start the group is read from: this clock and the service's may differ.
const SLACK_MS: i64 = 600_000;
/// How long to wait before the group is read again: records become readable some seconds after they were written.
const PAUSE: Duration = Duration::from_secs(2);
/// Pages read of a group at most, each time: a busy function writes many records of its own.
const PAGES: usize = 100;
const READS: Backoff = Backoff::new(Duration::from_millis(200), Duration::from_secs(2), 4);

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

/// Where records are looked for.
#[derive(Debug)]
pub(super) struct Archive<'a> {
    pub(super) logs: &'a Logs,
    /// The function's log group.
    pub(super) group: &'a str,
    pub(super) rate: Rate,
    /// How long records may take to become readable.
    pub(super) patience: Duration,
}

impl Archive<'_> {
    /// Gives the samples that were timed here the figures of their records, and says what could not be found.
    pub(super) async fn complete(&self, recorder: &mut Recorder<'_>) {
        let mut missing = recorder.take_unreported();
        if missing.is_empty() {
            return;
        }
        let phase = format!("looking for {} in {}", records(missing.len()), self.group);
        recorder.say(Tuning::Phase(phase)).await;
        let failed = self.look(&mut missing, recorder).await.err();
        if missing.is_empty() {
            return;
        }
        let (count, group) = (records(missing.len()), self.group);
        let why = failed.map_or_else(
            || format!("{count} found neither in the answers nor in {group}"),
            |error| format!("{count} missing in the answers, and {group} cannot be read ({error})"),
        );
        let sentence = format!("{why}: these samples are timed here, the network included");
        recorder.say(Tuning::Warned(sentence)).await;
    }

    async fn look(
        &self,
        missing: &mut Vec<Unreported>,
        recorder: &mut Recorder<'_>,
    ) -> Result<(), AwsError> {
        let end = Instant::now() + self.patience;
        let from_ms = recorder.run().started.as_millisecond() - SLACK_MS;
        loop {
            let found = self.read(from_ms, missing).await?;
            for late in missing.extract_if(.., |late| found.contains_key(&late.request_id)) {
                if let Some(report) = found.get(&late.request_id) {
                    self.correct(&late, report, recorder).await;
                }
            }
            if missing.is_empty() || Instant::now() + PAUSE > end {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The records of the samples that miss theirs.
    async fn read(
        &self,
        from_ms: i64,
        missing: &[Unreported],
    ) -> Result<HashMap<String, Report>, AwsError> {
        let mut request = FilterRequest {
            group: self.group.to_owned(),
            pattern: PATTERN.to_owned(),
            from_ms,
            ..FilterRequest::default()
        };
        let mut found = HashMap::new();
        for _ in 0..PAGES {
            let page = retry(READS, AwsError::is_transient, || self.logs.filter(&request)).await?;
            let lines = page.events.iter().map(|event| event.message.as_str());
            let reports = lines.filter_map(report::parse_line);
            let wanted = reports.filter(|it| missing.iter().any(|m| m.request_id == it.request_id));
            found.extend(wanted.map(|report| (report.request_id.clone(), report)));
            request.next = page.next;
            if request.next.is_none() || found.len() == missing.len() {
                break;
            }
        }
        Ok(found)
    }

    async fn correct(&self, late: &Unreported, report: &Report, recorder: &mut Recorder<'_>) {
        let Unreported { memory, index, .. } = *late;
        let Some(measured) = recorder.run().measured() else {
            return;
        };
        let mut sizes = measured.sizes.iter();
        let size = sizes.find(|size| size.memory_mb == memory);
        let Some(timed) = size.and_then(|size| size.samples.get(index)) else {
            return;
        };
        let mut sample = reported(report, timed.duration_ms);
        sample.error.clone_from(&timed.error);
        sample.error_allowed = timed.error_allowed;
        let difference = self.rate.sample(&sample, memory) - self.rate.sample(timed, memory);
        let spent_usd = measured.spent_usd + difference;
        recorder.say(Tuning::Corrected(memory, index, sample)).await;
        recorder.say(Tuning::Spent(spent_usd)).await;
    }
}

fn records(count: usize) -> String {
    match count {
        1 => "1 REPORT record".to_owned(),
        count => format!("{count} REPORT records"),
    }
}
