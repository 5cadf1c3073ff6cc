//! The functions of the demo account. Their names are part of the specification.

use std::collections::BTreeMap;
use std::time::Duration;

use super::alias::{AliasRecord, StoredAlias};
use super::blueprint::Blueprint;
use super::curve::DurationCurve;
use super::function::StoredFunction;
use super::noise::{Noise, Percentiles};
use super::workload::{DurationModel, Init, Workload};
use crate::lambda::MemoryMb;

/// The runs measured in the articles, by function.
const MEASURED: [(&str, &str); 7] = [
    ("no-op", include_str!("../../assets/examples/no-op.json")),
    (
        "matrix-inversion",
        include_str!("../../assets/examples/matrix-inversion.json"),
    ),
    (
        "prime-numbers",
        include_str!("../../assets/examples/prime-numbers-all.json"),
    ),
    (
        "third-party-api",
        include_str!("../../assets/examples/third-party-api.json"),
    ),
    (
        "dynamodb-reads",
        include_str!("../../assets/examples/dynamodb-reads.json"),
    ),
    (
        "s3-download",
        include_str!("../../assets/examples/s3-download.json"),
    ),
    (
        "s3-download-threads",
        include_str!("../../assets/examples/s3-download-threads.json"),
    ),
];

/// Name, durations and initialisations (p10, p25, p50, p75, p90 in milliseconds) of the hashing functions.
const HASHING: [(&str, [f64; 5], [f64; 5]); 3] = [
    (
        "hash-bun",
        [2.610, 6.855, 15.190, 37.531, 68.230],
        [500.075, 512.706, 527.048, 546.935, 603.223],
    ),
    (
        "hash-deno",
        [2.167, 2.359, 6.692, 15.699, 19.836],
        [184.607, 191.996, 203.221, 218.661, 297.237],
    ),
    (
        "hash-node",
        [1.951, 2.156, 8.052, 20.831, 56.711],
        [145.555, 147.338, 151.067, 154.884, 159.869],
    ),
];

/// Every function of the demo account.
pub(super) fn blueprints() -> Vec<Blueprint> {
    let mut all: Vec<Blueprint> = MEASURED
        .iter()
        .filter_map(|(n, j)| measured(n, j))
        .collect();
    all.extend(HASHING.map(|(name, duration, init)| hashing(name, duration, init)));
    all.extend([
        json_logs(),
        arm_worker(),
        snapstart_api(),
        image_worker(),
        flaky(),
        memory_hungry(),
        busy(),
    ]);
    all
}

/// A function with the durations of one bundled run.
fn measured(name: &str, example: &str) -> Option<Blueprint> {
    let curve = DurationCurve::from_example(example).ok()?;
    let (sigma, footprint_mb, lines) = match name {
        "third-party-api" => (0.06, 82, 2),
        "s3-download" => (0.05, 310, 1),
        "s3-download-threads" => (0.05, 355, 10),
        "matrix-inversion" => (0.03, 94, 1),
        _ => (0.03, 64, 1),
    };
    let workload = Workload {
        pace: DurationModel::Measured(curve),
        noise: Noise { sigma },
        footprint_mb,
        lines,
        ..Workload::computing()
    };
    let blueprint = Blueprint::new(name, workload).timeout(Duration::from_mins(2));
    Some(match name {
        "matrix-inversion" => blueprint
            .runtime("python3.13", "app.handler")
            .description("Inverts a 1500 by 1500 matrix with NumPy"),
        "prime-numbers" => blueprint
            .runtime("python3.13", "app.handler")
            .description("Finds all primes below a million, a thousand times"),
        "third-party-api" => blueprint.description("Waits for somebody else's API"),
        "dynamodb-reads" => blueprint
            .memory(size(256))
            .variable("TABLE_NAME", "orders")
            .description("Reads three items from a table"),
        "s3-download" | "s3-download-threads" => blueprint
            .runtime("python3.13", "app.handler")
            .memory(size(512))
            .variable("BUCKET", "demo-downloads")
            .description("Downloads 150 MB from a bucket"),
        _ => blueprint.description("Does nothing"),
    })
}

fn hashing(name: &str, duration: [f64; 5], init: [f64; 5]) -> Blueprint {
    let workload = Workload {
        pace: DurationModel::Drawn(Percentiles(duration)),
        init: Init::Drawn(Percentiles(init)),
        noise: Noise { sigma: 0.0 },
        footprint_mb: 88,
        ..Workload::computing()
    };
    let blueprint = Blueprint::new(name, workload)
        .memory(size(1769))
        .description("Hashes 50 inputs with SHA3-512");
    match name {
        "hash-node" => blueprint,
        _ => blueprint.runtime("provided.al2023", "bootstrap"),
    }
}

fn json_logs() -> Blueprint {
    let workload = Workload {
        lines: 3,
        ..Workload::computing()
    };
    Blueprint::new("json-logs", workload)
        .memory(size(256))
        .json_logs()
        .description("Logs JSON records")
}

fn arm_worker() -> Blueprint {
    let workload = Workload {
        pace: DurationModel::Computed {
            cpu_ms: 120.0,
            waiting_ms: 2.0,
        },
        ..Workload::computing()
    };
    Blueprint::new("arm-worker", workload)
        .memory(size(512))
        .runtime("python3.13", "worker.handler")
        .arm64()
        .description("Resizes pictures on Graviton")
}

fn snapstart_api() -> Blueprint {
    let workload = Workload {
        pace: DurationModel::Computed {
            cpu_ms: 18.0,
            waiting_ms: 9.0,
        },
        init: Init::Within(1900.0..2600.0),
        footprint_mb: 141,
        ..Workload::computing()
    };
    Blueprint::new("snapstart-api", workload)
        .memory(size(512))
        .runtime("java21", "com.example.Api::handleRequest")
        .snap_start()
        .description("A Spring API that starts from a snapshot")
}

fn image_worker() -> Blueprint {
    let workload = Workload {
        pace: DurationModel::Computed {
            cpu_ms: 210.0,
            waiting_ms: 15.0,
        },
        init: Init::Within(700.0..1400.0),
        footprint_mb: 104,
        ..Workload::computing()
    };
    Blueprint::new("image-worker", workload)
        .memory(size(512))
        .timeout(Duration::from_mins(1))
        .image()
        .description("Renders invoices in a container")
}

fn flaky() -> Blueprint {
    let workload = Workload {
        error_rate: 0.05,
        hang_rate: 0.01,
        ..Workload::computing()
    };
    Blueprint::new("flaky", workload)
        .timeout(Duration::from_secs(3))
        .description("Fails now and then")
}

fn memory_hungry() -> Blueprint {
    let workload = Workload {
        pace: DurationModel::Computed {
            cpu_ms: 240.0,
            waiting_ms: 20.0,
        },
        footprint_mb: 487,
        needs_mb: 512,
        ..Workload::computing()
    };
    Blueprint::new("memory-hungry", workload)
        .memory(size(1024))
        .runtime("python3.13", "report.handler")
        .description("Builds a report in memory")
}

fn busy() -> Blueprint {
    Blueprint::new("busy", Workload::computing())
        .memory(size(256))
        .reserved(20)
        .variable("STAGE", "production")
        .description("Serves production traffic")
}

/// Gives `busy` its past: versions 1 and 2 of older code, version 3 of today's, and two aliases.
pub(super) fn give_history(busy: &mut StoredFunction) {
    for (number, megabytes, code) in [
        (1, 128, Some("busy 1")),
        (2, 256, Some("busy 2")),
        (3, 512, None),
    ] {
        let mut version = busy.versions.latest().clone();
        version.settings.memory = size(megabytes);
        if let Some(code) = code {
            version.settings.code.replace(code);
        }
        version.revision = format!("0000000{number}-5bd2-4c0e-9f4e-3a1c6f0b7d21");
        version.source = version.settings.clone();
        busy.versions.insert(number, version);
    }
    for (name, version) in [("prod", "2"), ("RAM512", "3")] {
        let record = AliasRecord {
            alias: StoredAlias {
                version: version.to_owned(),
                description: String::new(),
                weights: BTreeMap::new(),
            },
            revision: format!("0000000{version}-7c11-4e5a-8d2b-90be44d1a6f3"),
        };
        busy.aliases.insert(name.to_owned(), record);
    }
}

/// A size known to be valid; anything else would be the smallest one.
fn size(megabytes: u32) -> MemoryMb {
    MemoryMb::new(megabytes).unwrap_or(MemoryMb::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_of_the_specification_is_there() {
        let names: Vec<String> = blueprints().into_iter().map(|b| b.name).collect();
        let expected = "no-op matrix-inversion prime-numbers third-party-api dynamodb-reads s3-download \
            s3-download-threads hash-bun hash-deno hash-node json-logs arm-worker snapstart-api \
            image-worker flaky memory-hungry busy";
        assert_eq!(names.join(" "), expected);
    }

    #[test]
    fn container_images_have_no_runtime() {
        let worker = image_worker();
        assert_eq!(worker.settings.code.runtime, None);
        assert_eq!(worker.settings.code.size, 0);
    }
}
