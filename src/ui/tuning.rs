//! The tuning pane: runs with their chart, the function picker, or the plan form.

mod banner;
mod chart_panel;
mod code;
mod details;
mod events;
mod functions;
mod heading;
mod plan;
mod progress;
mod runs;
mod samples;

use ratatui::layout::Rect;

use super::PaneView;
use super::painter::Painter;
use crate::panes::TuningPane;
use crate::panes::tuning::TuningScreen;

/// The pane as it is drawn.
type TuningView<'a> = PaneView<'a, TuningPane>;

/// Draws the screen of the pane that is in front.
pub(crate) fn draw(painter: &mut Painter<'_>, view: TuningView<'_>, area: Rect) {
    match &view.pane.screen {
        TuningScreen::Runs => runs::draw(painter, view, area),
        TuningScreen::Functions => functions::draw(painter, view, area),
        TuningScreen::Plan(form) => match form.chooser() {
            Some(chooser) => events::draw(painter, chooser, area),
            None => plan::draw(painter, view, form, area),
        },
        TuningScreen::Samples(list) => samples::draw(painter, list, area),
        TuningScreen::Code(sheet) => code::draw(painter, view, sheet, area),
    }
}
