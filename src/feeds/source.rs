//! What a user can follow: an address of the web, the path of a file, or the bundled notes.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use url::Url;

use super::FeedError;
use super::address::is_near;
use crate::articles::{Subscription, without_password};

/// A remembered redirect is forgotten after this many failures in a row: the feed's own address may know better.
const FAILURES_OF_A_MOVE: u32 = 3;
/// The source of the bundled notes.
pub const NOTES: &str = "notes:";

/// Where a feed comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedSource {
    /// An address that begins with `http`.
    Web(Url),
    /// A file, by its absolute path.
    File(PathBuf),
    /// The bundled notes.
    Notes,
}

impl FeedSource {
    /// The source a user names: a relative path is one of the working directory.
    ///
    /// # Errors
    /// [`FeedError::Source`] for an address of another kind, [`FeedError::File`] when there is no such file.
    pub fn named(text: &str) -> Result<Self, FeedError> {
        let text = text.trim();
        let of_dev = feed_of_dev(text);
        let source = Self::stored(of_dev.as_deref().unwrap_or(text))?;
        let Self::File(path) = &source else {
            return Ok(source);
        };
        let failed = |why: String| FeedError::File {
            path: text.to_owned(),
            why,
        };
        let path = std::path::absolute(path).map_err(|error| failed(error.to_string()))?;
        match std::fs::metadata(&path) {
            Ok(found) if found.is_file() => Ok(Self::File(path)),
            Ok(_) => Err(failed("it is no file".to_owned())),
            Err(error) if looks_like_a_host(text) => Err(failed(format!(
                "{error}; for an address of the web write 'https://{text}'"
            ))),
            Err(error) => Err(failed(error.to_string())),
        }
    }

    /// The source the store keeps.
    ///
    /// # Errors
    /// [`FeedError::Source`] for an address of another kind.
    pub fn stored(text: &str) -> Result<Self, FeedError> {
        let wrong = || FeedError::Source(without_password(text).into_owned());
        if text == NOTES {
            return Ok(Self::Notes);
        }
        let address = match text.split_once(':') {
            Some(("feed", rest)) if rest.starts_with("http") => rest.to_owned(),
            Some(("feed", rest)) => format!("https:{rest}"),
            _ => text.to_owned(),
        };
        match Url::parse(&address) {
            Ok(mut url) if matches!(url.scheme(), "http" | "https") => {
                url.set_fragment(None);
                Ok(Self::Web(url))
            }
            Ok(url) if url.scheme() == "file" => {
                url.to_file_path().map(Self::File).map_err(|()| wrong())
            }
            Ok(_) if !Path::new(text).exists() => Err(wrong()),
            _ if text.is_empty() || is_meant_for_the_web(&address) => Err(wrong()),
            _ => Ok(Self::File(PathBuf::from(text))),
        }
    }

    /// The source without its password, and the password.
    #[must_use]
    pub fn apart(&self) -> (Self, Option<String>) {
        let Self::Web(url) = self else {
            return (self.clone(), None);
        };
        let password = url.password().map(|password| {
            let decoded = percent_decode_str(password).decode_utf8_lossy();
            decoded.into_owned()
        });
        let mut bare = url.clone();
        let went = bare.set_password(None);
        debug_assert!(went.is_ok(), "an address of the web can go without");
        (Self::Web(bare), password)
    }

    /// Whether a list of somebody else's may name it: an address of the open internet.
    #[must_use]
    pub fn is_public(&self) -> bool {
        matches!(self, Self::Web(url) if !is_near(url))
    }
}

impl std::fmt::Display for FeedSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Web(url) => f.write_str(url.as_str()),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Notes => f.write_str(NOTES),
        }
    }
}

/// The feed of an author of DEV, whom people call `@name`, or of what is written there about `#tag`.
fn feed_of_dev(text: &str) -> Option<String> {
    let is_name = |name: &str| {
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        !name.is_empty() && name.chars().all(is_of_name)
    };
    let author = text.strip_prefix('@').map(|name| ("", name));
    let tag = || text.strip_prefix('#').map(|name| ("tag/", name));
    let (kind, name) = author.or_else(tag)?;
    let is_meant = is_name(name) && !Path::new(text).exists();
    is_meant.then(|| format!("https://dev.to/feed/{kind}{name}"))
}

/// Whether a text that is no address begins like one.
fn is_meant_for_the_web(text: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| text.starts_with(scheme))
}

/// Whether a text that is no file may be meant as an address: its first part has a dot inside.
fn looks_like_a_host(text: &str) -> bool {
    let first = text.split('/').next().unwrap_or_default();
    first.trim_matches('.').contains('.') && !first.starts_with('.')
}

/// Where the feed is asked for: where it moved to, unless that keeps failing.
pub(super) fn start(feed: &Subscription, source: &Url) -> Url {
    let moved = feed.address.as_deref();
    let moved = moved.filter(|_| feed.health.failures < FAILURES_OF_A_MOVE);
    let moved = moved.and_then(|address| Url::parse(address).ok());
    moved.unwrap_or_else(|| source.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_files_and_notes_are_told_apart() {
        let named = |text: &str| FeedSource::named(text).map(|source| source.to_string());
        assert_eq!(
            named(" https://DEV.to/feed/x#top ").unwrap(),
            "https://dev.to/feed/x"
        );
        assert_eq!(
            named("feed://example.org/a").unwrap(),
            "https://example.org/a"
        );
        assert_eq!(
            named("feed:http://example.org/a").unwrap(),
            "http://example.org/a"
        );
        assert_eq!(
            named("@alexcasalboni").unwrap(),
            "https://dev.to/feed/alexcasalboni"
        );
        assert_eq!(named("#aws").unwrap(), "https://dev.to/feed/tag/aws");
        assert!(named("@../x").is_err());
        assert_eq!(named("notes:").unwrap(), "notes:");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a b.txt");
        std::fs::write(&path, "x").unwrap();
        assert_eq!(
            named(path.to_str().unwrap()).unwrap(),
            path.to_str().unwrap()
        );
        let url = Url::from_file_path(&path).unwrap();
        assert_eq!(named(url.as_str()).unwrap(), path.to_str().unwrap());
    }

    #[test]
    fn a_password_is_taken_out_of_an_address() {
        let source = FeedSource::named("https://jane:p%20w@a.example/feed").unwrap();
        let (bare, password) = source.apart();
        assert_eq!(bare.to_string(), "https://jane@a.example/feed");
        assert_eq!(password.as_deref(), Some("p w"));
        let error = FeedSource::named("ftp://jane:secret@a.example/").unwrap_err();
        assert!(!error.to_string().contains("secret"), "{error}");
    }

    #[test]
    fn what_is_no_source_says_why() {
        let error = |text: &str| FeedSource::named(text).unwrap_err().to_string();
        assert!(error("ftp://example.org/x").contains("begins with https://"));
        assert!(error("javascript:alert(1)").contains("is no feed"));
        assert!(error("").contains("is no feed"));
        for broken in [
            "http://",
            "https://[::1/feed",
            "http://a b/",
            "feed:https://",
        ] {
            assert!(error(broken).contains("is no feed"), "{broken}");
        }
        assert!(error("dev.to/feed/x").contains("write 'https://dev.to/feed/x'"));
        assert!(error("/no/such/file").contains("'/no/such/file' cannot be read"));
        assert!(error("/").contains("it is no file"));
    }
}
