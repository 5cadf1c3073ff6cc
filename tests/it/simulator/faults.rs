//! Injected faults and the kill point.

use std::time::Duration;

use aws_sdk_lambda::error::{ProvideErrorMetadata as _, SdkError};
use iacstone::simulator::{Account, AccountOptions, Faults, http_client};

use super::{client, demo, options, settled};

fn faulty(text: &str) -> AccountOptions {
    AccountOptions {
        faults: Faults::parse(text).unwrap(),
        ..options()
    }
}

#[tokio::test(start_paused = true)]
async fn refused_calls_carry_awss_own_codes_and_change_nothing() {
    for (kind, code) in [
        ("throttle", "TooManyRequestsException"),
        ("server-error", "ServiceException"),
        ("expired-token", "ExpiredTokenException"),
        ("access-denied", "AccessDeniedException"),
        ("clock-skew", "InvalidSignatureException"),
    ] {
        let account = Account::new(faulty(&format!("*={kind}:x1")));
        let before = account.describe();
        let update = client(&account).update_function_configuration();
        let update = update.function_name("no-op").memory_size(512);
        let error = update
            .clone()
            .send()
            .await
            .unwrap_err()
            .into_service_error();
        assert_eq!(error.code(), Some(code), "{kind}: {error:?}");
        assert_eq!(account.describe(), before);
        assert_eq!((account.control_calls(), account.mutating_calls()), (1, 0));
        assert!(update.send().await.is_ok(), "only the first call is struck");
    }
}

#[tokio::test(start_paused = true)]
async fn broken_answers_are_errors_of_the_client() {
    for kind in ["cut", "garbage"] {
        let account = Account::new(faulty(&format!("GetFunction={kind}:x1")));
        let client = client(&account);
        let call = client.get_function().function_name("no-op");
        let error = call.clone().send().await.unwrap_err();
        let no_word_from_aws = error.as_service_error().is_none_or(|e| e.code().is_none());
        assert!(no_word_from_aws, "{kind}: {error:?}");
        assert!(call.send().await.is_ok());
    }
}

#[tokio::test(start_paused = true)]
async fn a_stalled_answer_never_comes() {
    let account = Account::new(faulty("GetFunction=stall"));
    let client = client(&account);
    let call = client.get_function().function_name("no-op").send();
    let waited = tokio::time::timeout(Duration::from_millis(100), call).await;
    assert!(waited.is_err());
}

#[tokio::test(start_paused = true)]
async fn slow_answers_are_late_by_the_compressed_time() {
    let account = Account::new(faulty("*=slow:20000"));
    let client = client(&account);
    let started = tokio::time::Instant::now();
    client
        .get_function()
        .function_name("no-op")
        .send()
        .await
        .unwrap();
    assert!(started.elapsed() >= Duration::from_millis(100));
}

#[tokio::test(start_paused = true)]
async fn a_stuck_update_never_ends() {
    let account = Account::new(faulty("*=stuck-update"));
    let client = client(&account);
    let update = client
        .update_function_configuration()
        .function_name("no-op");
    update.memory_size(512).send().await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let publish = client.publish_version().function_name("no-op").send().await;
    assert!(
        publish
            .unwrap_err()
            .into_service_error()
            .is_resource_conflict_exception()
    );
}

#[tokio::test(start_paused = true)]
async fn the_call_at_the_kill_point_is_applied_but_not_answered() {
    let account = Account::new(AccountOptions {
        kill_after: Some(2),
        ..options()
    });
    let client = client(&account);
    let update = client
        .update_function_configuration()
        .function_name("no-op");
    update.memory_size(512).send().await.unwrap();
    settled(&client, "no-op").await;
    let publish = client.publish_version().function_name("no-op");
    tokio::select! {
        () = account.kill_point() => {}
        answer = publish.send() => panic!("{answer:?}"),
    }
    assert_eq!(account.mutating_calls(), 2);
    assert!(
        account.describe().functions["no-op"]
            .versions
            .contains_key(&1)
    );
    let delete = client
        .delete_function()
        .function_name("no-op")
        .qualifier("1");
    delete.send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_clients_read_timeout_is_kept() {
    use aws_sdk_lambda::config::timeout::TimeoutConfig;
    let (account, _) = demo();
    account.set_faults(Faults::parse("*=slow:60000").unwrap());
    let client = super::client_over(http_client(&account));
    let limit = Duration::from_millis(20);
    let timeouts = TimeoutConfig::builder().read_timeout(limit).build();
    let config = client
        .config()
        .to_builder()
        .timeout_config(timeouts)
        .build();
    let client = aws_sdk_lambda::Client::from_conf(config);
    let error = client.list_functions().send().await.unwrap_err();
    let SdkError::DispatchFailure(failure) = error else {
        panic!("{error:?}");
    };
    assert!(failure.is_timeout());
}
