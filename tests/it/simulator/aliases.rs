//! Aliases, and the versions they protect.

use aws_sdk_lambda::error::ProvideErrorMetadata as _;

use super::demo;

#[tokio::test(start_paused = true)]
async fn aliases_protect_their_versions() {
    let (account, client) = demo();
    let before = account.describe();
    let delete = client
        .delete_function()
        .function_name("busy")
        .qualifier("2");
    let refused = delete.send().await.unwrap_err().into_service_error();
    assert!(refused.is_resource_conflict_exception());
    assert!(refused.message().unwrap().ends_with("reference it: [prod]"));
    assert_eq!(account.describe(), before);
    let alias = client
        .update_alias()
        .function_name("busy")
        .name("prod")
        .function_version("1");
    alias.send().await.unwrap();
    client
        .delete_function()
        .function_name("busy")
        .qualifier("2")
        .send()
        .await
        .unwrap();
    let aliases = client
        .list_aliases()
        .function_name("busy")
        .send()
        .await
        .unwrap();
    let names: Vec<_> = aliases.aliases().iter().filter_map(|a| a.name()).collect();
    assert_eq!(names, ["RAM512", "prod"]);
}

#[tokio::test(start_paused = true)]
async fn aliases_are_made_once_and_for_versions_that_exist() {
    let (_, client) = demo();
    let create = client.create_alias().function_name("busy").name("test");
    let created = create.clone().function_version("1").send().await.unwrap();
    assert!(
        created
            .alias_arn()
            .unwrap()
            .ends_with(":function:busy:test")
    );
    let twice = create.function_version("1").send().await;
    assert!(
        twice
            .unwrap_err()
            .into_service_error()
            .is_resource_conflict_exception()
    );
    let nowhere = client.create_alias().function_name("busy").name("x");
    let nowhere = nowhere.function_version("99").send().await;
    assert!(
        nowhere
            .unwrap_err()
            .into_service_error()
            .is_resource_not_found_exception()
    );
}

#[tokio::test(start_paused = true)]
async fn aliases_are_moved_at_the_expected_revision() {
    let (_, client) = demo();
    let before = client
        .get_alias()
        .function_name("busy")
        .name("prod")
        .send()
        .await
        .unwrap();
    let update = client
        .update_alias()
        .function_name("busy")
        .name("prod")
        .function_version("3");
    let stale = update.clone().revision_id("stale").send().await;
    assert!(
        stale
            .unwrap_err()
            .into_service_error()
            .is_precondition_failed_exception()
    );
    update
        .revision_id(before.revision_id().unwrap())
        .send()
        .await
        .unwrap();
    let after = client
        .get_alias()
        .function_name("busy")
        .name("prod")
        .send()
        .await
        .unwrap();
    assert_eq!(after.function_version(), Some("3"));
    assert_ne!(after.revision_id(), before.revision_id());
}

#[tokio::test(start_paused = true)]
async fn a_deleted_alias_is_not_found() {
    let (_, client) = demo();
    for _ in 0..2 {
        let delete = client.delete_alias().function_name("busy").name("prod");
        delete.send().await.expect("deleting twice is no error");
    }
    let gone = client
        .get_alias()
        .function_name("busy")
        .name("prod")
        .send()
        .await;
    let gone = gone.unwrap_err().into_service_error();
    assert!(gone.is_resource_not_found_exception());
    assert!(gone.message().unwrap().starts_with("Cannot find alias arn"));
}
