//! Articles: what a feed and an article are, and how the text of one is laid out. Pure; fetching is elsewhere.

mod address;
mod article;
mod document;
mod feed;
mod html;
mod layout;
mod markdown;
mod page;
mod plain;

pub use article::{Article, ArticleId, Markup, Text};
pub use document::Document;
pub use feed::{Feed, FeedId, Health};
pub use layout::LayoutOptions;
pub use page::{Anchor, Layout, Line, Link, LinkKind, Role, Span};
