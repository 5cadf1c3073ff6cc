//! What can be asked of a layout.

/// How an article is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct LayoutOptions {
    /// Wrap lines of code that are too wide, with a mark, rather than let them scroll sideways.
    pub wrap_code: bool,
    /// Draw bullets, bars and rules in ASCII.
    pub ascii: bool,
    /// Mark code in running text and deleted text with characters, for output without looks.
    pub marks: bool,
}
