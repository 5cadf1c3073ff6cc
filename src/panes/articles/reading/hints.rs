//! Labels on the links on screen: typing one follows its link, typing it in capitals copies the link.

/// The letters of labels, the easiest first.
const LETTERS: &[u8] = b"asdfghjklqwertyuiopzxcvbnm";

/// The labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hints {
    labels: Vec<LinkHint>,
    /// What was typed so far.
    pub typed: String,
    /// Whether a capital was typed.
    copies: bool,
}

/// The label of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkHint {
    /// The letters.
    pub label: String,
    /// The link: an index into the links of the layout.
    pub link: usize,
}

/// What a typed letter comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::panes::articles) enum HintMatch {
    /// It is no letter of a label.
    None,
    /// More letters are needed.
    More,
    /// This link is to be followed.
    Follow(usize),
    /// This link is to be copied.
    Copy(usize),
}

impl Hints {
    /// Labels for these links, each once; one letter each as long as that suffices, else two.
    pub(super) fn new(seen: impl IntoIterator<Item = usize>) -> Self {
        let mut links: Vec<usize> = Vec::new();
        for link in seen {
            if !links.contains(&link) {
                links.push(link);
            }
        }
        let letters = || LETTERS.iter().map(|&letter| char::from(letter));
        let labels: Vec<String> = if links.len() <= LETTERS.len() {
            letters().map(String::from).collect()
        } else {
            let pair = |first: char| letters().map(move |second| format!("{first}{second}"));
            letters().flat_map(pair).collect()
        };
        let hints = labels
            .into_iter()
            .zip(links)
            .map(|(label, link)| LinkHint { label, link });
        Self {
            labels: hints.collect(),
            typed: String::new(),
            copies: false,
        }
    }

    /// The labels that begin with what was typed.
    pub fn open(&self) -> impl Iterator<Item = &LinkHint> {
        self.labels
            .iter()
            .filter(|hint| hint.label.starts_with(&self.typed))
    }

    /// Whether there is nothing to choose from.
    pub(super) const fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Takes a letter; one that no label goes on with changes nothing.
    pub(in crate::panes::articles) fn letter(&mut self, letter: char) -> HintMatch {
        self.typed.push(letter.to_ascii_lowercase());
        let Some(first) = self.open().next() else {
            self.typed.pop();
            return HintMatch::More;
        };
        let chosen = (first.label == self.typed).then_some(first.link);
        self.copies |= letter.is_ascii_uppercase();
        match chosen {
            None => HintMatch::More,
            Some(link) if self.copies => HintMatch::Copy(link),
            Some(link) => HintMatch::Follow(link),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_links_take_one_letter_and_many_take_two() {
        let mut few = Hints::new(3..6);
        assert_eq!(few.letter('x'), HintMatch::More);
        assert_eq!(few.letter('s'), HintMatch::Follow(4));
        let mut many = Hints::new(0..30);
        assert_eq!(many.letter('s'), HintMatch::More);
        assert!(many.open().all(|hint| hint.label.starts_with('s')));
        assert_eq!(many.letter('s'), HintMatch::Follow(27));
    }

    #[test]
    fn a_link_that_goes_on_after_another_has_one_label() {
        let hints = Hints::new([3, 4, 3, 4]);
        let labels: Vec<_> = hints
            .open()
            .map(|it| (it.label.as_str(), it.link))
            .collect();
        assert_eq!(labels, [("a", 3), ("s", 4)]);
    }

    #[test]
    fn a_capital_copies() {
        let mut hints = Hints::new(0..30);
        assert_eq!(hints.letter('A'), HintMatch::More);
        assert_eq!(hints.letter('d'), HintMatch::Copy(2));
    }
}
