//! The simulated account, driven by the real SDK client.

mod aliases;
mod code;
mod faults;
mod insights;
mod invocations;
mod logs;
mod serving;
mod versions;
mod workloads;

use std::time::Duration;

use aws_sdk_lambda::Client;
use aws_sdk_lambda::config::retry::RetryConfig;
use aws_sdk_lambda::config::{BehaviorVersion, Credentials, Region, SharedHttpClient};
use aws_sdk_lambda::operation::get_function_configuration::GetFunctionConfigurationOutput;
use aws_sdk_lambda::types::LastUpdateStatus;
use iacstone::simulator::{Account, AccountOptions, http_client};

/// An account that runs 200 times as fast as AWS.
fn options() -> AccountOptions {
    AccountOptions {
        seed: 7,
        speed: 200.0,
        ..AccountOptions::default()
    }
}

/// A client that does not retry, over this HTTP client.
fn client_over(http: SharedHttpClient) -> Client {
    let config = aws_sdk_lambda::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(Credentials::for_tests())
        .region(Region::new("us-east-1"))
        .retry_config(RetryConfig::disabled())
        .sleep_impl(aws_smithy_async::rt::sleep::TokioSleep::new())
        .http_client(http)
        .build();
    Client::from_conf(config)
}

pub(crate) fn client(account: &Account) -> Client {
    client_over(http_client(account))
}

/// The account's demo functions and a client for them.
fn demo() -> (Account, Client) {
    let account = Account::new(options());
    let client = client(&account);
    (account, client)
}

/// The configuration of a function or of one of its versions.
async fn configuration(client: &Client, name: &str) -> GetFunctionConfigurationOutput {
    let found = client.get_function_configuration().function_name(name);
    found.send().await.expect("the configuration")
}

/// Waits for a configuration update to end.
async fn settled(client: &Client, name: &str) {
    for _ in 0..200 {
        let found = configuration(client, name).await;
        if found.last_update_status() == Some(&LastUpdateStatus::Successful) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("the update of {name} did not end");
}
