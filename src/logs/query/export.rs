//! An answer as CSV and as JSON.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::{Map, Value, json as value};

use super::{AnswerTable, QueryFigures};
use crate::logs::redact;
use crate::text::{csv_line, json_document};

/// An answer on its way to a file.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerExport {
    /// The rows.
    pub table: Arc<AnswerTable>,
    /// Which of them, in order.
    pub rows: Vec<usize>,
    /// What was read for them.
    pub figures: QueryFigures,
    /// The path of the new file; a name that ends in `.json` makes it JSON, any other CSV.
    pub path: String,
    /// Whether secrets are taken out.
    pub redacts: bool,
}

impl AnswerExport {
    /// The content of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let rows = self.rows.iter().copied();
        let shown = if self.redacts { redact } else { as_it_is };
        if self.path.to_lowercase().ends_with(".json") {
            let document = json(&self.table, rows, self.figures, shown);
            return json_document(&document).unwrap_or_default();
        }
        csv(&self.table, rows, shown)
    }
}

/// What becomes of a value that leaves as it came.
#[must_use]
pub const fn as_it_is(value: &str) -> Cow<'_, str> {
    Cow::Borrowed(value)
}

/// Rows of an answer as CSV (RFC 4180, with line feeds alone): first the names of the columns. A value that is missing
/// is empty. `shown` is what becomes of each name and value.
pub fn csv(
    table: &AnswerTable,
    rows: impl Iterator<Item = usize>,
    shown: fn(&str) -> Cow<'_, str>,
) -> String {
    let columns = table.columns().len();
    let mut text = String::new();
    if columns == 0 {
        return text;
    }
    let heads = table.columns().iter().map(|column| column.name.as_str());
    csv_line(heads.map(shown), &mut text);
    for row in rows {
        let cells = (0..columns).map(|column| table.cell(row, column).unwrap_or_default());
        csv_line(cells.map(shown), &mut text);
    }
    text
}

/// Rows of an answer as a JSON document: `columns` are their names in order, `rows` an object each, with values as AWS
/// tells them, in texts. A value that is missing is left out; `@ptr` is there where a row is one event. `shown` is what
/// becomes of each value.
#[must_use]
pub fn json(
    table: &AnswerTable,
    rows: impl Iterator<Item = usize>,
    figures: QueryFigures,
    shown: fn(&str) -> Cow<'_, str>,
) -> Value {
    let columns: Vec<&str> = table.columns().iter().map(|it| it.name.as_str()).collect();
    let rows: Vec<Value> = rows.map(|row| json_row(table, row, shown)).collect();
    value!({
        "columns": columns,
        "rows": rows,
        "matched": figures.matched,
        "scanned": figures.scanned,
        "scanned_bytes": figures.bytes,
    })
}

fn json_row(table: &AnswerTable, row: usize, shown: fn(&str) -> Cow<'_, str>) -> Value {
    let pointer = table.pointer(row).map(|pointer| ("@ptr", pointer));
    let values = table.fields(row).map(|(name, value)| (name, shown(value)));
    let fields = values.chain(pointer.map(|(name, value)| (name, Cow::Borrowed(value))));
    let fields = fields.map(|(name, value)| (name.to_owned(), Value::from(value)));
    Value::Object(fields.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::table;
    use super::*;

    #[test]
    fn csv_quotes_what_would_be_read_otherwise() {
        let table = AnswerTable::of(vec![
            vec![
                ("a,b".to_owned(), "say \"hi\"\nthere".to_owned()),
                ("n".to_owned(), "1".to_owned()),
            ],
            vec![("n".to_owned(), " 2".to_owned())],
        ]);
        let text = csv(&table, 0..2, as_it_is);
        assert_eq!(text, "\"a,b\",n\n\"say \"\"hi\"\"\nthere\",1\n,\" 2\"\n");
    }

    #[test]
    fn json_has_columns_in_order_and_leaves_out_what_is_missing() {
        let table = table(&["b=007 a=x @ptr=p", "a=y"]);
        let figures = QueryFigures {
            matched: 2,
            scanned: 9,
            bytes: 120,
        };
        let document = json(&table, [1, 0].into_iter(), figures, as_it_is);
        let wanted = value!({
            "columns": ["b", "a"],
            "rows": [{ "a": "y" }, { "a": "x", "b": "007", "@ptr": "p" }],
            "matched": 2,
            "scanned": 9,
            "scanned_bytes": 120,
        });
        assert_eq!(document, wanted);
    }

    #[test]
    fn the_name_of_the_file_says_which_form_it_has() {
        let export = |path: &str| AnswerExport {
            table: table(&["a=1", "a=password=hunter2"]).into(),
            rows: vec![0],
            figures: QueryFigures::default(),
            path: path.to_owned(),
            redacts: true,
        };
        assert_eq!(export("out.csv").text(), "a\n1\n");
        assert!(export("out.JSON").text().starts_with('{'));
        for path in ["out.csv", "out.json"] {
            let secret = AnswerExport {
                rows: vec![1],
                ..export(path)
            };
            assert!(!secret.text().contains("hunter2"), "{path}");
            let raw = AnswerExport {
                redacts: false,
                ..secret
            };
            assert!(raw.text().contains("hunter2"), "{path}");
        }
    }
}
