//! Finds the template a masked message is alike: a tree of fixed depth, by the number of words and the first word that
//! is not masked, and in its leaves the template with the most equal words.
//!
//! After Drain (He, Zhu, Zheng, Lyu: "Drain: An Online Log Parsing Approach with Fixed Depth Tree", ICWS 2017). Other
//! than there, words that are masked in both say nothing about how alike two messages are.

use std::collections::HashMap;

use super::mask::{ANYTHING, MaskedMessage, is_mask};

/// The share of the words that must be equal.
const ALIKE: f64 = 0.5;
/// First words that are told apart for each number of words; further ones share a leaf.
const MOST_FIRST_WORDS: usize = 100;

/// The templates by number of words and first word.
#[derive(Debug, Default)]
pub(super) struct TemplateTree {
    leaves: HashMap<(usize, Box<str>), Vec<usize>>,
    /// How many first words there are for each number of words.
    first_words: HashMap<usize, usize>,
}

impl TemplateTree {
    /// The place of the template that a message is alike, out of these.
    pub(super) fn find<'t>(
        &self,
        message: &MaskedMessage,
        words_of: impl Fn(usize) -> Option<&'t [Box<str>]>,
    ) -> Option<usize> {
        let first = first_word(message.words());
        let leaf = self.leaves.get(&(message.len(), first.into()));
        let leaf = leaf.or_else(|| self.leaves.get(&(message.len(), "".into())))?;
        let mut best: Option<(usize, f64)> = None;
        for &place in leaf {
            let alike = words_of(place).map_or(0.0, |words| likeness(words, message));
            if alike >= ALIKE && best.is_none_or(|(_, most)| alike > most) {
                best = Some((place, alike));
            }
        }
        best.map(|(place, _)| place)
    }

    /// Puts a template into its leaf.
    pub(super) fn put(&mut self, words: &[Box<str>], place: usize) {
        let first = first_word(words.iter().map(|word| &**word));
        let key = (words.len(), Box::from(first));
        if let Some(leaf) = self.leaves.get_mut(&key) {
            return leaf.push(place);
        }
        let known = self.first_words.entry(words.len()).or_default();
        let key = if *known < MOST_FIRST_WORDS {
            *known += 1;
            key
        } else {
            (words.len(), "".into())
        };
        self.leaves.entry(key).or_default().push(place);
    }
}

/// The first word that holds no mask; none when all do.
pub(super) fn first_word<'w>(mut words: impl Iterator<Item = &'w str>) -> &'w str {
    words.find(|word| !word.contains(is_mask)).unwrap_or("")
}

/// The share of equal words among those that are not masked in both.
fn likeness(words: &[Box<str>], message: &MaskedMessage) -> f64 {
    let (mut equal, mut all) = (0_u32, 0_u32);
    for (word, other) in words.iter().zip(message.words()) {
        let is_equal = **word == *other;
        if is_equal && is_lone_mask(other) {
            continue;
        }
        all += 1;
        equal += u32::from(is_equal);
    }
    if all == 0 {
        1.0
    } else {
        f64::from(equal) / f64::from(all)
    }
}

fn is_lone_mask(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(is_mask) && characters.next().is_none()
}

/// Masks what a message says otherwise than its template; whether that changed the template.
pub(super) fn widen(words: &mut [Box<str>], message: &MaskedMessage) -> bool {
    let mut changed = false;
    for (word, other) in words.iter_mut().zip(message.words()) {
        if **word != *other && !is_anything(word) {
            *word = ANYTHING.to_string().into();
            changed = true;
        }
    }
    changed
}

fn is_anything(word: &str) -> bool {
    word.starts_with(ANYTHING) && word.len() == ANYTHING.len_utf8()
}
