//! The rows and columns of an answer as they are shown.

use super::*;
use crate::logs::query::{QueryFigures, ScanPrice};

fn page(rows: &[&[(&str, &str)]]) -> AnswerPage {
    let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let rows = rows.iter().map(|row| row.iter().map(pair).collect());
    let outcome = QueryOutcome {
        progress: QueryProgress::Complete,
        table: AnswerTable::of(rows.collect()).into(),
        reading: QueryReading {
            figures: QueryFigures::default(),
            rows: 0,
            price: ScanPrice::of(0, None),
        },
    };
    AnswerPage::new(
        outcome,
        AnswerBasis {
            groups: Vec::new(),
            range: "1h".to_owned(),
        },
    )
}

fn levels() -> AnswerPage {
    page(&[
        &[("level", "INFO"), ("n", "9")],
        &[("level", "ERROR"), ("n", "10")],
        &[("level", "WARN")],
    ])
}

#[test]
fn a_column_is_sorted_one_way_then_the_other_then_as_it_came() {
    let mut page = levels();
    page.scroll(true);
    for order in [[1, 0, 2], [0, 1, 2], [0, 1, 2]] {
        page.sort_by_column();
        assert_eq!(page.rows(), order);
    }
    assert_eq!(page.sort(), None);
    page.scroll(false);
    page.sort_by_column();
    assert_eq!(page.rows(), [1, 0, 2]);
}

#[test]
fn the_cursor_stays_with_its_row_when_the_order_changes() {
    let mut page = levels();
    page.step(1);
    page.scroll(true);
    page.sort_by_column();
    assert_eq!((page.cursor(), page.cell()), ((0, 1), Some("10")));
}

#[test]
fn a_filter_wants_its_words_in_the_values_of_the_row() {
    let mut page = levels();
    page.narrow("err");
    assert_eq!((page.rows(), page.row()), (&[1][..], Some(1)));
    page.narrow("nothing");
    assert_eq!(
        (page.rows().len(), page.row(), page.cell()),
        (0, None, None)
    );
    page.step(5);
    page.sort_by_column();
    page.narrow("");
    assert_eq!(page.rows().len(), 3);
}

#[test]
fn the_column_of_the_cursor_is_on_the_screen_and_the_last_one_has_what_is_left() {
    let long = "x".repeat(90);
    let mut page = page(&[&[("a", &long), ("b", &long), ("c", &long)]]);
    let shown = |page: &AnswerPage| -> Vec<(usize, usize)> {
        let columns = page.columns(60).into_iter();
        columns.map(|it| (it.column, it.width)).collect()
    };
    page.settle(60);
    assert_eq!(shown(&page), [(0, 40), (1, 17)]);
    page.scroll(true);
    page.settle(60);
    assert_eq!(shown(&page), [(1, 40), (2, 17)]);
    page.scroll(true);
    page.settle(60);
    assert_eq!(shown(&page), [(2, 59)]);
    page.scroll(true);
    assert_eq!((page.cursor().1, page.offset()), (2, 40));
    page.scroll(false);
    page.scroll(false);
    page.scroll(false);
    page.settle(60);
    assert_eq!((page.cursor().1, page.offset()), (0, 0));
    assert_eq!(shown(&page), [(0, 40), (1, 17)]);
}

#[test]
fn an_answer_without_rows_has_nothing_under_the_cursor() {
    let mut page = page(&[]);
    page.step(1);
    page.sort_by_column();
    page.settle(80);
    assert_eq!(
        (page.row(), page.cell(), page.columns(80).len()),
        (None, None, 0)
    );
}
