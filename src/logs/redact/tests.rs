//! Tests of what is taken out, and of what stays.

use std::borrow::Cow;

use super::{ANY, COMPILED, RULES, holds_secret, redact};

#[test]
fn every_rule_can_be_used() {
    assert_eq!((COMPILED.len(), ANY.len()), (RULES.len(), RULES.len() + 1));
}

#[test]
fn secrets_are_taken_out() {
    let key = concat!("AKIA", "IOSFODNN7EXAMPLE");
    let cases = [
        (format!("id={key}."), "id=AKIA[redacted].".to_owned()),
        (
            "dsn postgres://app:s3cr:et@db.internal:5432/x".to_owned(),
            "dsn postgres://app:[redacted]@db.internal:5432/x".to_owned(),
        ),
        (
            "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl end".to_owned(),
            "token [redacted JWT] end".to_owned(),
        ),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nafter"
                .to_owned(),
            "-----BEGIN RSA PRIVATE KEY----- [redacted]\nafter".to_owned(),
        ),
        (
            "-----BEGIN PRIVATE KEY-----\nMIIEcut".to_owned(),
            "-----BEGIN PRIVATE KEY----- [redacted]".to_owned(),
        ),
        (
            r#"{"password":"hunter2","user":"ann"}"#.to_owned(),
            r#"{"password":"[redacted]","user":"ann"}"#.to_owned(),
        ),
        (
            r#"{"body":"{\"apiKey\":\"abc123\"}"}"#.to_owned(),
            r#"{"body":"{\"apiKey\":\"[redacted]\"}"}"#.to_owned(),
        ),
        (
            r#"{"password":"pa,ss\"w}or d","token":1}"#.to_owned(),
            r#"{"password":"[redacted]","token":1}"#.to_owned(),
        ),
        (
            r#"{"b":"{\"password\":\"a\\\"b,c\",\"x\":1}"}"#.to_owned(),
            r#"{"b":"{\"password\":\"[redacted]\",\"x\":1}"}"#.to_owned(),
        ),
        (
            "password='[x 9]' api_key=[y]".to_owned(),
            "password='[redacted]' api_key=[redacted]".to_owned(),
        ),
        (
            "postgres://u:p@ss@h/x mailto a@b".to_owned(),
            "postgres://u:[redacted]@h/x mailto a@b".to_owned(),
        ),
        (
            "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG x".to_owned(),
            "AWS_SECRET_ACCESS_KEY=[redacted] x".to_owned(),
        ),
        (
            "Authorization: Bearer abcdefgh.ijkl".to_owned(),
            "Authorization: Bearer [redacted]".to_owned(),
        ),
    ];
    for (text, expected) in cases {
        assert!(holds_secret(&text), "{text}");
        assert_eq!(redact(&text), expected);
    }
}

#[test]
fn json_stays_json_and_nothing_of_a_nested_secret_is_left() {
    for (text, expected) in [
        (
            r#"{"password":{"v":"hun}ter2"},"a":1}"#,
            r#"{"password":"[redacted]","a":1}"#,
        ),
        (
            r#"{"passwords":["a","hunter2"]}"#,
            r#"{"passwords":"[redacted]"}"#,
        ),
        (
            r#"{"password":123,"b":null}"#,
            r#"{"password":"[redacted]","b":null}"#,
        ),
        (
            r#"{"secret":"hunter2","token":12}"#,
            r#"{"secret":"[redacted]","token":12}"#,
        ),
        (
            "Set-Cookie: session=hunter2; Path=/",
            "Set-Cookie: [redacted]; Path=/",
        ),
        (
            r#"{"b":"{\"password\":{\"v\":1},\"api_key\":12}"}"#,
            r#"{"b":"{\"password\":\"[redacted]\",\"api_key\":\"[redacted]\"}"}"#,
        ),
        (
            "secret_access_key=12345 x",
            "secret_access_key=[redacted] x",
        ),
        ("x-api-key: hunter2", "x-api-key: [redacted]"),
        (
            r#"{"authorization":"hunter2","private_key_id":"0f"}"#,
            r#"{"authorization":"[redacted]","private_key_id":"[redacted]"}"#,
        ),
        (
            "Authorization: Token 0123456789abcdef0123",
            "Authorization: Token [redacted]",
        ),
        (
            "connection_string=Server=db;AccountKey=hunter2==;x=1",
            "connection_string=[redacted];AccountKey=[redacted];x=1",
        ),
        (
            r#"{"connectionString":"Server=db;Pwd=a"}"#,
            r#"{"connectionString":"[redacted]"}"#,
        ),
        (
            "sas_token=sv=2026&sig=0123456789abcdef%3D&x=1",
            "sas_token=[redacted]&sig=[redacted]&x=1",
        ),
    ] {
        assert!(holds_secret(text), "{text}");
        assert_eq!(redact(text), expected);
        assert_eq!(redact(expected), expected);
    }
}

#[test]
fn ordinary_text_is_borrowed() {
    for text in [
        "REPORT RequestId: 8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f\tDuration: 1 ms",
        "https://example.org:8080/a@b",
        "password is required",
        "authorization: denied for user 7",
        "Authorization = required, private key id is missing",
        "https://example.org/?sig=short&x=1",
        "the connection string of the account key",
        "basic health check",
        "the option --password is required, --token must not be empty",
        "docker run -u 1000:1000 image",
        r#"{"name":"token count","value":12}"#,
        "<tokens>12</tokens> sk-learn, hf_hub_download_to_a_path, npm_config_registry_of_a_mirror",
        r#"{"password":"","token":''}"#,
        "password reset for user 7",
    ] {
        assert!(!holds_secret(text), "{text}");
        assert!(matches!(redact(text), Cow::Borrowed(_)), "{text}");
    }
}

#[test]
fn twice_is_as_once() {
    let text = "postgres://a:b@c password=x Bearer abcdefghijk";
    let once = redact(text).into_owned();
    assert_eq!(redact(&once), once);
}

#[test]
fn a_value_is_found_however_it_is_told_whose_it_is() {
    for (text, expected) in [
        (
            r#"{"name":"x-api-key","value":"hunter2","b":1}"#,
            r#"{"name":"x-api-key","value":"[redacted]","b":1}"#,
        ),
        (
            r#"{"Name": "DB_PASSWORD", "Value": 12345}"#,
            r#"{"Name": "DB_PASSWORD", "Value": "[redacted]"}"#,
        ),
        (
            "[password => hunter2, b => 1]",
            "[password => [redacted], b => 1]",
        ),
        (
            r#"{:password=>"hunter2", :a=>1}"#,
            r#"{:password=>"[redacted]", :a=>1}"#,
        ),
        (
            "mysql --password hunter2 -h db",
            "mysql --password [redacted] -h db",
        ),
        (
            "login --registry-token=hunter2 x",
            "login --registry-token=[redacted] x",
        ),
        (
            "curl -s -u ann:hunter2 https://example.org/",
            "curl -s -u ann:[redacted] https://example.org/",
        ),
        (
            "<password>hunter2</password><a>b</a>",
            "<password>[redacted]</password><a>b</a>",
        ),
        (
            r#"<x:apiKey type="a">hunter2</x:apiKey>"#,
            r#"<x:apiKey type="a">[redacted]</x:apiKey>"#,
        ),
        (
            "a?next=password%3Dhunter2&b=1",
            "a?next=password%3D[redacted]&b=1",
        ),
        (
            "dsn=postgres%3A%2F%2Fapp%3Ahunter2%40db%2Fx",
            "dsn=postgres%3A%2F%2Fapp%3A[redacted]%40db%2Fx",
        ),
        (
            r#"{"a":"{\"b\":\"{\\\"password\\\":\\\"hun\\\\\\\"ter2\\\",\\\"c\\\":1}\"}"}"#,
            r#"{"a":"{\"b\":\"{\\\"password\\\":\\\"[redacted]\\\",\\\"c\\\":1}\"}"}"#,
        ),
        (
            r#"{"password":"hunter\\","b":1}"#,
            r#"{"password":"[redacted]","b":1}"#,
        ),
        (
            "-----BEGIN PGP PRIVATE KEY BLOCK-----\nlQ\n-----END PGP PRIVATE KEY BLOCK-----",
            "-----BEGIN PGP PRIVATE KEY BLOCK----- [redacted]",
        ),
    ] {
        assert!(holds_secret(text), "{text}");
        assert_eq!(redact(text), expected);
        assert_eq!(redact(expected), expected);
    }
}

#[test]
fn tokens_are_known_by_how_they_begin() {
    // Put together here, so that nobody's search for secrets finds them in this file.
    let letters = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R";
    for begin in [
        "ghp", "glpat", "npm", "sk-proj", "AIza", "sk_live", "whsec", "hf", "xoxb",
    ] {
        let sign = match begin {
            "AIza" => "",
            "glpat" | "sk-proj" | "xoxb" => "-",
            _ => "_",
        };
        let text = format!("got {begin}{sign}{letters} back");
        assert_eq!(redact(&text), format!("got {begin}{sign}[redacted] back"));
    }
}
