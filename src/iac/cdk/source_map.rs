//! Source maps: from a place in a script to the one that it was compiled of.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;

use super::frames::{CallFrame, here};
use crate::iac::source_file::{LARGEST_STATE, SourceFile, json};
use crate::toml_file::FileError;

/// What a script names its map with, near its end.
const LINK: &str = "//# sourceMappingURL=";
/// The digits of a map's numbers: five bits each, and one that says whether more come.
const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The map of a script.
pub(super) struct SourceMap {
    /// The directory that its paths begin at.
    dir: PathBuf,
    content: MapContent,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MapContent {
    #[serde(default)]
    source_root: Option<String>,
    #[serde(default)]
    sources: Vec<Option<String>>,
    mappings: String,
}

/// Where a stretch of a line of the script comes from; all count from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct MapSegment {
    /// The column of the script at which it begins.
    from: i64,
    source: i64,
    line: i64,
    column: i64,
}

impl SourceMap {
    /// The map that a script names or holds, else the one beside it; none where there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn of(script: &Path, root: &Path) -> Option<Result<Self, FileError>> {
        let script = SourceFile::read(script, root, LARGEST_STATE).ok()?;
        let mut lines = script.text.lines().rev();
        let link = lines.find_map(|line| line.trim().strip_prefix(LINK));
        let (path, file) = if let Some(text) = link.and_then(held) {
            let file = SourceFile::of_text(&script.shown, text);
            (script.path, Ok(file))
        } else {
            let mut beside = script.path.as_os_str().to_owned();
            beside.push(".map");
            let linked = link.map(|link| script.path.with_file_name(link));
            let mut paths = linked.into_iter().chain([PathBuf::from(beside)]);
            let path = paths.find(|path| path.is_file())?;
            let file = SourceFile::read(&path, root, LARGEST_STATE);
            (path, file)
        };
        let dir = path.parent()?.to_owned();
        Some(file.and_then(|file| {
            let content = json(&file)?;
            Ok(Self { dir, content })
        }))
    }

    /// The place in a file of the project that one in the script comes from.
    ///
    /// # Errors
    /// Why there is none, as the end of a sentence.
    pub(super) fn source(&self, frame: &CallFrame, project: &Path) -> Result<CallFrame, String> {
        let (line, column) = (frame.line, frame.column);
        let nothing = || format!("its source map has nothing of its line {line}.");
        let found = segment_at(&self.content.mappings, line, column).ok_or_else(nothing)?;
        let name = usize::try_from(found.source).ok();
        let name = name.and_then(|at| self.content.sources.get(at)?.as_deref());
        let name = name.ok_or_else(nothing)?;
        let gone = || format!("its source '{name}' is not in this project.");
        let count = |from_0: i64| usize::try_from(from_0 + 1).ok().ok_or_else(nothing);
        Ok(CallFrame {
            path: self.path(name, project).ok_or_else(gone)?,
            line: count(found.line)?,
            column: count(found.column)?,
        })
    }

    /// A source as a file of the project: by its path, else by the end of its path.
    fn path(&self, name: &str, project: &Path) -> Option<PathBuf> {
        let name = name.split_once("://").map_or(name, |(_, path)| path);
        let from = self.content.source_root.as_deref().unwrap_or_default();
        let whole = self.dir.join(from).join(name).canonicalize().ok();
        let own = whole.filter(|path| path.starts_with(project) && path.is_file());
        own.or_else(|| here(name, project))
    }
}

/// The text of a map that stands in the link itself.
fn held(link: &str) -> Option<String> {
    let (_, written) = link.strip_prefix("data:")?.split_once(";base64,")?;
    String::from_utf8(BASE64_STANDARD.decode(written.trim()).ok()?).ok()
}

/// The last stretch that begins at a place of the script or before it in its line, else the first of the line; line and
/// column from 1.
fn segment_at(mappings: &str, line: usize, column: usize) -> Option<MapSegment> {
    let column = i64::try_from(column).ok()?;
    let mut at = MapSegment::default();
    for (number, written) in (1..).zip(mappings.split(';')) {
        at.from = 0;
        let mut found = None;
        for segment in written.split(',').filter(|it| !it.is_empty()) {
            let steps = numbers(segment)?;
            at.from += steps.first()?;
            let [_, source, line, further, ..] = steps.as_slice() else {
                continue;
            };
            (at.source, at.line, at.column) =
                (at.source + source, at.line + line, at.column + further);
            if at.from < column || found.is_none() {
                found = Some(at);
            }
        }
        if number == line {
            return found;
        }
    }
    None
}

/// The numbers of a segment, each in as many digits as it takes, the lowest first; its last bit is the sign.
fn numbers(segment: &str) -> Option<Vec<i64>> {
    const MOST_BITS: u32 = 32;
    let (mut numbers, mut value, mut bits) = (Vec::new(), 0_i64, 0);
    for byte in segment.bytes() {
        let digit = DIGITS.iter().position(|digit| *digit == byte)?;
        let digit = i64::try_from(digit).ok()?;
        value |= (digit & 31) << bits;
        bits += 5;
        if bits > MOST_BITS {
            return None;
        }
        if digit & 32 == 0 {
            let size = value >> 1;
            numbers.push(if value & 1 == 1 { -size } else { size });
            (value, bits) = (0, 0);
        }
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_from_their_digits() {
        assert_eq!(numbers("AAAA"), Some(vec![0, 0, 0, 0]));
        assert_eq!(numbers("iCAAiC,"), None);
        assert_eq!(numbers("gBDC"), Some(vec![16, -1, 1]));
        assert_eq!(numbers("ggggggggB"), None, "no number is so long");
    }

    #[test]
    fn the_nearest_stretch_before_a_place_is_the_one() {
        // Two lines; in the second one columns 4 and 8 come of line 3, columns 0 and 7.
        let mappings = "AAAA;IAEA,IAAO";
        let at = |line, column| segment_at(mappings, line, column).map(|it| (it.line, it.column));
        assert_eq!(at(1, 9), Some((0, 0)));
        assert_eq!(at(2, 1), Some((2, 0)));
        assert_eq!(at(2, 8), Some((2, 0)));
        assert_eq!(at(2, 9), Some((2, 7)));
        assert_eq!(at(3, 1), None);
    }
}
