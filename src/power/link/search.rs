//! Visualization links in a text that holds other things too: a page, Markdown, the answer of a tool.

use super::curves;
use crate::power::Curve;
use crate::text::neutralise;

/// Where links begin, without the scheme: people leave it out.
const HOST: &str = "lambda-power-tuning.show/";

/// A link that was found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundLink {
    /// What the text calls it, if it is a link of Markdown or HTML with words of its own.
    pub label: Option<String>,
    /// What it draws: one curve, or two that are compared.
    pub curves: Vec<Curve>,
}

/// Every link in the text that can be read, in order, the same one once.
#[must_use]
pub fn find(text: &str) -> Vec<FoundLink> {
    let mut found: Vec<FoundLink> = Vec::new();
    for (at, _) in text.match_indices(HOST) {
        let Some((before, rest)) = text.split_at_checked(at) else {
            continue;
        };
        let link = extent(rest);
        let Ok(curves) = curves(link) else {
            continue;
        };
        let after = rest.get(link.len()..).unwrap_or_default();
        let is_new = !found.iter().any(|known| known.curves == curves);
        let label = label(before, after);
        found.extend(is_new.then_some(FoundLink { label, curves }));
    }
    found
}

/// The link at the beginning of a text. A name in it may hold brackets, and a bracket around it is not part of it.
fn extent(text: &str) -> &str {
    let mut open = 0_u32;
    let end = text.find(|c: char| match c {
        '(' => {
            open += 1;
            false
        }
        ')' if open > 0 => {
            open -= 1;
            false
        }
        c => !c.is_ascii_alphanumeric() && !"#?=&;%+/-_.~!*".contains(c),
    });
    let link = end.and_then(|end| text.get(..end)).unwrap_or(text);
    link.trim_end_matches(['.', '!', '*', '?', '_', '~'])
}

/// What Markdown or HTML calls the link between these texts.
fn label(before: &str, after: &str) -> Option<String> {
    let before = before
        .trim_end_matches("https://")
        .trim_end_matches("http://");
    let words = if let Some(markdown) = before.strip_suffix("](") {
        // Of a picture that is a link, what is said of the picture.
        markdown.rsplit('[').next()?.split("](").next()?
    } else if before.ends_with(['"', '\'']) {
        // What stands between the tag of the link and the next one.
        let (_, words) = after.split_once('>')?;
        words.split('<').next()?
    } else {
        return None;
    };
    let words: Vec<&str> = words.split_whitespace().collect();
    let is_label = (1..=LONGEST_LABEL).contains(&words.len());
    is_label.then(|| neutralise(&words.join(" ")).into_owned())
}

/// More words than this are no label but the text of the page.
const LONGEST_LABEL: usize = 20;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::power::{BillingStep, examples};

    fn curve(name: &str) -> Curve {
        let example = examples::find(name).unwrap();
        example.run.curve(BillingStep::AsMeasured)
    }

    fn labels(text: &str) -> Vec<Option<String>> {
        find(text).into_iter().map(|found| found.label).collect()
    }

    #[test]
    fn links_are_found_between_other_things() {
        let (one, other) = (curve("no-op").link(), curve("prime-numbers").link());
        let text = format!(
            "# Results\n\n* [no-op, *cold*]({one})\n* <a class=\"x\" href=\"{other}\">the\n primes</a>, see {one}.\n"
        );
        let labelled = |label: &str| Some(label.to_owned());
        assert_eq!(
            labels(&text),
            [labelled("no-op, *cold*"), labelled("the primes")]
        );
        let bare = one.trim_start_matches("https://");
        for around in [
            format!("see {one}."),
            format!("({one})"),
            format!("'{bare}', I think"),
            format!("<{one}>"),
            format!("**{one}**"),
        ] {
            let found = find(&around);
            assert_eq!(found.len(), 1, "{around}");
            assert_eq!(found[0].curves[0].points, curve("no-op").points);
        }
    }

    #[test]
    fn the_names_of_a_comparison_may_hold_brackets() {
        let mut first = curve("no-op");
        first.name = "before".to_owned();
        let link = first.comparison_link(&curve("prime-numbers")).unwrap();
        let link = link.replace(";before;", ";before(1);");
        let found = find(&format!("[both]({link}) end"));
        assert_eq!(found[0].curves[0].name, "before(1)");
        assert_eq!(found[0].curves.len(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_passed_over() {
        assert_eq!(
            find("https://lambda-power-tuning.show/ and lambda-power-tuning.show/#AAA=;x"),
            []
        );
        assert_eq!(find("nothing"), []);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(before in "\\PC{0,40}", after in "\\PC{0,40}") {
            let _ = find(&format!("{before}lambda-power-tuning.show/#{after}"));
            let _ = find(&format!("{before}({}){after}", curve("no-op").link()));
        }
    }
}
