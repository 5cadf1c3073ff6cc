//! Text from outside made safe for the terminal, and measured in columns.
//!
//! Two steps, in this order: [`neutralise`] once where text enters the program, [`truncate`] or [`pad`]
//! where it is drawn.

mod columns;
mod neutral;
mod sequence;
mod wrap;

pub use columns::{
    ELLIPSIS, ELLIPSIS_ASCII, byte_at, pad, pad_left, truncate, truncate_with, width,
};
pub use neutral::{neutralise, neutralise_lines};
pub use wrap::wrap;
