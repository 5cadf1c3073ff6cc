//! Names as they may stand in a shell, and in each language as a string.

use std::fmt::Write as _;

use crate::text::neutralise;

/// A word for a POSIX shell: as it is where that is safe, else in single quotes. With a character that no screen shows
/// as it is, the word becomes `$'…'` with escapes, which bash, zsh and ksh read.
#[must_use]
pub(super) fn shell(word: &str) -> String {
    // A `=` at the start of a word is one of zsh's own signs.
    let is_safe = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && !word.starts_with('=') && word.chars().all(is_safe) {
        return word.to_owned();
    }
    if neutralise(word) == word {
        return format!("'{}'", word.replace('\'', r"'\''"));
    }
    let mut out = "$'".to_owned();
    for c in word.chars() {
        match c {
            '\'' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            c => octal(c, &mut out),
        }
    }
    out.push('\'');
    out
}

/// Writes the bytes of a character as the escapes of C: `\033`.
pub(super) fn octal(c: char, out: &mut String) {
    let mut bytes = [0; 4];
    for byte in c.encode_utf8(&mut bytes).bytes() {
        let written = write!(out, "\\{byte:03o}");
        debug_assert!(written.is_ok(), "writing to a string cannot fail");
    }
}

/// A relative path as a word that no program takes for an option, nor `cd` for the directory before.
#[must_use]
pub(super) fn path_word(path: &str) -> String {
    let is_like_option = path.starts_with('-');
    if is_like_option {
        format!("./{path}")
    } else {
        path.to_owned()
    }
}

/// Words for a shell.
#[must_use]
pub(super) fn shell_line(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| shell(word)).collect();
    words.join(" ")
}

/// A string in double quotes, as JSON, YAML, TypeScript and Python read it alike.
#[must_use]
pub(super) fn string(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let written = write!(out, "\\u{:04x}", u32::from(c));
                debug_assert!(written.is_ok(), "writing to a string cannot fail");
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A string as Terraform reads it: nothing in it is a template.
#[must_use]
pub(super) fn hcl(text: &str) -> String {
    string(text).replace("${", "$${").replace("%{", "%%{")
}

/// A name made of letters, digits and `_`, as an identifier: `dynamodb-reads` becomes `dynamodb_reads`.
#[must_use]
pub(super) fn snake(name: &str) -> String {
    let mapped: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .collect();
    let starts_well = mapped.starts_with(|c: char| c.is_ascii_alphabetic());
    if starts_well {
        mapped
    } else {
        format!("fn_{mapped}")
    }
}

/// A name made of letters and digits, with capitals: `dynamodb-reads` becomes `DynamodbReads`.
#[must_use]
pub(super) fn pascal(name: &str) -> String {
    let mut out = String::new();
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        let mut chars = word.chars();
        out.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        out.extend(chars);
    }
    let starts_well = out.starts_with(|c: char| c.is_ascii_alphabetic());
    if starts_well { out } else { format!("Fn{out}") }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_become_identifiers() {
        assert_eq!(
            (snake("dynamodb-reads"), pascal("dynamodb-reads")),
            ("dynamodb_reads".into(), "DynamodbReads".into())
        );
        assert_eq!(
            (snake("7z ü"), pascal("7z ü")),
            ("fn_7z__".into(), "Fn7z".into())
        );
    }

    #[test]
    fn what_a_language_would_read_as_more_than_text_is_escaped() {
        assert_eq!(hcl("a${b}\"%{c}"), "\"a$${b}\\\"%%{c}\"");
        assert_eq!(string("a\u{1b}\n\\"), "\"a\\u001b\\n\\\\\"");
        assert_eq!(shell("a b'c"), r"'a b'\''c'");
        assert_eq!(shell(""), "''");
        assert_eq!(shell("~x"), "'~x'");
        assert_eq!(
            (shell("=x").as_str(), shell("a=x").as_str()),
            ("'=x'", "a=x")
        );
        assert_eq!(shell("a\u{202e}b"), r"$'a\342\200\256b'");
        assert_eq!(
            (path_word("-"), path_word("a-b")),
            ("./-".into(), "a-b".into())
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn a_shell_reads_the_word_back(word in "[^\\x00]{0,20}") {
            let script = format!("printf %s {}", shell(&word));
            let Ok(out) = Command::new("bash").args(["-c", &script]).output() else {
                return Ok(());
            };
            prop_assert_eq!(String::from_utf8(out.stdout).unwrap(), word);
        }

        #[test]
        fn json_and_yaml_read_the_string_back(text in any::<String>()) {
            prop_assert_eq!(serde_json::from_str::<String>(&string(&text)).unwrap(), text);
        }
    }
}
