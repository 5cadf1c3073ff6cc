//! Where a real session finds credentials and region. Each question is asked in a child process with an
//! environment and a home of its own; the child is an ignored test of this same binary.

use std::path::Path;
use std::process::Command;

use iacstone::aws::{Session, SessionOptions};

use super::server::{Server, response};

/// What the child opens a session with; read from its environment.
const PROFILE: &str = "CHAIN_PROFILE";
const ENDPOINT: &str = "CHAIN_ENDPOINT";

#[tokio::test]
#[ignore = "runs in a child process of the tests below"]
async fn child() {
    let Ok(endpoint) = std::env::var(ENDPOINT) else {
        println!("skipped: not started by a test of this file");
        return;
    };
    let options = SessionOptions {
        profile: std::env::var(PROFILE).ok(),
        endpoint_url: Some(endpoint),
        ..SessionOptions::default()
    };
    match Session::connect(options).await {
        Err(error) => println!("\nno session: {error}"),
        Ok(session) => {
            println!(
                "\nregion {} profile {:?}",
                session.region(),
                session.profile()
            );
            let identity = session.identity().await;
            let text = identity.map_or_else(|error| error.to_string(), |found| found.arn);
            println!("identity: {text}");
        }
    }
}

/// A home with the user's AWS files, and a server that knows everyone.
struct Home {
    folder: tempfile::TempDir,
    server: Server,
}

impl Home {
    fn with(config: &str, credentials: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let aws = folder.path().join(".aws");
        std::fs::create_dir(&aws).unwrap();
        std::fs::write(aws.join("config"), config).unwrap();
        std::fs::write(aws.join("credentials"), credentials).unwrap();
        let body = "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/u</Arn>\
            </GetCallerIdentityResult></GetCallerIdentityResponse>";
        let server = Server::saying(Some(response(200, "", body)));
        Self { folder, server }
    }

    /// What the child prints, with these variables and nothing else from this process.
    fn ask(&self, variables: &[(&str, &str)]) -> String {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child
            .args(["--ignored", "--exact", "--nocapture", "wire::chain::child"])
            .env_clear()
            .env("HOME", self.folder.path())
            .env(ENDPOINT, &self.server.endpoint)
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .envs(variables.iter().copied());
        let output = child.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The access key of the last request.
    fn key(&self) -> Option<String> {
        let request = self.server.requests.try_iter().last()?;
        let (_, rest) = request.split_once("Credential=")?;
        rest.split('/').next().map(str::to_owned)
    }
}

const CONFIG: &str = "[profile work]\nregion = eu-central-1\n[profile bare]\nregion = eu-west-1\n";
const CREDENTIALS: &str = "[work]\naws_access_key_id = WORKKEY\naws_secret_access_key = s\n";
const KEYS: [(&str, &str); 2] = [
    ("AWS_ACCESS_KEY_ID", "ENVKEY"),
    ("AWS_SECRET_ACCESS_KEY", "s"),
];

#[test]
fn a_named_profile_beats_keys_in_the_environment() {
    let home = Home::with(CONFIG, CREDENTIALS);
    let said = home.ask(&[KEYS[0], KEYS[1], (PROFILE, "work")]);
    assert!(
        said.contains("region eu-central-1 profile Some(\"work\")"),
        "{said}"
    );
    assert_eq!(home.key().as_deref(), Some("WORKKEY"), "{said}");
}

#[test]
fn without_a_name_the_environment_decides() {
    let home = Home::with(CONFIG, CREDENTIALS);
    let said = home.ask(&[KEYS[0], KEYS[1], ("AWS_REGION", "eu-north-1")]);
    assert!(said.contains("region eu-north-1 profile None"), "{said}");
    assert_eq!(home.key().as_deref(), Some("ENVKEY"), "{said}");
    let said = home.ask(&[("AWS_PROFILE", "work")]);
    assert!(
        said.contains("region eu-central-1 profile Some(\"work\")"),
        "{said}"
    );
    assert_eq!(home.key().as_deref(), Some("WORKKEY"), "{said}");
}

#[test]
fn a_region_that_nothing_names_is_asked_for() {
    let home = Home::with("", "");
    let said = home.ask(&KEYS);
    assert!(
        said.contains("no session: no AWS region is set; give --region"),
        "{said}"
    );
}

#[test]
fn a_profile_that_does_not_exist_or_has_no_credentials_is_named() {
    let home = Home::with(CONFIG, CREDENTIALS);
    for (profile, why) in [("nobody", "does not exist"), ("bare", "no AWS credentials")] {
        let said = home.ask(&[(PROFILE, profile), ("AWS_REGION", "eu-west-1")]);
        assert!(said.contains(why), "{said}");
        assert!(said.contains(&format!("profile '{profile}'")), "{said}");
        assert_eq!(home.key(), None, "{said}");
    }
}

#[test]
fn a_machine_without_credentials_hears_of_the_ways_to_give_some() {
    let said = Home::with("", "").ask(&[("AWS_REGION", "eu-west-1")]);
    assert!(said.contains("no AWS credentials"), "{said}");
    assert!(said.contains("--demo needs none"), "{said}");
}

#[test]
fn a_sign_on_that_is_missing_is_renewed_by_its_command() {
    let config = "[profile sso]\nregion = eu-west-1\nsso_start_url = https://x.invalid/start\n\
        sso_region = eu-west-1\nsso_account_id = 1\nsso_role_name = r\n";
    let said = Home::with(config, "").ask(&[(PROFILE, "sso")]);
    assert!(said.contains("aws sso login --profile sso"), "{said}");
}

#[test]
fn a_metadata_service_that_never_answers_does_not_hold_the_start_up() {
    let silent = Server::saying(None);
    let home = Home::with("", "");
    let said = home.ask(&[
        ("AWS_EC2_METADATA_DISABLED", "false"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", &silent.endpoint),
    ]);
    assert!(said.contains("no AWS region is set"), "{said}");
    // Left alone, the SDK asks four times for a second each.
    let asked = silent.requests.try_iter().count();
    assert!((1..=2).contains(&asked), "{asked}");
}

#[test]
fn an_unreadable_file_is_told_not_ignored() {
    let home = Home::with("[profile work\nregion = x", "");
    let path: &Path = home.folder.path();
    let said = home.ask(&[(PROFILE, "work"), ("AWS_REGION", "eu-west-1")]);
    let told = format!(
        "'{}/.aws/config' (whose line 1 does not end with a ']')",
        path.display()
    );
    assert!(said.contains(&told), "{said} {told}");
}
