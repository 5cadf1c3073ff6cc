//! Why a feed could not be had, in sentences for the user who follows it.

use std::net::IpAddr;

use super::status;
use crate::task::BrokenWork;

/// What feeds are promised that fail for now.
const AGAIN: &str = "it is asked again later";

/// Why a fetch failed. The articles of the feed that are stored stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// The source is neither a URL of the web nor the path of a file.
    #[error(
        "'{0}' is no feed; give an address that begins with https:// or http://, or the path of a file"
    )]
    Source(String),
    /// The address may not be asked.
    #[error("'{host}' leads to {address}, {why}; nothing was sent there")]
    Refused {
        /// The host.
        host: String,
        /// Its address.
        address: IpAddr,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A redirect leads out of encryption.
    #[error(
        "it redirects from https to '{0}', which was not followed, for anyone could change what comes from there"
    )]
    Downgrade(String),
    /// A redirect leads nowhere.
    #[error("it redirects to '{0}', which is no address of the web; tell its author")]
    Redirect(String),
    /// Redirects go on and on.
    #[error("it redirects more than {0} times; tell its author, or give its final address")]
    TooManyRedirects(usize),
    /// The connection failed.
    #[error("'{host}' cannot be reached ({why}); check the address and the network")]
    Unreachable {
        /// The host.
        host: String,
        /// What the system says.
        why: String,
    },
    /// The server took too long.
    #[error("'{host}' took longer than {seconds} s {doing}; it is asked again later")]
    Slow {
        /// The host.
        host: String,
        /// What was waited for.
        doing: &'static str,
        /// The limit.
        seconds: u64,
    },
    /// The body is too large.
    #[error("it is larger than {0} MiB and was not read")]
    TooLarge(usize),
    /// The body breaks off or is damaged.
    #[error("the answer of '{host}' is broken ({why}); it is asked again later")]
    Broken {
        /// The host.
        host: String,
        /// What is wrong.
        why: String,
    },
    /// The feed is gone for good.
    #[error(
        "the server says that this feed is gone for good (410); it is not asked again. Remove it with `iacstone feeds remove`"
    )]
    Gone,
    /// The server refuses for now.
    #[error("the server answers {code}: {}; it is asked again later", status::refusal(*.0), code = .0)]
    Busy(u16),
    /// Any other answer that is no feed.
    #[error("the server answers {code}: {}", status::advice(*.0), code = .0)]
    Status(u16),
    /// Something before the server lets no program through.
    #[error(
        "'{host}' is behind a wall against bots ({wall}), which lets only browsers through: ask its author for a feed that programs may read"
    )]
    BotWall {
        /// The host.
        host: String,
        /// What the wall is known by.
        wall: &'static str,
    },
    /// No certificate of this machine vouches for the server.
    #[error("'{host}' cannot be trusted: {}", crate::text::NO_ROOTS)]
    NoRoots {
        /// The host.
        host: String,
    },
    /// A web page instead of a feed.
    #[error("this is a web page and no feed; {}", advice(.0))]
    Page(Vec<String>),
    /// Something else.
    #[error("this is {0} and no feed; check the address")]
    NoFeed(&'static str),
    /// No web page where one was asked for.
    #[error("this is {0} and no web page")]
    NoPage(&'static str),
    /// It looks like a feed, and cannot be read.
    #[error("the feed cannot be read ({0}); tell its author")]
    Unreadable(String),
    /// A list that is none.
    #[error("it is no OPML list: it has no element 'opml'")]
    NoList,
    /// A list that breaks off.
    #[error("the list ends in the middle; get the whole of it, nothing was taken from it")]
    CutList,
    /// A list names too many feeds.
    #[error("it names more than {0} feeds; split it into several lists")]
    TooMany(usize),
    /// A local file cannot be read.
    #[error("'{path}' cannot be read ({why}); check the path, then add it again")]
    File {
        /// The file.
        path: String,
        /// The system's reason.
        why: String,
    },
    /// The file with the passwords of feeds cannot be used.
    #[error(
        "the passwords in '{path}' cannot be used ({why}); mend the file, or remove it and add the feeds that need a password again"
    )]
    Passwords {
        /// The file.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// The manifest beside a text is wrong.
    #[error("the manifest '{path}' is wrong: {why}")]
    Manifest {
        /// The manifest.
        path: String,
        /// What and where.
        why: String,
    },
    /// The store refuses what came.
    #[error("what the feed brought was not saved: {0}")]
    Unsaved(String),
    /// The store would refuse what comes.
    #[error("it was not asked, for nothing of it could be saved: {0}")]
    Unsavable(String),
    /// iacstone is offline.
    #[error("iacstone is offline; nothing was asked")]
    Offline,
    /// The program's own fault.
    #[error(transparent)]
    Internal(#[from] BrokenWork),
}

impl FeedError {
    /// The program's own fault, by an error that cannot happen otherwise.
    pub(super) fn internal(error: &dyn std::error::Error) -> Self {
        Self::Internal(BrokenWork(error.to_string()))
    }

    /// The sentence for what was asked once, and is not asked again unless the user does.
    pub(super) fn once(&self) -> String {
        let once = match self {
            Self::Gone => Self::Status(410),
            other => other.clone(),
        };
        once.to_string().replace(AGAIN, "ask for it again later")
    }

    /// Whether asking again would change nothing: what cannot be followed.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        match self {
            Self::Unreachable { .. }
            | Self::Slow { .. }
            | Self::Broken { .. }
            | Self::Busy(_)
            | Self::NoRoots { .. }
            | Self::Unsaved(_)
            | Self::Unsavable(_)
            | Self::Offline => false,
            Self::Status(status) => !status::may_pass(*status),
            _ => true,
        }
    }
}

fn advice(feeds: &[String]) -> String {
    match feeds {
        [] => "it names no feed either, so give the feed's own address".to_owned(),
        [one] => format!("its feed is '{one}'"),
        many => format!("its feeds are '{}'", many.join("', '")),
    }
}
