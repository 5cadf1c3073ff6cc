//! The signs of runs in an account, by which every iacstone sees what belongs to one: the mark on each version of a run,
//! and the sign on `$LATEST`, which is set and taken away by the very calls that change its memory size.

use super::error::Error;
use crate::lambda::Function;
use crate::power::{Original, RunId};

/// What the descriptions of versions begin with that belong to a run.
const MARK: &str = "iacstone:";

/// What the description of `$LATEST` begins with while it has a size of a run.
const SIGN: &str = "[iacstone ";

/// The longest description Lambda takes, in UTF-16 units: whatever it counts by, this is not too long.
const LONGEST_DESCRIPTION: usize = 256;

/// What marks a version as belonging to a run.
pub(super) fn mark(run: &RunId) -> String {
    format!("{MARK}{run}")
}

/// The run a version belongs to, whoever made it.
pub(super) fn marked_by(version: &Function) -> Option<&str> {
    version.description.strip_prefix(MARK)
}

/// The description of `$LATEST` at a size of the run: which run, the size before, and the user's own words as far as
/// there is room.
pub(super) fn sign(run: &RunId, original: &Original) -> String {
    let own = original.description.as_deref().unwrap_or_default();
    let whole = format!("{SIGN}{run}: {} MB before] {own}", original.memory);
    let mut units = 0;
    let fits = |sign: &char| {
        units += sign.len_utf16();
        units <= LONGEST_DESCRIPTION
    };
    whole.trim_end().chars().take_while(fits).collect()
}

/// A description without the sign of this run: the original, unless somebody changed the words behind the sign.
pub(super) fn unsigned(run: &RunId, original: &Original, description: &str) -> String {
    match &original.description {
        Some(own) if description == sign(run, original) => own.clone(),
        _ => {
            let behind = description
                .split_once(']')
                .map_or(description, |(_, it)| it);
            behind.trim_start().to_owned()
        }
    }
}

/// The run whose sign is on `$LATEST`, and the size it had before that run, as text.
pub(super) fn signed_by(latest: &Function) -> Option<(&str, &str)> {
    let (sign, _) = latest.description.strip_prefix(SIGN)?.split_once(']')?;
    sign.strip_suffix(" MB before")?.split_once(": ")
}

/// Refuses a function at which another run is at work or was cut off: it would take that run's size for the user's.
///
/// # Errors
/// [`Error::Signed`] or [`Error::Foreign`].
pub(super) fn refuse_signed(latest: &Function, versions: &[Function]) -> Result<(), Error> {
    if let Some((run, memory)) = signed_by(latest) {
        return Err(Error::Signed {
            function: latest.name.clone(),
            run: run.to_owned(),
            memory: memory.to_owned(),
        });
    }
    let marked =
        |version: &Function| Some((version.version.clone(), marked_by(version)?.to_owned()));
    match versions.iter().find_map(marked) {
        Some((version, run)) => Err(Error::Foreign {
            function: latest.name.clone(),
            version,
            run,
            memory: latest.memory,
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::fixture::function;
    use crate::tuner::schedule::tests::mb;

    fn original(description: &str) -> Original {
        Original {
            function_arn: String::new(),
            endpoint: None,
            memory: mb(384),
            description: Some(description.to_owned()),
            versions: Vec::new(),
        }
    }

    fn run() -> RunId {
        RunId("r20261121-120001-0100".to_owned())
    }

    #[test]
    fn a_sign_tells_the_run_the_size_before_and_the_words_of_the_user() {
        let text = sign(&run(), &original("orders [prod]"));
        assert_eq!(
            text,
            "[iacstone r20261121-120001-0100: 384 MB before] orders [prod]"
        );
        let signed = Function {
            description: text,
            ..function()
        };
        assert_eq!(signed_by(&signed), Some(("r20261121-120001-0100", "384")));
        assert!(matches!(
            refuse_signed(&signed, &[]),
            Err(Error::Signed { .. })
        ));
        assert!(!sign(&run(), &original("")).ends_with(' '));
    }

    #[test]
    fn a_sign_is_never_longer_than_lambda_allows() {
        for own in ["ü".repeat(256), "🚀".repeat(128)] {
            let original = original(&own);
            let text = sign(&run(), &original);
            let units = text.encode_utf16().count();
            assert!((255..=256).contains(&units), "{units}");
            assert_eq!(unsigned(&run(), &original, &text), own);
        }
    }

    #[test]
    fn words_that_others_put_behind_the_sign_stay() {
        let text = sign(&run(), &original("orders")).replace("orders", "orders v2");
        assert_eq!(unsigned(&run(), &original("orders"), &text), "orders v2");
    }

    #[test]
    fn the_users_own_words_are_no_sign() {
        for text in [
            "",
            "[iacstone",
            "[iacstone is great] 384 MB before]",
            "iacstone:r1",
        ] {
            let plain = Function {
                description: text.to_owned(),
                ..function()
            };
            assert_eq!(signed_by(&plain), None, "{text}");
            assert!(refuse_signed(&plain, &[]).is_ok());
        }
    }
}
