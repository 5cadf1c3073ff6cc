//! A text file as it was read: bounded, its byte order mark set apart, its lines counted.

use std::fmt;
use std::fs::File;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Read as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::made_of::MadeOf;
use crate::text::reveal;
use crate::toml_file::FileError;

/// The largest file that is read as source or template, in bytes.
pub(super) const LARGEST_SOURCE: u64 = 4 << 20;
/// The largest file that is read as a state, in bytes.
pub(super) const LARGEST_STATE: u64 = 64 << 20;

/// A text file. Offsets count from behind the byte order mark.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct SourceFile {
    /// Where it is.
    pub(super) path: PathBuf,
    /// The path from the directory that was surveyed, for people, diffs and errors.
    pub(super) shown: String,
    /// The text without the mark.
    pub(super) text: String,
    /// Whether it begins with a byte order mark.
    pub(super) has_mark: bool,
    /// The file that the text was made of, where the text is no file's own.
    pub(super) made_of: Option<Box<MadeOf>>,
}

/// What a file was when it was read, to see later whether it still is that.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceStamp {
    path: PathBuf,
    shown: String,
    sum: u64,
}

impl SourceStamp {
    /// That the file is not what was read of it, as the beginning of a sentence; none where it still is. Reads the file.
    #[must_use]
    pub fn change(&self) -> Option<String> {
        let dir = self.path.parent().unwrap_or(&self.path);
        let shown = named(&self.shown);
        match SourceFile::read(&self.path, dir, LARGEST_STATE) {
            Ok(file) if file.sum() == self.sum => None,
            Ok(_) => Some(format!("{shown} was changed after it was read")),
            Err(error) => Some(format!(
                "{shown} was read and no longer can be: {}",
                error.message
            )),
        }
    }
}

impl fmt::Debug for SourceFile {
    /// Without the text, which may hold what is secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { shown, text, .. } = self;
        write!(f, "SourceFile({shown}, {} bytes)", text.len())
    }
}

impl SourceFile {
    /// Reads a file of at most `limit` bytes; its path is told from `root` on.
    ///
    /// # Errors
    /// When it cannot be read, is no regular file, is larger, or is not UTF-8.
    pub(super) fn read(path: &Path, root: &Path, limit: u64) -> Result<Self, FileError> {
        let shown = shown_path(path, root);
        let bytes =
            read_bytes(path, limit).map_err(|what| FileError::at(&named(&shown), 1, what))?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(path, shown, text)),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let before = error.as_bytes().iter().take(valid);
                let line = 1 + before.filter(|byte| **byte == b'\n').count();
                let what = "this is not UTF-8 text; save the file as UTF-8";
                Err(FileError::at(&named(&shown), line, what))
            }
        }
    }

    /// A text that comes from elsewhere than a file.
    pub(super) fn of_text(shown: &str, text: String) -> Self {
        Self::new(Path::new(""), shown.to_owned(), text)
    }

    fn new(path: &Path, shown: String, text: String) -> Self {
        let without = text.strip_prefix('\u{feff}').map(str::to_owned);
        Self {
            path: path.to_owned(),
            shown,
            has_mark: without.is_some(),
            text: without.unwrap_or(text),
            made_of: None,
        }
    }

    /// A text that is made of this file; `parts` are stretches of both, in order.
    pub(super) fn made_into(self, text: String, parts: Vec<(Range<usize>, Range<usize>)>) -> Self {
        Self {
            path: self.path.clone(),
            shown: self.shown.clone(),
            text,
            has_mark: false,
            made_of: Some(Box::new(MadeOf { file: self, parts })),
        }
    }

    /// What it was when it was read.
    pub(super) fn stamp(&self) -> SourceStamp {
        SourceStamp {
            path: self.path.clone(),
            shown: self.shown.clone(),
            sum: self.sum(),
        }
    }

    fn sum(&self) -> u64 {
        let mut sum = DefaultHasher::new();
        (self.has_mark, &self.text).hash(&mut sum);
        sum.finish()
    }

    /// The directory from which its path is told; none where the path leads upwards or is whole.
    pub(super) fn root(&self) -> Option<PathBuf> {
        let below = Path::new(&self.shown);
        let depth = below.components().count();
        let root = self.path.ancestors().nth(depth)?;
        (root.join(below) == self.path).then(|| root.to_owned())
    }

    /// The line of an offset, from 1; of a text that was made of a file, in that file.
    pub(super) fn line(&self, at: usize) -> usize {
        if let Some(made) = &self.made_of {
            return made.file.line(made.offset(at));
        }
        let before = self.text.bytes().take(at);
        1 + before.filter(|byte| *byte == b'\n').count()
    }

    /// The offset at which a line, from 1, begins.
    pub(super) fn line_start(&self, line: usize) -> Option<usize> {
        let mut starts = std::iter::once(0).chain(
            self.text
                .bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b'\n')
                .map(|(at, _)| at + 1),
        );
        starts.nth(line.checked_sub(1)?)
    }

    /// An error at an offset.
    pub(super) fn error(&self, at: usize, what: impl Into<String>) -> FileError {
        self.error_in_line(self.line(at), what)
    }

    /// An error in a line, from 1.
    pub(super) fn error_in_line(&self, line: usize, what: impl Into<String>) -> FileError {
        FileError::at(&named(&self.shown), line, what)
    }

    /// A stretch of the text.
    pub(super) fn slice(&self, at: &Range<usize>) -> &str {
        self.text.get(at.clone()).unwrap_or_default()
    }
}

/// JSON of a shape. What stands in the file is no part of an error: it may be secret.
///
/// # Errors
/// With the line where it is none.
pub(super) fn json<'t, T: Deserialize<'t>>(file: &'t SourceFile) -> Result<T, FileError> {
    serde_json::from_str(&file.text).map_err(|error| {
        let what = if error.is_data() {
            let text = error.to_string();
            let told = match text.rsplit_once(", expected ") {
                Some((_, expected)) => format!("expected {expected}"),
                None => text,
            };
            format!("this has another shape than was expected: {told}")
        } else {
            format!("this is not JSON: {error}")
        };
        file.error_in_line(error.line().max(1), what)
    })
}

/// The files of a directory whose names end so, in order of name.
pub(super) fn files_ending(dir: &Path, end: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let named = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.ends_with(end) && !name.starts_with('.'))
    };
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(named).collect();
    found.sort();
    found
}

/// A path from `root` on: upwards with `..` where it does not lie below, whole where they have nothing in common.
pub(super) fn shown_path(path: &Path, root: &Path) -> String {
    for (up, above) in root.ancestors().enumerate() {
        if above.parent().is_none() {
            break;
        }
        if let Ok(below) = path.strip_prefix(above) {
            let ups = std::iter::repeat_n("..", up).map(str::to_owned);
            let text = below.to_string_lossy().into_owned();
            let parts = ups.chain((!text.is_empty()).then_some(text));
            let parts: Vec<String> = parts.collect();
            return if parts.is_empty() {
                ".".to_owned()
            } else {
                parts.join("/")
            };
        }
    }
    path.to_string_lossy().into_owned()
}

/// A shown path as the directory that it leads up to, and the way down from there.
pub(super) fn up_and_down(shown: &str) -> (String, &str) {
    let mut rest = shown;
    let mut ups = Vec::new();
    while let Some(below) = rest.strip_prefix("../") {
        ups.push("..");
        rest = below;
    }
    match (rest.strip_prefix('/'), ups.is_empty()) {
        (Some(below), _) => ("/".to_owned(), below),
        (None, true) => (".".to_owned(), rest),
        (None, false) => (ups.join("/"), rest),
    }
}

/// Whether the name of a file ends with a dot and one of these words.
pub(super) fn has_ending(name: &str, endings: &[&str]) -> bool {
    let end = Path::new(name).extension().and_then(|end| end.to_str());
    end.is_some_and(|end| endings.contains(&end))
}

/// A path as it may stand in an error.
fn named(shown: &str) -> String {
    reveal(shown).into_owned()
}

fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let unreadable = |error: std::io::Error| format!("this file cannot be read: {error}");
    // Asked before it is opened: to open a named pipe would wait for its writer.
    let known = std::fs::metadata(path).map_err(unreadable)?;
    if !known.is_file() {
        return Err("this is no regular file".to_owned());
    }
    let too_large = || {
        let megabytes = limit >> 20;
        format!("this file is larger than {megabytes} MiB, the most that is read of one")
    };
    if known.len() > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > limit {
        return Err(too_large());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_the_root_on() {
        let shown = |path: &str| shown_path(Path::new(path), Path::new("/a/b/c"));
        let cases = [
            ("/a/b/c/d/e", "d/e", ".", "d/e"),
            ("/a/b/c", ".", ".", "."),
            ("/a/x/y", "../../x/y", "../..", "x/y"),
            ("/z/y", "/z/y", "/", "z/y"),
        ];
        for (path, expected, up, down) in cases {
            let shown = shown(path);
            assert_eq!(
                (shown.as_str(), up_and_down(&shown)),
                (expected, (up.to_owned(), down))
            );
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.tf");
        let read = |limit| SourceFile::read(&path, dir.path(), limit);
        assert!(
            read(9)
                .unwrap_err()
                .to_string()
                .starts_with("a.tf:1: this file cannot be read")
        );
        std::fs::write(&path, b"a\nb\xff").unwrap();
        assert_eq!(
            read(9).unwrap_err().to_string(),
            "a.tf:2: this is not UTF-8 text; save the file as UTF-8"
        );
        assert!(read(3).unwrap_err().to_string().contains("larger than"));
        std::fs::write(&path, "\u{feff}a\nb\n").unwrap();
        let file = read(9).unwrap();
        assert_eq!((file.text.as_str(), file.has_mark), ("a\nb\n", true));
        assert_eq!(
            (file.line(2), file.line_start(2), file.line_start(9)),
            (2, Some(2), None)
        );
        assert!(!format!("{file:?}").contains("b\n"));
        std::fs::write(&path, "{\"a\": \"pass, expected word\"}").unwrap();
        let secret = SourceFile::read(&path, dir.path(), 99).unwrap();
        let error = json::<std::collections::BTreeMap<String, u32>>(&secret);
        assert_eq!(
            error.unwrap_err().to_string(),
            "a.tf:1: this has another shape than was expected: expected u32 at line 1 column 27"
        );
        let folder = SourceFile::read(dir.path(), dir.path(), 9).unwrap_err();
        assert_eq!(folder.to_string(), ".:1: this is no regular file");
    }
}
