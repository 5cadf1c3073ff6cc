//! The program that edits texts, as the environment names it. The file is an argument of it; no shell reads it.

use std::collections::BTreeMap;

/// What edits where the environment names nothing.
const USUAL: &str = "vi";

/// A program that edits a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    words: Vec<String>,
}

impl Editor {
    /// The editor of this environment: `VISUAL`, else `EDITOR`, else vi.
    #[must_use]
    pub fn detect(variables: &BTreeMap<String, String>) -> Self {
        let named = ["VISUAL", "EDITOR"].into_iter();
        let mut named = named.filter_map(|name| variables.get(name));
        let command = named.find(|command| !command.trim().is_empty());
        let command = command.map_or(USUAL, String::as_str);
        Self {
            words: command.split_whitespace().map(str::to_owned).collect(),
        }
    }

    /// Its name, for messages.
    #[must_use]
    pub fn name(&self) -> &str {
        self.words.first().map_or(USUAL, String::as_str)
    }

    /// The arguments before the file.
    #[must_use]
    pub fn arguments(&self) -> &[String] {
        self.words.get(1..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Editor;

    #[test]
    fn visual_goes_before_editor_and_words_are_arguments() {
        let detected = |variables: &[(&str, &str)]| {
            let owned = variables
                .iter()
                .map(|&(name, value)| (name.to_owned(), value.to_owned()));
            let editor = Editor::detect(&owned.collect());
            (editor.name().to_owned(), editor.arguments().join("|"))
        };
        let told = |name: &str, arguments: &str| (name.to_owned(), arguments.to_owned());
        assert_eq!(detected(&[]), told("vi", ""));
        assert_eq!(detected(&[("EDITOR", "nano -w")]), told("nano", "-w"));
        let both = [("EDITOR", "nano"), ("VISUAL", "code --wait $(x)")];
        assert_eq!(detected(&both), told("code", "--wait|$(x)"));
        let blank = [("EDITOR", "nano"), ("VISUAL", " ")];
        assert_eq!(detected(&blank), told("nano", ""));
    }
}
