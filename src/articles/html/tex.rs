//! TeX as one line of text, as far as it is that of ordinary formulas: `x = -b/(2a)·√y·z^10`.

mod signs;

use super::mathml::{MathKind, MathPiece, put_together, row};
use signs::{Meaning, meaning};

/// Groups inside each other that are read; a formula with more is left as it is.
const DEEPEST: usize = 32;
/// The longest formula that is read, in bytes.
const LONGEST: usize = 4 << 10;

/// A formula as one line; none if it says more than a line can.
pub(super) fn line(source: &str) -> Option<String> {
    let source = ["\\(", "\\[", "$$"]
        .iter()
        .fold(source.trim(), |source, open| {
            let close = open.replace('(', ")").replace('[', "]");
            let inner = source
                .strip_prefix(open)
                .and_then(|it| it.strip_suffix(&*close));
            inner.unwrap_or(source)
        });
    if source.is_empty() || source.len() > LONGEST {
        return None;
    }
    let mut reader = TexReader {
        rest: source,
        depth: 0,
        rows: 0,
    };
    let line = reader.row("")?.text;
    (reader.rest.is_empty() && !line.is_empty()).then_some(line)
}

struct TexReader<'a> {
    rest: &'a str,
    depth: usize,
    /// Open environments in which `&` parts cells.
    rows: usize,
}

impl<'a> TexReader<'a> {
    /// What stands up to `end`, which is taken too.
    fn row(&mut self, end: &str) -> Option<MathPiece> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut parts: Vec<MathPiece> = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() || (!end.is_empty() && self.rest.starts_with(end)) {
                self.rest = self.rest.strip_prefix(end)?;
                break;
            }
            match self.rest.strip_prefix(['^', '_']) {
                Some(_) => self.script(&mut parts)?,
                None => parts.extend(Some(self.piece()?).filter(|it| !it.text.is_empty())),
            }
        }
        self.depth -= 1;
        Some(row(&parts))
    }

    /// What is raised and lowered behind a piece.
    fn script(&mut self, parts: &mut Vec<MathPiece>) -> Option<()> {
        let base = parts.pop()?;
        let kind = base.kind;
        let base = match kind {
            // The name of a function needs no brackets.
            MathKind::Words => of(MathKind::Leaf, &base.text),
            _ => base,
        };
        let (mut raised, mut lowered) = (None, None);
        while let Some(rest) = self.rest.trim_start().strip_prefix(['^', '_']) {
            let place = if self.rest.trim_start().starts_with('^') {
                &mut raised
            } else {
                &mut lowered
            };
            self.rest = rest;
            if place.replace(self.argument()?).is_some() {
                return None;
            }
        }
        let piece = match (lowered, raised) {
            (Some(lowered), Some(raised)) => put_together("msubsup", &[base, lowered, raised]),
            (Some(lowered), None) => put_together("msub", &[base, lowered]),
            (_, Some(raised)) => put_together("msup", &[base, raised]),
            _ => base,
        };
        // A name stays one: it multiplies with its neighbours as letters do.
        let kind = match kind {
            MathKind::Leaf | MathKind::Words => kind,
            _ => piece.kind,
        };
        parts.push(MathPiece { kind, ..piece });
        Some(())
    }

    /// A group, a command or a sign.
    fn argument(&mut self) -> Option<MathPiece> {
        self.rest = self.rest.trim_start();
        self.piece()
    }

    /// What comes next; an empty piece for what only places things.
    fn piece(&mut self) -> Option<MathPiece> {
        let first = self.rest.chars().next()?;
        self.rest = self.rest.get(first.len_utf8()..)?;
        Some(match first {
            '{' => self.row("}")?,
            '\\' => self.command()?,
            '&' if self.rows > 0 => of(MathKind::Operator, ","),
            '&' | '~' => of(MathKind::Leaf, ""),
            '}' | '^' | '_' | '$' | '#' => return None,
            _ if first.is_ascii_digit() => of(MathKind::Leaf, &self.number(first)),
            _ if first.is_alphanumeric() => of(MathKind::Leaf, first.encode_utf8(&mut [0; 4])),
            _ => of(MathKind::Operator, first.encode_utf8(&mut [0; 4])),
        })
    }

    fn number(&mut self, first: char) -> String {
        let digits = self
            .rest
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let taken = self.rest.len() - digits.len();
        let (number, rest) = self.rest.split_at_checked(taken).unwrap_or_default();
        let kept = number.trim_end_matches('.');
        self.rest = self.rest.get(kept.len()..).unwrap_or(rest);
        format!("{first}{kept}")
    }

    /// A command, its backslash being taken.
    fn command(&mut self) -> Option<MathPiece> {
        let name = self.name()?;
        Some(match meaning(name)? {
            Meaning::Nothing => of(MathKind::Leaf, ""),
            Meaning::Skip => {
                self.rest = self.rest.trim_start();
                self.rest = self.rest.strip_prefix('.').unwrap_or(self.rest);
                of(MathKind::Leaf, "")
            }
            Meaning::Sign(kind, sign) => of(kind, sign),
            Meaning::Accent(sign) => {
                let inner = self.argument()?;
                put_together("mover", &[inner, of(MathKind::Leaf, sign)])
            }
            Meaning::Style => self.argument()?,
            Meaning::Words => of(MathKind::Words, self.braced()?),
            Meaning::Fraction => {
                let parts = [self.argument()?, self.argument()?];
                put_together("mfrac", &parts)
            }
            Meaning::Root => self.root()?,
            Meaning::Begin => self.begin()?,
        })
    }

    fn name(&mut self) -> Option<&'a str> {
        let letters = self
            .rest
            .trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let taken = self.rest.len() - letters.len();
        let taken = if taken == 0 {
            self.rest.chars().next()?.len_utf8()
        } else {
            taken
        };
        let (name, rest) = self.rest.split_at_checked(taken)?;
        self.rest = rest;
        Some(name)
    }

    /// The text of a group as it stands.
    fn braced(&mut self) -> Option<&'a str> {
        let inner = self.rest.trim_start().strip_prefix('{')?;
        let (words, rest) = inner.split_once('}')?;
        self.rest = rest;
        (!words.contains(['{', '\\', '$'])).then(|| words.trim())
    }

    fn root(&mut self) -> Option<MathPiece> {
        let degree = match self.rest.trim_start().strip_prefix('[') {
            Some(rest) => {
                self.rest = rest;
                Some(self.row("]")?)
            }
            None => None,
        };
        let inner = self.argument()?;
        Some(match degree {
            Some(degree) => put_together("mroot", &[inner, degree]),
            None => put_together("msqrt", &[inner]),
        })
    }

    /// A matrix or several lines.
    fn begin(&mut self) -> Option<MathPiece> {
        let name = self.braced()?;
        let is_matrix = name.ends_with("matrix");
        if !is_matrix
            && !matches!(
                name,
                "aligned" | "align" | "align*" | "equation" | "equation*" | "split" | "gathered"
            )
        {
            return None;
        }
        self.rows += usize::from(is_matrix);
        let inner = self.row(&format!("\\end{{{name}}}"))?;
        self.rows -= usize::from(is_matrix);
        let text = inner.text.trim_end_matches([';', ' ']);
        Some(if is_matrix {
            of(MathKind::Compound, &format!("[{text}]"))
        } else {
            of(inner.kind, text)
        })
    }
}

fn of(kind: MathKind, text: &str) -> MathPiece {
    MathPiece {
        text: text.to_owned(),
        kind,
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn ordinary_formulas_are_one_line() {
        for (source, expected) in [
            ("x = \\frac{-b}{2a}\\sqrt{y}z^{10}", "x = -b/(2a)·√y·z^10"),
            ("E = mc^2", "E = mc^2"),
            ("\\frac{a + 1}{2}", "(a + 1)/2"),
            ("x_{i+1}^2", "x_(i + 1)^2"),
            ("\\sqrt[3]{x}", "x^(1/3)"),
            ("\\sum_{i=1}^{n} i", "∑_(i = 1)^n·i"),
            ("f(x, y) \\le \\alpha\\cdot 1.5", "f(x, y) ≤ α · 1.5"),
            ("\\left( a \\right)", "(a)"),
            ("\\text{cold starts} = 4", "cold starts = 4"),
            ("\\log n", "log n"),
            (
                "\\begin{pmatrix}1 & 0\\\\ 0 & 1\\end{pmatrix}",
                "[1, 0; 0, 1]",
            ),
            ("\\(a\\)", "a"),
        ] {
            assert_eq!(line(source).as_deref(), Some(expected), "{source}");
        }
    }

    #[test]
    fn what_a_line_cannot_say_is_left_to_its_source() {
        for source in [
            "",
            "\\unheardof{x}",
            "a^",
            "{a",
            "a}",
            "\\",
            "x^2^3",
            "\\frac{a}",
        ] {
            assert_eq!(line(source), None, "{source}");
        }
        assert_eq!(line(&"{".repeat(4_000)), None);
    }
}
