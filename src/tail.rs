//! A tail that loses nothing and says what it knows.
//!
//! Two sources, one stream of events. Live sessions (`StartLiveTail`, ten groups each) bring events within a second or two,
//! and leave some out without a word; sweeps (`FilterLogEvents`) read the last minutes again and bring what was left out,
//! marked [`crate::logs::EventOrigin::Recovered`]. Where there is no session, the sweeps are the tail.
//!
//! [`follow()`] waits and calls; everything it decides is decided by a machine that waits for nothing: `engine` joins
//! `sessions` (the session groups: a session and its ladder), `sweeps` (the pollers: a group and what is read again),
//! `late` (what came late, looked for seldom and far back), `turns` (the right to read, region by region), `gaps`, `credentials`, and `delivery` (what was told: the identity of events, the outbox, the standing).
//!
//! What nothing else reads, the groups of the Infrequent Access class, `scan` reads by Logs Insights queries, in the place
//! of the sweeps: a query a minute for each group, billed by what it reads.
//!
//! All periods are real time also in the demo, whose account's clock runs as fast as any: only its waits are shorter.

mod credentials;
mod delivery;
mod end;
mod engine;
mod follow;
mod gaps;
mod groups;
mod history;
mod identity;
mod ids;
mod late;
mod meter;
mod newcomers;
mod outbox;
mod page_run;
mod page_times;
mod parts;
mod poller;
mod scan;
mod server;
mod session_group;
mod sessions;
mod sweeps;
mod turns;

pub use crate::clock::Clock;
pub use end::TailEnd;
pub use follow::follow;
pub use groups::{GroupPages, groups_addressed, groups_meant, groups_named, list_groups};
pub use history::read;
pub use parts::parts;
