//! Whether a resource that files know is the function that is meant.

use super::place::{FunctionTarget, PlaceConfidence, joined};
use super::stack::{Stack, StackHome, StackResource, UNNAMED};
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
    if let Some(other) = other_home(&home(stack, resource), target) {
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

/// Where a resource is: as its ARN says, else its stack.
fn home(stack: &Stack, resource: &StackResource) -> StackHome {
    let Some(arn) = &resource.arn else {
        return stack.home.clone();
    };
    let mut parts = arn.split(':').skip(3).map(str::to_owned);
    let (region, account) = (parts.next(), parts.next());
    StackHome { account, region }
}

/// A warning when that is another account or region than the function's.
pub(super) fn other_home(home: &StackHome, target: &FunctionTarget) -> Option<String> {
    let differing = |theirs: &Option<String>, own: &Option<String>| {
        let (theirs, own) = (theirs.clone()?, own.clone()?);
        (theirs != own).then_some((theirs, own))
    };
    if let Some((account, own)) = differing(&home.account, &target.account) {
        let what = format!("But it is of account {account}, and the function of {own}.");
        return Some(what);
    }
    let (region, own) = differing(&home.region, &target.region)?;
    Some(format!(
        "But it is in region {region}, and the function in {own}."
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
