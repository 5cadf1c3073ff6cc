//! Short names of the followed groups: as many last parts of each as it takes to tell them apart.

use std::collections::HashMap;

use crate::logs::{Home, Row, group_label, group_name};
use crate::text;

/// The columns a short name has at most.
const COLUMNS: usize = 18;

/// The short names of the groups.
#[derive(Debug, Clone, Default)]
pub(super) struct ShortNames {
    short: HashMap<String, String>,
    columns: usize,
    /// Where the session works, when that is known.
    home: Option<Home>,
}

impl ShortNames {
    pub(super) fn new(groups: &[String], home: Option<Home>) -> Self {
        if groups.len() < 2 {
            return Self {
                home,
                ..Self::default()
            };
        }
        let names = short_names(groups, home.as_ref());
        let short: HashMap<String, String> = groups.iter().cloned().zip(names).collect();
        let longest = short.values().map(|name| text::width(name)).max();
        Self {
            columns: longest.unwrap_or(0).min(COLUMNS),
            short,
            home,
        }
    }

    /// Where the session works, when that is known.
    pub(in crate::panes::logs) const fn home(&self) -> Option<&Home> {
        self.home.as_ref()
    }

    /// The columns the names take; 0 where no name is needed.
    pub(super) const fn columns(&self) -> usize {
        self.columns
    }

    /// The short names of these groups, of several.
    pub(super) fn of_groups<'a>(&'a self, groups: &'a [String]) -> impl Iterator<Item = &'a str> {
        let names = groups.iter().filter_map(|group| self.short.get(group));
        names.map(String::as_str)
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

/// The short names of groups, in their order, safe to draw; region and account stand before them where they differ.
pub(in crate::panes::logs) fn short_names(groups: &[String], home: Option<&Home>) -> Vec<String> {
    let mut names: Vec<&str> = groups.iter().map(|key| group_name(key)).collect();
    names.sort_unstable();
    names.dedup();
    let name = |key: &String| {
        let label = group_label(key, home);
        let place = label.strip_suffix(group_name(key)).unwrap_or_default();
        let name = format!("{place}{}", shortest(group_name(key), &names));
        text::neutralise(&name).into_owned()
    };
    groups.iter().map(name).collect()
}

/// The fewest last parts of a name that no other name ends with.
fn shortest<'a>(group: &'a str, groups: &[&str]) -> &'a str {
    let starts = group.rmatch_indices('/').map(|(at, _)| at + 1);
    starts
        .filter_map(|start| group.get(start..))
        .find(|part| {
            let ends = |other: &&&str| {
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
        ];
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
        assert_eq!(ShortNames::new(&["/ecs/a".to_owned()], None).columns(), 0);
        assert_eq!(
            ShortNames::new(&["/ecs/a".to_owned(), "/ecs/bcd".to_owned()], None).columns(),
            3
        );
    }

    #[test]
    fn one_name_in_two_places_is_told_apart_by_the_places() {
        let arn =
            |region: &str| format!("arn:aws:logs:{region}:1:log-group:/aws/lambda/us-east-1.edge");
        let home = Home {
            account: "1".to_owned(),
            region: "us-east-1".to_owned(),
        };
        let groups = [arn("us-east-1"), arn("eu-west-1"), "/ecs/web".to_owned()];
        assert_eq!(
            short_names(&groups, Some(&home)),
            ["us-east-1.edge", "eu-west-1:us-east-1.edge", "web"]
        );
    }
}
