//! What a run cost, and what it left behind.

use std::fmt::Write;

use crate::power::{Currency, MeasuredRun, Run};
use crate::text::counted;
use crate::ui::chart::format;

/// What the run itself cost, and what it left behind.
pub(super) fn bill(text: &mut String, run: &Run, measured: &MeasuredRun) {
    let invocations = measured.invocations();
    let currency = Currency::of_region(&measured.region);
    writeln!(
        text,
        "Spent {} on {invocations} invocations, with {} control-plane calls, in {:.1} s{}.",
        format::usd_text(measured.usage.spent_usd, currency),
        measured.usage.control_calls,
        measured.usage.wall_ms as f64 / 1000.0,
        paused_words(measured),
    )
    .ok();
    let prices = measured.pricing();
    writeln!(text, "{} {}", prices.words(), prices.left_out_words()).ok();
    text.extend(snapshots_line(measured, currency));
    text.extend(durable_line(measured));
    let left = measured.cleanup.versions_left;
    if let Some(applied) = &measured.applied {
        let words = applied.words(measured.current_memory);
        writeln!(text, "Applied: {words}.").ok();
        return;
    }
    let function = measured.cleanup.words();
    let left = left_words(left);
    if measured.cleanup.is_complete() {
        writeln!(text, "The function {function}; {left}.").ok();
    } else {
        let id = &run.id;
        writeln!(
            text,
            "The function {function}; {left}: `iacstone runs recover {id}`."
        )
        .ok();
    }
}

/// How many versions are left.
fn left_words(left: u32) -> String {
    let some = counted(
        left,
        "version of the run is left",
        "versions of the run are left",
    );
    some.unwrap_or_else(|| "no version is left".to_owned())
}

/// How long the run was paused; empty when it was not.
fn paused_words(measured: &MeasuredRun) -> String {
    match measured.usage.paused_ms {
        0 => String::new(),
        paused => format!(", {:.1} s of them paused", paused as f64 / 1000.0),
    }
}

/// What keeping the snapshots of the run's versions costs; none where that is free or not known.
fn snapshots_line(measured: &MeasuredRun, currency: Currency) -> Option<String> {
    let cost = format::usd_text(measured.snapshots_cost()?, currency);
    Some(format!(
        "Keeping the snapshots of its versions costs about {cost} beside that: AWS bills each for 3 hours at least.\n"
    ))
}

/// The durable executions that the run began; none when it began none.
fn durable_line(measured: &MeasuredRun) -> Option<String> {
    let begun = measured.usage.durable_executions;
    let begun = counted(begun, "durable execution", "durable executions")?;
    Some(format!(
        "The run began {begun}. Costs are those of the first invocation of each: what it does after a wait is invoked and billed \
         anew, and AWS charges its operations and its kept state beside; neither is counted here.\n"
    ))
}
