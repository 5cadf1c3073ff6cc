//! A visualization link that was met elsewhere, in an article say: its run is shown, and read in unless it is there.

use super::pending::TuningPendingJob;
use super::{RunEntry, TuningPane, TuningScreen};
use crate::effect::{Job, Outbox};
use crate::power::{BillingStep, Curve, link};

impl TuningPane {
    /// Shows the run of a visualization link. A run with the same figures that is saved, or came with the program, is
    /// shown as it is; another one is imported.
    pub fn show_link(&mut self, link: &str, out: &mut Outbox<'_>) {
        self.screen = TuningScreen::Runs;
        self.library.filter.clear();
        self.mark_stale();
        let own = |entry: &RunEntry| Some(entry.run.curve(BillingStep::AsMeasured).link());
        let wanted = one_curve(link).map(|curve| curve.link());
        let known = wanted.and_then(|link| {
            self.library
                .all()
                .find(|entry| own(entry).as_ref() == Some(&link))
        });
        if let Some(id) = known.map(|entry| entry.run.id.clone()) {
            self.library.selected = Some(id);
        } else {
            let task = out.spawn(Job::ImportRun(link.to_owned()));
            self.pending.add(task, TuningPendingJob::Import);
        }
    }
}

/// The curve of a link that has only one.
fn one_curve(link: &str) -> Option<Curve> {
    let mut curves = link::curves(link).ok()?.into_iter();
    curves.next().filter(|_| curves.next().is_none())
}
