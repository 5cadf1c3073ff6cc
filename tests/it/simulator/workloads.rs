//! The measured behaviour of the demo functions, seen through their logs.

use aws_sdk_lambda::Client;
use aws_sdk_lambda::types::LogType;
use base64::Engine as _;
use iacstone::simulator::{Account, AccountOptions};

use super::{client, options, settled};

const SIZES: [i32; 6] = [128, 256, 512, 1024, 1536, 3008];

/// The billed milliseconds of ten warm invocations at a size, without the two lowest and two highest.
async fn billed(client: &Client, name: &str, size: i32) -> f64 {
    let update = client.update_function_configuration().function_name(name);
    update.memory_size(size).send().await.unwrap();
    settled(client, name).await;
    let mut all = Vec::new();
    for _ in 0..11 {
        let call = client.invoke().function_name(name).log_type(LogType::Tail);
        let output = call.send().await.unwrap();
        let log = base64::engine::general_purpose::STANDARD.decode(output.log_result().unwrap());
        let log = String::from_utf8(log.unwrap()).unwrap();
        let field = log.split("Billed Duration: ").nth(1).unwrap();
        all.push(field.split(' ').next().unwrap().parse::<f64>().unwrap());
    }
    all.remove(0);
    all.sort_by(f64::total_cmp);
    all[2..8].iter().sum::<f64>() / 6.0
}

async fn cheapest(name: &str, seed: u64) -> i32 {
    let account = Account::new(AccountOptions { seed, ..options() });
    let client = client(&account);
    let mut best = (f64::INFINITY, 0);
    for size in SIZES {
        let cost = billed(&client, name, size).await.ceil() * f64::from(size);
        if cost < best.0 {
            best = (cost, size);
        }
    }
    best.1
}

#[tokio::test(start_paused = true)]
async fn ten_samples_find_the_cheapest_sizes_of_the_articles() {
    for (name, expected) in [
        ("no-op", 256),
        ("dynamodb-reads", 512),
        ("prime-numbers", 1536),
    ] {
        for seed in 1..=3 {
            assert_eq!(cheapest(name, seed).await, expected, "{name}, seed {seed}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_measures_the_same() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let account = Account::new(options());
        runs.push(billed(&client(&account), "third-party-api", 512).await);
    }
    assert!((runs[0] - runs[1]).abs() < f64::EPSILON, "{runs:?}");
}

#[tokio::test(start_paused = true)]
async fn flaky_fails_at_its_rate() {
    let account = Account::new(options());
    let client = client(&account);
    let (mut errors, mut timeouts) = (0, 0);
    for _ in 0..600 {
        let output = client.invoke().function_name("flaky").send().await.unwrap();
        let payload = String::from_utf8_lossy(output.payload().unwrap().as_ref()).into_owned();
        if output.function_error().is_some() {
            errors += i32::from(payload.contains("FlakyError"));
            timeouts += i32::from(payload.contains("Task timed out after 3.00 seconds"));
        }
    }
    assert!((15..50).contains(&errors), "{errors}");
    assert!((1..16).contains(&timeouts), "{timeouts}");
}
