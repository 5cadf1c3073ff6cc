//! The places that links of the article lead to: Markdown knows none, so they are written in HTML.

use crate::articles::body::NamedPlace;

/// The sign of a place.
pub(super) fn anchor(place: &NamedPlace) -> String {
    format!("<a id=\"{}\"></a>", place.name)
}

/// The signs of places before a block that cannot hold them.
pub(super) fn apart(places: &[NamedPlace]) -> String {
    let anchors: String = places.iter().map(anchor).collect();
    if anchors.is_empty() {
        anchors
    } else {
        anchors + "\n\n"
    }
}
