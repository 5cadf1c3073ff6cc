//! Live sessions as the service means them: one update a second, sampled and bounded.

use super::*;
use aws_sdk_cloudwatchlogs::operation::start_live_tail::StartLiveTailOutput;
use aws_sdk_cloudwatchlogs::operation::start_live_tail::builders::StartLiveTailFluentBuilder;
use aws_sdk_cloudwatchlogs::types::{LiveTailSessionUpdate, StartLiveTailResponseStream};

/// A session that has said how it starts.
pub(super) struct Session(StartLiveTailOutput);

/// What a session says next.
pub(super) type Said = Result<Option<StartLiveTailResponseStream>, String>;

impl Session {
    pub(super) async fn start(question: StartLiveTailFluentBuilder) -> Self {
        let mut session = Self(question.send().await.unwrap());
        let start = session.next().await.unwrap().unwrap();
        let start = start.as_session_start().unwrap().clone();
        assert_eq!(start.session_id().unwrap().len(), 36);
        assert!(!start.log_group_identifiers().is_empty());
        session
    }

    pub(super) async fn next(&mut self) -> Said {
        let said = self.0.response_stream.recv().await;
        said.map_err(|error| match error.as_service_error() {
            Some(service) => format!("{service:?}"),
            None => "no word from the service".to_owned(),
        })
    }

    pub(super) async fn update(&mut self) -> LiveTailSessionUpdate {
        let said = self.next().await.unwrap().unwrap();
        said.as_session_update().unwrap().clone()
    }
}

pub(super) fn sampled(update: &LiveTailSessionUpdate) -> bool {
    update.session_metadata().unwrap().sampled()
}

/// The texts of an update in the order of arrival.
pub(super) fn texts(update: &LiveTailSessionUpdate) -> Vec<&str> {
    let results = update.session_results().iter();
    results.filter_map(|event| event.message()).collect()
}

pub(super) fn tail(client: &Client, group: &str) -> StartLiveTailFluentBuilder {
    client.start_live_tail().log_group_identifiers(arn(group))
}

/// An account with one quiet group.
pub(super) fn quiet(options: AccountOptions) -> (Account, Client) {
    let account = Account::empty(options);
    account.put_event(GROUP, "a", 0, 0, "before");
    let client = client(&account);
    (account, client)
}

#[tokio::test(start_paused = true)]
async fn an_update_comes_every_second_even_when_nothing_happens() {
    let (account, client) = quiet(options());
    let mut session = Session::start(tail(&client, GROUP)).await;
    let begin = tokio::time::Instant::now();
    for _ in 0..5 {
        assert!(session.update().await.session_results().is_empty());
    }
    let took = begin.elapsed();
    assert!((5_000..5_100).contains(&took.as_millis()), "{took:?}");
    let now_ms = account.now_ms();
    account.put_event(GROUP, "a", now_ms - 500, now_ms, "told");
    account.put_event(GROUP, "a", now_ms, now_ms + 2_500, "told later");
    let update = session.update().await;
    let event = &update.session_results()[0];
    assert_eq!(event.message(), Some("told"));
    assert_eq!(event.timestamp(), Some(now_ms - 500));
    assert_eq!(event.ingestion_time(), Some(now_ms));
    let identifier = format!("123456789012:{GROUP}");
    assert_eq!(event.log_group_identifier(), Some(identifier.as_str()));
    assert!(texts(&session.update().await).is_empty());
    assert_eq!(texts(&session.update().await), ["told later"]);
}

#[tokio::test(start_paused = true)]
async fn a_session_misses_nothing_below_its_limits() {
    let (account, client) = quiet(options());
    let mut session = Session::start(tail(&client, GROUP)).await;
    let (mut found, mut put) = (Vec::new(), 0);
    for _ in 0..20 {
        for _ in 0..400 {
            let now_ms = account.now_ms();
            account.put_event(GROUP, "a", now_ms, now_ms + put % 700, &format!("n={put}"));
            put += 1;
        }
        let update = session.update().await;
        assert!(!sampled(&update));
        found.extend(texts(&update).into_iter().map(|text| number(Some(text))));
    }
    found.extend(
        texts(&session.update().await)
            .into_iter()
            .map(|t| number(Some(t))),
    );
    found.sort_unstable();
    assert_eq!(found, (0..put).collect::<Vec<i64>>());
}

#[tokio::test(start_paused = true)]
async fn the_firehose_is_sampled_and_a_pattern_thins_it_out() {
    let account = Account::new(options());
    let client = client(&account);
    let mut session = Session::start(tail(&client, "/demo/firehose")).await;
    for _ in 0..3 {
        let update = session.update().await;
        assert!(sampled(&update));
        assert_eq!(update.session_results().len(), 500);
    }
    let thin = tail(&client, "/demo/firehose").log_event_filter_pattern("WARN");
    let mut session = Session::start(thin).await;
    session.update().await;
    let update = session.update().await;
    assert!(!sampled(&update));
    assert!((1..40).contains(&update.session_results().len()));
    assert!(texts(&update).iter().all(|text| text.contains("WARN")));
}

#[tokio::test(start_paused = true)]
async fn what_a_session_tells_is_what_reading_finds() {
    let account = Account::new(options());
    let client = client(&account);
    let group = "/ecs/alpha/default";
    let begin_ms = account.now_ms();
    let mut session = Session::start(tail(&client, group)).await;
    let mut told = Vec::new();
    for _ in 0..31 {
        let update = session.update().await;
        let events = update.session_results().iter();
        told.extend(events.map(|e| (e.timestamp().unwrap(), e.message().unwrap().to_owned())));
    }
    told.retain(|(time_ms, _)| (begin_ms..begin_ms + 30_000).contains(time_ms));
    told.sort();
    let events = account.events_between(group, begin_ms, begin_ms + 30_000);
    let mut read: Vec<(i64, String)> = events
        .map(|event| (event.time_ms, event.message.to_string()))
        .collect();
    read.sort();
    assert!(read.len() > 30, "{}", read.len());
    assert_eq!(told, read);
}

#[tokio::test(start_paused = true)]
async fn streams_choose_within_one_group_only() {
    let (account, client) = quiet(options());
    account.put_event(GROUP, "b", 0, 0, "before");
    let by_prefix = tail(&client, GROUP).log_stream_name_prefixes("b");
    let mut session = Session::start(by_prefix.clone()).await;
    let now_ms = account.now_ms();
    for stream in ["a", "b"] {
        account.put_event(GROUP, stream, now_ms, now_ms, stream);
    }
    assert_eq!(texts(&session.update().await), ["b"]);
    account.put_event("/other", "b", 0, 0, "before");
    let two = by_prefix.log_group_identifiers(arn("/other"));
    assert_eq!(
        code(&two.send().await.unwrap_err()),
        "InvalidParameterException"
    );
}

#[tokio::test(start_paused = true)]
async fn sessions_are_refused_for_what_they_ask() {
    let (account, client) = quiet(options());
    let refused = async |question: StartLiveTailFluentBuilder| {
        code(&question.send().await.unwrap_err()).to_owned()
    };
    let groups = (0..11).map(|n| arn(&format!("/g{n}"))).collect();
    let many = client
        .start_live_tail()
        .set_log_group_identifiers(Some(groups));
    assert_eq!(refused(many).await, "InvalidParameterException");
    assert_eq!(
        refused(tail(&client, "/none")).await,
        "ResourceNotFoundException"
    );
    assert_eq!(
        refused(tail(&client, &format!("{GROUP}:*"))).await,
        "InvalidParameterException"
    );
    let by_name = client.start_live_tail().log_group_identifiers(GROUP);
    assert_eq!(refused(by_name).await, "InvalidParameterException");
    let long = tail(&client, GROUP).log_event_filter_pattern("x".repeat(1025));
    assert_eq!(refused(long).await, "InvalidParameterException");
    let mut open = Vec::new();
    for _ in 0..15 {
        open.push(Session::start(tail(&client, GROUP)).await);
    }
    assert_eq!(account.live_sessions(), 15);
    assert_eq!(
        refused(tail(&client, GROUP)).await,
        "LimitExceededException"
    );
    open.pop();
    Session::start(tail(&client, GROUP)).await;
    assert_eq!(account.calls("StartLiveTail"), 22);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_does_not_read_loses_the_oldest_without_a_word() {
    let (account, client) = quiet(options());
    let mut session = Session::start(tail(&client, GROUP)).await;
    for second in 0..30 {
        let now_ms = account.now_ms();
        account.put_event(GROUP, "a", now_ms, now_ms, &format!("n={second}"));
        pass(1).await;
    }
    let mut found = Vec::new();
    while !found.contains(&29) {
        let update = session.update().await;
        assert!(!sampled(&update));
        found.extend(texts(&update).into_iter().map(|text| number(Some(text))));
    }
    assert!((9..=12).contains(&found.len()), "{found:?}");
}
