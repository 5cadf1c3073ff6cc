//! Answers no one wants: each becomes an error with the right words, and no call is made twice.

use std::net::TcpListener;
use std::time::Duration;

use iacstone::aws::AwsError;

use super::server::{Server, busy, response, session};

#[tokio::test]
async fn nobody_listening_names_the_endpoint_and_is_safe_to_repeat() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let lambda = session(&endpoint).await.lambda();
    let error = lambda.configuration(&busy()).await.unwrap_err();
    assert!(
        matches!(
            error,
            AwsError::Unreachable {
                connected: false,
                ..
            }
        ),
        "{error:?}"
    );
    assert!(error.to_string().contains(&endpoint), "{error}");
    assert!(error.to_string().contains("refused"), "{error}");
    assert!(error.is_transient() && error.was_not_applied());
}

#[tokio::test]
async fn plain_http_behind_an_https_endpoint_is_unreachable() {
    let server = Server::saying(Some(response(200, "", "{}")));
    let endpoint = server.endpoint.replace("http:", "https:");
    let lambda = session(&endpoint).await.lambda();
    let error = lambda.configuration(&busy()).await.unwrap_err();
    assert!(
        matches!(
            error,
            AwsError::Unreachable {
                connected: false,
                ..
            }
        ),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_answer_that_is_no_json_makes_no_sense() {
    for body in [
        "<html>Sign in to the hotel's network</html>",
        "{\"FunctionName\": ",
        "[1]",
    ] {
        let server = Server::saying(Some(response(200, "", body)));
        let error = server.read_error().await;
        assert!(matches!(error, AwsError::Garbled(_)), "{body}: {error:?}");
        assert!(
            error.to_string().contains("speaks AWS's protocol"),
            "{error}"
        );
        assert!(!error.was_not_applied());
    }
}

#[tokio::test]
async fn an_answer_cut_off_may_have_had_its_effect() {
    let cut = response(200, "", &"x".repeat(500)).replace(&"x".repeat(490), "");
    for answer in [cut, String::new(), "HTTP/1.1 200".to_owned()] {
        let server = Server::saying(Some(answer.clone()));
        let error = server.read_error().await;
        assert!(
            matches!(
                error,
                AwsError::Unreachable {
                    connected: true,
                    ..
                }
            ),
            "{answer}: {error:?}"
        );
        assert!(error.is_transient() && !error.was_not_applied());
    }
}

#[tokio::test]
async fn a_failing_service_is_transient_but_a_change_may_have_happened() {
    let server = Server::refusing(500, "ServiceException", "it broke");
    let error = server.read_error().await;
    assert!(
        error
            .to_string()
            .contains("failed with ServiceException: it broke;"),
        "{error}"
    );
    assert!(error.is_transient() && !error.was_not_applied());
    let server = Server::saying(Some(response(503, "", "<html>Service Unavailable</html>")));
    let error = server.read_error().await;
    assert!(
        matches!(&error, AwsError::Service { code, .. } if code == "HTTP 503"),
        "{error:?}"
    );
    assert!(
        error
            .to_string()
            .contains("it begins with '<html>Service Un"),
        "{error}"
    );
    assert!(error.is_transient());
}

#[tokio::test]
async fn a_page_that_is_cut_is_marked_as_cut() {
    let page = format!("<html>{}", "x".repeat(54));
    for (page, told) in [
        (page.clone(), format!("it begins with '{page}'")),
        (format!("{page}y"), format!("it begins with '{page}…'")),
    ] {
        let server = Server::saying(Some(response(503, "", &page)));
        let error = server.read_error().await.to_string();
        assert!(error.contains(&told), "{error}");
    }
}

#[tokio::test]
async fn expired_credentials_say_how_to_renew_them() {
    let server = Server::refusing(
        403,
        "ExpiredTokenException",
        "The security token is expired",
    );
    let error = server.read_error().await;
    assert!(matches!(error, AwsError::Expired(_)), "{error:?}");
    assert!(
        error.to_string().contains("The security token is expired"),
        "{error}"
    );
    assert!(error.to_string().contains("aws sso login"), "{error}");
    assert!(!error.is_transient());
}

#[tokio::test]
async fn keys_aws_does_not_know_are_bad_credentials() {
    let server = Server::refusing(
        403,
        "InvalidSignatureException",
        "Signature expired: 1 is now earlier than 2",
    );
    let error = server.read_error().await;
    assert!(matches!(error, AwsError::BadCredentials(_)), "{error:?}");
    assert!(error.to_string().contains("clock"), "{error}");
}

#[tokio::test]
async fn a_denied_call_names_the_missing_action() {
    let words = "User: arn:aws:iam::1:user/u is not authorized to perform: lambda:GetFunctionConfiguration on resource: x";
    for (said, action) in [
        (words, "lambda:GetFunctionConfiguration"),
        (
            "is not authorized to perform: kms:Decrypt on y",
            "kms:Decrypt",
        ),
        ("no", "lambda:GetFunctionConfiguration"),
    ] {
        let error = Server::refusing(403, "AccessDeniedException", said)
            .read_error()
            .await;
        assert!(
            matches!(&error, AwsError::AccessDenied { action: a, .. } if a == action),
            "{error:?}"
        );
        assert!(error.to_string().contains(said), "{error}");
        assert!(
            error.to_string().contains(&format!("allow '{action}'")),
            "{error}"
        );
    }
}

#[tokio::test]
async fn an_invocation_over_the_limit_had_no_effect() {
    let server = Server::refusing(429, "TooManyRequestsException", "Rate exceeded");
    let lambda = server.lambda().await;
    let invoked = lambda
        .invoke(&busy(), b"{}".to_vec(), Duration::from_secs(5))
        .await;
    let error = invoked.unwrap_err();
    assert!(matches!(error, AwsError::Throttled(_)), "{error:?}");
    assert!(error.was_not_applied());
    assert_eq!(server.requests.try_iter().count(), 1);
}

#[tokio::test]
async fn conflicts_and_conditions_are_told_apart() {
    let refused = |status, code, said| async move {
        let server = Server::refusing(status, code, said);
        let lambda = server.lambda().await;
        lambda
            .publish(&busy(), "sha", "revision", "text")
            .await
            .unwrap_err()
    };
    let conflict = refused(409, "ResourceConflictException", "An update is in progress").await;
    assert!(matches!(conflict, AwsError::Conflict(_)), "{conflict:?}");
    assert!(conflict.to_string().contains("wait until"), "{conflict}");
    let changed = refused(
        412,
        "PreconditionFailedException",
        "The RevisionId provided",
    )
    .await;
    assert!(matches!(changed, AwsError::Changed(_)), "{changed:?}");
    let other_code = "CodeSHA256 (a) is different from current CodeSHA256 in $LATEST (b).";
    let deployed = refused(400, "InvalidParameterValueException", other_code).await;
    assert!(matches!(deployed, AwsError::Changed(_)), "{deployed:?}");
    let limit = refused(
        400,
        "CodeStorageExceededException",
        "Code storage limit exceeded.",
    )
    .await;
    assert!(matches!(limit, AwsError::Refused(_)), "{limit:?}");
    for error in [conflict, changed, deployed, limit] {
        assert!(!error.was_not_applied() && !error.is_transient(), "{error}");
    }
}

#[tokio::test]
async fn escape_sequences_never_reach_the_terminal() {
    let server = Server::refusing(400, "Odd\u{9b}Code", "\u{1b}[31mred\u{7}\r\nnext");
    let error = server.read_error().await;
    assert!(error.to_string().contains("red"), "{error}");
}

#[tokio::test]
async fn an_invocation_without_an_answer_ends_at_its_limit() {
    let server = Server::saying(None);
    let lambda = server.lambda().await;
    let limit = Duration::from_millis(200);
    let error = lambda
        .invoke(&busy(), b"{}".to_vec(), limit)
        .await
        .unwrap_err();
    assert!(
        matches!(error, AwsError::TimedOut { after, .. } if after == limit),
        "{error:?}"
    );
    assert!(error.to_string().contains("within 0.2 s"), "{error}");
    assert!(!error.was_not_applied());
}

#[tokio::test]
async fn words_without_end_are_cut_where_they_enter_and_it_is_said() {
    let endless = "x".repeat(400_000);
    let long = "Y".repeat(5000);
    for code in ["ThrottlingException", "AccessDeniedException", &long] {
        let server = Server::refusing(400, code, &endless);
        let text = server.read_error().await.to_string();
        assert!(text.len() < 3000, "{}", text.len());
        assert!(
            text.contains("x… (398000 more characters were left out)"),
            "{text}"
        );
    }
}
