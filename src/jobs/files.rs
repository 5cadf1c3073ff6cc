//! Files of the user: what is read from them and written to them, and where they stand.

use std::fs;
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::blocking::blocking;
use super::problem::failed;
use crate::effect::JobReport;

/// Why a file was not read or not written.
#[derive(Debug, thiserror::Error)]
pub enum FileFailure {
    /// It cannot be read.
    #[error("'{path}' cannot be read: {why}; {instead}")]
    Unread {
        /// The file, as it was named.
        path: String,
        /// The system's reason.
        why: io::Error,
        /// What to give instead.
        instead: &'static str,
    },
    /// It holds more than is read.
    #[error("'{path}' is larger than {mib} MiB; {what}")]
    TooLarge {
        /// The file, as it was named.
        path: String,
        /// The most that is read, in MiB.
        mib: u64,
        /// What follows from that.
        what: &'static str,
    },
    /// A file of this name is there already.
    #[error("'{0}' is there already; give another name")]
    Exists(String),
    /// It is a directory.
    #[error("'{0}' is a directory; give the name of a file in it")]
    Directory(String),
    /// It was not written, or not to its end.
    #[error("'{path}' was not written: {why}; {hint}", hint = hint(why))]
    Unwritten {
        /// The file, as it was named.
        path: String,
        /// The system's reason.
        why: io::Error,
    },
}

fn hint(why: &io::Error) -> &'static str {
    match why.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room, then write it again",
        _ => "check the folder",
    }
}

/// Writes a text to a file that does not exist yet; readable by its owner only.
///
/// # Errors
/// [`FileFailure`]: the file exists, is a directory, or cannot be written.
pub fn write_new(text: &str, path: &Path) -> Result<(), FileFailure> {
    write_lines(std::iter::once(text), path)
}

/// Writes a text to a file, over what it holds; a new one is readable by its owner only.
///
/// # Errors
/// [`FileFailure`]: it is a directory, or cannot be written.
pub fn write_over(text: &str, path: &Path) -> Result<(), FileFailure> {
    let mut options = fs::OpenOptions::new();
    options.create(true).truncate(true);
    write(std::iter::once(text), path, &mut options)
}

/// Writes lines, each with its line break, to a file that does not exist yet; readable by its owner only.
///
/// # Errors
/// [`FileFailure`]: the file exists, is a directory, or cannot be written.
pub(super) fn write_lines(
    lines: impl Iterator<Item = impl AsRef<str>>,
    path: &Path,
) -> Result<(), FileFailure> {
    let mut options = fs::OpenOptions::new();
    write(lines, path, options.create_new(true))
}

fn write(
    lines: impl Iterator<Item = impl AsRef<str>>,
    path: &Path,
    options: &mut fs::OpenOptions,
) -> Result<(), FileFailure> {
    let opened = options.write(true).mode(0o600).open(path);
    let written = opened.and_then(|file| {
        let mut file = BufWriter::new(file);
        for line in lines {
            file.write_all(line.as_ref().as_bytes())?;
        }
        file.flush()
    });
    written.map_err(|why| unwritten(path, why))
}

fn unwritten(path: &Path, why: io::Error) -> FileFailure {
    let named = path.display().to_string();
    match why.kind() {
        ErrorKind::IsADirectory => FileFailure::Directory(named),
        ErrorKind::AlreadyExists if path.is_dir() => FileFailure::Directory(named),
        ErrorKind::AlreadyExists => FileFailure::Exists(named),
        _ => FileFailure::Unwritten { path: named, why },
    }
}

/// Reads a text of at most `mib` MiB; `instead` says what to give when there is none to read, `larger` what a larger file
/// cannot be.
///
/// # Errors
/// [`FileFailure`]: it cannot be read, is no text, or is larger.
pub(super) fn read(
    path: &str,
    mib: u64,
    instead: &'static str,
    larger: &'static str,
) -> Result<String, FileFailure> {
    let unread = |why| FileFailure::Unread {
        path: path.to_owned(),
        why,
        instead,
    };
    let most = mib << 20;
    let mut content = String::new();
    let file = fs::File::open(path).map_err(unread)?;
    file.take(most + 1)
        .read_to_string(&mut content)
        .map_err(unread)?;
    if content.len() as u64 > most {
        return Err(FileFailure::TooLarge {
            path: path.to_owned(),
            mib,
            what: larger,
        });
    }
    Ok(content)
}

/// Makes a text and writes it to a new file, beside the event loop.
pub(super) async fn write_beside(
    path: String,
    text: impl FnOnce() -> String + Send + 'static,
) -> JobReport {
    let path = at_home(&path);
    write_out(move || {
        write_new(&text(), Path::new(&path))?;
        Ok(path)
    })
    .await
}

/// Does work that writes a file and gives its path, beside the event loop.
pub(super) async fn write_out(
    work: impl FnOnce() -> Result<String, FileFailure> + Send + 'static,
) -> JobReport {
    match blocking(work).await {
        Ok(Ok(path)) => JobReport::Exported(whole(&path)),
        Ok(Err(error)) => failed(error),
        Err(broken) => failed(broken),
    }
}

/// A path as it was typed, with the home directory in place of a leading `~/`: no shell has seen it.
pub(super) fn at_home(path: &str) -> String {
    let rest = path.strip_prefix("~/");
    let home = rest.and_then(|_| directories::BaseDirs::new());
    match rest.zip(home) {
        Some((rest, home)) => home.home_dir().join(rest).display().to_string(),
        None => path.to_owned(),
    }
}

/// A path from the root on, because nobody remembers where the program was started.
fn whole(path: &str) -> String {
    std::path::absolute(path).map_or_else(|_| path.to_owned(), |whole| whole.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_way_of_a_new_file_is_told_in_words() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().display().to_string();
        let told = |path: &Path| write_new("x", path).unwrap_err().to_string();
        let directory =
            |path: &str| format!("'{path}' is a directory; give the name of a file in it");
        assert_eq!(told(dir.path()), directory(&folder));
        assert_eq!(
            write_over("x", dir.path()).unwrap_err().to_string(),
            directory(&folder)
        );
        let new = format!("{folder}/new/");
        assert_eq!(told(Path::new(&new)), directory(&new));
        let file = dir.path().join("a");
        write_new("x", &file).unwrap();
        assert_eq!(
            told(&file),
            format!("'{folder}/a' is there already; give another name")
        );
    }

    #[test]
    fn a_path_may_begin_at_home() {
        let home = directories::BaseDirs::new().unwrap();
        let expected = home.home_dir().join("runs/a.json");
        assert_eq!(at_home("~/runs/a.json"), expected.display().to_string());
        assert_eq!(at_home("~other/a.json"), "~other/a.json");
        assert_eq!(at_home("a~/b"), "a~/b");
    }
}
