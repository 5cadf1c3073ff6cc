//! What is said about a list of the account: how many there are, how listing is doing, and why none is shown.

use super::painter::Piece;
use super::problem::not_loaded;
use crate::effect::AppContext;
use crate::keys::Action;
use crate::panes::{Load, PagedList};
use crate::theme::Role;

/// How many are shown of all, by what they were narrowed to; `noun` for one and for more.
pub(super) fn count(
    (shown, all): (usize, usize),
    filter: &str,
    noun: (&str, &str),
) -> Option<Piece> {
    if !filter.is_empty() {
        return Some((Role::Text, format!("  {shown} of {all} with '{filter}'")));
    }
    let noun = if all == 1 { noun.0 } else { noun.1 };
    (all > 0).then(|| (Role::Muted, format!("  {all} {noun}")))
}

/// That listing is under way or failed, and how old the list is then.
pub(super) fn standing<T>(list: &PagedList<T>) -> Option<Piece> {
    match (list.load(), list.listed()) {
        (Load::Loading(_), _) => Some((Role::Warning, "  listing ...".to_owned())),
        (Load::Failed(_), Some(at)) => {
            let words = format!("  as of {}; listing failed", at.strftime("%H:%M"));
            Some((Role::Error, words))
        }
        (Load::Failed(_), None) => Some((Role::Error, "  listing failed".to_owned())),
        _ => None,
    }
}

/// What stands in place of rows when there are none; `narrowed` says it of a list of which nothing passes the filter.
pub(super) fn placeholder<T>(
    list: &PagedList<T>,
    noun: (&str, &str),
    narrowed: Option<Piece>,
    context: &AppContext,
) -> Piece {
    let (one, many) = noun;
    let retry = context.keymap.way_to(Action::REFRESH);
    let none = list.items().is_empty();
    match list.load() {
        Load::Loading(_) if none => (Role::Muted, format!("Asking AWS for the {many} ...")),
        Load::Failed(why) if none => (Role::Error, not_loaded(why, &context.keymap)),
        Load::Unasked => (
            Role::Muted,
            format!("The {many} were not listed. Press {retry} to list them."),
        ),
        _ => narrowed.unwrap_or_else(|| {
            let region = context.region.as_deref().unwrap_or("this region");
            let words = format!("There is no {one} in {region}. Press {retry} to look again.");
            (Role::Muted, words)
        }),
    }
}
