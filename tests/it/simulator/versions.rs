//! Functions, configuration updates, versions and aliases.

use aws_sdk_lambda::Client;
use aws_sdk_lambda::error::ProvideErrorMetadata as _;
use aws_sdk_lambda::types::{
    FunctionVersion, LastUpdateStatus, SnapStartOptimizationStatus, State,
};
use iacstone::lambda::MemoryMb;
use iacstone::simulator::{Account, AccountOptions};

use super::{client, configuration, demo, options, settled};

async fn resize(client: &Client, name: &str, megabytes: i32) {
    let update = client.update_function_configuration().function_name(name);
    update.memory_size(megabytes).send().await.expect("update");
    settled(client, name).await;
}

async fn publish(client: &Client, name: &str) -> String {
    let published = client.publish_version().function_name(name);
    let published = published.description("iacstone:test").send().await;
    published
        .expect("publish")
        .version()
        .expect("version")
        .to_owned()
}

#[tokio::test(start_paused = true)]
async fn functions_are_listed_in_pages() {
    let (_, client) = demo();
    let mut names = Vec::new();
    let mut pages = client.list_functions().max_items(5).into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = page.expect("page");
        assert!(page.functions().len() <= 5);
        names.extend(
            page.functions()
                .iter()
                .filter_map(|f| f.function_name().map(str::to_owned)),
        );
    }
    assert_eq!(names.len(), 17);
    assert!(names.is_sorted());
    let all = client
        .list_functions()
        .function_version(FunctionVersion::All)
        .send()
        .await
        .unwrap();
    assert_eq!(all.functions().len(), 20);
}

#[tokio::test(start_paused = true)]
async fn a_function_is_found_by_name_and_by_arn() {
    let (_, client) = demo();
    let busy = client
        .get_function()
        .function_name("busy:prod")
        .send()
        .await
        .unwrap();
    let prod = busy.configuration().unwrap();
    assert_eq!(prod.version(), Some("2"));
    assert_eq!(
        busy.concurrency().unwrap().reserved_concurrent_executions(),
        Some(20)
    );
    let arn = prod.function_arn().unwrap();
    let same = configuration(&client, arn).await;
    assert_eq!(same.code_sha256(), prod.code_sha256());
    let latest = configuration(&client, "busy").await;
    assert_ne!(latest.code_sha256(), prod.code_sha256());
    let image = configuration(&client, "image-worker").await;
    assert!(image.runtime().is_none());
}

#[tokio::test(start_paused = true)]
async fn an_update_takes_a_while_and_changes_the_revision_twice() {
    let (_, client) = demo();
    let before = configuration(&client, "no-op").await;
    let update = client
        .update_function_configuration()
        .function_name("no-op")
        .memory_size(512);
    let update = update
        .revision_id(before.revision_id().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(
        update.last_update_status(),
        Some(&LastUpdateStatus::InProgress)
    );
    assert_ne!(update.revision_id(), before.revision_id());
    let second = client
        .update_function_configuration()
        .function_name("no-op")
        .memory_size(256);
    let conflict = second.send().await.unwrap_err().into_service_error();
    assert!(conflict.is_resource_conflict_exception());
    assert!(
        conflict
            .message()
            .unwrap()
            .contains("An update is in progress")
    );
    let publish = client.publish_version().function_name("no-op").send().await;
    assert!(
        publish
            .unwrap_err()
            .into_service_error()
            .is_resource_conflict_exception()
    );
    settled(&client, "no-op").await;
    let after = configuration(&client, "no-op").await;
    assert_ne!(after.revision_id(), update.revision_id());
    assert_eq!(after.memory_size(), Some(512));
}

#[tokio::test(start_paused = true)]
async fn a_revision_that_is_not_the_latest_is_refused() {
    let (account, client) = demo();
    let before = configuration(&client, "busy").await;
    assert!(account.deploy("busy", |settings| settings.description = "deployed".into()));
    let update = client
        .update_function_configuration()
        .function_name("busy")
        .memory_size(512);
    let update = update
        .revision_id(before.revision_id().unwrap())
        .send()
        .await;
    assert!(
        update
            .unwrap_err()
            .into_service_error()
            .is_precondition_failed_exception()
    );
    let publish = client.publish_version().function_name("busy");
    let stale = publish
        .clone()
        .revision_id(before.revision_id().unwrap())
        .send()
        .await;
    assert!(
        stale
            .unwrap_err()
            .into_service_error()
            .is_precondition_failed_exception()
    );
    let code = publish
        .code_sha256(before.code_sha256().unwrap())
        .send()
        .await;
    let code = code.unwrap_err().into_service_error();
    assert!(code.is_invalid_parameter_value_exception());
    assert!(code.message().unwrap().starts_with("CodeSHA256 ("));
    assert_eq!(account.mutating_calls(), 0);
}

#[tokio::test(start_paused = true)]
async fn publishing_the_same_again_gives_the_same_version() {
    let (account, client) = demo();
    let first = publish(&client, "no-op").await;
    assert_eq!(publish(&client, "no-op").await, first);
    resize(&client, "no-op", 256).await;
    let second = publish(&client, "no-op").await;
    assert_eq!((first.as_str(), second.as_str()), ("1", "2"));
    let delete = client
        .delete_function()
        .function_name("no-op")
        .qualifier("2");
    delete.send().await.unwrap();
    assert_eq!(
        publish(&client, "no-op").await,
        "3",
        "numbers are never used again"
    );
    let versions = &account.describe().functions["no-op"].versions;
    assert_eq!(versions.keys().copied().collect::<Vec<_>>(), [1, 3]);
    assert_eq!(versions[&3].description, "iacstone:test");
}

#[tokio::test(start_paused = true)]
async fn the_users_own_version_is_returned_when_nothing_changed() {
    let (account, client) = demo();
    let before = account.describe();
    resize(&client, "busy", 512).await;
    assert_eq!(publish(&client, "busy").await, "3");
    resize(&client, "busy", 256).await;
    assert_eq!(account.describe(), before);
}

#[tokio::test(start_paused = true)]
async fn snapshots_are_pending_before_they_can_be_invoked() {
    let account = Account::new(AccountOptions {
        speed: 20.0,
        ..options()
    });
    let client = client(&account);
    let published = client
        .publish_version()
        .function_name("snapstart-api")
        .send()
        .await
        .unwrap();
    assert_eq!(published.state(), Some(&State::Pending));
    let early = client
        .invoke()
        .function_name("snapstart-api")
        .qualifier("1")
        .send()
        .await;
    assert!(
        early
            .unwrap_err()
            .into_service_error()
            .is_snap_start_not_ready_exception()
    );
    let mut found = configuration(&client, "snapstart-api:1").await;
    while found.state() != Some(&State::Active) {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        found = configuration(&client, "snapstart-api:1").await;
    }
    let status = found.snap_start().and_then(|s| s.optimization_status());
    assert_eq!(status, Some(&SnapStartOptimizationStatus::On));
}

#[tokio::test(start_paused = true)]
async fn limits_are_those_of_the_account() {
    let account = Account::new(AccountOptions {
        memory_limit: MemoryMb::new(3008).unwrap(),
        ..options()
    });
    let client = client(&account);
    let large = client
        .update_function_configuration()
        .function_name("no-op")
        .memory_size(4096);
    let large = large.send().await.unwrap_err().into_service_error();
    assert!(large.is_invalid_parameter_value_exception());
    assert!(large.message().unwrap().contains("3008"));
    let settings = client.get_account_settings().send().await.unwrap();
    let limit = settings.account_limit().unwrap();
    assert_eq!(limit.unreserved_concurrent_executions(), Some(980));
    let none = client
        .get_function_concurrency()
        .function_name("no-op")
        .send()
        .await
        .unwrap();
    assert_eq!(none.reserved_concurrent_executions(), None);
}

#[tokio::test(start_paused = true)]
async fn unknown_functions_are_not_found() {
    let (_, client) = demo();
    let missing = client.get_function().function_name("nothing").send().await;
    let missing = missing.unwrap_err().into_service_error();
    assert!(missing.is_resource_not_found_exception());
    assert_eq!(
        missing.message(),
        Some("Function not found: arn:aws:lambda:us-east-1:123456789012:function:nothing")
    );
}
