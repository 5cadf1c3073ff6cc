//! New code for a function, by the API that deploys it.

use aws_sdk_lambda::primitives::Blob;
use iacstone::lambda::MemoryMb;

use super::{configuration, demo, settled};

#[tokio::test]
async fn new_code_is_in_force_when_the_update_ends_and_changes_nothing_else() {
    let (_account, client) = demo();
    let before = configuration(&client, "no-op").await;
    let deploy = || client.update_function_code().function_name("no-op");
    let answer = deploy()
        .zip_file(Blob::new(*b"zip 1"))
        .send()
        .await
        .unwrap();
    assert_ne!(answer.code_sha256, before.code_sha256);
    let refused = deploy().zip_file(Blob::new(*b"zip 2")).send().await;
    assert!(
        refused
            .unwrap_err()
            .into_service_error()
            .is_resource_conflict_exception()
    );
    settled(&client, "no-op").await;
    let after = configuration(&client, "no-op").await;
    assert_eq!(after.code_sha256, answer.code_sha256);
    assert_ne!(after.revision_id, before.revision_id);
    assert_eq!(
        (after.memory_size, &after.description, &after.environment),
        (before.memory_size, &before.description, &before.environment)
    );
    let stale = deploy()
        .zip_file(Blob::new(*b"zip 3"))
        .revision_id(before.revision_id.unwrap());
    let stale = stale.send().await.unwrap_err().into_service_error();
    assert!(stale.is_precondition_failed_exception());
}

#[tokio::test]
async fn a_deploy_can_publish_and_can_be_tried() {
    let (account, client) = demo();
    let deploy = || client.update_function_code().function_name("no-op");
    let tried = deploy().s3_bucket("b").s3_key("k").dry_run(true).send();
    let before = configuration(&client, "no-op").await;
    assert_eq!(tried.await.unwrap().code_sha256, before.code_sha256);
    let published = deploy().s3_bucket("b").s3_key("k").publish(true).send();
    assert_eq!(published.await.unwrap().version.as_deref(), Some("1"));
    let snapshot = account.describe();
    let function = &snapshot.functions["no-op"];
    assert_eq!(function.versions[&1].code, function.latest.code);
    assert_eq!(function.latest.memory, MemoryMb::MIN);
    settled(&client, "no-op").await;
    let nothing = deploy().send().await.unwrap_err().into_service_error();
    assert!(nothing.is_invalid_parameter_value_exception());
}
