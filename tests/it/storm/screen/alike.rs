//! Whether two programs that were told the same ask for the same.

use iacstone::effect::{Effect, Job};

use super::print::{beginning, print};

/// Whether the effects are the same. Two moments of two logs are never equal: what they say of themselves is compared.
pub(super) fn is_alike(ones: &[Effect], others: &[Effect]) -> bool {
    let alike = |(one, other): (&Effect, &Effect)| match (one, other) {
        (
            Effect::Spawn(id, Job::Scan(_) | Job::ExportRows(_) | Job::FoldMessages(..)),
            Effect::Spawn(same, _),
        ) => id == same && print(one) == print(other),
        _ => one == other,
    };
    ones.len() == others.len() && ones.iter().zip(others).all(alike)
}

/// Where two lists of effects part.
pub(super) fn unlike(ones: &[Effect], others: &[Effect]) -> String {
    let pair = ones
        .iter()
        .zip(others)
        .find(|(one, other)| one != other && print(one) != print(other));
    let lengths = format!("{} and {} of them", ones.len(), others.len());
    pair.map_or(lengths, |(one, other)| {
        let (one, other) = (format!("{one:?}"), format!("{other:?}"));
        let bytes = one.bytes().zip(other.bytes());
        let at = bytes.take_while(|(a, b)| a == b).count().saturating_sub(60);
        let part = |text: &str| text.chars().skip(at).take(160).collect::<String>();
        format!(
            "{}: ...{} and ...{}",
            beginning(&one, 40),
            part(&one),
            part(&other)
        )
    })
}
