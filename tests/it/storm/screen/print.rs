//! A state in a number: two states that say the same of themselves have the same one.

use std::collections::hash_map::DefaultHasher;
use std::fmt::{self, Debug, Write};
use std::hash::{Hash as _, Hasher as _};

/// What stands between words.
const BREAKS: [char; 8] = [',', ' ', '{', '}', '[', ']', '(', ')'];

/// Sums the words of what is written up, whatever their order: maps tell theirs as they like.
#[derive(Default)]
struct Sum {
    word: DefaultHasher,
    sum: u64,
}

impl Write for Sum {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            if BREAKS.contains(&char::from(byte)) {
                let word = std::mem::take(&mut self.word);
                self.sum = self.sum.wrapping_add(word.finish());
            } else {
                byte.hash(&mut self.word);
            }
        }
        Ok(())
    }
}

/// The number of a state.
pub(super) fn print(state: &impl Debug) -> u64 {
    let mut sum = Sum::default();
    write!(sum, "{state:?}").unwrap();
    sum.sum
}

/// The beginning of what a value says of itself, without working out the rest.
pub(super) fn beginning(value: &impl Debug, most: usize) -> String {
    struct Beginning(String, usize);
    impl Write for Beginning {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            let left = self.1.saturating_sub(self.0.len());
            self.0.push_str(&text[..text.floor_char_boundary(left)]);
            if text.len() > left {
                Err(fmt::Error)
            } else {
                Ok(())
            }
        }
    }
    let mut beginning = Beginning(String::new(), most);
    // An error only says that there was more.
    write!(beginning, "{value:?}").ok();
    beginning.0
}

/// Words that one state says more often of itself than the other.
pub(super) fn only_in_one(one: &impl Debug, other: &impl Debug) -> Vec<String> {
    let mut left: Vec<String> = words(one);
    for word in words(other) {
        if let Ok(at) = left.binary_search(&word) {
            left.remove(at);
        }
    }
    left.truncate(20);
    left
}

fn words(state: &impl Debug) -> Vec<String> {
    let whole = format!("{state:?}");
    let mut words: Vec<String> = whole.split(BREAKS).map(str::to_owned).collect();
    words.sort_unstable();
    words
}
