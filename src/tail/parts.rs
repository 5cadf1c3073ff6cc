//! What a tail tells in parts, so that whoever takes them in can do something else in between.

use crate::logs::Tailing;

/// The same in order, with at most so many events in a part.
#[must_use]
pub fn parts(told: Tailing, most: usize) -> Vec<Tailing> {
    let Tailing::Events(mut rest) = told else {
        return vec![told];
    };
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let after = rest.split_off(rest.len().min(most.max(1)));
        parts.push(Tailing::Events(std::mem::replace(&mut rest, after)));
    }
    parts
}
