//! A visualization link that was met elsewhere, in an article say: the run of it that is known already.

use super::{Library, RunEntry};
use crate::power::{BillingStep, Curve, RunId, link};

/// The run with the same figures that is saved, or came with the program.
pub(super) fn known(library: &Library, link: &str) -> Option<RunId> {
    let wanted = one_curve(link)?.link();
    let own = |entry: &&RunEntry| entry.run.curve(BillingStep::AsMeasured).link() == wanted;
    library.all().find(own).map(|entry| entry.run.id.clone())
}

/// The curve of a link that has only one.
fn one_curve(link: &str) -> Option<Curve> {
    let mut curves = link::curves(link).ok()?.into_iter();
    curves.next().filter(|_| curves.next().is_none())
}
