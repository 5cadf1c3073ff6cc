//! Finds the template a masked message is alike: a tree of fixed depth, by the number of words and the first word that
//! is not masked, and in its leaves the template with the most equal words.
//!
//! After Drain (He, Zhu, Zheng, Lyu: "Drain: An Online Log Parsing Approach with Fixed Depth Tree", ICWS 2017). Other
//! than there, words that are masked in both say nothing about how alike two messages are.
//!
//! A leaf may hold hundreds of templates, and each is compared with a message that is new: words are numbers there, equal
//! for equal words, in one table.

use std::collections::HashMap;

use super::mask::{ANYTHING, MaskedMessage, is_mask};

/// The share of the words that must be equal.
const ALIKE: f64 = 0.5;
/// First words that are told apart for each number of words; further ones share a leaf.
const MOST_FIRST_WORDS: usize = 100;

/// A word as a number. A mask alone is its own character; 0 is a word that no template has.
type WordNumber = u32;
/// Numbers below are masks.
const FIRST_WORD: WordNumber = 32;

/// The templates by number of words and first word.
#[derive(Debug, Default)]
pub(super) struct TemplateTree {
    leaves: Vec<TemplateLeaf>,
    /// The leaves by number of words, then by first word; without one is the leaf that further ones share.
    by_words: HashMap<usize, HashMap<Box<str>, usize>>,
    /// The words of the templates.
    numbers: HashMap<Box<str>, WordNumber>,
    /// The words of the message that is looked for.
    message: Vec<WordNumber>,
}

/// Templates of the same number of words.
#[derive(Debug, Default)]
struct TemplateLeaf {
    places: Vec<usize>,
    /// The words of each, in the same order.
    words: Vec<WordNumber>,
}

/// Where a template stands in the tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct FoundTemplate {
    /// Its place among all.
    pub(super) place: usize,
    leaf: usize,
    row: usize,
}

impl TemplateTree {
    /// The template that a message is alike, out of those at places that fit.
    pub(super) fn find(
        &mut self,
        message: &MaskedMessage,
        fits: impl Fn(usize) -> bool,
    ) -> Option<FoundTemplate> {
        let leaves = self.by_words.get(&message.len())?;
        let first = first_word(message.words());
        let leaf = *leaves.get(first).or_else(|| leaves.get(""))?;
        let TemplateLeaf { places, words } = self.leaves.get(leaf)?;
        let numbers = &self.numbers;
        self.message.clear();
        let numbers = message.words().map(|word| number_of(numbers, word));
        self.message.extend(numbers);
        let mut best: Option<(FoundTemplate, f64)> = None;
        // A message without words is alike to the only template that has none.
        let rows = words.chunks_exact(message.len().max(1));
        let rows = rows.map(|words| likeness(words, &self.message));
        let none = places.iter().map(|_| 1.0).filter(|_| message.len() == 0);
        for ((row, &place), alike) in places.iter().enumerate().zip(rows.chain(none)) {
            let is_better = best.is_none_or(|(_, most)| alike > most);
            if alike >= ALIKE && is_better && fits(place) {
                best = Some((FoundTemplate { place, leaf, row }, alike));
            }
        }
        best.map(|(found, _)| found)
    }

    /// Puts a template into its leaf.
    pub(super) fn put(&mut self, words: &[Box<str>], place: usize) {
        let first = first_word(words.iter().map(|word| &**word));
        let leaves = self.by_words.entry(words.len()).or_default();
        let is_full = !leaves.contains_key(first) && leaves.len() >= MOST_FIRST_WORDS;
        let first = if is_full { "" } else { first };
        let next = self.leaves.len();
        let leaf = *leaves.entry(first.into()).or_insert(next);
        if leaf == next {
            self.leaves.push(TemplateLeaf::default());
        }
        let numbers = words.iter().map(|word| new_number(&mut self.numbers, word));
        if let Some(leaf) = self.leaves.get_mut(leaf) {
            leaf.words.extend(numbers);
            leaf.places.push(place);
        }
    }

    /// Masks what the message that was looked for says otherwise than the template that was found.
    pub(super) fn widen(&mut self, found: FoundTemplate, words: &mut [Box<str>]) {
        let Some(leaf) = self.leaves.get_mut(found.leaf) else {
            return;
        };
        let row = leaf.words.iter_mut().skip(found.row * words.len());
        for ((number, word), said) in row.zip(words).zip(&self.message) {
            if number != said && *number != u32::from(ANYTHING) {
                *number = u32::from(ANYTHING);
                *word = ANYTHING.to_string().into();
            }
        }
    }
}

/// The first word that holds no mask; none when all do.
pub(super) fn first_word<'w>(mut words: impl Iterator<Item = &'w str>) -> &'w str {
    words.find(|word| !word.contains(is_mask)).unwrap_or("")
}

/// The number of a word of a message; 0 when no template has it.
fn number_of(numbers: &HashMap<Box<str>, WordNumber>, word: &str) -> WordNumber {
    lone_mask(word).unwrap_or_else(|| numbers.get(word).copied().unwrap_or_default())
}

/// The number of a word of a template.
fn new_number(numbers: &mut HashMap<Box<str>, WordNumber>, word: &str) -> WordNumber {
    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX - FIRST_WORD) + FIRST_WORD;
    lone_mask(word).unwrap_or_else(|| *numbers.entry(word.into()).or_insert(next))
}

/// The number of a word that is nothing but a mask.
fn lone_mask(word: &str) -> Option<WordNumber> {
    let mut characters = word.chars();
    let mask = characters.next().filter(|&it| is_mask(it))?;
    characters.next().is_none().then(|| u32::from(mask))
}

/// The share of equal words among those that are not masked in both.
fn likeness(words: &[WordNumber], message: &[WordNumber]) -> f64 {
    let (mut equal, mut masked) = (0_u32, 0_u32);
    for (word, said) in words.iter().zip(message) {
        let is_equal = u32::from(word == said);
        let is_mask = u32::from(*word < FIRST_WORD);
        equal += is_equal & (1 - is_mask);
        masked += is_equal & is_mask;
    }
    let all = u32::try_from(words.len()).unwrap_or(u32::MAX) - masked;
    if all == 0 {
        1.0
    } else {
        f64::from(equal) / f64::from(all)
    }
}
