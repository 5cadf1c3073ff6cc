//! Lines to a reader who may be slow, or gone: none is left half when the program ends, and a reader who goes away is
//! noticed at once.

use std::io::{self, ErrorKind, Write};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

/// So many bytes a pipe takes whole or not at all (`PIPE_BUF` of Linux).
const WHOLE: usize = 4096;
/// How often a write that waits for its reader looks whether it is still wanted.
const GLANCE: Duration = Duration::from_millis(50);

/// Writes lines, as many at once as are taken whole. Once `is_over` says so it ends, but in the middle of no line.
pub(super) fn write_lines(
    writer: &mut dyn Write,
    data: &str,
    is_over: impl Fn() -> bool,
) -> io::Result<()> {
    for piece in pieces(data) {
        for (at, part) in piece.as_bytes().chunks(WHOLE).enumerate() {
            if at == 0 && !has_room(&is_over) {
                return Ok(());
            }
            write_whole(writer, part)?;
        }
    }
    Ok(())
}

/// Writes all of it, also where standard output was set not to wait for its reader.
fn write_whole(writer: &mut dyn Write, mut part: &[u8]) -> io::Result<()> {
    while !part.is_empty() {
        match writer.write(part) {
            Ok(count) => part = part.get(count..).unwrap_or_default(),
            Err(error) => wait_for_room(error)?,
        }
    }
    while let Err(error) = writer.flush() {
        wait_for_room(error)?;
    }
    Ok(())
}

/// Waits for room after an error that says there is none; any other error stays.
fn wait_for_room(error: io::Error) -> io::Result<()> {
    match error.kind() {
        ErrorKind::Interrupted => Ok(()),
        ErrorKind::WouldBlock => {
            ready(PollFlags::OUT, None);
            Ok(())
        }
        _ => Err(error),
    }
}

/// Waits until standard output takes something; false when it is over before.
fn has_room(is_over: &impl Fn() -> bool) -> bool {
    while !is_over() {
        if !ready(PollFlags::OUT, Some(GLANCE)).is_empty() {
            return true;
        }
    }
    false
}

/// Waits until nobody reads standard output any more: for ever, when it is a file.
pub(super) fn wait_until_closed() {
    while ready(PollFlags::empty(), None).is_empty() {}
}

/// What standard output is ready for, troubles included; nothing when the time is up. An error is found out by writing.
fn ready(asked: PollFlags, limit: Option<Duration>) -> PollFlags {
    let stdout = rustix::stdio::stdout();
    let mut waited = [PollFd::new(&stdout, asked)];
    let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
    match poll(&mut waited, limit.as_ref()) {
        Ok(_) => waited.iter().map(PollFd::revents).collect(),
        Err(Errno::INTR) => PollFlags::empty(),
        Err(_) => PollFlags::ERR,
    }
}

/// Cuts text into runs of whole lines that are taken whole; a line that is longer stands alone.
fn pieces(data: &str) -> impl Iterator<Item = &str> {
    let mut rest = data;
    std::iter::from_fn(move || {
        let mut end = 0;
        for line in rest.split_inclusive('\n') {
            if end > 0 && end + line.len() > WHOLE {
                break;
            }
            end += line.len();
        }
        let (piece, after) = rest.split_at_checked(end)?;
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_between_and_not_within() {
        let short = "x".repeat(99) + "\n";
        let long = "y".repeat(9_999) + "\n";
        let data = short.repeat(100) + &long + &short + "no end";
        let cut: Vec<&str> = pieces(&data).collect();
        assert_eq!(cut.concat(), data);
        let is_whole = |piece: &&&str| piece.len() <= WHOLE || ***piece == long;
        assert_eq!(cut.iter().filter(is_whole).count(), cut.len());
        let mut ends = cut.iter().rev().skip(1);
        assert!(ends.all(|piece| piece.ends_with('\n')));
        assert!(cut.len() <= 6, "{}", cut.len());
    }

    /// Takes three bytes at a time, and none each second time.
    struct Reluctant {
        taken: Vec<u8>,
        is_full: bool,
    }

    impl Write for Reluctant {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.is_full = !self.is_full;
            if self.is_full {
                return Err(ErrorKind::WouldBlock.into());
            }
            let count = bytes.len().min(3);
            self.taken.extend(bytes.iter().take(count));
            Ok(count)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn an_output_that_does_not_wait_for_its_reader_gets_every_byte_too() {
        let mut writer = Reluctant {
            taken: Vec::new(),
            is_full: false,
        };
        write_lines(&mut writer, "one line\ntwo lines\n", || false).unwrap();
        assert_eq!(writer.taken, b"one line\ntwo lines\n");
    }

    #[test]
    fn what_is_over_ends_before_the_next_line() {
        let mut written = Vec::new();
        write_lines(&mut written, "one\ntwo\n", || true).unwrap();
        assert!(written.is_empty());
    }
}
