//! Code that is deployed by the API while a run is at work: seen, said, and left alone.

use std::time::Duration;

use aws_sdk_lambda::Client;
use aws_sdk_lambda::primitives::Blob;
use iacstone::power::{Difference, Run, RunEvent, RunState};
use iacstone::simulator::AccountOptions;
use tokio_util::sync::CancellationToken;

use super::{Bench, assert_clean, draft, measured, options};
use crate::simulator::client;

const FUNCTION: &str = "dynamodb-reads";

/// Deploys new code as soon as no other update stands in the way; gives its hash.
async fn deploy(client: Client) -> String {
    for _ in 0..500 {
        let call = client.update_function_code().function_name(FUNCTION);
        match call.zip_file(Blob::new(*b"new code")).send().await {
            Ok(deployed) => return deployed.code_sha256.unwrap(),
            Err(_) => tokio::time::sleep(Duration::from_millis(2)).await,
        }
    }
    panic!("the code could not be deployed");
}

/// A run in which new code is deployed at an event; the hash of that code is what the function has in the end.
async fn deployed_at(num: u32, is_the_moment: impl Fn(&RunEvent) -> bool) -> Run {
    let bench = Bench::new(AccountOptions {
        config_update: Duration::from_secs(10),
        ..options()
    })
    .await;
    let before = bench.account.describe().functions[FUNCTION].clone();
    let mut deploying = None;
    let account = bench.account.clone();
    let mut plan = draft(FUNCTION);
    plan.num = Some(num.into());
    let plan = plan.build().unwrap();
    let watched = bench.watch(plan, CancellationToken::new(), |event, _| {
        if deploying.is_none() && is_the_moment(event) {
            deploying = Some(tokio::spawn(deploy(client(&account))));
        }
    });
    let run = watched.await.0.unwrap();
    let deployed = deploying.expect("the moment").await.unwrap();
    assert_clean(&run);
    let after = bench.account.describe().functions[FUNCTION].clone();
    assert_eq!(after.latest.code.sha256, deployed);
    assert_eq!(after.latest.memory, before.latest.memory);
    assert_eq!(after.latest.description, before.latest.description);
    assert_eq!(after.versions, before.versions);
    run
}

#[tokio::test]
async fn in_the_middle_of_publishing_it_ends_the_run() {
    let run = deployed_at(
        10,
        |event| matches!(event, RunEvent::Phase(phase) if phase.contains("publishing 1024")),
    )
    .await;
    let state = &measured(&run).state;
    assert!(
        matches!(state, RunState::Failed(why) if why.contains("deployed or changed by someone else")),
        "{state:?}"
    );
}

#[tokio::test]
async fn after_the_last_version_the_result_is_that_of_the_code_before_and_the_run_says_so() {
    // Samples enough for the deploy to come before the end.
    let run = deployed_at(80, |event| matches!(event, RunEvent::Restored)).await;
    let measured = measured(&run);
    assert_eq!(measured.state, RunState::Finished);
    assert_eq!(measured.cleanup.differs, Some(Difference::ByOthers));
    assert!(measured.cleanup.words().contains("left alone"));
}
