//! What a misspelt function name was probably meant to be.

use std::fmt::Write;

use crate::aws::LambdaClient;
use crate::jobs::Listing;
use crate::lambda::FunctionRef;

/// The most names that are suggested.
const SUGGESTIONS: usize = 3;
/// Names less alike than this were hardly meant.
const ALIKE: f64 = 0.7;

/// A clause with the nearest names; empty when there are none, or the account does not let them be listed.
pub(super) async fn meant(lambda: &LambdaClient, function: &FunctionRef) -> String {
    let Ok(functions) = Listing::new(lambda).rest().await else {
        return String::new();
    };
    let names: Vec<String> = functions.into_iter().map(|it| it.name).collect();
    clause(function.name(), &names)
}

fn clause(wanted: &str, names: &[String]) -> String {
    // A name that is there means that the qualifier is wrong.
    if names.iter().any(|name| name == wanted) {
        return String::new();
    }
    let mut close: Vec<(f64, &String)> = names
        .iter()
        .map(|name| (strsim::jaro_winkler(wanted, name), name))
        .filter(|(alike, _)| *alike >= ALIKE)
        .collect();
    close.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let mut text = String::new();
    for (at, (_, name)) in close.into_iter().take(SUGGESTIONS).enumerate() {
        let lead = if at == 0 { "; did you mean" } else { " or" };
        write!(text, "{lead} '{name}'").ok();
    }
    if !text.is_empty() {
        text.push('?');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_names_are_suggested() {
        let names = ["dynamodb-reads", "no-op", "prime-numbers"].map(str::to_owned);
        assert_eq!(
            clause("dynamo-reads", &names),
            "; did you mean 'dynamodb-reads'?"
        );
        assert_eq!(clause("zzz", &names), "");
        assert_eq!(clause("no-op", &names), "");
    }
}
