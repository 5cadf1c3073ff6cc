//! The `CloudWatch` Logs half of the account: groups, their events, and the operations on them.
//!
//! A group's events come from two sources: what was put or written by an invocation is stored, and the demo's
//! [`Traffic`](traffic::Traffic) is made on demand, a pure function of seed, group and slot of time. Every
//! operation reads both through one [`Scan`](scan::EventScan), so the same event is the same wherever it is met.

mod answer;
mod census;
mod demo;
mod errors;
mod event;
mod feed;
mod filter_api;
mod get_api;
mod group;
mod groups_api;
mod hooks;
mod list_api;
mod live;
mod live_api;
mod name;
mod page;
mod put_api;
mod query_api;
mod record_api;
mod retention_api;
mod scan;
mod store;
mod streams_api;
mod token;
mod traffic;
mod wanted;

pub(super) use answer::{answer, refusal};
pub(super) use demo::add_traffic;
pub use event::StoredEvent;
pub use live::SessionEnd;
pub(super) use store::{InputLogEvent, LogStore};
