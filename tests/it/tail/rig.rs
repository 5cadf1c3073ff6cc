//! A tail at work on a simulated account, and everything it told.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use iacstone::aws::{AwsError, LogsClient, Session, SessionOptions};
use iacstone::logs::{EventOrigin, LogEvent, Marker, TailMode, TailStatus, TailTarget, Tailing};
use iacstone::simulator::{Account, AccountOptions, Faults, http_client};
use iacstone::tail::{Clock, TailEnd, follow};
use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub(super) const GROUP: &str = "/test/numbers";
const EPOCH: &str = "2026-11-21T12:00:00Z";

/// Everything a tail told, each with the account's time of its arrival in Unix milliseconds.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) events: Vec<(i64, LogEvent)>,
    pub(super) markers: Vec<(i64, Marker)>,
    pub(super) standings: Vec<(i64, TailStatus)>,
    /// How many events had been told when what was there before had been.
    pub(super) opened: Option<usize>,
}

pub(super) struct Rig {
    pub(super) account: Account,
    told: Arc<Mutex<Told>>,
    stop: CancellationToken,
    pub(super) reading: Arc<tokio::sync::Mutex<()>>,
    tail: JoinHandle<Result<TailEnd, AwsError>>,
    next: i64,
}

pub(super) fn options() -> AccountOptions {
    AccountOptions {
        seed: 7,
        epoch: Some(EPOCH.parse::<Timestamp>().unwrap()),
        ..AccountOptions::default()
    }
}

pub(super) fn faults(texts: &[&str]) -> Faults {
    let faults = texts.iter().map(|text| Faults::parse(text).unwrap());
    faults.fold(Faults::default(), Faults::and)
}

pub(super) fn wanted() -> TailTarget {
    TailTarget {
        groups: vec![GROUP.to_owned()],
        ..TailTarget::default()
    }
}

pub(super) async fn logs(account: &Account) -> LogsClient {
    let options = SessionOptions {
        http: Some(http_client(account)),
        ..SessionOptions::default()
    };
    Session::connect(options).await.unwrap().logs()
}

impl Rig {
    /// Follows a quiet group from the account's beginning.
    pub(super) async fn start(options: AccountOptions, wanted: TailTarget) -> Self {
        let account = Account::empty(options);
        for group in &wanted.groups {
            account.put_event(
                group,
                "a",
                account.now_ms() - 1,
                account.now_ms() - 1,
                "before",
            );
        }
        Self::on(account, wanted).await
    }

    pub(super) async fn on(account: Account, wanted: TailTarget) -> Self {
        let clock = Clock::pinned(account.now());
        Self::by(account, wanted, clock).await
    }

    /// Follows with a clock that may be wrong.
    pub(super) async fn by(account: Account, wanted: TailTarget, clock: Clock) -> Self {
        let logs = logs(&account).await;
        Self::over(logs, account, wanted, clock)
    }

    /// Follows through a client that may reach other accounts too.
    pub(super) fn over(
        logs: LogsClient,
        account: Account,
        wanted: TailTarget,
        clock: Clock,
    ) -> Self {
        let (sender, receiver) = mpsc::channel(4);
        let (told, stop) = (Arc::default(), CancellationToken::new());
        let reading = Arc::new(tokio::sync::Mutex::new(()));
        tokio::spawn(listen(
            receiver,
            Arc::clone(&told),
            account.clone(),
            Arc::clone(&reading),
        ));
        let token = stop.clone();
        let tail = tokio::spawn(async move {
            let end = follow(&logs, wanted, sender, token, clock).await;
            end.into_result()
        });
        Self {
            account,
            told,
            stop,
            reading,
            tail,
            next: 0,
        }
    }

    pub(super) fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap()
    }

    pub(super) fn set(&self, texts: &[&str]) {
        self.account.set_faults(faults(texts));
    }

    /// Lets the account's time pass.
    pub(super) async fn pass(&self, seconds: u64) {
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }

    /// Puts one numbered event that happened `age_ms` ago and is taken in in a moment.
    pub(super) fn put_aged(&mut self, age_ms: i64, message: &str) {
        let account = self.account.clone();
        self.put_into(&account, GROUP, age_ms, message);
    }

    /// The same for a group of an account.
    pub(super) fn put_into(&mut self, account: &Account, group: &str, age_ms: i64, message: &str) {
        let now_ms = account.now_ms();
        let (time_ms, taken_ms) = (now_ms - age_ms, now_ms + 100 + self.next % 7);
        let text = format!("n={} {message}", self.next);
        let stream = format!("stream-{}", self.next % 3);
        account.put_event(group, &stream, time_ms, taken_ms, &text);
        self.next += 1;
    }

    /// Puts so many numbered events in each of so many seconds.
    pub(super) async fn traffic(&mut self, seconds: u64, per_second: u32, message: &str) {
        for _ in 0..seconds {
            for _ in 0..per_second {
                self.put_aged(0, message);
            }
            self.pass(1).await;
        }
    }

    pub(super) fn put_so_far(&self) -> i64 {
        self.next
    }

    /// Waits until something holds, at most so many seconds of the account's time.
    pub(super) async fn until(&self, seconds: u64, what: &str, holds: impl Fn(&Told) -> bool) {
        for _ in 0..seconds * 10 {
            if holds(&self.told()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let told = self.told();
        panic!(
            "{what} did not come about in {seconds} s: {:?}\n{:?}",
            told.standings.last(),
            told.markers
        );
    }

    pub(super) async fn until_live(&self) {
        self.until(30, "a live session", |told| {
            told.mode() == Some(&TailMode::Live)
        })
        .await;
    }

    /// Waits until nothing is doubtful any more, and ends the tail.
    pub(super) async fn sound(self) -> Told {
        self.until(180, "completeness", |told| {
            told.standings.last().is_some_and(|(_, it)| it.gaps == 0)
        })
        .await;
        self.pass(20).await;
        self.end().await
    }

    pub(super) async fn end(self) -> Told {
        self.stop.cancel();
        self.tail.await.unwrap().unwrap();
        std::mem::take(&mut self.told.lock().unwrap())
    }

    /// What the tail ended with by itself.
    pub(super) async fn ended(self) -> Result<TailEnd, AwsError> {
        self.tail.await.unwrap()
    }
}

async fn listen(
    mut receiver: mpsc::Receiver<Tailing>,
    told: Arc<Mutex<Told>>,
    account: Account,
    reading: Arc<tokio::sync::Mutex<()>>,
) {
    while let Some(news) = receiver.recv().await {
        drop(reading.lock().await);
        let now_ms = account.now_ms();
        let mut told = told.lock().unwrap();
        match news {
            Tailing::Events(events) => {
                told.events
                    .extend(events.into_iter().map(|event| (now_ms, event)));
            }
            Tailing::Opened => told.opened = Some(told.events.len()),
            Tailing::Marker(marker) => told.markers.push((now_ms, marker)),
            Tailing::Status(standing) => told.standings.push((now_ms, standing)),
        }
    }
}

impl Told {
    pub(super) fn mode(&self) -> Option<&TailMode> {
        self.standings.last().map(|(_, standing)| &standing.mode)
    }

    pub(super) fn standing(&self) -> &TailStatus {
        &self.standings.last().unwrap().1
    }

    /// How often each number was told.
    fn numbers(&self) -> BTreeMap<i64, u32> {
        let mut numbers = BTreeMap::new();
        for (_, event) in &self.events {
            if let Some(number) = number(&event.message) {
                *numbers.entry(number).or_default() += 1;
            }
        }
        numbers
    }

    /// Each number from 0 on was told exactly once.
    pub(super) fn assert_whole(&self, count: i64) {
        let numbers = self.numbers();
        let lost: Vec<i64> = (0..count).filter(|it| !numbers.contains_key(it)).collect();
        let twice: Vec<i64> = numbers
            .iter()
            .filter(|&(_, &times)| times > 1)
            .map(|(&number, _)| number)
            .collect();
        assert!(
            lost.is_empty() && twice.is_empty() && i64::try_from(numbers.len()) == Ok(count),
            "{} lost, first {:?}; {} twice, first {:?}; markers {:?}",
            lost.len(),
            &lost[..lost.len().min(5)],
            twice.len(),
            &twice[..twice.len().min(5)],
            self.texts()
        );
    }

    pub(super) fn texts(&self) -> Vec<&str> {
        self.markers
            .iter()
            .map(|(_, it)| it.text.as_str())
            .collect()
    }

    /// When a marker that begins like this was told.
    pub(super) fn ruled(&self, beginning: &str) -> Option<i64> {
        let mut markers = self.markers.iter();
        let found = markers.find(|(_, marker)| marker.text.starts_with(beginning));
        found.map(|&(at, _)| at)
    }

    pub(super) fn with_origin(&self, origin: EventOrigin) -> usize {
        let events = self.events.iter();
        events.filter(|(_, event)| event.origin == origin).count()
    }

    /// Whether a standing between these times had this.
    pub(super) fn stood(
        &self,
        from_ms: i64,
        to_ms: i64,
        had: impl Fn(&TailStatus) -> bool,
    ) -> bool {
        let within = |at: i64| (from_ms..=to_ms).contains(&at);
        let mut standings = self.standings.iter();
        standings.any(|(at, standing)| within(*at) && had(standing))
    }
}

pub(super) fn number(message: &str) -> Option<i64> {
    let word = message.strip_prefix("n=")?.split(' ').next()?;
    word.parse().ok()
}
