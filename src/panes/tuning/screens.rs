//! The screens of the pane: what their actions do.

pub mod code;
pub mod functions;
pub mod plan;
pub mod runs;
pub mod samples;

use super::{TuningPane, TuningScreen};
use crate::panes::Screen;

/// Every screen, in the order of the help.
pub(super) const ALL: [&Screen<TuningPane>; 5] = [
    &runs::SCREEN,
    &functions::SCREEN,
    &plan::SCREEN,
    &code::SCREEN,
    &samples::SCREEN,
];

impl TuningScreen {
    /// What the actions do on this screen.
    pub(super) const fn table(&self) -> &'static Screen<TuningPane> {
        match self {
            Self::Runs => &runs::SCREEN,
            Self::Functions => &functions::SCREEN,
            Self::Plan(_) => &plan::SCREEN,
            Self::Code(_) => &code::SCREEN,
            Self::Samples(_) => &samples::SCREEN,
        }
    }
}
