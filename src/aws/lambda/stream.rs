//! Invocations whose answers come as a stream.

use std::time::Duration;

use aws_sdk_lambda::operation::RequestId;
use aws_sdk_lambda::operation::invoke_with_response_stream::InvokeWithResponseStreamOutput;
use aws_sdk_lambda::operation::invoke_with_response_stream::builders::InvokeWithResponseStreamFluentBuilder;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::InvokeWithResponseStreamResponseEvent as StreamEvent;
use futures::FutureExt;
use tokio::time::Instant;

use super::{InvokeResponse, decoded};
use crate::aws::call::AwsCall;
use crate::aws::error::AwsError;
use crate::aws::explain::{explain, explain_stream, garbled, too_late};

/// Invokes, and takes the answer up to its end, which is when the function is done.
pub(super) async fn whole(
    call: AwsCall,
    request: InvokeWithResponseStreamFluentBuilder,
    limit: Duration,
) -> Result<InvokeResponse, AwsError> {
    let start = Instant::now();
    let whole = async {
        match request.send().boxed().await {
            Ok(answer) => gather(&call, answer, start).await,
            Err(error) => Err(explain(call.clone(), error)),
        }
    };
    match tokio::time::timeout(limit, whole).await {
        Ok(answer) => answer,
        Err(elapsed) => Err(too_late(call.clone(), limit, elapsed)),
    }
}

/// What is known before the first part of an answer.
fn begun(answer: &InvokeWithResponseStreamOutput) -> InvokeResponse {
    InvokeResponse {
        request_id: answer.request_id().unwrap_or_default().to_owned(),
        function_error: None,
        payload: Vec::new(),
        log_tail: Vec::new(),
        executed_version: answer.executed_version.clone().unwrap_or_default(),
        durable_execution: None,
        elapsed: Duration::ZERO,
    }
}

/// Takes a stream to its end.
async fn gather(
    call: &AwsCall,
    mut answer: InvokeWithResponseStreamOutput,
    start: Instant,
) -> Result<InvokeResponse, AwsError> {
    let mut response = begun(&answer);
    let mut is_whole = false;
    loop {
        let event = answer.event_stream.recv().await;
        match event.map_err(|error| explain_stream(call.clone(), "ServiceException", error))? {
            Some(StreamEvent::PayloadChunk(chunk)) => {
                let chunk = chunk.payload.map(Blob::into_inner);
                response.payload.extend(chunk.unwrap_or_default());
            }
            Some(StreamEvent::InvokeComplete(end)) => {
                is_whole = true;
                response.log_tail = decoded(end.log_result.as_deref().unwrap_or_default());
                if end.error_code.is_some() {
                    response.payload = end.error_details.unwrap_or_default().into_bytes();
                }
                response.function_error = end.error_code;
            }
            Some(_) => {}
            None => break,
        }
    }
    if !is_whole {
        return Err(garbled(
            call.clone(),
            "the stream ended before the function did",
        ));
    }
    response.elapsed = start.elapsed();
    Ok(response)
}
