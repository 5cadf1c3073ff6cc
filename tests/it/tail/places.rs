//! Groups of linked accounts and of other regions, and groups that are made while a wildcard is followed.

use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector,
    http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use iacstone::aws::{GroupScope, Session, SessionOptions};
use iacstone::logs::{EventOrigin, LogEvent, TailMode, TailTarget, Tailing};
use iacstone::simulator::{Account, AccountOptions, http_client};
use iacstone::tail::{Clock, follow};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::*;

const LINKED: &str = "arn:aws:logs:us-east-1:222222222222:log-group:/test/numbers";

/// Puts an event that is taken in in a moment.
fn put(account: &Account, key: &str, message: &str) {
    let now_ms = account.now_ms();
    account.put_event(key, "a", now_ms, now_ms + 50, message);
}

#[tokio::test(start_paused = true)]
async fn a_group_of_a_linked_account_is_followed_beside_its_namesake() {
    let wanted = TailTarget {
        groups: vec![GROUP.to_owned(), LINKED.to_owned()],
        ..TailTarget::default()
    };
    let rig = Rig::start(options(), wanted).await;
    rig.until_live().await;
    for number in 0..20 {
        let key = if number % 2 == 0 { GROUP } else { LINKED };
        put(&rig.account, key, &format!("n={number}"));
        rig.pass(1).await;
    }
    // A session of its own: which region names are of, only the session knows.
    assert_eq!(rig.account.live_sessions(), 2);
    rig.pass(20).await;
    let told = rig.sound().await;
    told.assert_whole(20);
    for (_, event) in &told.events {
        let Some(number) = super::rig::number(&event.message) else {
            continue;
        };
        let key = if number % 2 == 0 { GROUP } else { LINKED };
        assert_eq!(&*event.group, key, "{event:?}");
    }
    assert_eq!(told.with_origin(EventOrigin::Live), 20);
}

#[tokio::test]
async fn linked_accounts_are_listed_only_when_they_are_asked_for() {
    let account = Account::empty(options());
    put(&account, GROUP, "own");
    put(&account, LINKED, "theirs");
    let logs = super::rig::logs(&account).await;
    let keys = async |scope| {
        let groups = iacstone::tail::list_groups(&logs, "", scope).await.unwrap();
        let keys = groups.iter().map(|group| group.key().to_owned());
        keys.collect::<Vec<String>>()
    };
    assert_eq!(keys(GroupScope::Own).await, [GROUP]);
    assert_eq!(keys(GroupScope::Linked).await, [GROUP, LINKED]);
}

#[tokio::test(start_paused = true)]
async fn a_group_made_later_joins_the_tail_of_its_wildcard_and_its_session() {
    let wanted = TailTarget {
        groups: vec![GROUP.to_owned()],
        watched: vec!["/test/*".to_owned()],
        ..TailTarget::default()
    };
    let rig = Rig::start(options(), wanted).await;
    rig.until_live().await;
    rig.pass(10).await;
    put(&rig.account, "/test/later", "n=0");
    put(&rig.account, "/other/later", "not wanted");
    rig.pass(120).await;
    assert!(rig.told().ruled("'/test/later' is new").is_some());
    assert_eq!(rig.account.live_sessions(), 1);
    for number in 1..10 {
        put(&rig.account, "/test/later", &format!("n={number}"));
        rig.pass(1).await;
    }
    rig.pass(20).await;
    let told = rig.sound().await;
    told.assert_whole(10);
    assert!(told.events.iter().all(|(_, it)| it.message != "not wanted"));
    assert_eq!(told.with_origin(EventOrigin::Live), 9);
}

/// Sends each request to the account of the region its host names.
#[derive(Debug)]
struct ByRegion(Vec<(String, SharedHttpConnector)>);

impl HttpConnector for ByRegion {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let host = request.uri().to_owned();
        let mut connectors = self.0.iter();
        let found = connectors.find(|(region, _)| host.contains(region.as_str()));
        let (_, connector) = found.unwrap_or_else(|| panic!("no account for {host}"));
        connector.call(request)
    }
}

fn by_region(accounts: &[(&str, &Account)]) -> SharedHttpClient {
    let clients: Vec<(String, SharedHttpClient)> = accounts
        .iter()
        .map(|(region, account)| ((*region).to_owned(), http_client(account)))
        .collect();
    http_client_fn(move |settings, components| {
        let connectors = clients
            .iter()
            .map(|(region, client)| (region.clone(), client.http_connector(settings, components)));
        SharedHttpConnector::new(ByRegion(connectors.collect()))
    })
}

#[tokio::test(start_paused = true)]
async fn one_tail_holds_several_regions_each_with_a_session_of_its_own() {
    let edge = "/aws/lambda/us-east-1.edge";
    let account = |region: &str| {
        Account::empty(AccountOptions {
            region: region.to_owned(),
            ..options()
        })
    };
    let (here, there) = (account("us-east-1"), account("eu-west-1"));
    put(&here, edge, "before");
    put(&there, edge, "before");
    let http = by_region(&[("us-east-1", &here), ("eu-west-1", &there)]);
    let options = SessionOptions {
        http: Some(http),
        region: Some("us-east-1".to_owned()),
        ..SessionOptions::default()
    };
    let logs = Session::connect(options).await.unwrap().logs();
    let far = format!("arn:aws:logs:eu-west-1:123456789012:log-group:{edge}");
    let wanted = TailTarget {
        groups: vec![edge.to_owned(), far.clone()],
        ..TailTarget::default()
    };
    let (sender, mut told) = mpsc::channel(4);
    let stop = CancellationToken::new();
    let (token, clock) = (stop.clone(), Clock::pinned(here.now()));
    let tail = tokio::spawn(async move { follow(&logs, wanted, sender, token, clock).await });
    let heard: Arc<Mutex<(Vec<LogEvent>, Option<TailMode>)>> = Arc::default();
    let ears = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Some(news) = told.recv().await {
            let mut heard = ears.lock().unwrap();
            match news {
                Tailing::Events(events) => heard.0.extend(events),
                Tailing::Status(status) => heard.1 = Some(status.mode),
                _ => {}
            }
        }
    });
    let pass = |seconds| tokio::time::sleep(std::time::Duration::from_secs(seconds));
    pass(10).await;
    assert_eq!((here.live_sessions(), there.live_sessions()), (1, 1));
    put(&here, edge, "n=0");
    put(&there, edge, "n=1");
    pass(20).await;
    stop.cancel();
    tail.await.unwrap().unwrap();
    let heard = heard.lock().unwrap();
    assert_eq!(heard.1, Some(TailMode::Live));
    let mut live: Vec<(&str, &str)> = heard
        .0
        .iter()
        .filter(|event| event.origin == EventOrigin::Live && event.message != "before")
        .map(|event| (&*event.message, &*event.group))
        .collect();
    live.sort_unstable();
    assert_eq!(live, [("n=0", edge), ("n=1", &*far)]);
}
