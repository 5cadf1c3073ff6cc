//! Running text: one string, and which stretch of it looks how.

use unicode_segmentation::GraphemeCursor;

use crate::articles::TextRole;
use crate::text;

/// Text with looks. In prose, white space is one space, a line break is `\n`, and everything is safe to show.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::articles) struct Flow {
    /// The text.
    pub(in crate::articles) text: String,
    /// Stretches in order; each begins where the one before ends.
    pub(in crate::articles) runs: Vec<TextRun>,
}

/// A stretch of text in one look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::articles) struct TextRun {
    /// The byte after its last.
    pub(in crate::articles) end: usize,
    /// How it looks.
    pub(in crate::articles) role: TextRole,
    /// The link it belongs to.
    pub(in crate::articles) link: Option<usize>,
}

impl Flow {
    /// Adds prose: white space is folded, dangerous characters are neutralised.
    pub(in crate::articles) fn push(&mut self, prose: &str, role: TextRole, link: Option<usize>) {
        let mut words = prose.split(is_space);
        if let Some(first) = words.next() {
            self.word(first);
        }
        for word in words {
            self.space();
            self.word(word);
        }
        self.mark(role, link);
    }

    /// Adds text as it is.
    pub(in crate::articles) fn push_exact(
        &mut self,
        text: &str,
        role: TextRole,
        link: Option<usize>,
    ) {
        self.text.push_str(text);
        self.mark(role, link);
    }

    /// Breaks the line, if there is one to break.
    pub(in crate::articles) fn push_break(&mut self) {
        self.trim();
        if !self.text.is_empty() {
            self.push_exact("\n", TextRole::Body, None);
        }
    }

    /// Takes the text out, without white space at its end.
    pub(in crate::articles) fn take(&mut self) -> Self {
        let mut flow = std::mem::take(self);
        while flow.text.ends_with([' ', '\n', '\u{a0}']) {
            flow.text.pop();
        }
        flow.clip();
        flow
    }

    /// Takes away the first `bytes` bytes.
    pub(in crate::articles) fn cut_front(&mut self, bytes: usize) {
        self.text = self.text.get(bytes..).unwrap_or_default().to_owned();
        for run in &mut self.runs {
            run.end = run.end.saturating_sub(bytes);
        }
        self.runs.retain(|run| run.end > 0);
    }

    /// Takes the bracket before a key away when the key is a bracket itself: `[[]` would be misread. Says whether it was.
    pub(in crate::articles) fn unwrap_bracket(&mut self) -> bool {
        let is_bracket = self.text.ends_with("[[") || self.text.ends_with("[]");
        if is_bracket {
            let key = self.text.pop();
            self.text.pop();
            self.text.extend(key);
            self.clip();
        }
        is_bracket
    }

    /// Whether there is nothing to see.
    pub(in crate::articles) fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    /// The pieces of the bytes from `start` to `end`, in order.
    pub(in crate::articles) fn pieces(
        &self,
        start: usize,
        end: usize,
    ) -> impl Iterator<Item = (&str, TextRun)> {
        let first = self.runs.partition_point(|run| run.end <= start);
        let mut from = start;
        let runs = self.runs.iter().skip(first);
        runs.map_while(move |run| {
            let to = run.end.min(end);
            let piece = self.text.get(from..to).filter(|piece| !piece.is_empty())?;
            from = to;
            Some((piece, *run))
        })
    }

    fn word(&mut self, word: &str) {
        self.text.push_str(&text::prose(word));
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    fn trim(&mut self) {
        if self.text.ends_with(' ') {
            self.text.pop();
            self.clip();
        }
    }

    /// Lets no run reach behind the text.
    fn clip(&mut self) {
        let end = self.text.len();
        while self.runs.len() > 1 {
            let before = self.runs.iter().rev().nth(1).map_or(0, |run| run.end);
            if before < end {
                break;
            }
            self.runs.pop();
        }
        if let Some(last) = self.runs.last_mut() {
            last.end = end;
        }
    }

    /// Gives what has no look yet this one.
    fn mark(&mut self, role: TextRole, link: Option<usize>) {
        let end = self.text.len();
        let begin = self.runs.last().map_or(0, |run| run.end);
        match self.runs.last_mut() {
            _ if begin == end => {}
            Some(last) if last.role == role && last.link == link => last.end = end,
            // A mark on the character before belongs to it, and is as wide as both together.
            Some(last) if !is_boundary(&self.text, begin) => last.end = end,
            _ => self.runs.push(TextRun { end, role, link }),
        }
    }
}

/// Whether a character as the eye sees it begins at a byte.
fn is_boundary(text: &str, at: usize) -> bool {
    let ascii = text.as_bytes().get(at).is_none_or(u8::is_ascii);
    ascii || GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0) != Ok(false)
}

/// White space as HTML knows it; a no-break space is none.
const fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(pieces: &[(&str, TextRole)]) -> Flow {
        let mut flow = Flow::default();
        for (text, role) in pieces {
            flow.push(text, *role, None);
        }
        flow.take()
    }

    #[test]
    fn white_space_is_folded_across_looks() {
        let flow = flow(&[
            ("  one \n", TextRole::Body),
            (" two", TextRole::Strong),
            ("three  ", TextRole::Body),
        ]);
        assert_eq!(flow.text, "one twothree");
        let pieces: Vec<(&str, TextRole)> = flow.pieces(0, 99).map(|(t, r)| (t, r.role)).collect();
        assert_eq!(
            pieces,
            [
                ("one ", TextRole::Body),
                ("two", TextRole::Strong),
                ("three", TextRole::Body)
            ]
        );
    }

    #[test]
    fn breaks_leave_no_space_around_them() {
        let mut flow = Flow::default();
        flow.push_break();
        flow.push("one ", TextRole::Strong, None);
        flow.push_break();
        flow.push(" two", TextRole::Body, None);
        flow.push_break();
        assert_eq!(flow.take().text, "one\ntwo");
    }

    #[test]
    fn runs_end_where_the_text_ends() {
        let flow = flow(&[
            ("one", TextRole::Body),
            (" ", TextRole::Strong),
            ("\u{a0}", TextRole::Link),
        ]);
        assert_eq!(flow.text, "one");
        assert_eq!(flow.runs.len(), 1);
        assert_eq!(flow.runs[0].end, 3);
    }

    #[test]
    fn escapes_and_invisible_characters_do_not_pass() {
        let flow = flow(&[("a\u{1b}[2Jb\u{202e}\u{200b}c", TextRole::Body)]);
        assert_eq!(flow.text, "ab\\u{202e}c");
    }

    #[test]
    fn joiners_and_selectors_stay_where_they_belong() {
        let family = "👨\u{200d}👩\u{200d}👧 ⚠\u{fe0f} می\u{200c}خواهم";
        assert_eq!(flow(&[(family, TextRole::Body)]).text, family);
    }

    #[test]
    fn a_cut_front_moves_the_runs() {
        let mut flow = flow(&[("[x] ", TextRole::Body), ("done", TextRole::Strong)]);
        flow.cut_front(4);
        let pieces: Vec<(&str, TextRole)> = flow.pieces(0, 99).map(|(t, r)| (t, r.role)).collect();
        assert_eq!(pieces, [("done", TextRole::Strong)]);
    }
}
