//! The integration tests: one binary, one module per room.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::float_cmp,
    reason = "a test that meets the unexpected should fail loudly"
)]

mod articles;
mod cli;
mod config;
mod feeds;
mod interface;
mod prices;
mod pty;
mod readme;
mod recovery;
mod simulator;
mod store;
mod storm;
mod structure;
mod tail;
mod tuning;
mod waiting;
mod wire;
