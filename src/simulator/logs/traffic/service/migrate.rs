//! What the migration container says: it starts with each release, brings the database up to date and ends.

use super::moment::{Said, ServiceMoment, pick, stamp};

const CHANGES: [&str; 5] = [
    "add the column of the delivery window",
    "index orders by customer",
    "drop the old basket table",
    "rename the payment state",
    "fill the search vectors",
];

/// The lines of one run.
pub(super) fn lines(moment: ServiceMoment) -> Vec<Said> {
    let mut texts = vec![
        "Waiting for the database".to_owned(),
        "Operations to perform: apply all migrations".to_owned(),
    ];
    let pending = moment.bits % 4;
    texts.extend((0..pending).map(|index| {
        let change = pick(&CHANGES, moment.bits(index));
        format!(
            "Applying migration 0{:03}: {change}... OK",
            100 + (moment.slot.unsigned_abs() + index) % 800
        )
    }));
    if pending == 0 {
        texts.push("No migrations to apply.".to_owned());
    }
    if moment.bits.is_multiple_of(7) {
        texts.push(
            "WARNING: the models have changes that are not yet reflected in a migration".to_owned(),
        );
    }
    texts.push(format!("Done in {} s, exit code 0", 2 + pending * 3));
    let begin_ms = 20_000 + (moment.bits >> 8).cast_signed() % 60_000;
    let numbered = (0..).zip(texts);
    numbered
        .map(|(index, text)| {
            let offset_ms = begin_ms + index * 1_300;
            (
                offset_ms,
                0,
                format!("{} {text}", stamp(moment.time(offset_ms))),
            )
        })
        .collect()
}
