//! Text with `*` for any run of characters.

/// A text that may hold wildcards, kept as the pieces between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glob {
    /// At least one piece; with one there is no wildcard.
    pieces: Vec<Box<str>>,
}

impl Glob {
    /// Reads `*` as a wildcard, `\*` as a star and `\\` as a backslash.
    pub(super) fn parse(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut piece = String::new();
        let mut characters = text.chars().peekable();
        while let Some(next) = characters.next() {
            match next {
                '*' => pieces.push(std::mem::take(&mut piece).into_boxed_str()),
                '\\' => {
                    piece.push(
                        characters
                            .next_if(|c| matches!(c, '*' | '\\'))
                            .unwrap_or(next),
                    );
                }
                _ => piece.push(next),
            }
        }
        pieces.push(piece.into_boxed_str());
        Self { pieces }
    }

    /// Whether it is `*` alone: any value at all.
    pub(super) fn is_anything(&self) -> bool {
        self.pieces.len() > 1 && self.pieces.iter().all(|piece| piece.is_empty())
    }

    /// Whether the whole of `text` fits. Each piece is looked for once, from left to right.
    pub(super) fn matches(&self, text: &str) -> bool {
        let (Some((first, others)), Some(last)) = (self.pieces.split_first(), self.pieces.last())
        else {
            return false;
        };
        let Some((_, middle)) = others.split_last() else {
            return text == &**first;
        };
        let inner = text
            .strip_prefix(&**first)
            .and_then(|text| text.strip_suffix(&**last));
        let Some(mut inner) = inner else {
            return false;
        };
        for piece in middle {
            let Some((_, after)) = inner.split_once(&**piece) else {
                return false;
            };
            inner = after;
        }
        true
    }
}
