//! `iacstone articles`.

use clap::{Args, Subcommand, ValueEnum};

/// What to do with the stored articles.
#[derive(Debug, Clone, PartialEq, Subcommand)]
#[command(after_help = "Examples:
  iacstone articles show 0a1b2c3d4e5f6071 --width 100
  iacstone articles show 0a1b2c3d4e5f6071 --format markdown > article.md
  iacstone articles links 0a1b2c3d4e5f6071 --json
  iacstone articles audit example.com")]
pub enum ArticlesCommand {
    /// Print an article as the reader shows it
    Show(ShowArgs),
    /// List the links of an article, its pictures and embeds too
    Links {
        /// The article: its id, the beginning of it, or its link
        article: String,
    },
    /// Count what the articles of a feed hold and what of it is shown; exit code 3 when something is missing
    Audit {
        /// The feed: its address, or a part of its address or title
        feed: String,
    },
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
