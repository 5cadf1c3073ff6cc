//! Runs a query to its end, whether or not somebody asks for its results.

use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

use super::registry::QueryStatus;
use super::work::QueryWork;
use crate::simulator::Account;

/// How long a query waits before it runs; this and all below in account time.
const SCHEDULED: Duration = Duration::from_millis(200);
/// How long a query takes at least.
const SHORTEST: Duration = Duration::from_secs(1);
/// How long a query may take.
const LONGEST: Duration = Duration::from_hours(1);
/// How long it rests between two portions, so that others have their turn.
const REST: Duration = Duration::from_millis(5);

/// Runs a query that was accepted; it ends when all is read, when it is stopped, or after an hour.
pub(in crate::simulator) async fn run(account: Account, id: String, mut work: QueryWork) {
    let clock = account.clock();
    let (ends, expires) = (clock.after(SHORTEST), clock.after(LONGEST));
    sleep(clock.compress(SCHEDULED)).await;
    let is_wanted = || account.state().queries.set(&id, QueryStatus::Running) == Some(true);
    let mut last = QueryStatus::Cancelled;
    while is_wanted() {
        if !work.advance() {
            last = QueryStatus::Complete;
            break;
        }
        if Instant::now() >= expires {
            last = QueryStatus::TimedOut;
            break;
        }
        tell(&account, &id, &work, false);
        sleep(clock.compress(REST)).await;
    }
    tell(&account, &id, &work, true);
    drop(work);
    sleep_until(ends).await;
    account.state().queries.set(&id, last);
}

/// Tells what was found, if somebody has asked or nothing will follow. Sorting takes time: not while the account is
/// locked.
fn tell(account: &Account, id: &str, work: &QueryWork, is_last: bool) {
    if is_last || account.state().queries.is_asked(id) {
        let found = work.results();
        account.state().queries.tell(id, found);
    }
}
