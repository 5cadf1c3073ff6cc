//! Sizes that are known to be too small for the function: they are left out of the plan, and it is said.

use super::PlanForm;
use super::field::FieldId;
use crate::lambda::MemoryMb;
use crate::power::{Run, SizeState};

/// Leaves sizes out of a form that are at most this one; says what was left out, if anything was.
pub(super) fn up_to(form: &mut PlanForm, too_small: MemoryMb) -> Option<String> {
    let sizes = form.plan().ok()?.sizes;
    if sizes.iter().all(|size| *size <= too_small) {
        return Some(format!(
            "The invocation ran out of {too_small} MB, and no larger size is planned."
        ));
    }
    let left = leave_out(form, |size| size <= too_small)?;
    Some(format!(
        "{left} left out: the invocation ran out of {too_small} MB."
    ))
}

/// Leaves the sizes out at which a run found that the function does not work; says what was left out, if anything was.
pub(in super::super) fn broken_in(form: &mut PlanForm, run: &Run) -> Option<String> {
    let measured = run.measured()?;
    let is_broken = |size: MemoryMb| {
        let mut sizes = measured.sizes.iter();
        sizes.any(|it| it.memory_mb == size && matches!(it.state, SizeState::Infeasible(_)))
    };
    let left = leave_out(form, is_broken)?;
    let day = run.started.strftime("%Y-%m-%d");
    Some(format!(
        "{left} left out: it did not work there in the run of {day}."
    ))
}

/// Leaves sizes out, unless none would be left; says which, as `128 MB is` or `128, 256 MB are`.
fn leave_out(form: &mut PlanForm, is_out: impl Fn(MemoryMb) -> bool) -> Option<String> {
    let sizes = form.plan().ok()?.sizes;
    let (out, kept): (Vec<MemoryMb>, Vec<MemoryMb>) =
        sizes.into_iter().partition(|size| is_out(*size));
    if out.is_empty() || kept.is_empty() {
        return None;
    }
    let words = |sizes: &[MemoryMb], between: &str| {
        let sizes: Vec<String> = sizes.iter().map(MemoryMb::to_string).collect();
        sizes.join(between)
    };
    form.fill(FieldId::Sizes, &words(&kept, ",")).ok()?;
    let verb = if out.len() == 1 { "is" } else { "are" };
    Some(format!("{} MB {verb}", words(&out, ", ")))
}
