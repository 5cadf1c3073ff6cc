//! What a month costs at the size to take.

use crate::power::{Finding, MonthBill, Point, Run};
use crate::text::thousands;

/// What a month costs at a size, with invocations as they were measured.
pub(super) fn month(run: &Run, point: &Point, found: Option<&Finding>, invocations: u64) -> String {
    let bill = MonthBill::of(run, point, 0.0, invocations);
    let currency = run.prices().rate.currency;
    let low = found.is_some_and(Finding::is_probably_low);
    let doubt = if low { "probably low, " } else { "" };
    let within = bill.interval_words();
    let within = within.map_or_else(String::new, |ends| format!(" ({doubt}95 %: {ends})"));
    let snapshots = bill.snapshot_words(currency);
    let snapshots = snapshots.map_or_else(String::new, |amount| {
        format!(" {amount} of it are snapshots: one version kept all month, and its restores.")
    });
    let measured = run.measured();
    let is_cold = measured.is_some_and(|it| it.plan.sampling.only_cold_starts);
    let kind = if is_cold { "cold" } else { "warm" };
    format!(
        "{} a month{within} with {} {kind} invocations, requests included.{snapshots}",
        bill.words(currency),
        thousands(invocations)
    )
}
