//! The log of one tuning run: which lines of its function's group are its own.

use jiff::{SignedDuration, Timestamp};

use super::RequestId;
use crate::power::{MeasuredRun, Run, RunId};

/// How far before the first and after the last call lines are looked for: clocks differ.
const MARGIN: SignedDuration = SignedDuration::from_secs(60);

/// What is known of the lines of a run, from its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunLog {
    /// The run.
    pub run: RunId,
    /// Its name.
    pub name: String,
    /// The stretch of time that it took, with a margin, in Unix milliseconds.
    pub range_ms: (i64, i64),
    /// The request ids of its invocations, in no order.
    pub requests: Vec<String>,
    /// The invocation that is looked for, when one is.
    pub wanted: Option<RequestId>,
}

impl RunLog {
    /// Of a run, seen at this time; `None` when it was not measured here.
    #[must_use]
    pub fn of(run: &Run, now: Timestamp) -> Option<Self> {
        let measured = run.measured()?;
        let took = SignedDuration::from_millis(i64::try_from(measured.usage.wall_ms).ok()?);
        let calls = || calls(measured).filter_map(|call| call.at);
        let begin = calls().min().unwrap_or(run.started).min(run.started);
        let end = calls().max().unwrap_or(run.started).max(run.started + took);
        Some(Self {
            run: run.id.clone(),
            name: run.name.clone(),
            range_ms: (
                (begin - MARGIN).as_millisecond(),
                (end + MARGIN).min(now).as_millisecond(),
            ),
            requests: calls_with_id(measured),
            wanted: None,
        })
    }
}

fn calls(measured: &MeasuredRun) -> impl Iterator<Item = &crate::power::SampledCall> {
    let probes = measured.preflight.probes.iter().map(|it| &it.sample);
    let samples = measured.sizes.iter().flat_map(|size| &size.samples);
    probes.chain(samples).map(|sample| &sample.call)
}

fn calls_with_id(measured: &MeasuredRun) -> Vec<String> {
    let ids = calls(measured).filter_map(|call| call.request_id.clone());
    ids.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::{examples, fixture};

    #[test]
    fn the_log_of_a_run_reaches_over_all_its_calls() {
        let mut run = fixture::run();
        let late = run.started + SignedDuration::from_hours(5);
        let sample = run
            .measured_mut()
            .and_then(|it| it.sizes.first_mut()?.samples.first_mut())
            .unwrap();
        sample.call.at = Some(late);
        sample.call.request_id = Some("8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f".to_owned());
        let now = late + SignedDuration::from_hours(1);
        let log = RunLog::of(&run, now).unwrap();
        assert_eq!(log.range_ms.1, (late + MARGIN).as_millisecond());
        assert_eq!(log.range_ms.0, (run.started - MARGIN).as_millisecond());
        assert!(
            log.requests
                .contains(&"8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f".to_owned())
        );
        // Nothing is looked for in the time to come.
        let log = RunLog::of(&run, late).unwrap();
        assert_eq!(log.range_ms.1, late.as_millisecond());
    }

    #[test]
    fn a_run_from_elsewhere_has_no_log() {
        let example = &examples::find("no-op").unwrap().run;
        assert_eq!(RunLog::of(example, example.started), None);
    }
}
