//! The suite against the simulated account, in process, and each of its faults as the client sees it.

use std::time::Duration;

use iacstone::aws::{AwsError, Session, SessionOptions};
use iacstone::lambda::FunctionRef;
use iacstone::simulator::{Account, AccountOptions, Faults, http_client};

use super::suite::{self, Target};

async fn session(options: AccountOptions) -> Session {
    let account = Account::new(AccountOptions {
        speed: 50.0,
        ..options
    });
    let options = SessionOptions {
        http: Some(http_client(&account)),
        ..SessionOptions::default()
    };
    Session::connect(options).await.unwrap()
}

#[tokio::test]
async fn the_simulated_account_answers_as_aws_does() {
    let target = Target {
        session: session(AccountOptions::default()).await,
        function: FunctionRef::parse("no-op").unwrap(),
        conditions: true,
        guards_aliased_versions: true,
        logs_invocations: true,
    };
    suite::run(&target).await;
}

/// The error of a read, and how long the clock says it took.
async fn struck(fault: &str) -> (AwsError, Duration) {
    let faults = Faults::parse(&format!("GetFunctionConfiguration={fault}")).unwrap();
    let session = session(AccountOptions {
        faults,
        ..AccountOptions::default()
    });
    let lambda = session.await.lambda();
    let function = FunctionRef::parse("no-op").unwrap();
    let start = tokio::time::Instant::now();
    let error = lambda.configuration(&function).await.unwrap_err();
    (error, start.elapsed())
}

#[tokio::test]
async fn every_fault_has_its_error() {
    let is = |fault, error: &AwsError| match fault {
        "throttle" => matches!(error, AwsError::Throttled(_)),
        "server-error" => matches!(error, AwsError::Service { status: 500.., .. }),
        "expired-token" => matches!(error, AwsError::Expired(_)),
        "access-denied" => matches!(error, AwsError::AccessDenied { .. }),
        "clock-skew" => matches!(error, AwsError::BadCredentials(_)),
        "cut" => matches!(
            error,
            AwsError::Unreachable {
                connected: true,
                ..
            }
        ),
        _ => matches!(error, AwsError::Garbled(_)),
    };
    for fault in [
        "throttle",
        "server-error",
        "expired-token",
        "access-denied",
        "clock-skew",
        "cut",
        "garbage",
    ] {
        let (error, _) = struck(fault).await;
        assert!(is(fault, &error), "{fault}: {error:?}");
        println!("{fault}: {error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_stands_still_or_never_begins_ends_in_time() {
    for fault in ["stall", "slow:100000000"] {
        let (error, waited) = struck(fault).await;
        assert!(
            error.is_transient() && !error.was_not_applied(),
            "{error:?}"
        );
        assert!(waited <= Duration::from_secs(31), "{fault}: {waited:?}");
        println!("{fault}: {waited:?} {error}");
    }
}
