//! Text for the clipboard: an OSC 52 sequence, or a private file when the terminal has none.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Multiplexer, TerminalError};

/// The most bytes of text that one OSC 52 sequence carries; terminals drop more than about 100,000 characters
/// of base64 in silence.
pub const CLIPBOARD_LIMIT: usize = 74_994;

/// The bytes of a piece that GNU screen lets through at once.
const SCREEN_PIECE: usize = 256;

/// The sequence that puts `text` on the terminal's clipboard, wrapped for the multiplexer in between; `None`
/// for text over [`CLIPBOARD_LIMIT`]. For tmux it is there twice: plain for `set-clipboard on`, wrapped for
/// `allow-passthrough on`.
#[must_use]
pub fn osc52(text: &str, multiplexer: Option<Multiplexer>) -> Option<String> {
    if text.len() > CLIPBOARD_LIMIT {
        return None;
    }
    let plain = format!("\x1b]52;c;{}\x07", STANDARD.encode(text));
    Some(match multiplexer {
        None => plain,
        Some(Multiplexer::Tmux) => {
            let doubled = plain.replace('\x1b', "\x1b\x1b");
            format!("{plain}\x1bPtmux;{doubled}\x1b\\")
        }
        Some(Multiplexer::Screen) => in_pieces(&plain),
    })
}

/// GNU screen passes on device control strings, but only short ones.
fn in_pieces(sequence: &str) -> String {
    let characters: Vec<char> = sequence.chars().collect();
    let mut wrapped = String::with_capacity(sequence.len() + sequence.len() / 32);
    for piece in characters.chunks(SCREEN_PIECE) {
        wrapped.push_str("\x1bP");
        wrapped.extend(piece);
        wrapped.push_str("\x1b\\");
    }
    wrapped
}

/// Writes `text` to `copy.txt` in `directory`, readable by the user only, in place of the last copy; returns
/// the path to show.
///
/// # Errors
/// [`TerminalError::Copy`] when the directory or the file cannot be written.
pub fn save_copy(directory: &Path, text: &str) -> Result<PathBuf, TerminalError> {
    let path = directory.join("copy.txt");
    match write_private(directory, &path, text) {
        Ok(()) => Ok(path),
        Err(source) => Err(TerminalError::Copy {
            path: path.display().to_string(),
            source,
        }),
    }
}

/// Writes beside the file and renames, so that neither a link nor the rights of an older file matter.
fn write_private(directory: &Path, path: &Path, text: &str) -> io::Result<()> {
    std::fs::create_dir_all(directory)?;
    let draft = directory.join(format!("copy.{}.tmp", std::process::id()));
    match std::fs::remove_file(&draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)?;
    file.write_all(text.as_bytes())?;
    std::fs::rename(&draft, path)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::{CLIPBOARD_LIMIT, osc52, save_copy};
    use crate::terminal::Multiplexer;

    #[test]
    fn text_is_sent_as_base64() {
        assert_eq!(
            osc52("héllo", None).unwrap(),
            "\x1b]52;c;aMOpbGxv\x07".to_owned()
        );
    }

    #[test]
    fn tmux_gets_the_sequence_plain_and_wrapped() {
        assert_eq!(
            osc52("a", Some(Multiplexer::Tmux)).unwrap(),
            "\x1b]52;c;YQ==\x07\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\"
        );
    }

    #[test]
    fn screen_gets_short_pieces_that_join_to_the_sequence() {
        let text = "x".repeat(1000);
        let wrapped = osc52(&text, Some(Multiplexer::Screen)).unwrap();
        let pieces: Vec<&str> = wrapped
            .split("\x1b\\")
            .filter(|piece| !piece.is_empty())
            .collect();
        assert!(pieces.len() > 1 && pieces.iter().all(|piece| piece.len() <= 258));
        let joined: String = pieces
            .iter()
            .map(|piece| piece.strip_prefix("\x1bP").unwrap())
            .collect();
        assert_eq!(joined, osc52(&text, None).unwrap());
    }

    #[test]
    fn text_over_the_limit_is_refused() {
        assert!(osc52(&"x".repeat(CLIPBOARD_LIMIT), None).is_some());
        assert!(osc52(&"x".repeat(CLIPBOARD_LIMIT + 1), None).is_none());
    }

    #[test]
    fn a_saved_copy_is_private_and_replaces_the_last_one() {
        let folder = tempfile::tempdir().unwrap();
        let directory = folder.path().join("iacstone");
        save_copy(&directory, "first, and longer").unwrap();
        let path = save_copy(&directory, "second").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "second");
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 1);
    }

    #[test]
    fn an_unwritable_folder_is_named_in_the_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("occupied");
        std::fs::write(&file, "").unwrap();
        let error = save_copy(&file, "text").unwrap_err().to_string();
        assert!(error.contains("occupied/copy.txt"), "{error}");
    }
}
