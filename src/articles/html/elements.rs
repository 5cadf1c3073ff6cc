//! The elements of HTML by what they mean for the text around them.

use super::attributes::Attributes;

/// The level of a heading, 1 to 6.
pub(super) fn heading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// Elements whose content is no part of the text.
pub(super) fn is_unseen(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "title"
            | "textarea"
            | "template"
            | "svg"
            | "select"
            | "video"
            | "audio"
            | "canvas"
            | "rp"
    )
}

/// Whether an element holds the numbers of lines of code, which are no code.
pub(super) fn is_gutter(name: &str, attributes: Attributes<'_>) -> bool {
    let marked = |class: &str| GUTTERS.contains(&class);
    let is_cell = matches!(name, "td" | "th");
    !is_void(name)
        && (attributes.classes().any(marked)
            || (is_cell && attributes.value("data-line-number").is_some()))
}

/// Classes that highlighters give the numbers of lines.
pub(in crate::articles) const GUTTERS: [&str; 8] = [
    "lnt",
    "ln",
    "lineno",
    "linenos",
    "gutter",
    "line-numbers-rows",
    "rouge-gutter",
    "hljs-ln-numbers",
];

/// Elements without content: nothing ends them.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "hr"
            | "img"
            | "image"
            | "input"
            | "embed"
            | "source"
            | "meta"
            | "link"
            | "wbr"
            | "col"
            | "area"
    )
}

/// Elements that begin a line of their own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "aside"
            | "figure"
            | "center"
            | "fieldset"
            | "form"
            | "body"
            | "html"
            | "head"
            | "dl"
            | "hgroup"
            | "search"
            | "noscript"
            | "iframe"
            | "button"
            | "legend"
            | "thead"
            | "tbody"
            | "tfoot"
            | "pre"
            | "listing"
            | "xmp"
            | "object"
            | "option"
    )
}

/// Elements that end a paragraph, and have an end tag of their own.
pub(super) fn ends_paragraph(name: &str) -> bool {
    is_block(name)
        || heading(name).is_some()
        || matches!(
            name,
            "ul" | "ol" | "menu" | "dir" | "table" | "blockquote" | "details"
        )
}

/// Elements that no formula contains: one that is not closed ends there.
pub(super) fn ends_formula(name: &str) -> bool {
    heading(name).is_some()
        || matches!(
            name,
            "p" | "pre" | "ul" | "ol" | "li" | "table" | "blockquote" | "hr"
        )
}
