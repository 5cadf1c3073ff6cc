//! Articles: what a feed and an article are, and how the text of one is laid out. Pure; fetching is elsewhere.

mod article;
mod feed;
mod page;

pub use article::{Article, ArticleId, Markup, Text};
pub use feed::{Feed, FeedId, Health};
pub use page::{Anchor, Layout, Line, Link, LinkKind, Role, Span};
