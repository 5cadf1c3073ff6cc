//! The log groups of the demo account and how busy each is.

use std::sync::Arc;

use super::super::account::Account;
use super::super::blueprint::Blueprint;
use super::traffic::{ContainerService, Firehose, Invocations, ServiceContainer, Traffic};

/// How much history a group has when the account begins, in milliseconds.
const HISTORY_MS: i64 = 24 * 3_600_000;

impl Account {
    /// Gives the demo's groups their traffic: these functions, an ECS environment and the firehose.
    pub(in crate::simulator) fn add_traffic(&self, functions: Vec<Blueprint>) {
        let since_ms = self.clock().began().as_millisecond() - HISTORY_MS;
        let seed = self.seed();
        let region = &self.place().region;
        let mut groups: Vec<(String, Arc<dyn Traffic>)> =
            vec![("/demo/firehose".to_owned(), Arc::new(Firehose { seed }))];
        for (name, container) in [
            ("migrate", ServiceContainer::Migrate),
            ("gunicorn", ServiceContainer::Gunicorn),
            ("default", ServiceContainer::Default),
            ("beat", ServiceContainer::Beat),
        ] {
            let service = ContainerService::new(container, seed);
            groups.push((format!("/ecs/alpha/{name}"), Arc::new(service)));
        }
        groups.extend(functions.into_iter().map(|blueprint| {
            let group = blueprint.settings.log_group.clone();
            (
                group,
                Arc::new(invoked(blueprint, region, seed)) as Arc<dyn Traffic>,
            )
        }));
        let mut state = self.state();
        for (group, traffic) in groups {
            state.logs.install(&group, traffic, since_ms);
        }
    }
}

/// A function with the invocations of its day.
fn invoked(blueprint: Blueprint, region: &str, seed: u64) -> Invocations {
    let every_s = match blueprint.name.as_str() {
        "busy" => 10,
        "hash-bun" | "hash-deno" | "hash-node" => 20,
        "flaky" => 30,
        "snapstart-api" => 45,
        "json-logs" => 60,
        "no-op" => 120,
        "memory-hungry" => 240,
        _ => 300,
    };
    let hungry = blueprint.name == "memory-hungry";
    let invocations = Invocations::new(blueprint, region, seed, every_s);
    if hungry {
        invocations.killed_once_in(7)
    } else {
        invocations
    }
}
