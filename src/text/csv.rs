//! Lines of comma-separated values.

/// Adds a line of CSV (RFC 4180, with a line feed alone at its end); what would be read otherwise stands in quotes.
pub fn csv_line(cells: impl Iterator<Item = impl AsRef<str>>, text: &mut String) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        let cell = cell.as_ref();
        if cell.contains(['"', ',', '\n', '\r']) || cell.trim() != cell {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::csv_line;

    #[test]
    fn what_would_be_read_otherwise_stands_in_quotes() {
        let mut text = String::new();
        csv_line(["a", "b,c", "say \"hi\"", " d", ""].iter(), &mut text);
        assert_eq!(text, "a,\"b,c\",\"say \"\"hi\"\"\",\" d\",\n");
    }
}
