//! Articles: what a feed and an article are, and how the text of one is laid out. Pure; fetching is elsewhere.

mod address;
mod article;
mod audit;
mod body;
mod delivery;
mod document;
mod enclosure;
mod feed;
mod file_stem;
mod filter;
mod found;
mod html;
mod layout;
mod lines;
mod markdown;
mod page;
mod part;
mod plain;
mod query;
mod titling;
mod whole;

pub use address::without_password;
pub use article::{Article, ArticleId, Markup, Text};
pub use audit::{Audit, AuditCount};
pub use delivery::{Delivered, Delivery, FullText, Saved, Subscription, TextPosition, Validators};
pub use document::Document;
pub use enclosure::Enclosure;
pub use feed::{Feed, FeedHealth, FeedId};
pub use file_stem::{file_stem, slug};
pub use filter::{ArticleFilter, Mark, MarkScope};
pub use found::{SearchHit, Snippet};
pub use html::limit_attributes;
pub use layout::LayoutOptions;
pub use page::{Anchor, Line, Link, LinkKind, PageLayout, TextRole, TextSpan};
pub use part::SeriesPart;
pub use query::{QueryError, SavedSearch, SearchQuery, SearchTerm, day};
