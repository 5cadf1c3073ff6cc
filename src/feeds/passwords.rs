//! Passwords of feeds: in a file beside the store that only its owner may read, and never in the store, a list or on the
//! screen.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::{fs, io};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use reqwest::header::HeaderValue;
use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;
use url::{Origin, Url};

use super::FeedError;
use crate::text;

/// The name of the file.
const FILE: &str = "feed-passwords.json";

/// Where passwords are kept; nowhere in a simulation.
#[derive(Debug, Clone, Default)]
pub struct Passwords {
    path: Option<PathBuf>,
}

/// Who a feed is asked as, and where.
#[derive(Debug)]
pub(super) struct Login {
    origin: Origin,
    header: HeaderValue,
}

impl Passwords {
    /// Those kept in this folder, that of the store.
    #[must_use]
    pub fn beside(folder: &Path) -> Self {
        Self {
            path: Some(folder.join(FILE)),
        }
    }

    /// Whether they are kept at all.
    pub(super) const fn are_kept(&self) -> bool {
        self.path.is_some()
    }

    /// All of them, by the sources of their feeds.
    ///
    /// # Errors
    /// [`FeedError::Passwords`] when the file cannot be read.
    pub fn all(&self) -> Result<BTreeMap<String, String>, FeedError> {
        self.path
            .as_deref()
            .map_or_else(|| Ok(BTreeMap::new()), read)
    }

    /// The password of the feed with this source; none when it has none.
    ///
    /// # Errors
    /// [`FeedError::Passwords`] when the file cannot be read.
    pub fn find(&self, source: &str) -> Result<Option<String>, FeedError> {
        Ok(self.all()?.remove(source))
    }

    /// Keeps the password of the feed with this source, in place of the one before.
    ///
    /// # Errors
    /// [`FeedError::Passwords`] when the file cannot be read or written.
    pub fn keep(&self, source: &str, password: &str) -> Result<(), FeedError> {
        self.change(|all| {
            all.insert(source.to_owned(), password.to_owned());
        })
    }

    /// Keeps passwords (source of the feed and password of each) where none is kept yet. Gives how many were left out, for
    /// another one is kept.
    ///
    /// # Errors
    /// [`FeedError::Passwords`] when the file cannot be read or written.
    pub fn keep_new(&self, found: Vec<(String, String)>) -> Result<usize, FeedError> {
        if found.is_empty() {
            return Ok(0);
        }
        self.change(|all| {
            let mut left_out = 0;
            for (source, password) in found {
                match all.entry(source) {
                    Entry::Vacant(place) => {
                        place.insert(password);
                    }
                    Entry::Occupied(kept) => left_out += usize::from(*kept.get() != password),
                }
            }
            left_out
        })
    }

    /// Forgets the password of the feed with this source, if it has one.
    ///
    /// # Errors
    /// [`FeedError::Passwords`] when the file cannot be read or written.
    pub fn forget(&self, source: &str) -> Result<(), FeedError> {
        if !self.all()?.contains_key(source) {
            return Ok(());
        }
        self.change(|all| {
            all.remove(source);
        })
    }

    /// Changes the file while nobody else does, in this process or another one.
    fn change<T>(
        &self,
        change: impl FnOnce(&mut BTreeMap<String, String>) -> T,
    ) -> Result<T, FeedError> {
        let Some(path) = &self.path else {
            return Ok(change(&mut BTreeMap::new()));
        };
        // The lock ends when the file is dropped.
        let _turn = wait_for_turn(path).map_err(|error| failed(path, error.to_string()))?;
        let mut all = read(path)?;
        let answer = change(&mut all);
        write(path, &all).map_err(|error| failed(path, error.to_string()))?;
        Ok(answer)
    }
}

fn read(path: &Path) -> Result<BTreeMap<String, String>, FeedError> {
    match fs::read_to_string(path) {
        Ok(text) => serde_json::from_str(&text).map_err(|error| failed(path, error.to_string())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(error) => Err(failed(path, error.to_string())),
    }
}

/// Writes all of them to a new file that takes the place of the old one.
fn write(path: &Path, all: &BTreeMap<String, String>) -> io::Result<()> {
    let text = text::json_document(all).map_err(io::Error::other)?;
    let fresh = path.with_extension("new");
    match fs::remove_file(&fresh) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&fresh)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&fresh, path)
}

/// Waits until nobody else changes the file.
fn wait_for_turn(path: &Path) -> io::Result<fs::File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false).mode(0o600);
    let file = options.open(path.with_extension("lock"))?;
    loop {
        match flock(&file, FlockOperation::LockExclusive) {
            Ok(()) => return Ok(file),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

fn failed(path: &Path, why: String) -> FeedError {
    FeedError::Passwords {
        path: path.display().to_string(),
        why,
    }
}

impl Login {
    /// The login at the host of a feed's own address.
    pub(super) fn new(source: &Url, password: &str) -> Option<Self> {
        let name = percent_decode_str(source.username()).decode_utf8_lossy();
        let basic = STANDARD.encode(format!("{name}:{password}"));
        let mut header = HeaderValue::from_str(&format!("Basic {basic}")).ok()?;
        header.set_sensitive(true);
        Some(Self {
            origin: source.origin(),
            header,
        })
    }

    /// What is sent to an address: only to the host and port that the user named.
    pub(super) fn header(&self, to: &Url) -> Option<HeaderValue> {
        (to.origin() == self.origin).then(|| self.header.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn passwords_are_kept_where_only_their_owner_reads() {
        let folder = tempfile::tempdir().unwrap();
        let passwords = Passwords::beside(folder.path());
        let source = "https://jane@a.example/feed";
        assert_eq!(passwords.find(source), Ok(None));
        passwords.keep(source, "old").unwrap();
        passwords.keep(source, "n\"ew").unwrap();
        passwords.keep("https://b.example/", "other").unwrap();
        assert_eq!(passwords.find(source), Ok(Some("n\"ew".to_owned())));
        let mode = fs::metadata(folder.path().join(FILE))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_forgotten_password_is_gone_and_a_list_replaces_none() {
        let folder = tempfile::tempdir().unwrap();
        let passwords = Passwords::beside(folder.path());
        passwords.forget("https://a.example/").unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        passwords.keep("https://a.example/", "mine").unwrap();
        let listed = [("a", "theirs"), ("b", "new"), ("b", "new")];
        let listed = listed.map(|(host, it)| (format!("https://{host}.example/"), it.to_owned()));
        assert_eq!(passwords.keep_new(listed.to_vec()), Ok(1));
        passwords.forget("https://b.example/").unwrap();
        let left = passwords.all().unwrap();
        assert_eq!(
            left.into_iter().collect::<Vec<_>>(),
            [("https://a.example/".to_owned(), "mine".to_owned())]
        );
    }

    #[test]
    fn none_of_many_at_once_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for one in 0..4 {
                let passwords = Passwords::beside(folder.path());
                scope.spawn(move || {
                    for n in 0..5 {
                        let source = format!("https://{one}.example/{n}");
                        passwords.keep(&source, "secret").unwrap();
                    }
                });
            }
        });
        assert_eq!(Passwords::beside(folder.path()).all().unwrap().len(), 20);
    }

    #[test]
    fn a_login_is_for_the_host_the_user_named() {
        let source = Url::parse("https://ja%40ne@a.example/feed").unwrap();
        let login = Login::new(&source, "secret").unwrap();
        let to = |address: &str| {
            let header = login.header(&Url::parse(address).unwrap())?;
            Some(header.to_str().unwrap().to_owned())
        };
        let basic = format!("Basic {}", STANDARD.encode("ja@ne:secret"));
        assert_eq!(to("https://a.example/other"), Some(basic));
        for other in [
            "https://b.example/",
            "http://a.example/",
            "https://a.example:8443/",
        ] {
            assert_eq!(to(other), None, "{other}");
        }
    }
}
