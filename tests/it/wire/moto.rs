//! The suites against moto, the independent second opinion. Needs `IACSTONE_PYTHON`, a Python with moto
//! and boto3; `tests/run` makes one.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use iacstone::aws::{Session, SessionOptions, https_client};
use iacstone::lambda::FunctionRef;

use super::suite::{self, Target};

/// The moto process; ends with this value.
struct Moto {
    process: Child,
    endpoint: String,
    function: String,
}

impl Moto {
    fn start(python: &str) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wire/moto_setup.py");
        let mut process = Command::new(python)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let output = process.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut line).unwrap();
        let said: serde_json::Value = serde_json::from_str(&line).unwrap();
        Self {
            process,
            endpoint: said["endpoint"].as_str().unwrap().to_owned(),
            function: said["function"].as_str().unwrap().to_owned(),
        }
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn moto_and_iacstone_understand_each_other() {
    let Ok(python) = std::env::var("IACSTONE_PYTHON") else {
        println!("skipped: IACSTONE_PYTHON names no Python with moto and boto3");
        return;
    };
    let moto = Moto::start(&python);
    let session = Session::connect(SessionOptions {
        endpoint_url: Some(moto.endpoint.clone()),
        http: Some(https_client().unwrap()),
        ..SessionOptions::default()
    });
    let target = Target {
        session: session.await.unwrap(),
        function: FunctionRef::parse(&moto.function).unwrap(),
        conditions: false,
        guards_aliased_versions: false,
        logs_invocations: false,
    };
    suite::run(&target).await;
    println!("moto: all checks passed");
}

#[test]
fn moto_answers_the_checks_of_the_logs() {
    let Ok(python) = std::env::var("IACSTONE_PYTHON") else {
        println!("skipped: IACSTONE_PYTHON names no Python with moto and boto3");
        return;
    };
    let moto = Moto::start(&python);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wire/boto3_logs.py");
    let run = Command::new(&python)
        .args([script, &moto.endpoint, "--shared"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    println!("moto logs: all checks passed");
}
