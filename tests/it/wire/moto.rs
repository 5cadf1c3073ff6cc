//! The suites against moto, the independent second opinion. Needs `IACSTONE_PYTHON`, a Python with moto
//! and boto3; `tests/run` makes one.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use iacstone::aws::{Session, SessionOptions, https_client};
use iacstone::lambda::FunctionRef;
use iacstone::logs::{TailTarget, Tailing};
use iacstone::tail::{Clock, follow};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

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

/// Writes rows to a group in several streams, through moto's own door: the newest are the last.
const ROWS: &str = "
import sys, time, boto3
endpoint, group, rows = sys.argv[1], sys.argv[2], int(sys.argv[3])
logs = boto3.client('logs', endpoint_url=endpoint, region_name='us-east-1', aws_access_key_id='t', aws_secret_access_key='t')
if not logs.describe_log_groups(logGroupNamePrefix=group)['logGroups']:
    logs.create_log_group(logGroupName=group)
    for stream in 'abc':
        logs.create_log_stream(logGroupName=group, logStreamName=stream)
now = int(time.time() * 1000)
for place, stream in enumerate('abc'):
    events = [{'timestamp': now - (rows - n) * 500, 'message': f'{sys.argv[4]}={n}'} for n in range(place, rows, 3)]
    logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=events)
";

fn put_rows(python: &str, moto: &Moto, group: &str, rows: i64, word: &str) {
    let run = Command::new(python)
        .args(["-c", ROWS, &moto.endpoint, group, &rows.to_string(), word])
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

/// The numbers of the rows that were told, in order of time.
async fn told_numbers(told: &mut mpsc::Receiver<Tailing>, word: &str, count: usize) -> Vec<i64> {
    let mut numbers = Vec::new();
    let deadline = Instant::now() + Duration::from_secs(20);
    while numbers.len() < count && Instant::now() < deadline {
        let news = tokio::time::timeout(Duration::from_secs(1), told.recv()).await;
        if let Ok(Some(Tailing::Events(events))) = news {
            let rows = events.iter().filter_map(|event| {
                let number = event.message.strip_prefix(word)?.strip_prefix('=')?;
                number.parse::<i64>().ok()
            });
            numbers.extend(rows);
        }
    }
    numbers.sort_unstable();
    numbers
}

#[tokio::test]
async fn a_tail_of_moto_that_begins_with_the_oldest_has_no_hole() {
    let Ok(python) = std::env::var("IACSTONE_PYTHON") else {
        println!("skipped: IACSTONE_PYTHON names no Python with moto and boto3");
        return;
    };
    let moto = Moto::start(&python);
    let group = "/wire/rows";
    put_rows(&python, &moto, group, 3_000, "old");
    let session = Session::connect(SessionOptions {
        endpoint_url: Some(moto.endpoint.clone()),
        http: Some(https_client().unwrap()),
        ..SessionOptions::default()
    });
    let logs = session.await.unwrap().logs();
    let wanted = TailTarget {
        groups: vec![group.to_owned()],
        poll: true,
        ..TailTarget::default()
    };
    let (sender, mut told) = mpsc::channel(4);
    let stop = CancellationToken::new();
    let token = stop.clone();
    let tail =
        tokio::spawn(async move { follow(&logs, wanted, sender, token, Clock::system()).await });
    let first = told_numbers(&mut told, "old", 200).await;
    assert_eq!(first, (2_800..3_000).collect::<Vec<i64>>());
    put_rows(&python, &moto, group, 150, "new");
    let next = told_numbers(&mut told, "new", 150).await;
    assert_eq!(next, (0..150).collect::<Vec<i64>>());
    stop.cancel();
    tail.await.unwrap().into_result().unwrap();
    println!("moto tail: all checks passed");
}
