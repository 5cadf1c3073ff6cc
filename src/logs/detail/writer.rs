//! Writes the lines of a detail.

use super::{DEPTH, Detail, DetailLine, LINES, LineKind, Step};
use crate::logs::facts::head;
use crate::logs::field::written;
use crate::logs::json::{Member, Members, Value, unescape};
use crate::text::{neutralise, neutralise_lines};

/// Bytes of a line, at most.
const WIDTH: usize = 8 << 10;

/// Writes the lines of a detail.
#[derive(Debug, Default)]
pub(super) struct Writer {
    detail: Detail,
}

/// An object or array that is being written.
struct Open<'a> {
    line: usize,
    members: Members<'a>,
    written: usize,
    closing: &'static str,
}

impl Writer {
    /// Adds lines of text; none for an empty text.
    pub(super) fn text(&mut self, text: &str) {
        let text = neutralise_lines(text);
        for line in text.lines() {
            self.push(0, None, line, LineKind::Text, None);
        }
    }

    /// Adds a value with everything in it.
    pub(super) fn value(&mut self, value: Value<'_>) {
        let root = Member { key: None, value };
        let mut open: Vec<Open<'_>> = Vec::new();
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
    ) -> Option<Open<'a>> {
        let key = member.key.map(unescape);
        let shown = key.as_ref().map(|key| neutralise(key).into_owned());
        let from = within.map(|(parent, place)| {
            let step = key.map_or(Step::Place(place), |key| Step::Key(key.into_owned()));
            (parent, step)
        });
        let value = member.value;
        let (opening, closing) = match value {
            Value::Object(_) => ("{", "}"),
            Value::Array(_) => ("[", "]"),
            Value::Plain(text) => {
                self.push(depth, shown, text, LineKind::Plain, from);
                return None;
            }
            Value::String(_) => {
                self.string(value, depth, shown, from);
                return None;
            }
        };
        let is_empty = value.members().next().is_none();
        if is_empty || depth >= DEPTH {
            let text = if is_empty {
                format!("{opening}{closing}")
            } else {
                format!("{opening}...{closing}")
            };
            self.push(depth, shown, &text, LineKind::Closed, from);
            return None;
        }
        let line = self.detail.lines.len();
        let kind = LineKind::Opening {
            members: 0,
            closed_by: line,
        };
        self.push(depth, shown, opening, kind, from).then(|| Open {
            line,
            members: value.members(),
            written: 0,
            closing,
        })
    }

    /// Adds a string: in quotes on one line, or as the lines it has.
    fn string(
        &mut self,
        value: Value<'_>,
        depth: usize,
        key: Option<String>,
        from: Option<(usize, Step)>,
    ) {
        let text = unescape(value.text());
        let text = neutralise_lines(&text);
        if !text.contains('\n') {
            self.push(
                depth,
                key,
                &format!("\"{}\"", written(value)),
                LineKind::String,
                from,
            );
            return;
        }
        let mut lines = text.lines();
        self.push(
            depth,
            key,
            lines.next().unwrap_or_default(),
            LineKind::String,
            from.clone(),
        );
        for line in lines {
            self.push(depth + 1, None, line, LineKind::Text, from.clone());
        }
    }

    /// Adds the line that closes what was open.
    fn close(&mut self, done: Open<'_>, depth: usize) {
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
        });
    }

    /// Adds a line; false when there is no room for it.
    fn push(
        &mut self,
        depth: usize,
        key: Option<String>,
        text: &str,
        kind: LineKind,
        from: Option<(usize, Step)>,
    ) -> bool {
        if !self.has_room(depth) {
            self.detail.is_cut = true;
            return false;
        }
        let (parent, step) = from.map_or((None, None), |(parent, step)| (Some(parent), Some(step)));
        self.detail.lines.push(DetailLine {
            depth,
            key,
            text: head(text, WIDTH).to_owned(),
            kind,
            parent,
            step,
        });
        true
    }
}
