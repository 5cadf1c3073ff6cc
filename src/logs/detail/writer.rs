//! Writes the lines of a detail.

use super::{DEPTH, Detail, DetailLine, LINES, LineKind, lines};
use crate::logs::field::{PathStep, written};
use crate::logs::json::{JsonValue, Member, Members, unescape};
use crate::text::{reveal, reveal_lines};

/// Writes the lines of a detail.
#[derive(Debug, Default)]
pub(super) struct DetailWriter {
    detail: Detail,
}

/// An object or array that is being written.
struct OpenValue<'a> {
    line: usize,
    members: Members<'a>,
    written: usize,
    closing: &'static str,
}

/// Where a line stands.
#[derive(Debug, Clone, Default)]
struct LinePosition {
    depth: usize,
    /// Its key, safe to draw.
    key: Option<String>,
    /// The line that opens what it is in, and its step from there.
    from: Option<(usize, PathStep)>,
    /// Of plain text, the number of its line.
    number: Option<usize>,
}

impl DetailWriter {
    /// Adds lines of text; none for an empty text.
    pub(super) fn text(&mut self, text: &str) {
        for (number, line) in lines(text).enumerate() {
            let spot = LinePosition {
                number: Some(number),
                ..LinePosition::default()
            };
            self.push(spot, &reveal(line), LineKind::Text);
        }
    }

    /// Adds a value with everything in it.
    pub(super) fn value(&mut self, value: JsonValue<'_>) {
        let root = Member { key: None, value };
        let mut open: Vec<OpenValue<'_>> = Vec::new();
        open.extend(self.member(root, None, 0));
        while let Some(innermost) = open.last_mut() {
            let parent = innermost.line;
            let next = if self.has_room(open.len()) {
                open.last_mut().and_then(|open| open.members.next())
            } else {
                None
            };
            match (next, open.last_mut()) {
                (Some(member), Some(innermost)) => {
                    let place = innermost.written;
                    innermost.written += 1;
                    let depth = open.len();
                    let opened = self.member(member, Some((parent, place)), depth);
                    open.extend(opened);
                }
                _ => {
                    if let Some(done) = open.pop() {
                        self.close(done, open.len());
                    }
                }
            }
        }
    }

    pub(super) fn finish(self) -> Detail {
        self.detail
    }

    /// Whether a line can be added and everything that is open still be closed.
    fn has_room(&self, open: usize) -> bool {
        self.detail.lines.len() + open < LINES
    }

    /// Adds a member; returns it when it was opened.
    fn member<'a>(
        &mut self,
        member: Member<'a>,
        within: Option<(usize, usize)>,
        depth: usize,
    ) -> Option<OpenValue<'a>> {
        let key = member.key.map(unescape);
        let shown = key.as_ref().map(|key| reveal(key).into_owned());
        let from = within.map(|(parent, place)| {
            let step = key.map_or(PathStep::Place(place), |key| PathStep::Key(key.into()));
            (parent, step)
        });
        let spot = LinePosition {
            depth,
            key: shown,
            from,
            number: None,
        };
        match member.value {
            JsonValue::Plain(text) => {
                self.push(spot, text, LineKind::Plain);
                None
            }
            JsonValue::String(_) => {
                self.string(spot, member.value);
                None
            }
            JsonValue::Object(_) => self.nested(spot, member.value, ("{", "}")),
            JsonValue::Array(_) => self.nested(spot, member.value, ("[", "]")),
        }
    }

    /// Adds an object or array; returns it when it was opened: neither empty nor too deep.
    fn nested<'a>(
        &mut self,
        spot: LinePosition,
        value: JsonValue<'a>,
        (opening, closing): (&str, &'static str),
    ) -> Option<OpenValue<'a>> {
        let is_empty = value.members().next().is_none();
        if is_empty || spot.depth >= DEPTH {
            let inside = if is_empty { "" } else { "..." };
            let text = format!("{opening}{inside}{closing}");
            self.push(spot, &text, LineKind::Closed);
            return None;
        }
        let line = self.detail.lines.len();
        let kind = LineKind::Opening {
            members: 0,
            closed_by: line,
        };
        self.push(spot, opening, kind).then(|| OpenValue {
            line,
            members: value.members(),
            written: 0,
            closing,
        })
    }

    /// Adds a string: in quotes on one line, or as the lines it has.
    fn string(&mut self, spot: LinePosition, value: JsonValue<'_>) {
        let text = unescape(value.text());
        let text: Vec<_> = lines(&text).map(reveal_lines).collect();
        let text = text.join("\n");
        if !text.contains('\n') {
            let text = format!("\"{}\"", written(value));
            self.push(spot, &text, LineKind::String);
            return;
        }
        let below = LinePosition {
            depth: spot.depth + 1,
            key: None,
            from: spot.from.clone(),
            number: None,
        };
        let mut lines = text.lines();
        self.push(spot, lines.next().unwrap_or_default(), LineKind::String);
        for line in lines {
            self.push(below.clone(), line, LineKind::Text);
        }
    }

    /// Adds the line that closes what was open.
    fn close(&mut self, done: OpenValue<'_>, depth: usize) {
        let closed_by = self.detail.lines.len();
        let members = done.written + done.members.count();
        let (parent, step) = match self.detail.lines.get_mut(done.line) {
            Some(line) => {
                line.kind = LineKind::Opening { members, closed_by };
                (line.parent, line.step.clone())
            }
            None => (None, None),
        };
        self.detail.is_cut |= members > done.written;
        self.detail.lines.push(DetailLine {
            depth,
            key: None,
            text: done.closing.to_owned(),
            kind: LineKind::Closing,
            parent,
            step,
            number: None,
        });
    }

    /// Adds a line; false when there is no room for it.
    fn push(&mut self, spot: LinePosition, text: &str, kind: LineKind) -> bool {
        if !self.has_room(spot.depth) {
            self.detail.is_cut = true;
            return false;
        }
        let (parent, step) = spot.from.unzip();
        self.detail.lines.push(DetailLine {
            depth: spot.depth,
            key: spot.key,
            text: text.to_owned(),
            kind,
            parent,
            step,
            number: spot.number,
        });
        true
    }
}
