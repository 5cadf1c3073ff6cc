//! Running functions: environments, concurrency, logs, streams.

use std::time::Duration;

use aws_sdk_lambda::Client;
use aws_sdk_lambda::operation::invoke::InvokeOutput;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::InvokeWithResponseStreamResponseEvent::{InvokeComplete, PayloadChunk};
use aws_sdk_lambda::types::{
    InvocationType, LogType, ResponseStreamingInvocationType, ThrottleReason,
};
use base64::Engine as _;
use iacstone::simulator::{Account, AccountOptions, Blueprint, Reply, Workload};

use super::{client, demo, options, settled};

async fn invoke(client: &Client, name: &str) -> InvokeOutput {
    let invoke = client.invoke().function_name(name).log_type(LogType::Tail);
    invoke
        .payload(Blob::new("{}"))
        .send()
        .await
        .expect("invoke")
}

fn log(output: &InvokeOutput) -> String {
    let log = output.log_result().expect("a log");
    let bytes = base64::engine::general_purpose::STANDARD.decode(log);
    String::from_utf8(bytes.unwrap()).unwrap()
}

fn payload(output: &InvokeOutput) -> serde_json::Value {
    serde_json::from_slice(output.payload().unwrap().as_ref()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_first_invocation_is_cold_and_the_next_is_warm() {
    let (account, client) = demo();
    let first = invoke(&client, "dynamodb-reads").await;
    assert_eq!(first.executed_version(), Some("$LATEST"));
    assert_eq!(first.function_error(), None);
    assert!(log(&first).starts_with("INIT_START "), "{}", log(&first));
    assert!(log(&first).contains("\tInit Duration: "), "{}", log(&first));
    let second = log(&invoke(&client, "dynamodb-reads").await);
    assert!(second.starts_with("START RequestId: "), "{second}");
    assert!(!second.contains("Init Duration"), "{second}");
    assert_eq!(account.cold_starts("dynamodb-reads"), 1);
    assert_eq!(account.invocations("dynamodb-reads"), 2);
    assert_eq!(account.control_calls(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_update_of_the_configuration_makes_the_next_invocation_cold() {
    let (account, client) = demo();
    invoke(&client, "no-op").await;
    let update = client
        .update_function_configuration()
        .function_name("no-op");
    update.memory_size(1024).send().await.unwrap();
    let during = log(&invoke(&client, "no-op").await);
    settled(&client, "no-op").await;
    let after = log(&invoke(&client, "no-op").await);
    assert!(during.contains("Memory Size: 128 MB"), "{during}");
    assert!(after.contains("Memory Size: 1024 MB"), "{after}");
    assert!(after.contains("Init Duration"), "{after}");
    assert_eq!(account.cold_starts("no-op"), 2);
}

#[tokio::test(start_paused = true)]
async fn invocations_at_the_same_time_have_environments_of_their_own() {
    let (account, client) = demo();
    let many = (0..6).map(|_| invoke(&client, "third-party-api"));
    futures::future::join_all(many).await;
    assert_eq!(account.cold_starts("third-party-api"), 6);
    assert_eq!(account.peak_environment_load(), 1);
    let again = (0..6).map(|_| invoke(&client, "third-party-api"));
    futures::future::join_all(again).await;
    assert_eq!(
        account.cold_starts("third-party-api"),
        6,
        "all are warm now"
    );
}

#[tokio::test(start_paused = true)]
async fn idle_environments_expire_with_the_speed() {
    let account = Account::new(AccountOptions {
        speed: 20_000.0,
        ..options()
    });
    let client = client(&account);
    invoke(&client, "no-op").await;
    tokio::time::sleep(Duration::from_millis(60)).await;
    invoke(&client, "no-op").await;
    assert_eq!(account.cold_starts("no-op"), 2, "ten minutes have passed");
}

#[tokio::test(start_paused = true)]
async fn invocations_beyond_a_limit_are_throttled_with_the_reason() {
    let account = Account::new(AccountOptions {
        concurrency_limit: 22,
        ..options()
    });
    let client = client(&account);
    for (name, allowed, reason) in [
        (
            "busy",
            20,
            "ReservedFunctionConcurrentInvocationLimitExceeded",
        ),
        ("third-party-api", 2, "ConcurrentInvocationLimitExceeded"),
    ] {
        let many = (0..allowed + 3).map(|_| client.invoke().function_name(name).send());
        let results = futures::future::join_all(many).await;
        let (done, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
        assert_eq!((done.len(), refused.len()), (allowed, 3), "{name}");
        for error in refused {
            let error = error.unwrap_err().into_service_error();
            let aws_sdk_lambda::operation::invoke::InvokeError::TooManyRequestsException(error) =
                error
            else {
                panic!("{name}: {error}");
            };
            assert_eq!(error.reason().map(ThrottleReason::as_str), Some(reason));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn too_little_memory_ends_in_a_kill() {
    let (_, client) = demo();
    let update = client
        .update_function_configuration()
        .function_name("memory-hungry");
    update.memory_size(256).send().await.unwrap();
    settled(&client, "memory-hungry").await;
    let killed = invoke(&client, "memory-hungry").await;
    assert_eq!(killed.status_code(), 200);
    assert_eq!(killed.function_error(), Some("Unhandled"));
    assert_eq!(payload(&killed)["errorType"], "Runtime.ExitError");
    let message = payload(&killed)["errorMessage"].to_string();
    assert!(message.contains("Error: Runtime exited with error: signal: killed"));
    assert!(log(&killed).contains("\tMemory Size: 256 MB\tMax Memory Used: 256 MB\t"));
}

#[tokio::test(start_paused = true)]
async fn too_slow_ends_in_a_timeout() {
    let account = Account::empty(options());
    let slow = Workload {
        hang_rate: 1.0,
        ..Workload::computing()
    };
    account.add_function(Blueprint::new("slow", slow).timeout(Duration::from_secs(3)));
    let client = client(&account);
    let late = invoke(&client, "slow").await;
    assert_eq!(late.function_error(), Some("Unhandled"));
    let message = payload(&late)["errorMessage"].to_string();
    assert!(
        message.contains("Task timed out after 3.00 seconds"),
        "{message}"
    );
    assert!(log(&late).contains("\tStatus: timeout"), "{}", log(&late));
}

#[tokio::test(start_paused = true)]
async fn long_logs_are_cut_to_their_last_four_kilobytes() {
    let account = Account::empty(options());
    let chatty = Workload {
        lines: 200,
        reply: Reply::Echo,
        ..Workload::computing()
    };
    account.add_function(Blueprint::new("chatty", chatty));
    let client = client(&account);
    let output = invoke(&client, "chatty").await;
    let log = log(&output);
    assert_eq!(log.len(), 4096);
    assert!(!log.starts_with("INIT_START"));
    assert!(
        log.lines()
            .last()
            .unwrap()
            .starts_with("REPORT RequestId: ")
    );
    assert_eq!(
        payload(&output),
        serde_json::json!({}),
        "the payload comes back"
    );
    let kept = account.log_events("/aws/lambda/chatty");
    assert_eq!(kept.len(), 204, "the log group has all lines");
    assert!(kept.iter().all(|event| event.stream.contains("[$LATEST]")));
}

#[tokio::test(start_paused = true)]
async fn json_functions_report_in_json() {
    let (_, client) = demo();
    let log = log(&invoke(&client, "json-logs").await);
    let last: serde_json::Value = serde_json::from_str(log.lines().last().unwrap()).unwrap();
    assert_eq!(last["type"], "platform.report");
    assert_eq!(last["record"]["status"], "success");
    assert!(
        last["record"]["metrics"]["initDurationMs"]
            .as_f64()
            .unwrap()
            > 100.0
    );
}

#[tokio::test(start_paused = true)]
async fn published_snapshots_restore() {
    let (_, client) = demo();
    client
        .publish_version()
        .function_name("snapstart-api")
        .send()
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(40)).await;
    let output = invoke(&client, "snapstart-api:1").await;
    assert_eq!(output.executed_version(), Some("1"));
    let log = log(&output);
    assert!(
        log.contains("RESTORE_START Runtime Version: java:21."),
        "{log}"
    );
    assert!(log.contains("\tBilled Restore Duration: "), "{log}");
    assert!(!log.contains("Init Duration"), "{log}");
}

#[tokio::test(start_paused = true)]
async fn events_are_accepted_and_dry_runs_run_nothing() {
    let (account, client) = demo();
    let invoke = client.invoke().function_name("no-op");
    let dry = invoke.clone().invocation_type(InvocationType::DryRun);
    assert_eq!(dry.send().await.unwrap().status_code(), 204);
    assert_eq!(account.invocations("no-op"), 0);
    let event = invoke.invocation_type(InvocationType::Event);
    assert_eq!(event.send().await.unwrap().status_code(), 202);
    let logged = async {
        while account.log_events("/aws/lambda/no-op").is_empty() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    let in_time = tokio::time::timeout(Duration::from_secs(5), logged).await;
    assert!(in_time.is_ok(), "the event ran");
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_hangs_up_does_not_stop_the_function() {
    let (account, client) = demo();
    let call = client.invoke().function_name("third-party-api").send();
    let hung_up = tokio::time::timeout(Duration::from_millis(1), call).await;
    assert!(hung_up.is_err());
    tokio::time::sleep(Duration::from_millis(50)).await;
    let log = account.log_events("/aws/lambda/third-party-api");
    assert!(
        log.last().is_some_and(|e| e.message.starts_with("REPORT ")),
        "{log:?}"
    );
    invoke(&client, "third-party-api").await;
    assert_eq!(
        account.cold_starts("third-party-api"),
        1,
        "the environment is free again"
    );
}

#[tokio::test(start_paused = true)]
async fn response_streams_arrive_in_chunks_and_complete() {
    let account = Account::empty(options());
    let echo = Workload {
        reply: Reply::Echo,
        ..Workload::computing()
    };
    account.add_function(Blueprint::new("echo", echo));
    let client = client(&account);
    let sent = serde_json::to_string(&"x".repeat(3000)).unwrap();
    let call = client.invoke_with_response_stream().function_name("echo");
    let call = call.invocation_type(ResponseStreamingInvocationType::RequestResponse);
    let call = call
        .log_type(LogType::Tail)
        .payload(Blob::new(sent.clone()));
    let mut stream = call.send().await.unwrap().event_stream;
    let (mut received, mut chunks, mut log) = (Vec::new(), 0, None);
    while let Some(event) = stream.recv().await.unwrap() {
        match event {
            PayloadChunk(chunk) => {
                received.extend(chunk.payload.unwrap().into_inner());
                chunks += 1;
            }
            InvokeComplete(complete) => log = complete.log_result,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(String::from_utf8(received).unwrap(), sent);
    assert_eq!(chunks, 3);
    assert!(log.is_some());
}
