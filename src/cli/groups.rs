//! `iacstone groups`.

mod chosen;

use serde::Serialize;

use super::office::Office;
use super::output::Output;
use super::table::{Side, Table};
use super::{Answer, Failure};
use crate::jobs::list_groups;
use crate::logs::Group;
pub(super) use chosen::choose;

/// Lists the log groups whose names begin with a prefix.
///
/// # Errors
/// When the account cannot be asked.
pub(super) async fn run(
    prefix: &str,
    office: &Office,
    output: &mut Output,
) -> Result<Answer, Failure> {
    office.needs_network("groups")?;
    let session = office.connection().session().await.map_err(Failure::work)?;
    let listed = list_groups(&session.logs(), prefix).await;
    let groups = listed.map_err(Failure::work)?;
    if office.json() {
        let entries: Vec<Entry<'_>> = groups.iter().map(Entry::of).collect();
        output.json(&entries)?;
    } else if groups.is_empty() {
        let region = session.region();
        output.note(match prefix {
            "" => format!("There are no log groups in {region}."),
            _ => format!("There are no log groups in {region} that begin with '{prefix}'."),
        });
    } else {
        output.data(&table(&groups).to_string())?;
    }
    Ok(Answer::Done)
}

/// One log group in JSON.
#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    stored_bytes: u64,
    retention_days: Option<u32>,
    live_tail: bool,
}

impl<'a> Entry<'a> {
    fn of(group: &'a Group) -> Self {
        Self {
            name: &group.name,
            stored_bytes: group.stored_bytes,
            retention_days: group.retention_days,
            live_tail: group.can_stream,
        }
    }
}

fn table(groups: &[Group]) -> Table {
    let mut table = Table::new(&[
        ("name", Side::Left),
        ("stored", Side::Right),
        ("kept", Side::Right),
        ("live tail", Side::Left),
    ]);
    for group in groups {
        let kept = group.retention_days;
        table.row([
            group.name.clone(),
            bytes(group.stored_bytes),
            kept.map_or_else(|| "for ever".to_owned(), |days| format!("{days} days")),
            if group.can_stream { "yes" } else { "no" }.to_owned(),
        ]);
    }
    table
}

/// A size with three digits at least and a unit, in powers of 1,024.
fn bytes(count: u64) -> String {
    let units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    if count < 1024 {
        return format!("{count} B");
    }
    let mut size = count as f64 / 1024.0;
    let mut unit = "KiB";
    for larger in units.into_iter().skip(1) {
        if size < 1000.0 {
            break;
        }
        size /= 1024.0;
        unit = larger;
    }
    format!("{size:.1} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        for (count, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1536, "1.5 KiB"),
            (5 << 20, "5.0 MiB"),
            (1 << 30, "1.0 GiB"),
            (u64::MAX, "16.0 EiB"),
        ] {
            assert_eq!(bytes(count), text);
        }
    }
}
