//! How fast the simulated account makes its log traffic: small events, goal 1,000,000 a second, and a day's statistics.

mod measure;

use std::time::Instant;

use iacstone::simulator::{Account, AccountOptions};
use measure::{Goal, heading, median, report};

const MINUTE_MS: i64 = 60_000;

fn main() {
    heading("simulated log traffic");
    let account = Account::new(AccountOptions::default());
    for (group, minutes, goal) in [
        ("/demo/firehose", 10, Goal::AtLeast(1_000_000.0)),
        ("/ecs/alpha/gunicorn", 1440, Goal::None),
        ("/aws/lambda/hash-bun", 1440, Goal::None),
    ] {
        let rates: Vec<f64> = (0..5).map(|_| rate(&account, group, minutes)).collect();
        report(
            &format!("{group}, {minutes} min"),
            median(rates),
            "events/s",
            goal,
        );
    }
}

/// The events a second of a stretch that ends now.
fn rate(account: &Account, group: &str, minutes: i64) -> f64 {
    let now_ms = account.now_ms();
    let start = Instant::now();
    let events = account.events_between(group, now_ms - minutes * MINUTE_MS, now_ms);
    let count = events.count();
    count as f64 / start.elapsed().as_secs_f64()
}
