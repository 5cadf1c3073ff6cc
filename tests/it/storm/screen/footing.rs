//! What the footer offers where the program is.

use iacstone::app::App;
use iacstone::panes::Offer;

/// The actions the pane in front offers, with their words.
pub(super) fn offers(app: &App) -> Vec<Offer> {
    app.front().offers()
}
