//! Whether a resource that files know is the function that is meant.

use super::place::{FunctionTarget, PlaceConfidence, joined};
use super::stack::{Stack, StackResource, UNNAMED};
use super::tool::Tool;

/// The length of the part that CloudFormation adds to names, at least.
const GENERATED: usize = 8;
/// The longest name of a function.
const LONGEST: usize = 64;

/// How a resource matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FunctionMatch {
    pub(super) confidence: PlaceConfidence,
    /// What is to be known of the match, as a sentence; empty when it is by the whole name.
    pub(super) why: String,
}

/// How a resource of a stack matches a function; none when it does not.
pub(super) fn match_of(
    tool: Tool,
    stack: &Stack,
    resource: &StackResource,
    target: &FunctionTarget,
) -> Option<FunctionMatch> {
    let mut found = match &resource.name {
        Some(name) if *name == target.name => certain(String::new()),
        None if matches!(tool, Tool::Cdk | Tool::Sam | Tool::CloudFormation) => {
            generated(&target.name, &stack.name, &resource.address)?
        }
        _ => return None,
    };
    if let Some(other) = other_site(stack, resource, target) {
        found.confidence = PlaceConfidence::Guess;
        found.why = joined(&[&found.why, &other]);
    }
    Some(found)
}

fn certain(why: String) -> FunctionMatch {
    FunctionMatch {
        confidence: PlaceConfidence::Certain,
        why,
    }
}

/// A function without a name of its own gets one of the stack's name, the logical id and a generated part; the first
/// two are cut where it would be too long.
fn generated(name: &str, stack: &str, logical: &str) -> Option<FunctionMatch> {
    let (head, tail) = name.rsplit_once('-')?;
    let is_generated = tail.len() >= GENERATED && tail.chars().all(|c| c.is_ascii_alphanumeric());
    if !is_generated {
        return None;
    }
    if head == format!("{stack}-{logical}") {
        return Some(certain(format!(
            "Its name is made of stack '{stack}' and logical id '{logical}'."
        )));
    }
    if stack == UNNAMED && head.ends_with(&format!("-{logical}")) {
        return Some(FunctionMatch {
            confidence: PlaceConfidence::Likely,
            why: format!("Its name fits logical id '{logical}'; no file names the stack."),
        });
    }
    let is_cut = |at: usize| {
        let (first, second) = (head.get(..at), head.get(at + 1..));
        matches!((first, second), (Some(first), Some(second)) if !first.is_empty()
            && !second.is_empty()
            && head.as_bytes().get(at) == Some(&b'-')
            && stack.starts_with(first)
            && logical.starts_with(second))
    };
    let fits = name.len() + 2 >= LONGEST && (0..head.len()).any(is_cut);
    fits.then(|| FunctionMatch {
        confidence: PlaceConfidence::Likely,
        why: format!("Its name fits stack '{stack}' and logical id '{logical}', both cut."),
    })
}

/// A warning when the resource, or its stack, is of another account or region than the function.
fn other_site(stack: &Stack, resource: &StackResource, target: &FunctionTarget) -> Option<String> {
    let mut parts = resource
        .arn
        .as_deref()
        .unwrap_or_default()
        .split(':')
        .skip(3);
    let (region, account) = (parts.next(), parts.next());
    other_place(
        account.or(stack.account.as_deref()),
        region.or(stack.region.as_deref()),
        target,
    )
}

/// A warning when an account or a region is another one than the function's.
pub(super) fn other_place(
    account: Option<&str>,
    region: Option<&str>,
    target: &FunctionTarget,
) -> Option<String> {
    let differs = |own: &Option<String>, other: Option<&str>| {
        let own = own.clone()?;
        Some((own, other?.to_owned())).filter(|(own, other)| own != other)
    };
    if let Some((own, other)) = differs(&target.account, account) {
        let what = format!("But it is of account {other}, and the function of {own}.");
        return Some(what);
    }
    let (own, other) = differs(&target.region, region)?;
    Some(format!(
        "But it is in region {other}, and the function in {own}."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_names_lead_to_stack_and_logical_id() {
        let found = |name: &str, stack: &str, logical: &str| {
            generated(name, stack, logical).map(|it| it.confidence)
        };
        assert_eq!(
            found("app-dev-Reads1A2B-x0y1z2AbCdEf", "app-dev", "Reads1A2B"),
            Some(PlaceConfidence::Certain)
        );
        assert_eq!(found("app-dev-Reads1A2B", "app-dev", "Reads1A2B"), None);
        assert_eq!(
            found("app-Reads-x0y1z2AbCdEf", "app-dev", "Reads1A2B"),
            None
        );
        let stack = "a-stack-with-a-very-long-name-indeed";
        let cut = "a-stack-with-a-very-long--AndALogicalIdAlsoVery-Ab0123456789";
        assert_eq!(found(cut, stack, "AndALogicalIdAlsoVeryLong"), None);
        let cut = "a-stack-with-a-very-long-na-AndALogicalIdAlsoVer-Ab0123456789XYZ";
        assert_eq!(cut.len(), 64);
        assert_eq!(
            found(cut, stack, "AndALogicalIdAlsoVeryLong"),
            Some(PlaceConfidence::Likely)
        );
    }
}
