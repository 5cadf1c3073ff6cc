//! The classes that highlighters leave on the tokens of code, and how such tokens look.
//!
//! Rouge and Pygments share short names; GitHub writes `pl-…`, highlight.js `hljs-…`, Prism plain words.

use crate::articles::TextRole;

/// The look of a token with these classes; none when no class says anything.
pub(super) fn role<'a>(classes: impl Iterator<Item = &'a str>) -> Option<TextRole> {
    classes.filter_map(of_class).last()
}

fn of_class(class: &str) -> Option<TextRole> {
    if let Some(class) = class.strip_prefix("pl-") {
        return of_github(class);
    }
    let class = class.strip_prefix("hljs-").unwrap_or(class);
    of_rouge(class).or_else(|| of_word(class))
}

fn of_rouge(class: &str) -> Option<TextRole> {
    Some(match class {
        "k" | "kd" | "kn" | "kp" | "kr" | "kv" | "ow" => TextRole::CodeKeyword,
        "kt" | "nb" | "bp" | "ne" | "no" => TextRole::CodeType,
        "nf" | "fm" | "nc" | "nt" | "na" | "nd" | "nl" | "nn" | "gh" | "gu" => TextRole::CodeName,
        "s" | "s1" | "s2" | "sa" | "sb" | "sc" | "sd" | "se" | "sh" | "sr" | "ss" | "sx" | "dl" => {
            TextRole::CodeString
        }
        "m" | "mb" | "mf" | "mh" | "mi" | "il" | "mo" | "mx" | "kc" | "l" | "ld" | "ni" => {
            TextRole::CodeNumber
        }
        "c" | "ch" | "c1" | "cd" | "cm" | "cp" | "cpf" | "cs" => TextRole::CodeComment,
        "o" | "p" | "pi" | "si" | "gp" => TextRole::CodeOperator,
        "gi" => TextRole::CodeInserted,
        "gd" | "gr" => TextRole::CodeDeleted,
        "n" | "nx" | "nv" | "ng" | "py" | "nu" | "vc" | "vg" | "vi" | "vm" | "w" | "go" | "gs"
        | "ge" | "gt" | "gl" | "err" | "x" | "esc" => TextRole::Code,
        _ => return None,
    })
}

fn of_github(class: &str) -> Option<TextRole> {
    Some(match class {
        "k" => TextRole::CodeKeyword,
        "s" | "pds" | "s1" | "sr" => TextRole::CodeString,
        "c" => TextRole::CodeComment,
        "c1" => TextRole::CodeNumber,
        "en" | "ent" | "e" => TextRole::CodeName,
        "v" | "smw" => TextRole::CodeType,
        "kos" => TextRole::CodeOperator,
        "mi1" => TextRole::CodeInserted,
        "md" => TextRole::CodeDeleted,
        "smi" | "s2" | "pse" => TextRole::Code,
        _ => return None,
    })
}

fn of_word(class: &str) -> Option<TextRole> {
    Some(match class {
        "keyword" | "selector-tag" | "atrule" => TextRole::CodeKeyword,
        "type" | "built_in" | "builtin" | "class-name" => TextRole::CodeType,
        "title" | "function" | "tag" | "name" | "attr" | "attr-name" | "property" | "section" => {
            TextRole::CodeName
        }
        "string" | "char" | "regexp" | "regex" | "attr-value" | "template-string" => {
            TextRole::CodeString
        }
        "number" | "literal" | "boolean" | "constant" | "symbol" => TextRole::CodeNumber,
        "comment" | "quote" | "doctag" | "prolog" => TextRole::CodeComment,
        "operator" | "punctuation" => TextRole::CodeOperator,
        "addition" | "inserted" => TextRole::CodeInserted,
        "deletion" | "deleted" => TextRole::CodeDeleted,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_the_feeds_use_has_a_look() {
        let classes = "p n o nx sh s k nf dl w s2 na pi nt c1 s1 nl kd se mi nc nb nv kn si c kc kr bp err ow nd \
                       sa nn m mf py kt gi gd go cm no";
        for class in classes.split_whitespace() {
            assert!(role([class].into_iter()).is_some(), "{class}");
        }
    }

    #[test]
    fn other_highlighters_are_understood() {
        let cases = [
            (&["pl-k"][..], TextRole::CodeKeyword),
            (&["hljs-string"], TextRole::CodeString),
            (&["token", "comment"], TextRole::CodeComment),
            (&["token", "class-name"], TextRole::CodeType),
        ];
        for (classes, expected) in cases {
            assert_eq!(role(classes.iter().copied()), Some(expected));
        }
        assert_eq!(role(["unheard-of"].into_iter()), None);
    }
}
