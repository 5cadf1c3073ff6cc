//! The JSON documents a run can be read from, told apart by their fields.

use serde::Deserialize;
use serde_json::Value;

use super::embedded::unquoted;
use super::import::{EXPORT_VERSION, Import, ImportError};
use crate::lambda::{Architecture, FunctionRef, MemoryMb};
use crate::power::{
    Curve, MeasuredRun, Point, PointsError, ReferenceOutput, Run, RunOrigin, Sample, curve,
};

/// Reads the run in one document.
pub(super) fn run(import: &mut Import<'_>, document: &Value) -> Result<Run, ImportError> {
    if let Some(version) = document.get("iacstone_run") {
        return exported(version, document.get("run").unwrap_or(&Value::Null));
    }
    if document.get("points").is_some() {
        let chart = ChartJson::deserialize(document).map_err(ImportError::Document)?;
        let name = chart.name.unwrap_or_else(|| import.from.to_owned());
        return finish(import, name, chart.place, chart.points);
    }
    if document.get("sizes").is_some() {
        let tuned = Tuned::deserialize(document).map_err(ImportError::Document)?;
        let name = tuned.function.rsplit(':').next().unwrap_or_default();
        let points = tuned.sizes.iter().filter_map(TunedSize::point).collect();
        return finish(import, name.to_owned(), tuned.place, points);
    }
    let output = output(document)?;
    let curve = ReferenceOutput::read_curve(output.as_ref().unwrap_or(document))?;
    let name = function(document).unwrap_or_else(|| import.from.to_owned());
    Ok(import.run(name, curve))
}

/// The output in what Step Functions tells of an execution, where it is a text; `None` for another document.
fn output(document: &Value) -> Result<Option<Value>, ImportError> {
    let word = |key: &str| Some(document.get(key)?.as_str()?.to_owned());
    let output = document.get("output").cloned().and_then(unquoted);
    match (word("executionArn").and(word("status")), output) {
        (_, Some(output)) => Ok(Some(output)),
        (Some(status), None) => Err(ImportError::NoOutput {
            status,
            cause: word("cause").or_else(|| word("error")),
        }),
        (None, None) => Ok(None),
    }
}

/// The name of the function that a document tells of, where it does: in a field of its own, or in the input beside the
/// output.
fn function(document: &Value) -> Option<String> {
    let named = document.get("functionName").and_then(Value::as_str);
    let input = document.get("input").cloned().and_then(unquoted);
    let input = input
        .as_ref()
        .and_then(|input| input.get("lambdaARN")?.as_str());
    let function = FunctionRef::parse(named.or(input)?).ok()?;
    Some(function.name().to_owned())
}

/// Where a curve was measured, as far as a document says.
#[derive(Deserialize)]
struct MeasuredAt {
    #[serde(default)]
    architecture: Architecture,
    #[serde(default = "usual_region")]
    region: String,
}

fn usual_region() -> String {
    "us-east-1".to_owned()
}

/// What `chart` and `runs show` print; the bundled examples have this shape too.
#[derive(Deserialize)]
struct ChartJson {
    name: Option<String>,
    #[serde(flatten)]
    place: MeasuredAt,
    points: Vec<Point>,
}

/// What `tune` prints.
#[derive(Deserialize)]
struct Tuned {
    #[serde(default)]
    function: String,
    #[serde(flatten)]
    place: MeasuredAt,
    sizes: Vec<TunedSize>,
}

#[derive(Deserialize)]
struct TunedSize {
    memory_mb: MemoryMb,
    duration_ms: Option<TunedDuration>,
    cost_usd: Option<f64>,
}

#[derive(Deserialize)]
struct TunedDuration {
    mean: f64,
}

impl TunedSize {
    fn point(&self) -> Option<Point> {
        let duration = self.duration_ms.as_ref()?.mean;
        Some(Point::new(self.memory_mb, duration, self.cost_usd?))
    }
}

fn finish(
    import: &mut Import<'_>,
    name: String,
    place: MeasuredAt,
    points: Vec<Point>,
) -> Result<Run, ImportError> {
    let curve = Curve {
        name: name.clone(),
        architecture: place.architecture,
        region: place.region,
        points: curve::checked(points)?,
    };
    Ok(import.run(name, curve))
}

fn exported(version: &Value, run: &Value) -> Result<Run, ImportError> {
    if version.as_u64() != Some(EXPORT_VERSION) {
        return Err(ImportError::Version(version.clone()));
    }
    let mut run = Run::deserialize(run).map_err(ImportError::Run)?;
    match &mut run.origin {
        RunOrigin::Imported { points, .. } => {
            *points = curve::checked(std::mem::take(points))?;
        }
        RunOrigin::Measured(measured) => check_samples(measured)?,
    }
    Ok(run)
}

/// Files may have been changed by hand: figures that cannot be are refused before they reach a chart.
fn check_samples(measured: &mut MeasuredRun) -> Result<(), PointsError> {
    measured.sizes.sort_by_key(|size| size.memory_mb);
    let pairs = measured.sizes.iter().zip(measured.sizes.iter().skip(1));
    for (size, next) in pairs {
        if size.memory_mb == next.memory_mb {
            return Err(PointsError::Twice(size.memory_mb));
        }
    }
    for size in &measured.sizes {
        for sample in &size.samples {
            check_sample(size.memory_mb, sample)?;
        }
    }
    for probe in &measured.preflight.probes {
        check_sample(probe.memory_mb, &probe.sample)?;
    }
    Ok(())
}

fn check_sample(memory: MemoryMb, sample: &Sample) -> Result<(), PointsError> {
    let figures = [
        ("duration", Some(sample.duration_ms)),
        ("billed duration", Some(sample.billed_ms)),
        ("initialisation", sample.init_ms),
        ("restore", sample.restore_ms),
        ("billed restore", sample.billed_restore_ms),
    ];
    figures
        .into_iter()
        .try_for_each(|(what, value)| curve::check_figure(what, memory, value.unwrap_or_default()))
}
