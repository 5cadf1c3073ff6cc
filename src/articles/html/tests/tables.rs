//! Tables.

use std::fmt::Write as _;

use super::{layout, show, text, written};
use crate::articles::Document;

/// A table of 13 rows and 5 columns with emoji in its cells.
fn large() -> String {
    let mut html = "<table><thead><tr><th>Service</th><th>CDK</th><th>Terraform</th><th>Pulumi</th><th>Notes</th></tr></thead><tbody>".to_owned();
    for row in 1..13 {
        let sign = if row % 2 == 0 { "✅" } else { "❌" };
        write!(
            html,
            "<tr><td>Service {row}</td><td>{sign}</td><td>🚀🚀</td><td>{sign}</td><td>Something to say about number {row}</td></tr>"
        )
        .unwrap();
    }
    html + "</tbody></table>"
}

#[test]
fn columns_are_straight_whatever_is_in_them() {
    let bars = |line: &str| -> Vec<usize> {
        let at = line
            .match_indices(['│', '┼'])
            .map(|(at, _)| crate::text::width(&line[..at]));
        at.collect()
    };
    // The text of a terminal of 80 columns, and of one of 120.
    for page in [76, 88] {
        let layout = layout(&large(), page);
        let lines: Vec<String> = layout.lines.iter().map(written).collect();
        assert_eq!(lines.len(), 14);
        assert_eq!(layout.tables[0], 0..14);
        let first = bars(&lines[0]);
        assert_eq!(first.len(), 4);
        assert!(
            lines.iter().all(|line| bars(line) == first),
            "{}",
            lines.join("\n")
        );
    }
}

#[test]
fn cells_are_wrapped_where_the_page_is_narrow() {
    let html = "<table><tr><th>Name<th>Meaning<tr><td>one<td>a meaning that needs some more room than there is<tr><td>two<td>short</table>";
    insta::assert_snapshot!(show(html), @r"
    Name │ Meaning
    ─────┼──────────────────────────────────
    one  │ a meaning that needs some more
         │ room than there is
    ─────┼──────────────────────────────────
    two  │ short
    ");
}

#[test]
fn rows_become_records_where_the_page_is_too_narrow() {
    let layout = layout(&large(), 30);
    let lines: Vec<String> = layout.lines.iter().map(written).collect();
    insta::assert_snapshot!(lines[..6].join("\n"), @r"
    Service: Service 1
    CDK: ❌
    Terraform: 🚀🚀
    Pulumi: ❌
    Notes: Something to say
      about number 1
    ");
    assert_eq!(lines[6], "");
}

#[test]
fn figures_are_aligned_on_the_right() {
    let html = "<table><tr><th>Memory<th>ms<tr><td>128 MB<td>1200<tr><td>1024 MB<td>90</table>";
    insta::assert_snapshot!(show(html), @r"
     Memory │   ms
    ────────┼─────
     128 MB │ 1200
    1024 MB │   90
    ");
}

#[test]
fn cells_keep_lists_breaks_and_links() {
    let html =
        "<table><tr><th>a<th>b<tr><td><ul><li>x<li>y</ul><td>one<br><a href=/l>two</a></table>";
    insta::assert_snapshot!(show(html), @r"
    a   │ b
    ────┼────
    • x │ one
    • y │ two
    ");
    assert_eq!(layout(html, 40).links.len(), 1);
}

#[test]
fn tables_that_only_place_blocks_are_dissolved() {
    let html = "<table><tr><td><h2>Title</h2><p>text</p><table><tr><td>one</td><td>two</td></tr></table></td></tr></table><p>end</p>";
    insta::assert_snapshot!(show(html), @r"
    Title
    ─────

    text

    one │ two

    end
    ");
    let numbered = "<table><tr><td><pre>1\n2</pre></td><td><pre>a\nb</pre></td></tr></table>";
    assert_eq!(layout(numbered, 40).code.len(), 2);
}

#[test]
fn captions_and_spans_keep_columns_in_place() {
    let html =
        "<table><caption>Prices</caption><tr><th colspan=2>both<th>c<tr><td>1<td>2<td>3</table>";
    insta::assert_snapshot!(show(html), @r"
    Prices

    both │   │ c
    ─────┼───┼──
       1 │ 2 │ 3
    ");
}

#[test]
fn a_cell_that_reaches_down_leaves_its_columns_free() {
    let table = |rows: &str| {
        let html = format!("<table><tr><th>Day<th>Slot<th>Price</tr>{rows}</table>");
        Document::read(&text(&html)).markdown()
    };
    let head = "| Day | Slot | Price |\n| --- | --- | --- |\n";
    for (rows, expected) in [
        (
            "<tr><td rowspan=2>Mon<td>am<td>1<tr><td>pm<td>2<tr><td>Tue<td>am<td>3",
            "| Mon | am | 1 |\n|  | pm | 2 |\n| Tue | am | 3 |\n",
        ),
        (
            "<tr><td>Mon<td>am<td rowspan=3>1<tr><td>Tue<td>pm<tr><td>Wed<td rowspan=0>am<tr><td>a<td>b<td>c",
            "| Mon | am | 1 |\n| Tue | pm |  |\n| Wed | am |  |\n| a | b | c |\n",
        ),
        (
            "<tr><td rowspan=2 colspan=2>Mon<td>1<tr><td>2",
            "| Mon |  | 1 |\n|  |  | 2 |\n",
        ),
    ] {
        assert_eq!(table(rows), format!("{head}{expected}"), "{rows}");
    }
}
