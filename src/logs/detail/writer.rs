//! Writes the lines of a detail.

use super::{DEPTH, Detail, DetailLine, LINES, LineKind};
use crate::logs::field::{Step, written};
use crate::logs::json::{Member, Members, Value, unescape};
use crate::text::{neutralise, neutralise_lines};

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

/// Where a line stands.
#[derive(Debug, Clone, Default)]
struct Spot {
    depth: usize,
    /// Its key, safe to draw.
    key: Option<String>,
    /// The line that opens what it is in, and its step from there.
    from: Option<(usize, Step)>,
    /// Of plain text, the number of its line.
    number: Option<usize>,
}

impl Writer {
    /// Adds lines of text; none for an empty text.
    pub(super) fn text(&mut self, text: &str) {
        for (number, line) in text.lines().enumerate() {
            let spot = Spot {
                number: Some(number),
                ..Spot::default()
            };
            self.push(spot, &neutralise(line), LineKind::Text);
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
            let step = key.map_or(Step::Place(place), |key| Step::Key(key.into()));
            (parent, step)
        });
        let spot = Spot {
            depth,
            key: shown,
            from,
            number: None,
        };
        match member.value {
            Value::Plain(text) => {
                self.push(spot, text, LineKind::Plain);
                None
            }
            Value::String(_) => {
                self.string(spot, member.value);
                None
            }
            Value::Object(_) => self.nested(spot, member.value, ("{", "}")),
            Value::Array(_) => self.nested(spot, member.value, ("[", "]")),
        }
    }

    /// Adds an object or array; returns it when it was opened: neither empty nor too deep.
    fn nested<'a>(
        &mut self,
        spot: Spot,
        value: Value<'a>,
        (opening, closing): (&str, &'static str),
    ) -> Option<Open<'a>> {
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
        self.push(spot, opening, kind).then(|| Open {
            line,
            members: value.members(),
            written: 0,
            closing,
        })
    }

    /// Adds a string: in quotes on one line, or as the lines it has.
    fn string(&mut self, spot: Spot, value: Value<'_>) {
        let text = unescape(value.text());
        let text = neutralise_lines(&text);
        if !text.contains('\n') {
            let text = format!("\"{}\"", written(value));
            self.push(spot, &text, LineKind::String);
            return;
        }
        let below = Spot {
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
            number: None,
        });
    }

    /// Adds a line; false when there is no room for it.
    fn push(&mut self, spot: Spot, text: &str, kind: LineKind) -> bool {
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
