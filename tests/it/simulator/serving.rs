//! The account on a loopback port, for other AWS clients.

use std::process::Command;
use std::time::Duration;

use iacstone::simulator::{Account, AccountOptions, Faults, bind, http_client, serve};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use super::options;

/// Serves an account; the sender ends it, the task tells how.
async fn served(
    options: AccountOptions,
) -> (
    Account,
    String,
    oneshot::Sender<()>,
    tokio::task::JoinHandle<Result<(), iacstone::simulator::ServeError>>,
) {
    let account = Account::new(options);
    let listener = bind("127.0.0.1:0".parse().unwrap(), false).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel();
    let server = tokio::spawn(serve(listener, account.clone(), async {
        stopped.await.ok();
    }));
    (account, url, stop, server)
}

#[tokio::test]
async fn the_identity_is_that_of_the_account() {
    let account = Account::new(options());
    let config = aws_sdk_sts::Config::builder()
        .behavior_version(aws_sdk_sts::config::BehaviorVersion::latest())
        .credentials_provider(aws_sdk_sts::config::Credentials::for_tests())
        .region(aws_sdk_sts::config::Region::new("us-east-1"))
        .http_client(http_client(&account))
        .build();
    let client = aws_sdk_sts::Client::from_conf(config);
    let identity = client.get_caller_identity().send().await.unwrap();
    assert_eq!(identity.account(), Some("123456789012"));
    assert_eq!(identity.arn(), Some("arn:aws:iam::123456789012:user/demo"));
}

#[tokio::test]
async fn answers_name_the_region_of_the_signature_unless_another_is_kept() {
    for (keeps_region, name) in [(false, "eu-central-1"), (true, "us-east-1")] {
        let account = Account::new(AccountOptions {
            keeps_region,
            ..options()
        });
        let client = super::client(&account);
        let config = client.config().to_builder();
        let config = config.region(aws_sdk_lambda::config::Region::new("eu-central-1"));
        let client = aws_sdk_lambda::Client::from_conf(config.build());
        let found = client.get_function_configuration().function_name("busy");
        let found = found.send().await.unwrap();
        let arn = format!("arn:aws:lambda:{name}:123456789012:function:busy");
        assert_eq!(found.function_arn(), Some(arn.as_str()));
        let by_arn = client.get_function_configuration().function_name(arn);
        assert!(by_arn.send().await.is_ok());
    }
}

#[tokio::test]
async fn a_key_that_looks_real_is_noticed() {
    let account = Account::new(options());
    let list = |key: &'static str| {
        let client = super::client(&account);
        let credentials =
            aws_sdk_lambda::config::Credentials::new(key, "secret", None, None, "test");
        let config = client
            .config()
            .to_builder()
            .credentials_provider(credentials)
            .build();
        aws_sdk_lambda::Client::from_conf(config)
            .list_functions()
            .send()
    };
    let noticed = || tokio::time::timeout(Duration::from_millis(20), account.real_credential());
    list("AKIAIOSFODNN7EXAMPLE").await.unwrap();
    assert!(noticed().await.is_err());
    list("AKIA2E0A8F3B7C5D9G1H").await.unwrap();
    assert!(noticed().await.is_ok());
}

#[tokio::test]
async fn an_unanswered_call_does_not_keep_the_server_open() {
    let options = AccountOptions {
        kill_after: Some(1),
        ..options()
    };
    let (account, url, stop, server) = served(options).await;
    let address = url.trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let request =
        "DELETE /2015-03-31/functions/busy/aliases/prod HTTP/1.1\r\nhost: anything\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    account.kill_point().await;
    assert!(
        !account.describe().functions["busy"]
            .aliases
            .contains_key("prod")
    );
    stop.send(()).unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(5), server).await;
    assert!(ended.expect("the server ends").unwrap().is_ok());
}

#[tokio::test]
async fn a_cut_answer_breaks_the_connection() {
    let options = AccountOptions {
        faults: Faults::parse("GetFunction=cut").unwrap(),
        ..options()
    };
    let (_, url, _stop, _server) = served(options).await;
    let mut stream = TcpStream::connect(url.trim_start_matches("http://"))
        .await
        .unwrap();
    let request = "GET /2015-03-31/functions/busy HTTP/1.1\r\nhost: anything\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer));
    // The system may report the break as an error or as an end.
    let _ = read.await.expect("the connection does not stay open");
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(
        !answer.ends_with("0\r\n\r\n"),
        "the body is not complete: {answer}"
    );
}

#[tokio::test]
async fn an_unknown_operation_of_logs_is_refused_in_its_protocol() {
    let (_, url, _stop, _server) = served(options()).await;
    let mut stream = TcpStream::connect(url.trim_start_matches("http://"))
        .await
        .unwrap();
    let request = "POST / HTTP/1.1\r\nhost: anything\r\nconnection: close\r\ncontent-length: 2\r\n\
        x-amz-target: Logs_20140328.MeltLogGroup\r\n\r\n{}";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert!(answer.contains("application/x-amz-json-1.1"), "{answer}");
    let body = answer.split("\r\n\r\n").nth(1).unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["__type"], "UnknownOperationException");
    assert_eq!(
        body["message"],
        "CloudWatch Logs of the simulated account has no operation MeltLogGroup."
    );
}

#[tokio::test]
async fn boto3_drives_the_account() {
    let unhurried = AccountOptions {
        speed: 4.0,
        ..options()
    };
    driven_by("boto3_lambda.py", unhurried).await;
}

#[tokio::test]
async fn boto3_drives_the_logs_and_tails_them_live() {
    driven_by("boto3_logs.py", options()).await;
}

/// Lets a script of boto3's use the account; it must leave nothing behind.
async fn driven_by(script: &str, options: AccountOptions) {
    let Some(python) = std::env::var_os("IACSTONE_PYTHON") else {
        eprintln!("skipped: IACSTONE_PYTHON does not name a Python with boto3");
        return;
    };
    let (account, url, stop, server) = served(options).await;
    let before = (account.describe(), account.log_groups());
    let script = format!("{}/tests/wire/{script}", env!("CARGO_MANIFEST_DIR"));
    let run = tokio::task::spawn_blocking(move || {
        Command::new(python).arg(script).arg(url).output().unwrap()
    });
    let output = run.await.unwrap();
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{out}\n{err}");
    let after = (account.describe(), account.log_groups());
    assert_eq!(after, before, "the script leaves nothing behind");
    println!("{out}");
    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
}
