//! The log groups of the demo account and how busy each is.

use std::sync::Arc;

use jiff::Timestamp;

use super::super::arn::AccountRegion;
use super::super::blueprint::Blueprint;
use super::group::Class;
use super::store::LogStore;
use super::traffic::{ContainerService, Firehose, Invocations, ServiceContainer};

/// How much history a group has when the account begins, in milliseconds.
const HISTORY_MS: i64 = 24 * 3_600_000;

/// Gives the demo's groups their traffic: these functions, an ECS environment, the firehose, and an archive of the
/// Infrequent Access class.
pub(in crate::simulator) fn add_traffic(
    logs: &mut LogStore,
    functions: Vec<Blueprint>,
    place: &AccountRegion,
    seed: u64,
    began: Timestamp,
) {
    let since_ms = began.as_millisecond() - HISTORY_MS;
    let mut install = |group: String, traffic| logs.install(&group, traffic, since_ms);
    install("/demo/firehose".to_owned(), Arc::new(Firehose { seed }));
    for (name, container) in [
        ("migrate", ServiceContainer::Migrate),
        ("gunicorn", ServiceContainer::Gunicorn),
        ("default", ServiceContainer::Default),
        ("beat", ServiceContainer::Beat),
    ] {
        let service = ContainerService::new(container, seed);
        install(format!("/ecs/alpha/{name}"), Arc::new(service));
    }
    let archive = ContainerService::new(ServiceContainer::Gunicorn, seed.wrapping_add(1));
    install("/demo/archive".to_owned(), Arc::new(archive));
    for blueprint in functions {
        let group = blueprint.settings.log_group.clone();
        install(group, Arc::new(invoked(blueprint, &place.region, seed)));
    }
    if let Some(archive) = logs.groups.get_mut("/demo/archive") {
        archive.class = Class::InfrequentAccess;
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
    let name = blueprint.name.clone();
    let invocations = Invocations::new(blueprint, region, seed, every_s);
    match name.as_str() {
        "memory-hungry" => invocations.killed_once_in(7),
        "third-party-api" => invocations.init_timed_out_once_in(2),
        _ => invocations,
    }
}
