//! Short names of the followed groups: as many last parts of each as it takes to tell them apart.

use std::collections::HashMap;

use crate::logs::Row;
use crate::text;

/// The columns a short name has at most.
const COLUMNS: usize = 18;

/// The short names of the groups.
#[derive(Debug, Clone, Default)]
pub(super) struct ShortNames {
    short: HashMap<String, String>,
    columns: usize,
}

impl ShortNames {
    pub(super) fn new(groups: &[String]) -> Self {
        if groups.len() < 2 {
            return Self::default();
        }
        let names = short_names(groups);
        let short: HashMap<String, String> = groups.iter().cloned().zip(names).collect();
        let longest = short.values().map(|name| text::width(name)).max();
        Self {
            columns: longest.unwrap_or(0).min(COLUMNS),
            short,
        }
    }

    /// The columns the names take; 0 where no name is needed.
    pub(super) const fn columns(&self) -> usize {
        self.columns
    }

    /// The short name of a row's group, as wide as all are.
    pub(super) fn of(&self, row: &Row) -> String {
        let Some(source) = row.source.as_ref().filter(|_| self.columns > 0) else {
            return String::new();
        };
        let name = self.short.get(&*source.group);
        text::pad(name.map_or("", String::as_str), self.columns)
    }
}

/// The short names of groups, in their order, safe to draw.
pub(in crate::panes::logs) fn short_names(groups: &[String]) -> Vec<String> {
    let name = |group: &String| text::neutralise(shortest(group, groups)).into_owned();
    groups.iter().map(name).collect()
}

/// The fewest last parts of a name that no other name ends with.
fn shortest<'a>(group: &'a str, groups: &[String]) -> &'a str {
    let starts = group.rmatch_indices('/').map(|(at, _)| at + 1);
    starts
        .filter_map(|start| group.get(start..))
        .find(|part| {
            let ends = |other: &&String| {
                other
                    .strip_suffix(part)
                    .is_some_and(|before| before.is_empty() || before.ends_with('/'))
            };
            !part.is_empty() && groups.iter().filter(ends).count() == 1
        })
        .unwrap_or(group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_short_as_they_can_be_told_apart() {
        let groups = [
            "/ecs/alpha/beat",
            "/ecs/beta/beat",
            "/aws/lambda/hash",
            "/aws/lambda/other-hash",
            "plain",
        ]
        .map(str::to_owned);
        let short: Vec<&str> = groups
            .iter()
            .map(|group| shortest(group, &groups))
            .collect();
        assert_eq!(
            short,
            ["alpha/beat", "beta/beat", "hash", "other-hash", "plain"]
        );
    }

    #[test]
    fn one_group_needs_no_name() {
        assert_eq!(ShortNames::new(&["/ecs/a".to_owned()]).columns(), 0);
        assert_eq!(
            ShortNames::new(&["/ecs/a".to_owned(), "/ecs/bcd".to_owned()]).columns(),
            3
        );
    }
}
