//! Tests of reading plain text.

use crate::articles::{Document, LayoutOptions, Markup, Text};

fn read(source: &str) -> Document {
    Document::read(&Text {
        markup: Markup::Plain,
        source: source.to_owned(),
        base: None,
        enclosures: Vec::new(),
    })
}

fn show(source: &str) -> String {
    let layout = read(source).lay_out(60, &LayoutOptions::default());
    let line = |line: &crate::articles::Line| -> String {
        line.spans.iter().map(|span| span.text.as_str()).collect()
    };
    layout.lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

const LONG: &str =
    "A line that is long enough to be taken for running text, with a full stop behind it.";

#[test]
fn markup_is_what_its_author_wrote() {
    let shown = show("Set env.<VAR_NAME> and <region> &amp; <b>wait</b>.");
    assert_eq!(shown, "Set env.<VAR_NAME> and <region> &amp; <b>wait</b>.");
}

#[test]
fn a_short_line_before_a_long_one_is_a_heading() {
    let document = read(&format!("{LONG}\nHow it works\n{LONG}\nWhat now?\n{LONG}"));
    let headings: Vec<String> = document
        .lay_out(60, &LayoutOptions::default())
        .headings
        .into_iter()
        .map(|heading| heading.text)
        .collect();
    assert_eq!(headings, ["How it works", "What now?"]);
}

#[test]
fn what_follows_a_colon_is_a_list_while_it_is_no_sentence() {
    let shown = show(&format!(
        "You need three things:\na bucket\na queue,\na key\n{LONG}"
    ));
    assert!(
        shown.contains("  • a bucket\n  • a queue,\n  • a key\n\nA line"),
        "{shown}"
    );
    let shown = show(
        "It has two parts:\nThe reader: takes lines.\nThe writer: gives them back.\nBoth are small, as said before.",
    );
    assert!(
        shown.contains("  • The reader: takes lines.\n  • The writer: gives them back.\n\nBoth"),
        "{shown}"
    );
    let shown = show(
        "It is as follows:\nNo list begins here, for this is a sentence.\nNor is this one an item of it.",
    );
    assert!(!shown.contains('•'), "{shown}");
}

#[test]
fn numbers_and_bullets_are_items() {
    let shown = show("1. Go there\n3. Come back\n- rest\n- sleep");
    assert_eq!(
        shown,
        "  1. Go there\n  3. Come back\n  •  rest\n  •  sleep"
    );
}

#[test]
fn runs_of_code_stay_as_they_are() {
    let code = "export default {\nasync fetch(request, env) {\nlet name = new URL(request.url).host;\n// outbound\nreturn name;\n}\n};";
    let source = format!(
        "Here it is:\n{code}\nThis is all that has to be said about it, and it is not much."
    );
    let document = read(&source);
    let layout = document.lay_out(60, &LayoutOptions::default());
    assert_eq!(layout.code.len(), 1, "{}", show(&source));
    assert_eq!(layout.code[0].text, code);
    for line in [
        "npm install some-package",
        "const store = await open(path);",
        "sam deploy --guided",
        "[vars]",
    ] {
        assert_eq!(
            read(line).lay_out(60, &LayoutOptions::default()).code.len(),
            1,
            "{line}"
        );
    }
}

#[test]
fn a_block_that_begins_with_an_import_is_one_block() {
    let code = "import json\nimport os.path as path, sys\ndef handler(event):\nreturn event";
    let hand = "Some words\nwrapped by hand, and this is the code of it all, as it is.";
    for before in [LONG, "This shows it:", hand] {
        let blank = if before == hand { "\n\nthe end" } else { "" };
        let layout =
            read(&format!("{before}\n{code}{blank}")).lay_out(60, &LayoutOptions::default());
        let blocks: Vec<&str> = layout.code.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(blocks, [code], "{before}");
    }
    let layout = read("import json").lay_out(60, &LayoutOptions::default());
    assert!(layout.code.is_empty(), "alone it could be prose");
}

#[test]
fn prose_that_names_code_is_prose() {
    for line in [
        "When you run wrangler dev you will see (after a while) the page; open it.",
        "Best practices for functions – You will learn from an expert how to get most out of them.",
        "We call it “database” = a place for data.",
        "Go to the folder and copy the file.",
        "Note: the values are only an example; yours will differ from them, of course;",
        "import duties are high this year, they say",
    ] {
        let layout = read(line).lay_out(60, &LayoutOptions::default());
        assert!(layout.code.is_empty(), "{line}");
    }
}

#[test]
fn text_wrapped_by_hand_flows_again() {
    let shown =
        show("One sentence that was\nwrapped by hand.\n\n    make all\n    make test\n\n- an item");
    assert!(
        shown.starts_with("One sentence that was wrapped by hand.\n\n──"),
        "{shown}"
    );
    assert!(shown.contains("\n    make all\n    make test\n"), "{shown}");
}

#[test]
fn every_word_is_shown() {
    let source = format!("Heading\n{LONG}\nlist:\none\ntwo\nlet x = f(1);\n\n{LONG}");
    let shown = show(&source);
    let words = |text: &str| -> Vec<String> {
        let letters =
            |word: &str| -> String { word.chars().filter(char::is_ascii_alphanumeric).collect() };
        text.split_whitespace()
            .map(letters)
            .filter(|word| !word.is_empty())
            .collect()
    };
    assert_eq!(words(&shown), words(&source));
}

#[test]
fn hundreds_of_thousands_of_lines_are_read_in_one_pass() {
    // What reads every line again for each line would take hours, and this test would not end.
    let words = |line: &str, count: usize| read(&format!("{line}\n").repeat(count)).plain_text();
    let fields = words("key: value", 300_000);
    assert_eq!(fields.matches("key: value").count(), 300_000);
    for line in [
        "import a",
        "It has:",
        "a = b",
        "short",
        "    code",
        "One: two three.",
    ] {
        let shown = words(line, 50_000);
        assert_eq!(shown.matches(line.trim()).count(), 50_000, "{line}");
    }
}
