//! Groups of several regions in one tail: each region has sessions and a right to read of its own.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector,
    http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use iacstone::aws::{LogsClient, Session, SessionOptions};
use iacstone::logs::{EventOrigin, TailMode, TailTarget};
use iacstone::simulator::{Account, AccountOptions, http_client};
use iacstone::tail::Clock;

use super::*;

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

/// An account with a group in each of two regions, and a client of the first that reaches both.
pub(super) struct TwoRegions {
    pub(super) here: Account,
    pub(super) there: Account,
    logs: LogsClient,
}

impl TwoRegions {
    /// Each region with a group of this name.
    pub(super) async fn with(group: &str) -> Self {
        let account = |region: &str| {
            let account = Account::empty(AccountOptions {
                region: region.to_owned(),
                ..options()
            });
            let now_ms = account.now_ms();
            account.put_event(group, "a", now_ms - 1, now_ms - 1, "before");
            account
        };
        let (here, there) = (account("us-east-1"), account("eu-west-1"));
        let http = by_region(&[("us-east-1", &here), ("eu-west-1", &there)]);
        let options = SessionOptions {
            http: Some(http),
            region: Some("us-east-1".to_owned()),
            ..SessionOptions::default()
        };
        let logs = Session::connect(options).await.unwrap().logs();
        Self { here, there, logs }
    }

    /// Follows with the first region's account as the rig's.
    pub(super) fn follow(&self, wanted: TailTarget) -> Rig {
        let clock = Clock::pinned(self.here.now());
        Rig::over(self.logs.clone(), self.here.clone(), wanted, clock)
    }
}

/// The key of a group of the second region.
pub(super) fn far(group: &str) -> String {
    format!("arn:aws:logs:eu-west-1:123456789012:log-group:{group}")
}

#[tokio::test(start_paused = true)]
async fn one_tail_holds_several_regions_each_with_a_session_of_its_own() {
    let edge = "/aws/lambda/us-east-1.edge";
    let regions = TwoRegions::with(edge).await;
    let wanted = TailTarget {
        groups: vec![edge.to_owned(), far(edge)],
        ..TailTarget::default()
    };
    let mut rig = regions.follow(wanted);
    rig.pass(10).await;
    let sessions = [&regions.here, &regions.there].map(Account::live_sessions);
    assert_eq!(sessions, [1, 1]);
    rig.put_into(&regions.here, edge, 0, "");
    rig.put_into(&regions.there, edge, 0, "");
    rig.pass(20).await;
    let told = rig.end().await;
    assert_eq!(told.mode(), Some(&TailMode::Live));
    let live = told.events.iter().map(|(_, event)| event);
    let live = live.filter(|event| event.origin == EventOrigin::Live);
    let mut live: Vec<(&str, &str)> = live.map(|it| (&*it.message, &*it.group)).collect();
    live.sort_unstable();
    assert_eq!(live, [("n=0 ", edge), ("n=1 ", &*far(edge))]);
}

#[tokio::test(start_paused = true)]
async fn a_region_that_allows_little_slows_down_no_other() {
    let regions = TwoRegions::with(GROUP).await;
    let mut groups: Vec<String> = (0..30).map(|n| format!("/test/{n}")).collect();
    for group in &groups {
        regions.here.put_event(group, "a", 1, 1, "before");
    }
    groups.push(far(GROUP));
    let wanted = TailTarget {
        groups,
        poll: true,
        ..TailTarget::default()
    };
    let rig = regions.follow(wanted);
    rig.pass(30).await;
    let calls = || [&regions.here, &regions.there].map(|it| it.calls("FilterLogEvents"));
    let before = calls();
    rig.pass(60).await;
    let calls = calls();
    let [here, there] = [calls[0] - before[0], calls[1] - before[1]];
    // Two fifths of 25 a second at most; of the one group there, a reading each two seconds.
    assert!((400..=602).contains(&here), "{here} calls");
    assert!((25..=35).contains(&there), "{there} calls");
    rig.end().await;
}

#[tokio::test(start_paused = true)]
async fn renewed_credentials_do_not_renew_the_right_to_read() {
    let regions = TwoRegions::with(GROUP).await;
    let there = regions.logs.in_region("eu-west-1");
    while there.quota().take() {}
    let renewed = regions.logs.renewed().await.unwrap();
    assert!(!renewed.in_region("eu-west-1").quota().take());
    assert!(renewed.quota().take());
}
