//! Reads outputs of the reference tool in all the shapes they come in.

use serde_json::Value;

use super::error::OutputError;
use crate::lambda::{Architecture, MemoryMb};
use crate::power::{Curve, Point, curve as points, link, number};

pub(super) fn curve(document: &Value) -> Result<Curve, OutputError> {
    let result = match document.get("results") {
        Some(inner) if inner.is_object() => inner,
        _ => document,
    };
    let fields = result.as_object().ok_or(OutputError::NoResult)?;
    if fields.is_empty() {
        return Err(OutputError::Empty);
    }
    if let Some(stats) = result.get("stats").filter(|stats| !stats.is_null()) {
        return Ok(of_points(from_stats(stats)?)?);
    }
    let link = result
        .pointer("/stateMachine/visualization")
        .and_then(Value::as_str);
    if let Some(link) = link {
        let mut curves = link::curves(link)?;
        if !curves.is_empty() {
            let mut first = curves.swap_remove(0);
            NAME.clone_into(&mut first.name);
            return Ok(first);
        }
    }
    if ["power", "cost", "duration"]
        .iter()
        .any(|&key| result.get(key).is_none())
    {
        return Err(OutputError::NoResult);
    }
    let picked = point(result, ["power", "duration", "cost"])?;
    Ok(of_points(vec![picked])?)
}

const NAME: &str = "reference output";

fn of_points(found: Vec<Point>) -> Result<Curve, points::PointsError> {
    Ok(Curve {
        name: NAME.to_owned(),
        architecture: Architecture::default(),
        region: "us-east-1".to_owned(),
        points: points::checked(found)?,
    })
}

fn from_stats(stats: &Value) -> Result<Vec<Point>, OutputError> {
    let rows = stats
        .as_array()
        .ok_or_else(|| wrong("stats", stats, "a list"))?;
    rows.iter()
        .map(|row| point(row, ["value", "averageDuration", "averagePrice"]))
        .collect()
}

fn point(row: &Value, [power, duration, cost]: [&'static str; 3]) -> Result<Point, OutputError> {
    Ok(Point::new(
        memory(power, field(row, power))?,
        number(duration, field(row, duration))?,
        number(cost, field(row, cost))?,
    ))
}

fn field<'a>(row: &'a Value, name: &str) -> &'a Value {
    row.get(name).unwrap_or(&Value::Null)
}

fn number(name: &'static str, value: &Value) -> Result<f64, OutputError> {
    number::number(value).ok_or_else(|| wrong(name, value, "a number"))
}

fn memory(name: &'static str, value: &Value) -> Result<MemoryMb, OutputError> {
    number::whole_number(value)
        .and_then(|megabytes| MemoryMb::of_any_function(megabytes).ok())
        .ok_or_else(|| wrong(name, value, "a memory size of 128 to 32768 MB"))
}

fn wrong(field: &'static str, value: &Value, expected: &'static str) -> OutputError {
    let found = match value {
        Value::Null => "missing".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        value => format!("'{}'", value.to_string().trim_matches('"')),
    };
    OutputError::Field {
        field,
        found,
        expected,
    }
}
