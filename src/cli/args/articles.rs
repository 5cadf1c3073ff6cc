//! `iacstone articles`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;

/// What to do with the stored articles.
#[derive(Debug, Clone, PartialEq, Subcommand)]
#[command(after_help = "Examples:
  iacstone articles list --unread --tag lambda
  iacstone articles search 'title:\"cold start\" after:2023'
  iacstone articles show 0a1b2c3d4e5f6071 --format markdown > article.md
  iacstone articles links 0a1b2c3d4e5f6071 --json
  iacstone articles mark --read --all --feed dev.to
  iacstone articles export ./notes --search 'tag:lambda'")]
pub enum ArticlesCommand {
    /// List articles, newest first; the bundled notes only with --feed notes
    List(ListArgs),
    /// Search the articles, best first
    #[command(
        after_help = "In a query: words, \"phrases in quotes\", -without; title: author: tag: feed:
is:unread is:read is:starred before:2024-05 after:2023 sort:date"
    )]
    Search {
        /// What to search for
        #[arg(required = true, value_name = "WORD")]
        query: Vec<String>,
        /// List at most this many
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
    },
    /// Print an article as the reader shows it
    Show(ShowArgs),
    /// Fetch the page of an article whose feed gives only its beginning, and show what it says from then on
    FullText {
        /// The article: its id, the beginning of it, or its link
        article: String,
        /// Go back to the text that the feed gives; nothing is fetched
        #[arg(long)]
        undo: bool,
    },
    /// List the links of an article, its pictures, embeds and enclosures too
    Links {
        /// The article: its id, the beginning of it, or its link
        article: String,
    },
    /// Count what the articles of a feed hold and what of it is shown; exit code 3 when something is missing
    Audit {
        /// The feed: its address, or a part of its address or title
        feed: String,
    },
    /// Mark articles as read, unread, starred or not
    Mark(MarkArgs),
    /// List the articles that were read long ago, and forget them with --yes; those with a star stay
    Prune {
        /// Those read more than so many days ago; without it as 'keep-read-days' of the configuration says
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36_500))]
        older_than: Option<u32>,
        /// Forget them: their texts go, and their feeds bring them no more
        #[arg(long)]
        yes: bool,
    },
    /// Write articles as Markdown files with their facts on top, a file each; no file is ever overwritten
    Export(ExportArgs),
}

/// Which articles are listed.
#[derive(Debug, Clone, PartialEq, Default, Args)]
pub struct ListArgs {
    /// What they have in common.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// List at most this many
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Pass over the first of them
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub skip: usize,
}

/// What articles have in common.
#[derive(Debug, Clone, PartialEq, Default, Args)]
pub struct FilterArgs {
    /// Only of this feed: its address, title, or a part of either
    #[arg(long)]
    pub feed: Option<String>,
    /// Only with this tag
    #[arg(long)]
    pub tag: Option<String>,
    /// Only by authors whose name holds this
    #[arg(long)]
    pub author: Option<String>,
    /// Only unread ones
    #[arg(long)]
    pub unread: bool,
    /// Only starred ones
    #[arg(long)]
    pub starred: bool,
    /// Only published on this day or later: 2024, 2024-05 or 2024-05-31
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub since: Option<Timestamp>,
    /// Only published before this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub before: Option<Timestamp>,
}

/// `iacstone articles export FOLDER`.
#[derive(Debug, Clone, PartialEq, Args)]
pub struct ExportArgs {
    /// The folder; it is made if it is not there
    pub folder: PathBuf,
    /// Only what this search finds; what a query is made of stands in `iacstone articles search --help`
    #[arg(long, value_name = "QUERY", conflicts_with_all = ["feed", "tag", "author", "unread", "starred", "since", "before"])]
    pub search: Option<String>,
    /// What they have in common.
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// `iacstone articles show ID`.
#[derive(Debug, Clone, PartialEq, Args)]
pub struct ShowArgs {
    /// The article: its id, the beginning of it, or its link
    pub article: String,
    /// How wide the page is, in columns; without it as wide as the terminal, at most 100
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(10..=500))]
    pub width: Option<u16>,
    /// Wrap lines of code that are too wide, with a mark
    #[arg(long)]
    pub wrap_code: bool,
    /// What to print
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: ArticleFormat,
}

/// How an article is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ArticleFormat {
    /// As the reader shows it
    #[default]
    Text,
    /// As Markdown
    Markdown,
    /// As JSON: its lines with the look of each piece, headings, code and links
    Json,
}

/// Which articles are marked, and as what.
#[derive(Debug, Clone, PartialEq, Args)]
pub struct MarkArgs {
    /// The ids (or their beginnings) or links
    #[arg(value_name = "ARTICLE", required_unless_present_any = ["all", "above", "below"], conflicts_with_all = ["all", "above", "below"])]
    pub articles: Vec<String>,
    /// As what.
    #[command(flatten)]
    pub mark: MarkFlags,
    /// All that the filter lists
    #[arg(long, conflicts_with_all = ["above", "below"])]
    pub all: bool,
    /// This one, and all that the filter lists above it
    #[arg(long, value_name = "ARTICLE", conflicts_with = "below")]
    pub above: Option<String>,
    /// This one, and all that the filter lists below it
    #[arg(long, value_name = "ARTICLE")]
    pub below: Option<String>,
    /// Which ones --all, --above and --below mean.
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// What articles are marked as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Args)]
#[group(required = true, multiple = false)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "clap's shape of one choice among four flags"
)]
pub struct MarkFlags {
    /// As read
    #[arg(long)]
    pub read: bool,
    /// As not read
    #[arg(long = "not-read")]
    pub not_read: bool,
    /// With a star
    #[arg(long)]
    pub star: bool,
    /// Without a star
    #[arg(long)]
    pub unstar: bool,
}

fn day(text: &str) -> Result<Timestamp, String> {
    crate::articles::day(text)
        .ok_or_else(|| "give a date such as 2024, 2024-05 or 2024-05-31".to_owned())
}
