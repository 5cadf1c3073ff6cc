//! The fields of a line: words, `"quoted texts"` and `[bracketed texts]`.

/// One field, without the quotes or brackets around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ColumnField<'a>(pub(super) &'a str);

/// Goes over the fields of a line.
#[derive(Debug)]
pub(super) struct Fields<'a> {
    rest: &'a str,
    /// Closing marks that the rest of the line does not hold: looking again would make long lines slow.
    unclosed: (bool, bool),
}

pub(super) const fn fields(line: &str) -> Fields<'_> {
    Fields {
        rest: line,
        unclosed: (false, false),
    }
}

impl<'a> Fields<'a> {
    /// What is left as one field: the field when there is one, else the text as it stands; `None` at the end.
    pub(super) fn remainder(mut self) -> Option<ColumnField<'a>> {
        let whole = self.rest.trim();
        let first = self.next()?;
        let alone = self.rest.trim().is_empty();
        Some(if alone { first } else { ColumnField(whole) })
    }

    /// A text between marks, when the closing one is there.
    fn enclosed(&mut self) -> Option<ColumnField<'a>> {
        let (inner, close, unclosed) = match self.rest.strip_prefix('"') {
            Some(inner) => (inner, '"', &mut self.unclosed.0),
            None => (self.rest.strip_prefix('[')?, ']', &mut self.unclosed.1),
        };
        if *unclosed {
            return None;
        }
        let Some((field, after)) = inner.split_once(close) else {
            *unclosed = true;
            return None;
        };
        self.rest = after;
        Some(ColumnField(field))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = ColumnField<'a>;

    fn next(&mut self) -> Option<ColumnField<'a>> {
        self.rest = self.rest.trim_start();
        if self.rest.is_empty() {
            return None;
        }
        if let Some(field) = self.enclosed() {
            return Some(field);
        }
        let end = self
            .rest
            .find(char::is_whitespace)
            .unwrap_or(self.rest.len());
        let (field, after) = self.rest.split_at_checked(end)?;
        self.rest = after;
        Some(ColumnField(field))
    }
}
