//! Feeds: fetched from the web or read from files, parsed whatever they are, and kept in the store.
//!
//! The way of a feed: `refresh` takes those that are due (`queue` in which order), `fetcher` asks for each hop by hop
//! (`transport` is the network below it, `address` and `resolver` say what may be asked), `contents` makes articles of what
//! comes (`charset`, `sniff`, `prepass`, `parse`, `extras`, `entry`, `date` and `naming` for feeds; `document` and `manifest` for plain texts), and the store saves them with the feed's health in
//! one transaction (`schedule` says when the feed is asked again).

mod adding;
mod address;
mod charset;
mod construct;
mod contents;
mod cookies;
mod date;
mod demo;
mod dialect;
mod discovery;
mod document;
mod entities;
mod entry;
mod error;
mod extras;
mod failure;
mod fetcher;
mod following;
mod full_text;
mod identity;
mod json;
mod limits;
mod manifest;
mod markup;
mod naming;
mod old_passwords;
mod opml;
mod parse;
mod passwords;
mod prepared;
mod prepass;
mod queue;
mod refresh;
mod requests;
mod resolver;
mod response;
mod root;
mod schedule;
mod sniff;
mod source;
mod status;
mod tag;
mod tls;
mod transport;
mod unpack;
mod visible;
mod wall;

pub use adding::{AddError, Added, add};
pub use error::FeedError;
pub use fetcher::Fetcher;
pub use following::{Note, all, due, follow_first, keep_notes, note_id};
pub use full_text::{FullTextError, fetch_full_text};
pub use old_passwords::{PasswordMoveError, move_passwords};
pub use opml::{Outline, export, import};
pub use passwords::Passwords;
pub use refresh::{RefreshOutcome, Refreshed, refresh};
pub use requests::FeedRequests;
pub use source::{FeedSource, NOTES};
pub use transport::Servers;
