//! The state of the panes and their updates; no drawing.
