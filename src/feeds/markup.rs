//! Markup as pieces, whatever is wrong with it: a scanner for XML and HTML that never fails and never looks back.

/// A piece of markup, borrowed from it. Together the pieces are the whole text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkupPiece<'a> {
    /// Text between tags, entities and all.
    Text(&'a str),
    /// The inside of a CDATA section.
    Verbatim(&'a str),
    /// A start tag from `<` to `>`.
    Start(&'a str),
    /// A start tag that ends itself.
    Empty(&'a str),
    /// An end tag.
    End(&'a str),
    /// `<!doctype …>`.
    Doctype(&'a str),
    /// A comment or a processing instruction.
    Aside,
    /// Something that begins and never ends.
    Unfinished,
}

impl<'a> MarkupPiece<'a> {
    /// The name of a tag as written; empty for everything else.
    pub(super) fn name(&self) -> &'a str {
        let (Self::Start(tag) | Self::Empty(tag) | Self::End(tag)) = self else {
            return "";
        };
        let name = tag.trim_start_matches(['<', '/']);
        let ends =
            |c: char| c.is_whitespace() || matches!(c, '/' | '<' | '>' | '"' | '\'' | '&' | '=');
        name.split(ends).next().unwrap_or_default()
    }
}

/// A name without its namespace prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The pieces of a markup text, in order.
#[derive(Debug, Clone)]
pub(super) struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    /// Reads a text from its beginning.
    pub(super) const fn of(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// What was not read yet.
    pub(super) const fn rest(&self) -> &'a str {
        self.rest
    }

    /// Takes everything up to the end tag of this name, which is matched in any case: the inside of a script.
    pub(super) fn skip_raw(&mut self, name: &str) {
        while let Some(at) = self.rest.find("</") {
            let (_, tail) = self.rest.split_at(at);
            let found = tail.get(2..2 + name.len());
            if found.is_some_and(|found| found.eq_ignore_ascii_case(name)) {
                self.rest = tail;
                return;
            }
            self.rest = tail.get(2..).unwrap_or_default();
        }
        self.rest = "";
    }

    /// The text before `end`, which is passed over; everything when it is not there.
    fn until(&mut self, start: usize, end: &str) -> Option<&'a str> {
        let inside = self.rest.get(start..)?;
        let Some(at) = inside.find(end) else {
            self.rest = "";
            return None;
        };
        self.rest = inside.get(at + end.len()..)?;
        inside.get(..at)
    }

    /// The first `length` bytes.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn tag(&mut self) -> MarkupPiece<'a> {
        let Some(length) = tag_length(self.rest) else {
            self.rest = "";
            return MarkupPiece::Unfinished;
        };
        let tag = self.take(length);
        match tag {
            _ if tag.starts_with("</") => MarkupPiece::End(tag),
            _ if tag.ends_with("/>") => MarkupPiece::Empty(tag),
            _ => MarkupPiece::Start(tag),
        }
    }

    fn declaration(&mut self) -> MarkupPiece<'a> {
        if self.rest.starts_with("<!--") {
            return self
                .until(4, "-->")
                .map_or(MarkupPiece::Unfinished, |_| MarkupPiece::Aside);
        }
        if self.rest.starts_with("<![CDATA[") {
            return self
                .until(9, "]]>")
                .map_or(MarkupPiece::Unfinished, MarkupPiece::Verbatim);
        }
        let Some(length) = doctype_length(self.rest) else {
            self.rest = "";
            return MarkupPiece::Unfinished;
        };
        MarkupPiece::Doctype(self.take(length))
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = MarkupPiece<'a>;

    fn next(&mut self) -> Option<MarkupPiece<'a>> {
        let mut after = self.rest.chars();
        match (after.next()?, after.next()) {
            ('<', Some('!')) => Some(self.declaration()),
            ('<', Some('?')) => Some(
                self.until(2, "?>")
                    .map_or(MarkupPiece::Unfinished, |_| MarkupPiece::Aside),
            ),
            ('<', Some('/' | 'a'..='z' | 'A'..='Z' | '_' | ':')) => Some(self.tag()),
            ('<', None) => {
                self.rest = "";
                Some(MarkupPiece::Unfinished)
            }
            (first, _) => {
                let inside = self.rest.get(first.len_utf8()..).unwrap_or_default();
                let length = inside.find('<').unwrap_or(inside.len()) + first.len_utf8();
                Some(MarkupPiece::Text(self.take(length)))
            }
        }
    }
}

/// The length of a tag in bytes, with its `>`; a `>` between quotes does not end it.
fn tag_length(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = b'<';
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            // Only after an equals sign: the apostrophe of `<p don't>` opens nothing.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    None
}

/// The length of a document type declaration, with what it declares inside.
fn doctype_length(text: &str) -> Option<usize> {
    let mut inside = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => inside += 1,
            b']' => inside = inside.saturating_sub(1),
            b'>' if inside == 0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The value of an attribute as written, by its name in any case.
pub(super) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    attributes(tag)
        .find(|(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// Names and values of a tag's attributes, as written; a value of none is empty.
pub(super) fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let name_end = tag.find(|c: char| c.is_whitespace()).unwrap_or(tag.len());
    let mut rest = tag.get(name_end..).unwrap_or_default();
    std::iter::from_fn(move || {
        let blank = |c: char| c.is_whitespace() || matches!(c, '/' | '>');
        rest = rest.trim_start_matches(blank);
        let end = rest
            .find(|c: char| blank(c) || c == '=')
            .filter(|end| *end > 0);
        let (name, after) =
            rest.split_at(end.or_else(|| (!rest.is_empty()).then_some(rest.len()))?);
        let Some(value) = after.trim_start().strip_prefix('=') else {
            rest = after;
            return Some((name, ""));
        };
        let value = value.trim_start();
        let quoted = value.strip_prefix('"').map(|inside| (inside, '"'));
        let quoted = quoted.or_else(|| value.strip_prefix('\'').map(|inside| (inside, '\'')));
        let (value, after) = match quoted {
            Some((inside, quote)) => inside.split_once(quote).unwrap_or((inside, "")),
            None => value.split_at(
                value
                    .find(|c: char| c.is_whitespace() || c == '>')
                    .unwrap_or(value.len()),
            ),
        };
        rest = after;
        Some((name, value))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_kind_of_piece_is_told() {
        let text = "<?xml?><!DOCTYPE a [<!ENTITY b \"c\">]>x<a b='>'><c/><![CDATA[<&]]></a><!--d-->1 < 2<e";
        let pieces: Vec<MarkupPiece<'_>> = Pieces::of(text).collect();
        assert_eq!(
            pieces,
            [
                MarkupPiece::Aside,
                MarkupPiece::Doctype("<!DOCTYPE a [<!ENTITY b \"c\">]>"),
                MarkupPiece::Text("x"),
                MarkupPiece::Start("<a b='>'>"),
                MarkupPiece::Empty("<c/>"),
                MarkupPiece::Verbatim("<&"),
                MarkupPiece::End("</a>"),
                MarkupPiece::Aside,
                MarkupPiece::Text("1 "),
                MarkupPiece::Text("< 2"),
                MarkupPiece::Unfinished,
            ]
        );
        assert_eq!(
            Pieces::of("<dc:date\n x>").next().unwrap().name(),
            "dc:date"
        );
        assert_eq!((local("dc:date"), local("a")), ("date", "a"));
    }

    #[test]
    fn attributes_are_read_in_every_way_of_writing() {
        let tag = "<link rel=alternate TYPE = 'a b' href=\"x>y\" hidden/>";
        let found: Vec<_> = attributes(tag).collect();
        assert_eq!(
            found,
            [
                ("rel", "alternate"),
                ("TYPE", "a b"),
                ("href", "x>y"),
                ("hidden", "")
            ]
        );
        assert_eq!(attribute(tag, "type"), Some("a b"));
        assert_eq!(attribute("<a =b>", "x"), None);
    }

    #[test]
    fn the_inside_of_a_script_is_passed_over() {
        let mut pieces = Pieces::of("if (a</b) </SCRIPT>after");
        pieces.skip_raw("script");
        assert_eq!(pieces.next(), Some(MarkupPiece::End("</SCRIPT>")));
        assert_eq!(pieces.next(), Some(MarkupPiece::Text("after")));
    }

    proptest! {
        #[test]
        fn nothing_is_too_strange(text in "[<>!?/a\\[\\]\"'= \\-é&;]{0,60}") {
            for piece in Pieces::of(&text) {
                if let MarkupPiece::Start(tag) | MarkupPiece::Empty(tag) = piece {
                    prop_assert!(attributes(tag).count() <= tag.len());
                }
            }
            let mut pieces = Pieces::of(&text);
            pieces.skip_raw("a");
        }
    }
}
