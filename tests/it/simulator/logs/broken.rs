//! The faults of the logs operations, each as the client sees it.

use super::live::{Session, quiet, sampled, tail, texts};
use super::*;
use iacstone::simulator::SessionEnd;
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn refused_calls_carry_the_codes_of_this_service() {
    for (kind, expected) in [
        ("throttle", "ThrottlingException"),
        ("server-error", "ServiceUnavailableException"),
        ("expired-token", "ExpiredTokenException"),
        ("access-denied", "AccessDeniedException"),
        ("clock-skew", "InvalidSignatureException"),
        ("limit-exceeded", "LimitExceededException"),
    ] {
        let (_, client) = quiet(faulty(&[&format!("*={kind}:x2")]));
        let read = client.filter_log_events().log_group_name(GROUP);
        let error = read.clone().send().await.unwrap_err();
        assert_eq!(code(&error), expected);
        let live = tail(&client, GROUP).send().await.unwrap_err();
        assert_eq!(code(&live), expected);
        assert!(read.send().await.is_ok(), "only two calls are struck");
    }
}

#[tokio::test(start_paused = true)]
async fn denial_names_the_action() {
    let (_, client) = quiet(faulty(&["StartLiveTail=access-denied"]));
    let error = tail(&client, GROUP).send().await.unwrap_err();
    let words = error.message().unwrap();
    assert!(
        words.contains("not authorized to perform: logs:StartLiveTail"),
        "{words}"
    );
}

/// What a session says at its end, and how long it took.
async fn end(fault: &str) -> (Result<bool, String>, Duration) {
    let (_, client) = quiet(faulty(&[&format!("StartLiveTail={fault}")]));
    let mut session = Session::start(tail(&client, GROUP)).await;
    let begin = tokio::time::Instant::now();
    loop {
        let said = tokio::time::timeout(Duration::from_mins(1), session.next()).await;
        let Ok(said) = said else {
            return (Ok(false), begin.elapsed());
        };
        match said {
            Ok(Some(_)) => {}
            Ok(None) => return (Ok(true), begin.elapsed()),
            Err(error) => return (Err(error), begin.elapsed()),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn sessions_end_as_their_faults_say() {
    let (said, took) = end("session-timeout:7").await;
    assert!(said.unwrap_err().contains("SessionTimeoutException"));
    assert!((7..9).contains(&took.as_secs()), "{took:?}");
    let (said, _) = end("stream-error:2").await;
    assert!(said.unwrap_err().contains("SessionStreamingException"));
    assert_eq!(end("close:2").await.0, Ok(true));
    for torn in ["tear:2", "cut"] {
        assert_eq!(end(torn).await.0.unwrap_err(), "no word from the service");
    }
    for silent in ["silence:2", "stall"] {
        let (said, took) = end(silent).await;
        assert_eq!(said, Ok(false), "it stays open without a word");
        assert!(took >= Duration::from_mins(1));
    }
}

#[tokio::test(start_paused = true)]
async fn three_hours_end_a_session_and_less_when_time_is_compressed() {
    for (speed, seconds) in [(1.0, 10_800), (50.0, 216)] {
        let (_, client) = quiet(AccountOptions { speed, ..options() });
        let mut session = Session::start(tail(&client, GROUP)).await;
        let begin = tokio::time::Instant::now();
        let error = loop {
            match session.next().await {
                Ok(said) => assert!(said.is_some()),
                Err(error) => break error,
            }
        };
        assert!(error.contains("SessionTimeoutException"), "{error}");
        assert!(begin.elapsed().as_secs().abs_diff(seconds) <= 1);
    }
}

#[tokio::test(start_paused = true)]
async fn open_sessions_end_on_demand_and_new_ones_do_not() {
    let (account, client) = quiet(options());
    let mut session = Session::start(tail(&client, GROUP)).await;
    session.update().await;
    account.end_sessions(SessionEnd::Failed);
    assert!(
        session
            .next()
            .await
            .unwrap_err()
            .contains("SessionStreamingException")
    );
    drop(session);
    assert_eq!(account.live_sessions(), 0);
    let mut session = Session::start(tail(&client, GROUP)).await;
    session.update().await;
}

#[tokio::test(start_paused = true)]
async fn updates_are_lost_hollow_sampled_doubled_and_shuffled() {
    let (account, client) = quiet(options());
    let mut session = Session::start(tail(&client, GROUP)).await;
    let put = |count: i64| {
        let now_ms = account.now_ms();
        for number in 0..count {
            account.put_event(GROUP, "a", now_ms, now_ms, &number.to_string());
        }
    };
    let switch = |fault: &str| {
        let faults = Faults::parse(&format!("StartLiveTail={fault}:x1"));
        account.set_faults(faults.unwrap());
    };
    switch("hollow");
    put(4);
    assert!(texts(&session.update().await).is_empty());
    switch("sample");
    put(4);
    let update = session.update().await;
    assert!(sampled(&update));
    assert_eq!(texts(&update), ["0", "2"]);
    switch("duplicate");
    put(4);
    assert_eq!(
        texts(&session.update().await),
        ["0", "1", "2", "3", "0", "3"]
    );
    switch("shuffle");
    put(4);
    assert_eq!(texts(&session.update().await), ["2", "0"]);
    assert_eq!(texts(&session.update().await), ["1", "3"]);
    switch("lose");
    put(4);
    let begin = tokio::time::Instant::now();
    assert!(texts(&session.update().await).is_empty());
    assert!(
        begin.elapsed() >= Duration::from_secs(2),
        "one update is missing"
    );
}

#[tokio::test(start_paused = true)]
async fn late_events_are_late_for_readers_and_sessions_alike() {
    let account = Account::new(faulty(&["PutLogEvents=late:60:0.2"]));
    let client = client(&account);
    let group = "/ecs/alpha/gunicorn";
    let begin_ms = account.now_ms();
    let mut session = Session::start(tail(&client, group)).await;
    let mut told = Vec::new();
    for _ in 0..75 {
        let update = session.update().await;
        let events = update.session_results().iter();
        told.extend(events.map(|e| (e.timestamp().unwrap(), e.ingestion_time().unwrap())));
    }
    told.retain(|(time_ms, _)| (begin_ms..begin_ms + 10_000).contains(time_ms));
    let events = account.events_between(group, begin_ms, begin_ms + 10_000);
    let mut read: Vec<(i64, i64)> = events.map(|e| (e.time_ms, e.ingested_ms)).collect();
    told.sort_unstable();
    read.sort_unstable();
    assert_eq!(told, read);
    let late = read
        .iter()
        .filter(|(time, taken_in)| taken_in - time >= 60_000)
        .count();
    assert!(
        late > 0 && late < read.len() / 2,
        "{late} of {}",
        read.len()
    );
    account.set_faults(Faults::default());
    let again = account.events_between(group, begin_ms, begin_ms + 10_000);
    let mut again: Vec<(i64, i64)> = again.map(|e| (e.time_ms, e.ingested_ms)).collect();
    again.sort_unstable();
    assert_eq!(again, read, "what was late stays late");
}

#[tokio::test(start_paused = true)]
async fn pages_are_empty_repeat_their_token_or_expire() {
    let account = Account::empty(faulty(&["FilterLogEvents=empty-page:x30"]));
    numbered(&account, 5);
    let client = client(&account);
    let question = client.filter_log_events().log_group_name(GROUP);
    let (found, ended) = pages(question.clone(), 40).await;
    assert!(ended && found.len() == 31, "{}", found.len());
    assert_eq!(found[30].len(), 5);
    account.set_faults(Faults::parse("FilterLogEvents=repeat-token").unwrap());
    let first = question.clone().limit(2).send().await.unwrap();
    let token = first.next_token();
    let second = question
        .clone()
        .limit(2)
        .set_next_token(token.map(str::to_owned));
    let second = second.send().await.unwrap();
    assert_eq!(second.next_token(), token);
    assert_eq!(number(second.events()[0].message()), 2);
    account.set_faults(Faults::parse("FilterLogEvents=page-expired:x1").unwrap());
    let expired = question
        .clone()
        .limit(2)
        .set_next_token(token.map(str::to_owned));
    let error = expired.clone().send().await.unwrap_err();
    assert!(error.message().unwrap().contains("expired"));
    assert!(expired.send().await.is_ok());
}
