//! How long an article takes from its text to its lines, and what hostile markup costs.
//!
//! `cargo bench --bench articles`. Goals: an article of 112 KB opens within 8 ms, of which reading and laying it out is
//! the part measured here; a million nested tags are read and laid out within 300 ms.

mod long;
mod measure;

use std::fmt::Write as _;
use std::hint::black_box;

use iacstone::articles::{Document, LayoutOptions, Markup, Text};
use measure::{Goal, heading, median_ms, report};

const TRIES: usize = 31;
const WIDTH: usize = 100;
const NESTED: usize = 1_000_000;

fn main() {
    let article = text(long::article());
    heading("An article of 112 KB, a third of it code");
    time("reading", &article, TRIES, Goal::None, |text| {
        black_box(Document::read(text));
    });
    let document = Document::read(&article);
    let options = LayoutOptions::default();
    time("laying out", &article, TRIES, Goal::None, |_| {
        black_box(document.lay_out(WIDTH, &options));
    });
    time(
        "both: from text to lines",
        &article,
        TRIES,
        Goal::AtMost(8.0),
        open,
    );
    time("as Markdown", &article, TRIES, Goal::None, |text| {
        black_box(Document::read(text).markdown());
    });
    heading("A million nested tags");
    for tag in [
        "<div>",
        "<b>",
        "<blockquote>",
        "<ul><li>",
        "<table><tr><td>",
    ] {
        let tags = tag.matches('<').count();
        let hostile = text(tag.repeat(NESTED / tags) + "end");
        time(&format!("{tag}…"), &hostile, 5, Goal::AtMost(300.0), open);
    }
    heading("A megabyte that means harm");
    let attributes: String = (0..100_000).fold(String::new(), |mut all, at| {
        write!(all, "a{at}=''").ok();
        all
    });
    let harms = [
        ("attributes of one tag", format!("<a {attributes}>x")),
        ("one word", "x".repeat(1 << 20)),
        (
            "marks on one character",
            format!("x{}", "\u{301}".repeat(1 << 19)),
        ),
        ("items", "<li>x".repeat(200_000)),
    ];
    for (what, source) in harms {
        time(what, &text(source), 5, Goal::AtMost(300.0), open);
    }
}

fn text(source: String) -> Text {
    Text {
        markup: Markup::Html,
        source,
        base: Some("https://blog.example/post".to_owned()),
        enclosures: Vec::new(),
    }
}

fn open(text: &Text) {
    let layout = Document::read(text).lay_out(WIDTH, &LayoutOptions::default());
    black_box(layout);
}

fn time(what: &str, text: &Text, tries: usize, goal: Goal, work: impl Fn(&Text)) {
    let ms = median_ms(tries, || text, work);
    report(what, ms, "ms", goal);
}
