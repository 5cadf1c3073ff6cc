//! What the commands of TeX say in a line of text.

use super::MathKind;

/// What a command says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Only room.
    Nothing,
    /// The size of the bracket behind it; a full stop for a bracket that is not there.
    Skip,
    /// This sign.
    Sign(MathKind, &'static str),
    /// A mark on its argument.
    Accent(&'static str),
    /// The look of its argument.
    Style,
    /// Its argument is words.
    Words,
    /// One argument over the other.
    Fraction,
    /// The root of its argument.
    Root,
    /// Several lines.
    Begin,
}

/// What a command says; none for one that is not known.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    Some(match name {
        "," | ";" | ":" | "!" | " " | "quad" | "qquad" | "displaystyle" | "textstyle"
        | "limits" | "nolimits" | "notag" | "nonumber" => Meaning::Nothing,
        "left" | "right" | "big" | "Big" | "bigl" | "bigr" | "Bigl" | "Bigr" | "bigg" | "Bigg" => {
            Meaning::Skip
        }
        "frac" | "dfrac" | "tfrac" | "cfrac" => Meaning::Fraction,
        "sqrt" => Meaning::Root,
        "begin" => Meaning::Begin,
        "text" | "textrm" | "textbf" | "textit" | "mbox" | "operatorname" => Meaning::Words,
        "mathrm" | "mathbf" | "mathit" | "mathcal" | "mathbb" | "mathsf" | "mathtt"
        | "boldsymbol" | "bm" => Meaning::Style,
        "bar" | "overline" => Meaning::Accent("¯"),
        "hat" | "widehat" => Meaning::Accent("ˆ"),
        "vec" => Meaning::Accent("→"),
        "tilde" | "widetilde" => Meaning::Accent("˜"),
        "dot" => Meaning::Accent("˙"),
        _ => return sign(name),
    })
}

fn sign(name: &str) -> Option<Meaning> {
    let functions = [
        "log", "ln", "exp", "sin", "cos", "tan", "max", "min", "lim", "sup", "inf", "det", "arg",
        "gcd", "mod", "Pr",
    ];
    if let Some(name) = functions.into_iter().find(|it| *it == name) {
        return Some(Meaning::Sign(MathKind::Words, name));
    }
    let find = |signs: &[(&str, &'static str)]| {
        let mut signs = signs.iter();
        signs.find(|(it, _)| *it == name).map(|(_, sign)| *sign)
    };
    let letter = find(LETTERS).map(|sign| Meaning::Sign(MathKind::Leaf, sign));
    letter.or_else(|| find(OPERATORS).map(|sign| Meaning::Sign(MathKind::Operator, sign)))
}

const LETTERS: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("varepsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("iota", "ι"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("phi", "φ"),
    ("varphi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("Gamma", "Γ"),
    ("Delta", "Δ"),
    ("Theta", "Θ"),
    ("Lambda", "Λ"),
    ("Xi", "Ξ"),
    ("Pi", "Π"),
    ("Sigma", "Σ"),
    ("Phi", "Φ"),
    ("Psi", "Ψ"),
    ("Omega", "Ω"),
    ("infty", "∞"),
    ("ell", "ℓ"),
    ("partial", "∂"),
    ("nabla", "∇"),
    ("emptyset", "∅"),
    ("%", "%"),
    ("$", "$"),
    ("#", "#"),
    ("_", "_"),
];

const OPERATORS: &[(&str, &str)] = &[
    ("cdot", "·"),
    ("times", "×"),
    ("div", "÷"),
    ("pm", "±"),
    ("mp", "∓"),
    ("le", "≤"),
    ("leq", "≤"),
    ("ge", "≥"),
    ("geq", "≥"),
    ("lt", "<"),
    ("gt", ">"),
    ("ll", "≪"),
    ("gg", "≫"),
    ("ne", "≠"),
    ("neq", "≠"),
    ("approx", "≈"),
    ("equiv", "≡"),
    ("sim", "∼"),
    ("propto", "∝"),
    ("in", "∈"),
    ("notin", "∉"),
    ("subset", "⊂"),
    ("subseteq", "⊆"),
    ("cup", "∪"),
    ("cap", "∩"),
    ("forall", "∀"),
    ("exists", "∃"),
    ("neg", "¬"),
    ("land", "∧"),
    ("wedge", "∧"),
    ("lor", "∨"),
    ("vee", "∨"),
    ("oplus", "⊕"),
    ("otimes", "⊗"),
    ("to", "→"),
    ("rightarrow", "→"),
    ("leftarrow", "←"),
    ("Rightarrow", "⇒"),
    ("implies", "⇒"),
    ("iff", "⇔"),
    ("mapsto", "↦"),
    ("mid", "|"),
    ("sum", "∑"),
    ("prod", "∏"),
    ("int", "∫"),
    ("ldots", "…"),
    ("cdots", "⋯"),
    ("dots", "…"),
    ("circ", "∘"),
    ("star", "⋆"),
    ("{", "{"),
    ("}", "}"),
    ("|", "|"),
    ("\\", ";"),
    ("&", "&"),
    ("lfloor", "⌊"),
    ("rfloor", "⌋"),
    ("lceil", "⌈"),
    ("rceil", "⌉"),
    ("langle", "⟨"),
    ("rangle", "⟩"),
];
