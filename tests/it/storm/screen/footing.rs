//! What the footer offers where the program is.

use iacstone::app::{App, PaneId};
use iacstone::panes::tuning::Offer;

/// The actions the pane in front offers, with their words.
pub(super) fn offers(app: &App) -> Vec<Offer> {
    match app.pane {
        PaneId::Tuning => app.tuning.offers(),
        PaneId::Logs => app.logs.offers(),
        PaneId::Articles => app.articles.offers(),
    }
}
