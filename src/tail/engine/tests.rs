//! The machine by itself: hours of it in no time, with answers made by hand.

use std::collections::HashMap;

use rand::SeedableRng as _;

use super::*;
use crate::aws::{CallFailure, FilterPage, FilterRequest, GroupArn, LiveRequest, LiveUpdate};
use crate::logs::EventOrigin;
use crate::tail::ids::{PageFor, PollerId, SessionId};

const GROUP: &str = "/g";
const START_MS: i64 = 1_800_000_000_000;

/// A machine, what time it is, and what it told.
struct Bench {
    engine: TailEngine,
    now: Now,
    told: HashMap<String, u32>,
    markers: Vec<String>,
    pages: Vec<FilterRequest>,
    session: Option<SessionId>,
    /// The group no session may be opened for.
    denied: Option<&'static str>,
}

fn event(number: i64, time_ms: i64) -> LogEvent {
    LogEvent {
        group: GROUP.into(),
        stream: "s".into(),
        time_ms,
        ingested_ms: time_ms + 100,
        message: format!("n={number}"),
        id: Some(number.to_string().into()),
        origin: EventOrigin::History,
    }
}

/// The ARN of a group, by its key.
fn located(key: &str) -> String {
    if crate::logs::is_arn(key) {
        return key.to_owned();
    }
    format!("arn:aws:logs:r:1:log-group:{key}")
}

fn live(mut event: LogEvent) -> LogEvent {
    (event.id, event.origin) = (None, EventOrigin::Live);
    event
}

impl Bench {
    fn new(since_ms: Option<i64>) -> Self {
        Self::of(&[GROUP], since_ms)
    }

    fn of(groups: &[&str], since_ms: Option<i64>) -> Self {
        let now = Now {
            at: Duration::ZERO,
            wall_ms: START_MS,
        };
        let since = since_ms.map(|ms| jiff::Timestamp::from_millisecond(ms).unwrap());
        let wanted = TailTarget {
            groups: groups.iter().map(|&group| group.to_owned()).collect(),
            since,
            ..TailTarget::default()
        };
        let mut bench = Self {
            engine: TailEngine::new(wanted, &Quotas::boundless(), now, StdRng::seed_from_u64(1)),
            now,
            told: HashMap::new(),
            markers: Vec::new(),
            pages: Vec::new(),
            session: None,
            denied: None,
        };
        bench.pass(0);
        bench
    }

    /// Lets time pass, then does what is due; sessions open at once, credentials never come.
    fn pass(&mut self, milliseconds: u32) {
        self.now.at += Duration::from_millis(milliseconds.into());
        self.now.wall_ms += i64::from(milliseconds);
        self.engine.advance(self.now);
        for command in self.engine.take_commands() {
            match command {
                EngineCommand::Resolve(session_group, groups) => {
                    self.resolve(session_group, groups);
                }
                EngineCommand::Open(session_group, session, request) => {
                    self.session = Some(session);
                    self.hear(CommandOutcome::Opened(
                        session_group,
                        session,
                        self.allowed(&request),
                    ));
                }
                EngineCommand::Page(PageFor::Sweep(_), request) => self.pages.push(request),
                EngineCommand::Page(of, _) => {
                    let (events, next) = (Vec::new(), None);
                    self.hear(CommandOutcome::Page(of, Ok(FilterPage { events, next })));
                }
                EngineCommand::Close(_)
                | EngineCommand::Scan(..)
                | EngineCommand::End
                | EngineCommand::Look(_)
                | EngineCommand::Renew => {}
            }
        }
        while let Some(news) = self.engine.take_news() {
            match news {
                Tailing::Events(events) => {
                    for event in events {
                        *self.told.entry(event.message).or_default() += 1;
                    }
                }
                Tailing::Marker(marker) => self.markers.push(marker.text),
                Tailing::Status(_) | Tailing::Opened => {}
            }
        }
    }

    fn allowed(&self, request: &LiveRequest) -> Result<(), AwsError> {
        let mut arns = request.group_arns.iter();
        let denied = self.denied.map(located);
        match denied.filter(|denied| arns.any(|arn| arn == denied)) {
            None => Ok(()),
            Some(arn) => Err(AwsError::AccessDenied {
                action: "logs:StartLiveTail".to_owned(),
                failure: CallFailure::saying(&format!("not allowed on resource: {arn}:*")),
            }),
        }
    }

    fn resolve(&mut self, session_group: SessionGroupId, groups: Vec<String>) {
        let place = |group: String| {
            let arn = located(&group);
            let class = crate::logs::LogClass::Standard;
            (group, Ok(GroupArn { arn, class }))
        };
        let places = groups.into_iter().map(place).collect();
        self.hear(CommandOutcome::Resolved(session_group, Ok(places)));
    }

    fn hear(&mut self, outcome: CommandOutcome) {
        self.engine.hear(outcome, self.now).unwrap();
        self.pass(0);
    }

    /// What the open session brings in a second.
    fn update(&mut self, events: Vec<LogEvent>) {
        self.pass(1_000);
        let update = LiveUpdate {
            events: events.into_iter().map(live).collect(),
            sampled: false,
        };
        let session = self.session.unwrap_or_default();
        self.hear(CommandOutcome::Heard(
            SessionGroupId(0),
            session,
            Ok(Some(update)),
        ));
    }

    /// The page that was asked for.
    fn page(&mut self, events: Vec<LogEvent>, next: Option<&str>) {
        assert!(self.pages.pop().is_some(), "no page was asked for");
        let next = next.map(str::to_owned);
        self.hear(CommandOutcome::Page(
            PageFor::Sweep(PollerId(0)),
            Ok(FilterPage { events, next }),
        ));
    }

    /// The first picture: these events, and nothing before them however far it looks.
    fn picture(&mut self, events: Vec<LogEvent>) {
        self.page(events, None);
        for _ in 0..3 {
            self.pass(1_000);
            self.page(Vec::new(), None);
        }
    }

    fn assert_told_once(&self, count: usize) {
        let twice = self.told.values().filter(|&&times| times > 1).count();
        assert_eq!((self.told.len(), twice), (count, 0));
    }
}

#[test]
fn a_long_history_pushes_nothing_out_of_memory_that_a_session_brought_meanwhile() {
    let mut bench = Bench::new(Some(START_MS - 86_400_000));
    let mut number = 0;
    let mut fresh = Vec::new();
    for second in 0..60_i64 {
        let now_ms = bench.now.wall_ms;
        let brought: Vec<LogEvent> = (0..10)
            .map(|n| event(1_000_000 + second * 10 + n, now_ms))
            .collect();
        fresh.extend(brought.clone());
        bench.update(brought);
        let page = (number..number + 10_000).map(|n| event(n, START_MS - 80_000_000 + n * 100));
        let page = page.collect();
        number += 10_000;
        bench.page(page, Some(&format!("token {second}")));
        bench.pass(250);
    }
    bench.page(fresh, None);
    bench.assert_told_once(600_000 + 600);
    assert_eq!(bench.markers, Vec::<String>::new());
}

#[test]
fn hours_without_a_working_call_are_read_again_and_nothing_is_told_twice() {
    let mut bench = Bench::new(None);
    let known: Vec<LogEvent> = (0..50).map(|n| event(n, START_MS - 1_000 - n)).collect();
    bench.picture(known.clone());
    bench.pass(15_000);
    // Asked for, and the machine falls asleep.
    let asked = bench.pages.clone();
    assert_eq!(asked.len(), 1);
    bench.now.at += Duration::from_hours(3);
    bench.now.wall_ms += 3 * 3_600_000;
    bench.pass(0);
    let meanwhile = (50..100).map(|n| event(n, START_MS + 3_600_000 + n));
    let all: Vec<LogEvent> = known.into_iter().chain(meanwhile).collect();
    bench.page(all.clone(), None);
    assert!(bench.engine.delivery.floor_ms() <= asked[0].from_ms);
    // What was taken in after that sweep began is left to the new session, and brought by the next sweep.
    bench.pass(15_000);
    bench.page(all, None);
    bench.assert_told_once(100);
}

#[test]
fn the_newest_are_told_also_by_a_service_that_begins_with_the_oldest() {
    let mut bench = Bench::new(None);
    let page = |numbers: std::ops::Range<i64>| numbers.map(|n| event(n, START_MS - 60_000 + n / 2));
    bench.page(page(0..201).collect(), Some("more"));
    bench.pass(250);
    bench.page(page(201..900).collect(), Some("rest"));
    bench.pass(250);
    assert_eq!(bench.told.len(), 0);
    bench.page(page(900..1_001).collect(), None);
    bench.assert_told_once(201);
    let oldest = (800..1_001).map(|n| format!("n={n}"));
    assert!(
        oldest
            .into_iter()
            .all(|message| bench.told.contains_key(&message))
    );
}

#[test]
fn what_cannot_be_compared_any_more_is_said_to_be_unchecked() {
    let mut bench = Bench::new(None);
    bench.picture(vec![event(0, START_MS)]);
    // No sweep comes back, and the session brings more than can be remembered.
    let mut number = 1;
    for _ in 0..90 {
        let now_ms = bench.now.wall_ms;
        bench.update((number..number + 5_000).map(|n| event(n, now_ms)).collect());
        number += 5_000;
    }
    bench.page(Vec::new(), None);
    bench.pass(15_000);
    let unchecked = bench
        .markers
        .iter()
        .filter(|text| text.contains("too many events to tell"));
    assert_eq!(unchecked.count(), 1, "{:?}", bench.markers);
    bench.assert_told_once(450_000 + 1);
}

#[test]
fn trouble_in_the_middle_of_a_long_history_does_not_end_the_tail() {
    let mut bench = Bench::new(Some(START_MS - 86_400_000));
    bench.page(vec![event(0, START_MS - 80_000_000)], Some("more"));
    bench.pass(250);
    assert!(bench.pages.pop().is_some());
    let gone = AwsError::NotFound(CallFailure::saying(
        "The specified log group does not exist",
    ));
    bench.hear(CommandOutcome::Page(PageFor::Sweep(PollerId(0)), Err(gone)));
    bench.pass(31_000);
    bench.page(vec![event(1, START_MS - 70_000_000)], None);
    bench.assert_told_once(2);
}

#[test]
fn a_group_no_session_may_be_opened_for_leaves_the_others_theirs() {
    let mut bench = Bench::of(&["/denied/not", "/denied", "/other"], None);
    bench.denied = Some("/denied");
    let session = bench.session.unwrap();
    bench.hear(CommandOutcome::Heard(SessionGroupId(0), session, Ok(None)));
    for _ in 0..8 {
        bench.pass(1_000);
    }
    let sessions = &bench.engine.sessions;
    let modes: Vec<TailMode> = sessions
        .ids()
        .map(|id| sessions.get(id).unwrap().mode())
        .collect();
    let why = "'logs:StartLiveTail' is not allowed".to_owned();
    assert_eq!(modes, [TailMode::Live, TailMode::Polling(why.clone())]);
    assert_eq!(bench.engine.mode(), TailMode::Live);
    let told = format!("'/denied' is polled: {why}");
    assert_eq!(bench.markers.iter().filter(|it| **it == told).count(), 1);
    assert_eq!(
        bench
            .engine
            .sessions
            .get(SessionGroupId(1))
            .unwrap()
            .groups(),
        ["/denied"]
    );
}

#[test]
fn of_namesakes_the_one_is_taken_out_for_which_a_session_was_denied() {
    let groups = [
        "arn:aws:logs:r:2:log-group:/same",
        "arn:aws:logs:r:3:log-group:/same",
        "arn:aws:logs:r:4:log-group:/same",
    ];
    let mut bench = Bench::of(&groups, None);
    bench.denied = Some(groups[1]);
    let session = bench.session.unwrap();
    bench.hear(CommandOutcome::Heard(SessionGroupId(0), session, Ok(None)));
    for _ in 0..8 {
        bench.pass(1_000);
    }
    let sessions = &bench.engine.sessions;
    let of = |id| sessions.get(SessionGroupId(id)).unwrap();
    assert_eq!(of(0).groups(), [groups[0], groups[2]]);
    assert_eq!(
        (of(0).mode(), of(1).groups()),
        (TailMode::Live, &[groups[1].to_owned()][..])
    );
}

#[test]
fn events_of_a_server_without_ids_are_told_once_however_often_they_are_read() {
    let mut bench = Bench::new(None);
    bench.picture(Vec::new());
    let now_ms = bench.now.wall_ms;
    let mut stored: Vec<LogEvent> = (0..5).map(|n| event(n, now_ms)).collect();
    // Two that are alike are two.
    stored.push(event(4, now_ms));
    for event in &mut stored {
        event.id = None;
    }
    for _ in 0..3 {
        bench.pass(15_000);
        bench.page(stored.clone(), None);
    }
    let times: Vec<u32> = (0..5).map(|n| bench.told[&format!("n={n}")]).collect();
    assert_eq!(times, [1, 1, 1, 1, 2]);
}
