//! One invocation, from its payload to its sample.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::control::THROTTLED;
use super::error::Error;
use super::invocation::{InvocationFate, InvocationRequest, Missed};
use super::limits::TunerLimits;
use crate::aws::{AwsError, InvokeResponse, LambdaClient};
use crate::lambda::report::{self, Report};
use crate::lambda::{FunctionRef, MemoryMb};
use crate::planted::{Planted, is_planted};
use crate::power::plan::PayloadSequence;
use crate::power::{Plan, Sample, SampleKind, SampledCall};
use crate::task::{Pause, retry};
use crate::text;

/// A function's words about its error are kept up to this many characters; every failed sample holds them.
const LONGEST_WORDS: usize = 500;

/// No function runs longer than this, so no processor does; its own time-out is not read.
const LONGEST_FUNCTION: Duration = Duration::from_mins(15);

/// What invocations of one run have in common.
#[derive(Debug)]
pub(super) struct Invoker<'a> {
    pub(super) lambda: &'a LambdaClient,
    pub(super) function: &'a FunctionRef,
    pub(super) plan: &'a Plan,
    pub(super) payloads: &'a PayloadSequence,
    pub(super) limit: Duration,
    pub(super) limits: TunerLimits,
    pub(super) pause: Pause,
}

/// How one ended.
#[derive(Debug)]
pub(super) struct Invoked {
    /// What was asked for.
    pub request: InvocationRequest,
    /// The sample, or why there is none.
    pub outcome: Result<InvocationSample, Error>,
}

/// What an invocation gave.
#[derive(Debug)]
pub(super) struct InvocationSample {
    pub sample: Sample,
    pub fate: InvocationFate,
    /// The id of the invocation when its record was not in the answer.
    pub unreported: Option<String>,
    /// The memory size the function had, by the record.
    pub memory: Option<MemoryMb>,
    /// What the function answered; `None` when it reported an error.
    pub answer: Option<Vec<u8>>,
    /// Whether it began a durable execution.
    pub is_durable: bool,
}

impl Invoker<'_> {
    /// Carries out one request; never fails itself.
    pub(super) async fn invoke(&self, request: InvocationRequest) -> Invoked {
        if request.pause && !self.plan.sampling.sleep_between.is_zero() {
            tokio::time::sleep(self.plan.sampling.sleep_between).await;
            self.pause.clone().over().await;
        }
        let outcome = self.measure(&request).await;
        Invoked { request, outcome }
    }

    /// The same, after a pause if there is one.
    pub(super) async fn invoke_unless_paused(&self, request: InvocationRequest) -> Invoked {
        self.pause.clone().over().await;
        self.invoke(request).await
    }

    /// What an error says of the invocation: it may be that of a processor after it.
    pub(super) const fn missed(&self, error: &Error) -> Missed {
        match error {
            Error::Aws(error)
                if !error.is_unclear() && self.plan.sampling.post_processor.is_none() =>
            {
                Missed::NotRun
            }
            _ => Missed::Unclear,
        }
    }

    async fn measure(&self, request: &InvocationRequest) -> Result<InvocationSample, Error> {
        let payload = self.prepared(&self.payloads.body(request.turn)).await?;
        let version = self.function.qualified(&request.version);
        let at = Timestamp::now();
        let invocation = self.call_function(&version, &payload).await?;
        if let Some(post) = &self.plan.sampling.post_processor {
            self.processed(post, &invocation.payload).await?;
        }
        Ok(self.sample(invocation, request, at))
    }

    /// The payload after the pre-processor, whose non-empty answer replaces it.
    async fn prepared(&self, payload: &[u8]) -> Result<Vec<u8>, Error> {
        let Some(pre) = &self.plan.sampling.pre_processor else {
            return Ok(payload.to_vec());
        };
        let answer = self.processed(pre, payload).await?;
        let is_empty = answer.is_empty() || answer == b"null" || answer == b"\"\"";
        Ok(if is_empty { payload.to_vec() } else { answer })
    }

    async fn processed(&self, processor: &FunctionRef, payload: &[u8]) -> Result<Vec<u8>, Error> {
        let answer = self.call(processor, payload, LONGEST_FUNCTION).await?;
        if answer.function_error.is_some() {
            let said = error_words(&answer.payload, self.plan.log_payloads);
            return Err(Error::Processor {
                processor: processor.to_string(),
                said,
            });
        }
        Ok(answer.payload)
    }

    /// Invokes a processor.
    async fn call(
        &self,
        function: &FunctionRef,
        payload: &[u8],
        limit: Duration,
    ) -> Result<InvokeResponse, AwsError> {
        let limit = limit + self.limits.answer;
        retry(THROTTLED, may_be_repeated, || {
            self.lambda.invoke(function, payload.to_vec(), limit)
        })
        .await
    }

    /// Invokes a version of the function as the plan wants it.
    async fn call_function(
        &self,
        version: &FunctionRef,
        payload: &[u8],
    ) -> Result<InvokeResponse, AwsError> {
        let limit = self.limit + self.limits.answer;
        let tenant = self.plan.sampling.tenant_id.as_deref();
        let (lambda, payload) = (self.lambda, || payload.to_vec());
        if self.plan.sampling.response_stream {
            let invoke = || lambda.invoke_streaming(version, tenant, payload(), limit);
            return retry(THROTTLED, may_be_repeated, invoke).await;
        }
        let invoke = || lambda.invoke_for(version, tenant, payload(), limit);
        retry(THROTTLED, may_be_repeated, invoke).await
    }

    /// Notes the error that the function answered with.
    fn take_error(&self, sample: &mut Sample, answer: &[u8]) {
        let kind = error_type(answer);
        sample.error_allowed =
            kind.is_some_and(|kind| self.plan.sampling.allowed_exceptions.contains(&kind));
        sample.error = Some(error_words(answer, self.plan.log_payloads));
    }

    /// What an invocation gave that was sent at this time.
    fn sample(
        &self,
        invocation: InvokeResponse,
        request: &InvocationRequest,
        at: Timestamp,
    ) -> InvocationSample {
        let report = report::find(&invocation.log_tail, &invocation.request_id);
        let elapsed_ms = milliseconds(invocation.elapsed);
        let mut sample = report.as_ref().map_or_else(
            || timed_here(elapsed_ms, request.expect_cold),
            |report| reported(report, elapsed_ms),
        );
        sample.call = SampledCall {
            request_id: Some(invocation.request_id.clone()).filter(|id| !id.is_empty()),
            at: Some(at),
            payload: self.payloads.number(request.turn),
        };
        let memory = report.as_ref().and_then(|report| report.memory_mb);
        let unreported = report.is_none().then(|| invocation.request_id.clone());
        let fate = fate(&invocation, report.as_ref(), self.limit);
        if invocation.function_error.is_some() {
            self.take_error(&mut sample, &invocation.payload);
        }
        let fate = if sample.counts() {
            InvocationFate::Fine
        } else {
            fate
        };
        InvocationSample {
            sample,
            fate,
            unreported,
            memory: memory.and_then(|megabytes| MemoryMb::new(megabytes).ok()),
            is_durable: invocation.durable_execution.is_some(),
            answer: invocation
                .function_error
                .is_none()
                .then_some(invocation.payload),
        }
    }
}

/// An invocation is repeated only when AWS said that the function was not run.
fn may_be_repeated(error: &AwsError) -> bool {
    error.was_not_applied() || (is_planted(Planted::RepeatedInvoke) && error.is_unclear())
}

/// What a record says, with the time it took from here where it says nothing.
pub(super) fn reported(report: &Report, elapsed_ms: f64) -> Sample {
    let duration_ms = report.duration_ms.unwrap_or(elapsed_ms);
    Sample {
        kind: kind_of(report),
        duration_ms,
        billed_ms: report.billed_ms.unwrap_or_else(|| duration_ms.ceil()),
        init_ms: report.init_ms,
        restore_ms: report.restore_ms,
        billed_restore_ms: report.billed_restore_ms,
        max_memory_used_mb: report.max_memory_used_mb,
        error: None,
        error_allowed: false,
        client_timing: report.duration_ms.is_none(),
        call: SampledCall::default(),
    }
}

const fn kind_of(report: &Report) -> SampleKind {
    if report.restore_ms.is_some() {
        SampleKind::Restored
    } else if report.init_ms.is_some() {
        SampleKind::Cold
    } else {
        SampleKind::Warm
    }
}

/// Without a record there is only the client's clock, which has the network in it.
fn timed_here(elapsed_ms: f64, expect_cold: bool) -> Sample {
    Sample {
        kind: if expect_cold {
            SampleKind::Cold
        } else {
            SampleKind::Warm
        },
        duration_ms: elapsed_ms,
        billed_ms: elapsed_ms.ceil(),
        init_ms: None,
        restore_ms: None,
        billed_restore_ms: None,
        max_memory_used_mb: None,
        error: None,
        error_allowed: false,
        client_timing: true,
        call: SampledCall::default(),
    }
}

fn milliseconds(elapsed: Duration) -> f64 {
    elapsed.as_secs_f64() * 1000.0
}

fn fate(invocation: &InvokeResponse, report: Option<&Report>, limit: Duration) -> InvocationFate {
    if invocation.function_error.is_none() {
        return InvocationFate::Fine;
    }
    let words = String::from_utf8_lossy(&invocation.payload);
    let reported = report
        .and_then(|report| report.error_type.as_deref())
        .unwrap_or_default();
    if words.contains("signal: killed") || reported.contains("OutOfMemory") {
        InvocationFate::OutOfMemory
    } else if words.contains("Task timed out after")
        || report.and_then(|report| report.duration_ms) >= Some(milliseconds(limit))
    {
        InvocationFate::TimedOut
    } else {
        InvocationFate::Failed
    }
}

fn error_type(payload: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(payload).ok()?;
    value.get("errorType")?.as_str().map(str::to_owned)
}

/// The function's own words about its error, made safe; only the type when payloads must stay private.
fn error_words(payload: &[u8], in_full: bool) -> String {
    let value: Value = serde_json::from_slice(payload).unwrap_or_default();
    let field = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let words = match (
        field("errorType"),
        field("errorMessage").filter(|_| in_full),
    ) {
        (Some(kind), Some(message)) => format!("{kind}: {message}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) if in_full => String::from_utf8_lossy(payload).into_owned(),
        (None, None) => "the function reported an error".to_owned(),
    };
    let words = text::neutralise(&words);
    words.chars().take(LONGEST_WORDS).collect()
}
