//! iacstone: a terminal program for people who run serverless and container systems on AWS.
//!
//! # The way of the data
//!
//! 1. [`runtime`] waits in one `select!`: terminal input, the frame timer, the inbox of task messages.
//! 2. What arrives becomes an [`app::Msg`]; everything already queued is taken in one batch.
//! 3. [`app::App::update`] is pure: it takes a message and returns [`app::Effect`]s, plain data.
//! 4. A key goes to the open prompt, else the overlay, else the focused pane, else the global scope;
//!    [`keys`] turns it into an action.
//! 5. The runtime interprets effects: it spawns and cancels jobs in the [`task`] pool, copies, quits.
//! 6. [`jobs`] says what each job does, with an AWS session ([`aws`]) and the data store ([`store`]).
//! 7. [`ui`] draws the state; it only reads.
//!
//! # One seam to AWS
//!
//! The program always speaks through the real SDK clients. What answers is AWS, any endpoint, or
//! [`simulator`], a simulated account that sits under the SDK's HTTP connector.
//!
//! # Rooms
//!
//! [`lambda`] holds the vocabulary of AWS Lambda, [`power`] the ideas of power tuning (pure), [`tuner`] the calls that
//! carry a run out. None of them knows the screen.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::float_cmp,
        reason = "a test that meets the unexpected should fail loudly"
    )
)]

pub mod app;
pub mod articles;
pub mod aws;
pub mod cli;
pub mod clock;
pub mod config;
pub mod feeds;
pub mod jobs;
pub mod keys;
pub mod lambda;
pub mod logs;
pub mod panes;
pub mod planted;
pub mod power;
pub mod runtime;
pub mod simulator;
pub mod store;
pub mod tail;
pub mod task;
pub mod terminal;
pub mod text;
pub mod theme;
pub mod toml_file;
pub mod tuner;
pub mod ui;
