//! MathML as one line of text: `x = -b/(2a)·√y·z^10`.

/// Elements inside each other that are told apart; deeper ones are part of the row around them.
const DEEPEST: usize = 64;

/// A formula in MathML being read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct LinearMath {
    /// The open elements, outermost first.
    open: Vec<MathNode>,
    /// Elements that are open beyond [`DEEPEST`].
    deeper: usize,
    done: Vec<MathPiece>,
}

/// An element whose end has not come yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct MathNode {
    name: String,
    pieces: Vec<MathPiece>,
    words: String,
}

/// A part of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MathPiece {
    /// What it says.
    pub(super) text: String,
    pub(super) kind: MathKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MathKind {
    /// A sign between two others.
    Operator,
    /// A name or a number.
    Leaf,
    /// Something that was put together, and multiplies with what stands beside it.
    Compound,
    /// Words.
    Words,
}

impl LinearMath {
    /// An element begins.
    pub(super) fn start(&mut self, name: &str) {
        if self.open.len() >= DEEPEST {
            self.deeper += 1;
            return;
        }
        self.open.push(MathNode {
            name: name.to_owned(),
            ..MathNode::default()
        });
    }

    /// An element ends, and those in it whose end was forgotten.
    pub(super) fn end(&mut self, name: &str) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        if !self.open.iter().any(|node| node.name == name) {
            return;
        }
        while let Some(node) = self.open.pop() {
            let last = node.name == name;
            self.add(node.finish());
            if last {
                return;
            }
        }
    }

    /// Text within the open element.
    pub(super) fn push(&mut self, text: &str) {
        if let Some(node) = self.open.last_mut() {
            node.words.push_str(text);
        }
    }

    fn add(&mut self, piece: Option<MathPiece>) {
        let pieces = self
            .open
            .last_mut()
            .map_or(&mut self.done, |node| &mut node.pieces);
        pieces.extend(piece);
    }

    /// The formula, as far as it was read.
    pub(super) fn text(&self) -> String {
        let mut all = self.clone();
        while let Some(node) = all.open.pop() {
            all.add(node.finish());
        }
        row(&all.done).text
    }
}

impl MathNode {
    fn finish(mut self) -> Option<MathPiece> {
        let words: String = self.words.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = words.replace(['\u{2061}', '\u{2062}', '\u{2063}', '\u{2064}'], "");
        let leaf = |kind| MathPiece {
            text: words.clone(),
            kind,
        };
        let piece = match self.name.as_str() {
            "mo" => leaf(MathKind::Operator),
            "mtext" | "ms" => leaf(MathKind::Words),
            "mi" | "mn" => leaf(MathKind::Leaf),
            "annotation" | "annotation-xml" | "mspace" | "mphantom" => return None,
            _ => {
                if !words.is_empty() {
                    self.pieces.push(leaf(MathKind::Leaf));
                }
                put_together(&self.name, &self.pieces)
            }
        };
        (!piece.text.is_empty()).then_some(piece)
    }
}

/// What an element makes of its parts.
pub(super) fn put_together(name: &str, parts: &[MathPiece]) -> MathPiece {
    let part = |at: usize| parts.get(at).map(enclosed).unwrap_or_default();
    let list = |sign: &str| {
        parts
            .iter()
            .map(|it| it.text.as_str())
            .collect::<Vec<_>>()
            .join(sign)
    };
    let text = match (name, parts.len()) {
        ("mfrac", 2) => format!("{}/{}", side(parts.first()), part(1)),
        ("msqrt", _) => format!("√{}", enclosed(&row(parts))),
        ("mroot", 2) => format!("{}^(1/{})", part(0), part(1)),
        ("msup" | "mover", 2) => format!("{}^{}", part(0), part(1)),
        ("msub" | "munder", 2) => format!("{}_{}", part(0), part(1)),
        ("msubsup" | "munderover", 3) => format!("{}_{}^{}", part(0), part(1), part(2)),
        ("mfenced", _) => format!("({})", list(", ")),
        ("mtr" | "mlabeledtr", _) => list(", "),
        ("mtable", _) => format!("[{}]", list("; ")),
        _ => return row(parts),
    };
    let kind = MathKind::Compound;
    MathPiece { text, kind }
}

/// The numerator of a fraction: only sums need their brackets.
fn side(piece: Option<&MathPiece>) -> String {
    let Some(piece) = piece else {
        return String::new();
    };
    if piece.text.contains(' ') {
        enclosed(piece)
    } else {
        piece.text.clone()
    }
}

/// A part that stands for itself, or in brackets.
fn enclosed(piece: &MathPiece) -> String {
    let text = &piece.text;
    let is_number = text
        .chars()
        .all(|c| c.is_numeric() || matches!(c, '.' | ','));
    let is_single = text.chars().nth(1).is_none() || is_number;
    let is_closed = text.starts_with('(') && text.ends_with(')') && text.matches('(').count() == 1;
    if is_single || is_closed || (piece.kind == MathKind::Leaf && !text.contains(' ')) {
        text.clone()
    } else {
        format!("({text})")
    }
}

/// Parts side by side.
pub(super) fn row(parts: &[MathPiece]) -> MathPiece {
    if let [only] = parts {
        return only.clone();
    }
    let mut text = String::new();
    for (at, part) in parts.iter().enumerate() {
        if let Some(before) = at.checked_sub(1).and_then(|at| parts.get(at)) {
            text.push_str(between(before, part, at == 1));
        }
        text.push_str(&part.text);
    }
    let kind = MathKind::Compound;
    MathPiece { text, kind }
}

/// What stands between two parts; a sign at the beginning of a row belongs to what follows.
fn between(before: &MathPiece, after: &MathPiece, begins: bool) -> &'static str {
    let spaced = |piece: &MathPiece| {
        let tight = [
            "(", ")", "[", "]", "{", "}", "|", "!", "'", "′", ",", ".", ";", "∑", "∏", "∫", "∂",
            "∇",
        ];
        piece.kind == MathKind::Operator && !tight.contains(&piece.text.as_str())
    };
    match (before.kind, after.kind) {
        (MathKind::Operator, _) if begins => "",
        (MathKind::Operator, _) if matches!(before.text.as_str(), "," | ";") => " ",
        (MathKind::Words, _) | (_, MathKind::Words) => " ",
        _ if spaced(before) || spaced(after) => " ",
        (MathKind::Compound, MathKind::Leaf | MathKind::Compound)
        | (MathKind::Leaf, MathKind::Compound) => "·",
        _ => "",
    }
}
