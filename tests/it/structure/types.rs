//! The types that ship: their names, and who can see them.

use std::collections::BTreeMap;

use super::nothing_breaks_it;
use super::source::{Source, read};

/// Of a hundred types, at most so many have a name that others have too.
const MOST_SHARING: usize = 25;

/// A struct, an enum or a trait.
#[derive(Debug, PartialEq, Eq)]
struct Type {
    name: String,
    /// Whether the whole crate may see it.
    is_crate_wide: bool,
}

/// The types that a file declares.
fn types(source: &Source) -> Vec<Type> {
    source.code.lines().filter_map(declared).collect()
}

fn declared(line: &str) -> Option<Type> {
    let line = line.trim_start();
    let (is_crate_wide, rest) = match line.strip_prefix("pub") {
        Some(rest) if rest.starts_with(' ') => (true, rest),
        Some(rest) if rest.starts_with("(crate) ") => (true, &rest["(crate)".len()..]),
        Some(rest) if rest.starts_with('(') => (false, rest.split_once(") ")?.1),
        Some(_) => return None,
        None => (false, line),
    };
    let mut words = rest.trim_start().splitn(2, ' ');
    if !["struct", "enum", "trait"].contains(&words.next()?) {
        return None;
    }
    let is_of_name = |c: char| c.is_alphanumeric() || c == '_';
    let name = words.next()?.split(|c| !is_of_name(c)).next()?;
    let name = name.to_owned();
    (!name.is_empty()).then_some(Type {
        name,
        is_crate_wide,
    })
}

#[test]
fn types_are_found_with_their_names_and_readers() {
    let told = |line: &str| declared(line).map(|it| (it.name, it.is_crate_wide));
    let named = |name: &str, is_crate_wide| Some((name.to_owned(), is_crate_wide));
    assert_eq!(told("pub struct Run<'a> {"), named("Run", true));
    assert_eq!(told("    pub(crate) enum Step {"), named("Step", true));
    assert_eq!(told("pub(super) trait Pane: Debug {"), named("Pane", false));
    assert_eq!(
        told("pub(in crate::aws) struct Call(u8);"),
        named("Call", false)
    );
    assert_eq!(told("struct Unit;"), named("Unit", false));
    assert_eq!(told("pub fn structure() {}"), None);
    assert_eq!(told("let structs = 1;"), None);
}

#[test]
fn a_name_names_one_type() {
    let sources = read("src");
    let mut places: BTreeMap<String, Vec<(&str, bool)>> = BTreeMap::new();
    for source in &sources {
        for found in types(source) {
            let place = (source.path.as_str(), found.is_crate_wide);
            places.entry(found.name).or_default().push(place);
        }
    }
    let all: usize = places.values().map(Vec::len).sum();
    places.retain(|_, places| places.len() > 1);
    let sharing: usize = places.values().map(Vec::len).sum();
    let mut broken: Vec<String> = places
        .iter()
        .filter(|(_, places)| places.iter().any(|(_, is_crate_wide)| *is_crate_wide))
        .map(|(name, places)| {
            format!("`{name}` is seen crate-wide and names more than one type: {places:?}.")
        })
        .collect();
    if sharing * 100 > all * MOST_SHARING {
        broken.push(format!(
            "{sharing} of {all} types share their name; at most {MOST_SHARING} % may."
        ));
    }
    nothing_breaks_it(&broken);
}
