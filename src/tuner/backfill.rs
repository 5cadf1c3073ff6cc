//! REPORT records that were not at the end of an invocation's log: read from the log group once the function is
//! restored, so that no version waits for them.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::invoker::reported;
use super::recorder::{Recorder, Unreported};
use crate::aws::{AwsError, FilterRequest, LogsClient};
use crate::lambda::report::{self, Report};
use crate::power::RunEvent;
use crate::power::price::Rate;
use crate::task::{Backoff, retry};

/// Both formats of a record.
const PATTERN: &str = r#"?"REPORT RequestId" ?"platform.report""#;
/// How long before the run's start the group is read from: this clock and the service's may differ.
const SLACK_MS: i64 = 600_000;
/// How long to wait before the group is read again: records become readable some seconds after they were written.
const PAUSE: Duration = Duration::from_secs(2);
const READS: Backoff = Backoff::new(Duration::from_millis(200), Duration::from_secs(2), 4);

/// How much of a group was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReadExtent {
    Whole,
    /// There was no time for the rest.
    Part,
}

/// Where records are looked for.
#[derive(Debug)]
pub(super) struct Archive<'a> {
    pub(super) logs: &'a LogsClient,
    /// The function's log group.
    pub(super) group: &'a str,
    pub(super) rate: Rate,
    /// How long records may take to become readable.
    pub(super) patience: Duration,
}

impl Archive<'_> {
    /// Gives the samples that were timed here the figures of their records, and says what could not be found. Stopping it
    /// ends the look, not the run.
    pub(super) async fn complete(&self, stop: &CancellationToken, recorder: &mut Recorder<'_>) {
        let mut missing = recorder.take_unreported();
        if missing.is_empty() {
            return;
        }
        if !stop.is_cancelled() {
            let phase = format!("looking for {} in {}", records(missing.len()), self.group);
            recorder.say(RunEvent::Phase(phase)).await;
        }
        let look = self.look(&mut missing, recorder);
        let looked = stop.run_until_cancelled(look).await;
        if missing.is_empty() {
            return;
        }
        let (count, group) = (records(missing.len()), self.group);
        let why = match looked {
            None => format!("{count} missing in the answers, and not looked for to the end"),
            Some(Ok(ReadExtent::Whole)) => {
                format!("{count} found neither in the answers nor in {group}")
            }
            Some(Ok(ReadExtent::Part)) => format!(
                "{count} missing in the answers, and not in the part of {group} that could be read in {} s",
                self.patience.as_secs()
            ),
            Some(Err(error)) => {
                format!("{count} missing in the answers, and {group} cannot be read ({error})")
            }
        };
        let sentence = format!("{why}: these samples are timed here, the network included");
        recorder.say(RunEvent::Warned(sentence)).await;
    }

    async fn look(
        &self,
        missing: &mut Vec<Unreported>,
        recorder: &mut Recorder<'_>,
    ) -> Result<ReadExtent, AwsError> {
        let end = Instant::now() + self.patience;
        let from_ms = recorder.run().started.as_millisecond() - SLACK_MS;
        let mut extent = ReadExtent::Part;
        loop {
            let (found, read) = self.read(from_ms, missing, end).await?;
            if read == ReadExtent::Whole {
                extent = read;
            }
            for late in missing.extract_if(.., |late| found.contains_key(&late.request_id)) {
                if let Some(report) = found.get(&late.request_id) {
                    self.correct(&late, report, recorder).await;
                }
            }
            if missing.is_empty() || Instant::now() + PAUSE > end {
                return Ok(extent);
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The records of the samples that miss theirs, from the beginning of the group's stretch up to its end or until
    /// `end`. A function can print such lines too; the platform writes its own last, so the last one counts.
    async fn read(
        &self,
        from_ms: i64,
        missing: &[Unreported],
        end: Instant,
    ) -> Result<(HashMap<String, Report>, ReadExtent), AwsError> {
        let mut request = FilterRequest {
            group: self.group.to_owned(),
            pattern: PATTERN.to_owned(),
            from_ms,
            ..FilterRequest::default()
        };
        let mut found = HashMap::new();
        loop {
            self.logs.quota().wait().await;
            let page = retry(READS, AwsError::is_transient, || self.logs.filter(&request)).await?;
            let lines = page.events.iter().map(|event| event.message.as_str());
            let reports = lines.filter_map(report::parse_line);
            let wanted = reports.filter(|it| missing.iter().any(|m| m.request_id == it.request_id));
            found.extend(wanted.map(|report| (report.request_id.clone(), report)));
            request.next = page.next;
            if request.next.is_none() {
                return Ok((found, ReadExtent::Whole));
            }
            if Instant::now() > end {
                return Ok((found, ReadExtent::Part));
            }
        }
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
        sample.call.clone_from(&timed.call);
        let difference = self.rate.sample(&sample, memory) - self.rate.sample(timed, memory);
        let spent_usd = measured.usage.spent_usd + difference;
        recorder
            .say(RunEvent::Corrected(memory, index, sample))
            .await;
        recorder.say(RunEvent::Spent(spent_usd)).await;
    }
}

fn records(count: usize) -> String {
    match count {
        1 => "1 REPORT record".to_owned(),
        count => format!("{count} REPORT records"),
    }
}
