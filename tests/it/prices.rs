//! The price list against the regions that the SDK knows.

use std::path::PathBuf;

use iacstone::power::Prices;
use serde_json::Value;

/// The endpoint rules of the SDK that the program is built with, which hold its partitions as JSON; none, said on standard
/// error, where its source is not at the usual place.
fn endpoint_rules() -> Option<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))?;
    let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).unwrap();
    let (_, version) = lock
        .split_once("name = \"aws-sdk-lambda\"\nversion = \"")
        .unwrap();
    let version = version.split('"').next().unwrap();
    let registries = std::fs::read_dir(home.join("registry/src")).ok()?;
    let file = format!("aws-sdk-lambda-{version}/src/endpoint_lib.rs");
    let mut places = registries
        .flatten()
        .map(|registry| registry.path().join(&file));
    let found = places.find_map(|place| std::fs::read_to_string(place).ok());
    if found.is_none() {
        eprintln!(
            "skipped: the source of aws-sdk-lambda {version} is not in {}",
            home.display()
        );
    }
    found
}

/// The regions of every partition; names such as `aws-global` stand for no region.
fn regions(rules: &str) -> Vec<String> {
    let (_, json) = rules.split_once("new_from_json(b\"").unwrap();
    let (json, _) = json.split_once("}\")").unwrap();
    let json = format!("{json}}}")
        .replace("\\\"", "\"")
        .replace("\\\\", "\\");
    let partitions: Value = serde_json::from_str(&json).unwrap();
    let partitions = partitions["partitions"].as_array().unwrap().clone();
    let regions = partitions
        .iter()
        .flat_map(|it| it["regions"].as_object().unwrap().keys());
    regions
        .filter(|name| !name.ends_with("-global"))
        .cloned()
        .collect()
}

#[test]
fn every_region_of_the_sdk_is_priced_or_named_as_unknown() {
    let Some(rules) = endpoint_rules() else {
        return;
    };
    let (prices, regions) = (Prices::bundled(), regions(&rules));
    assert!(regions.len() > 40, "{regions:?}");
    for region in &regions {
        let is_unknown = prices.unknown.contains(region);
        assert!(prices.lists(region) != is_unknown, "{region}");
    }
    for region in &prices.unknown {
        assert!(regions.contains(region), "{region} is no region of the SDK");
    }
}
