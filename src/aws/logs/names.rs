//! Names that thousands of events share are kept once.

use std::collections::HashSet;
use std::sync::Arc;

use crate::logs::is_arn;

/// Names kept at most; a function that starts a stream per second must not fill the memory.
const MOST: usize = 4096;

/// The names seen lately.
#[derive(Debug, Default)]
pub(super) struct GroupNames(HashSet<Arc<str>>);

impl GroupNames {
    /// The shared form of a name.
    pub(super) fn shared(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.0.get(name) {
            return Arc::clone(known);
        }
        if self.0.len() >= MOST {
            self.0.clear();
        }
        let name: Arc<str> = name.into();
        self.0.insert(Arc::clone(&name));
        name
    }
}

/// A group as a request names it: its own by name, those of other accounts and regions by their ARN.
pub(super) fn named(key: &str) -> (Option<String>, Option<String>) {
    let key = key.to_owned();
    if is_arn(&key) {
        (None, Some(key))
    } else {
        (Some(key), None)
    }
}

/// The group an ARN or an identifier such as `123456789012:/ecs/web` is of; a name is its own.
pub(super) fn group_of_identifier(identifier: &str) -> &str {
    let identifier = identifier.strip_suffix(":*").unwrap_or(identifier);
    // The name of a group holds no colon.
    identifier
        .rsplit_once(':')
        .map_or(identifier, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_known_by_its_arn_its_identifier_and_its_name() {
        for identifier in [
            "arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/web",
            "arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/web:*",
            "123456789012:/ecs/web",
            "/ecs/web",
        ] {
            assert_eq!(group_of_identifier(identifier), "/ecs/web");
        }
    }

    #[test]
    fn names_are_shared_and_their_number_has_a_bound() {
        let mut names = GroupNames::default();
        let first = names.shared("a");
        assert!(Arc::ptr_eq(&first, &names.shared("a")));
        for number in 0..10_000 {
            names.shared(&number.to_string());
        }
        assert!(names.0.len() <= MOST);
    }
}
