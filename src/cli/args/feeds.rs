//! `iacstone feeds`.

use std::path::PathBuf;

use clap::Subcommand;

use super::values::words;

/// What to do with the followed feeds.
#[derive(Debug, Clone, PartialEq, Subcommand)]
#[command(after_help = "Examples:
  iacstone feeds add https://example.org/blog        the feed this page names
  iacstone feeds add ~/documents/collection.txt      a text, split by collection.toml beside it
  iacstone feeds refresh
  iacstone feeds list --json
  iacstone feeds export feeds.opml")]
pub enum FeedsCommand {
    /// List the followed feeds, their articles and how their fetches fare
    List,
    /// Follow feeds: addresses of feeds or of pages that name one, or paths of files (RSS, Atom, JSON Feed or plain text)
    Add {
        /// The addresses or paths; @name is an author of dev.to, '#tag' what is written there about it
        #[arg(required = true, value_name = "SOURCE")]
        sources: Vec<String>,
        /// Call the feed this instead of by its own title
        #[arg(long, value_parser = words)]
        title: Option<String>,
        /// Put them into this folder; folders inside each other are parted by '/', and '' takes them out
        #[arg(long, value_name = "NAME")]
        folder: Option<String>,
    },
    /// Follow feeds no longer, and forget their articles
    Remove {
        /// Addresses, paths, or parts of them or of the titles that name one feed
        #[arg(required = true, value_name = "FEED")]
        feeds: Vec<String>,
    },
    /// Fetch the feeds that are due, or those that are named
    Refresh {
        /// Only these, due or not
        #[arg(value_name = "FEED")]
        feeds: Vec<String>,
        /// Every feed, due or not
        #[arg(long, conflicts_with = "feeds")]
        all: bool,
    },
    /// Follow the feeds of an OPML list; nothing is fetched yet
    Import {
        /// The file; '-' for standard input
        file: PathBuf,
    },
    /// Write the followed feeds as an OPML list
    Export {
        /// The file; '-' for standard output
        #[arg(default_value = "-")]
        file: PathBuf,
        /// Write the passwords of feeds into their addresses, too
        #[arg(long)]
        with_passwords: bool,
    },
}
