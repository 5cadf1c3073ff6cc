//! The classes that highlighters leave on the tokens of code, and how such tokens look.
//!
//! Rouge and Pygments share short names; GitHub writes `pl-…`, highlight.js `hljs-…`, Prism plain words.

use crate::articles::Role;

/// The look of a token with these classes; none when no class says anything.
pub(super) fn role<'a>(classes: impl Iterator<Item = &'a str>) -> Option<Role> {
    classes.filter_map(of_class).last()
}

fn of_class(class: &str) -> Option<Role> {
    if let Some(class) = class.strip_prefix("pl-") {
        return of_github(class);
    }
    let class = class.strip_prefix("hljs-").unwrap_or(class);
    of_rouge(class).or_else(|| of_word(class))
}

fn of_rouge(class: &str) -> Option<Role> {
    Some(match class {
        "k" | "kd" | "kn" | "kp" | "kr" | "kv" | "ow" => Role::CodeKeyword,
        "kt" | "nb" | "bp" | "ne" | "no" => Role::CodeType,
        "nf" | "fm" | "nc" | "nt" | "na" | "nd" | "nl" | "nn" | "gh" | "gu" => Role::CodeName,
        "s" | "s1" | "s2" | "sa" | "sb" | "sc" | "sd" | "se" | "sh" | "sr" | "ss" | "sx" | "dl" => {
            Role::CodeString
        }
        "m" | "mb" | "mf" | "mh" | "mi" | "il" | "mo" | "mx" | "kc" | "l" | "ld" | "ni" => {
            Role::CodeNumber
        }
        "c" | "ch" | "c1" | "cd" | "cm" | "cp" | "cpf" | "cs" => Role::CodeComment,
        "o" | "p" | "pi" | "si" | "gp" => Role::CodeOperator,
        "gi" => Role::CodeInserted,
        "gd" | "gr" => Role::CodeDeleted,
        "n" | "nx" | "nv" | "ng" | "py" | "nu" | "vc" | "vg" | "vi" | "vm" | "w" | "go" | "gs"
        | "ge" | "gt" | "gl" | "err" | "x" | "esc" => Role::Code,
        _ => return None,
    })
}

fn of_github(class: &str) -> Option<Role> {
    Some(match class {
        "k" => Role::CodeKeyword,
        "s" | "pds" | "s1" | "sr" => Role::CodeString,
        "c" => Role::CodeComment,
        "c1" => Role::CodeNumber,
        "en" | "ent" | "e" => Role::CodeName,
        "v" | "smw" => Role::CodeType,
        "kos" => Role::CodeOperator,
        "mi1" => Role::CodeInserted,
        "md" => Role::CodeDeleted,
        "smi" | "s2" | "pse" => Role::Code,
        _ => return None,
    })
}

fn of_word(class: &str) -> Option<Role> {
    Some(match class {
        "keyword" | "selector-tag" | "atrule" => Role::CodeKeyword,
        "type" | "built_in" | "builtin" | "class-name" => Role::CodeType,
        "title" | "function" | "tag" | "name" | "attr" | "attr-name" | "property" | "section" => {
            Role::CodeName
        }
        "string" | "char" | "regexp" | "regex" | "attr-value" | "template-string" => {
            Role::CodeString
        }
        "number" | "literal" | "boolean" | "constant" | "symbol" => Role::CodeNumber,
        "comment" | "quote" | "doctag" | "prolog" => Role::CodeComment,
        "operator" | "punctuation" => Role::CodeOperator,
        "addition" | "inserted" => Role::CodeInserted,
        "deletion" | "deleted" => Role::CodeDeleted,
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
            (&["pl-k"][..], Role::CodeKeyword),
            (&["hljs-string"], Role::CodeString),
            (&["token", "comment"], Role::CodeComment),
            (&["token", "class-name"], Role::CodeType),
        ];
        for (classes, expected) in cases {
            assert_eq!(role(classes.iter().copied()), Some(expected));
        }
        assert_eq!(role(["unheard-of"].into_iter()), None);
    }
}
