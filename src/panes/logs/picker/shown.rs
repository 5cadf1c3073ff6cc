//! The rows of the picker, worked out when the list or the filter changed.

use crate::logs::{Glob, GroupAddress, GroupSet, Home, LogGroup, function_of, group_label};
use crate::text::fuzzy;

/// One row of the picker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickerRow<'a> {
    /// A saved set.
    Set(&'a GroupSet),
    /// A group of the account.
    Group(&'a LogGroup),
}

impl<'a> PickerRow<'a> {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'a str {
        match self {
            Self::Set(set) => &set.name,
            Self::Group(group) => &group.name,
        }
    }

    /// What tells it from all others: the name of a set, the key of a group.
    #[must_use]
    pub fn key(&self) -> &'a str {
        match self {
            Self::Set(set) => &set.name,
            Self::Group(group) => group.key(),
        }
    }

    /// The keys of the groups it stands for.
    pub fn groups(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let (set, group) = match *self {
            Self::Set(set) => (set.groups.as_slice(), None),
            Self::Group(group) => (&[][..], Some(group.key())),
        };
        set.iter().map(String::as_str).chain(group)
    }
}

/// Which sets and groups are shown, in order, by their place in their lists.
#[derive(Debug, Default)]
pub(super) struct ShownGroups {
    sets: Vec<usize>,
    groups: Vec<usize>,
}

impl ShownGroups {
    /// Those whose names the filter lets through.
    pub(super) fn of(
        sets: &[GroupSet],
        groups: &[LogGroup],
        filter: &str,
        home: Option<&Home>,
    ) -> Self {
        let filter = filter.trim();
        if let Some(address) = GroupAddress::parse(filter) {
            return Self::at(groups, &address);
        }
        let sets = places(filter, sets.iter().map(|set| set.name.as_str()));
        let groups = if Glob::is_wild(filter) {
            places(filter, groups.iter().map(|group| group.name.as_str()))
        } else {
            // Words may be of the account or the region too.
            let labels = groups.iter().map(|group| group_label(group.key(), home));
            let labels: Vec<_> = labels.collect();
            places(filter, labels.iter().map(|label| &**label))
        };
        Self { sets, groups }
    }

    /// The groups an ARN means; a set has none.
    fn at(groups: &[LogGroup], address: &GroupAddress) -> Self {
        let meant = groups.iter().enumerate();
        let meant = meant.filter(|(_, group)| address.means(group));
        Self {
            sets: Vec::new(),
            groups: meant.map(|(at, _)| at).collect(),
        }
    }

    pub(super) const fn count(&self) -> usize {
        self.sets.len() + self.groups.len()
    }

    pub(super) fn rows<'a>(
        &'a self,
        sets: &'a [GroupSet],
        groups: &'a [LogGroup],
    ) -> impl Iterator<Item = PickerRow<'a>> {
        let sets = self.sets.iter().filter_map(|&at| sets.get(at));
        let groups = self.groups.iter().filter_map(|&at| groups.get(at));
        sets.map(PickerRow::Set).chain(groups.map(PickerRow::Group))
    }
}

/// The places of the names that pass: the best first for words, else in the order given.
fn places<'n>(filter: &str, names: impl Iterator<Item = &'n str>) -> Vec<usize> {
    if !Glob::is_wild(filter) {
        return fuzzy(filter, names);
    }
    let wildcard = Glob::of_name(&filter.to_lowercase());
    names
        .enumerate()
        .filter(|(_, name)| is_meant(&wildcard, &name.to_lowercase()))
        .map(|(at, _)| at)
        .collect()
}

/// Whether a wildcard means a group: by its name, or by that of the function that writes to it.
fn is_meant(wildcard: &Glob, name: &str) -> bool {
    wildcard.matches(name) || function_of(name).is_some_and(|function| wildcard.matches(function))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(filter: &str) -> Vec<String> {
        let group = |name: &str| LogGroup {
            name: name.to_owned(),
            arn: Some(format!(
                "arn:aws:logs:eu-west-1:123456789012:log-group:{name}"
            )),
            created_ms: None,
            is_own: true,
            stored: Some(crate::logs::StoredLogs {
                bytes: 0,
                retention_days: None,
            }),
            class: crate::logs::LogClass::Standard,
        };
        let groups = [
            "/aws/lambda/hash-bun",
            "/aws/lambda/hash-node",
            "/ecs/alpha/beat",
            "/ecs/alpha/gunicorn",
            "/ecs/beta/beat",
        ]
        .map(group);
        let set = GroupSet {
            name: "hashes".to_owned(),
            groups: vec!["/aws/lambda/hash-bun".to_owned()],
        };
        let shown = ShownGroups::of(std::slice::from_ref(&set), &groups, filter, None);
        let rows = shown.rows(std::slice::from_ref(&set), &groups);
        rows.map(|row| row.name().to_owned()).collect()
    }

    #[test]
    fn letters_in_order_are_enough_to_find_a_group() {
        assert_eq!(names("lhn")[0], "/aws/lambda/hash-node");
        assert_eq!(
            names("hash"),
            ["hashes", "/aws/lambda/hash-bun", "/aws/lambda/hash-node"]
        );
        assert_eq!(names("ecs beta"), ["/ecs/beta/beat"]);
        assert!(names("zzz").is_empty());
    }

    #[test]
    fn a_wildcard_means_the_whole_name() {
        assert_eq!(names("/ecs/*/beat"), ["/ecs/alpha/beat", "/ecs/beta/beat"]);
        assert!(names("ecs/*").is_empty());
        assert!(is_meant(&Glob::of_name("hash-*"), "/aws/lambda/hash-bun"));
        assert!(!is_meant(&Glob::of_name("hash-*"), "/ecs/hash-bun"));
    }

    #[test]
    fn an_arn_means_the_group_of_its_own_account_and_region() {
        let arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/beta/beat";
        assert_eq!(names(arn), ["/ecs/beta/beat"]);
        assert_eq!(names(&format!("{arn}:*")), ["/ecs/beta/beat"]);
        assert!(names(&arn.replace("eu-west-1", "us-east-1")).is_empty());
        assert!(names(&arn.replace("123456789012", "999999999999")).is_empty());
    }

    #[test]
    fn without_a_filter_sets_come_first_and_groups_in_their_order() {
        assert_eq!(names("  ").len(), 6);
        assert_eq!(names("")[0], "hashes");
    }
}
