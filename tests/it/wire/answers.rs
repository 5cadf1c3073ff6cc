//! Answers that are unusual but right, or right but incomplete.

use std::time::Duration;

use iacstone::aws::AwsError;
use iacstone::jobs::Listing;

use super::server::{Server, busy, response};

#[tokio::test]
async fn a_function_without_a_name_or_with_an_impossible_size_is_no_function() {
    let server = Server::saying(Some(response(200, "", "{}")));
    let error = server.read_error().await;
    assert!(matches!(error, AwsError::Garbled(_)), "{error:?}");
    for size in [-5, 32_768] {
        let body = format!(r#"{{"FunctionName":"busy","MemorySize":{size}}}"#);
        let server = Server::saying(Some(response(200, "", &body)));
        let error = server.read_error().await;
        assert!(matches!(error, AwsError::Unsupported { .. }), "{error:?}");
        assert!(error.to_string().contains(&format!("{size} MB")), "{error}");
        assert!(!error.was_not_applied());
    }
}

#[tokio::test]
async fn a_function_with_nothing_but_a_name_has_defaults() {
    let server = Server::saying(Some(response(
        200,
        "",
        r#"{"FunctionName":"busy","State":"Melting"}"#,
    )));
    let found = server.lambda().await.configuration(&busy()).await.unwrap();
    assert_eq!(
        (found.memory.megabytes(), found.timeout.as_secs()),
        (128, 3)
    );
    assert_eq!(found.status.state_reason.as_deref(), Some("Melting"));
    assert_eq!(
        (found.version.as_str(), found.code.runtime),
        ("$LATEST", None)
    );
}

#[tokio::test]
async fn a_list_leaves_out_what_it_cannot_know() {
    let body = r#"{"NextMarker":"m","Functions":[{"FunctionName":"huge","MemorySize":32768},{"MemorySize":128},
        {"FunctionName":"fits","MemorySize":128,"Environment":{"Variables":{"SECRET":"hush"}}}]}"#;
    let server = Server::saying(Some(response(200, "", body)));
    let page = server.lambda().await.functions(&[]).await.unwrap();
    assert_eq!(page.next.as_deref(), Some("m"));
    let names: Vec<_> = page
        .functions
        .iter()
        .map(|found| found.name.as_str())
        .collect();
    assert_eq!(names, ["fits"]);
    assert_eq!(page.functions[0].environment.names, ["SECRET"]);
    assert!(!format!("{page:?}").contains("hush"));
}

#[tokio::test]
async fn pages_that_go_round_in_a_circle_end() {
    let body = r#"{"NextMarker":"again","Versions":[]}"#;
    let server = Server::saying(Some(response(200, "", body)));
    let error = server.lambda().await.versions(&busy()).await.unwrap_err();
    assert!(matches!(error, AwsError::Garbled(_)), "{error:?}");
    assert_eq!(server.requests.try_iter().count(), 2);
}

#[tokio::test]
async fn a_list_of_functions_that_goes_round_in_a_circle_ends() {
    let body = r#"{"NextMarker":"again","Functions":[]}"#;
    let server = Server::saying(Some(response(200, "", body)));
    let error = Listing::new(&server.lambda().await)
        .rest()
        .await
        .unwrap_err();
    assert!(matches!(error, AwsError::Garbled(_)), "{error:?}");
    assert_eq!(server.requests.try_iter().count(), 2);
}

#[tokio::test]
async fn a_throttled_list_of_functions_is_asked_for_again() {
    let server = Server::refusing(429, "TooManyRequestsException", "Rate exceeded");
    let error = Listing::new(&server.lambda().await)
        .rest()
        .await
        .unwrap_err();
    assert!(matches!(error, AwsError::Throttled(_)), "{error:?}");
    assert_eq!(server.requests.try_iter().count(), 4);
}

#[tokio::test]
async fn a_missing_alias_is_none_but_a_missing_function_is_an_error() {
    let code = "ResourceNotFoundException";
    let server = Server::refusing(404, code, "Cannot find alias arn: arn:x:busy:prod");
    let found = server.lambda().await.alias(&busy(), "prod").await;
    assert_eq!(found.unwrap(), None);
    let server = Server::refusing(404, code, "Function not found: arn:x:busy");
    let error = server
        .lambda()
        .await
        .alias(&busy(), "prod")
        .await
        .unwrap_err();
    assert!(matches!(error, AwsError::NotFound(_)), "{error:?}");
    assert!(
        error.to_string().contains("GetAlias of 'busy:prod'"),
        "{error}"
    );
}

#[tokio::test]
async fn a_failing_function_is_an_answer_with_its_own_words() {
    let body = r#"{"errorMessage":"boom"}"#;
    let headers = "X-Amz-Function-Error: Unhandled\r\nX-Amz-Log-Result: bG9n/w==\r\n\
        x-amzn-RequestId: 8a1c\r\nX-Amz-Executed-Version: 7\r\n";
    let server = Server::saying(Some(response(200, headers, body)));
    let lambda = server.lambda().await;
    let limit = Duration::from_secs(5);
    let version = busy().qualified("7");
    let invoked = lambda.invoke(&version, b"[1]".to_vec(), limit).await;
    let invoked = invoked.unwrap();
    assert_eq!(invoked.function_error.as_deref(), Some("Unhandled"));
    assert_eq!(
        (invoked.payload.as_slice(), invoked.log_tail.as_slice()),
        (body.as_bytes(), &b"log\xff"[..])
    );
    assert_eq!(
        (
            invoked.request_id.as_str(),
            invoked.executed_version.as_str()
        ),
        ("8a1c", "7")
    );
    let request = server.requests.recv().unwrap().to_lowercase();
    assert!(
        request.starts_with("post /2015-03-31/functions/busy/invocations?qualifier=7 "),
        "{request}"
    );
    assert!(request.contains("x-amz-log-type: tail"), "{request}");
    assert!(request.ends_with("\r\n\r\n[1]"), "{request}");
}

#[tokio::test]
async fn a_simulated_account_never_sees_a_real_credential() {
    let server = Server::saying(Some(response(200, "", r#"{"Functions":[]}"#)));
    let session = server.session().await;
    assert_eq!((session.region(), session.profile()), ("us-east-1", None));
    session.lambda().functions(&[]).await.unwrap();
    let request = server.requests.recv().unwrap();
    assert!(request.contains("Credential=SIMULATED/"), "{request}");
    assert!(
        !request.to_lowercase().contains("x-amz-security-token"),
        "{request}"
    );
}

#[tokio::test]
async fn the_identity_comes_from_the_same_endpoint() {
    let body = "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
        <GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/u</Arn><UserId>U</UserId>\
        <Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
    let server = Server::saying(Some(response(200, "content-type: text/xml\r\n", body)));
    let identity = server.session().await.identity().await.unwrap();
    assert_eq!(identity.account, "123456789012");
    assert_eq!(identity.arn, "arn:aws:iam::123456789012:user/u");
    let body = "<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code>\
        <Message>it ran out</Message></Error></ErrorResponse>";
    let server = Server::saying(Some(response(403, "", body)));
    let error = server.session().await.identity().await.unwrap_err();
    assert!(matches!(error, AwsError::Expired(_)), "{error:?}");
    assert!(
        error.to_string().starts_with("GetCallerIdentity failed: "),
        "{error}"
    );
}
