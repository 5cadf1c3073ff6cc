//! How users name a function: a plain name, a partial or full ARN, each with or without a qualifier.

use serde::{Deserialize, Serialize};

/// A function as the user named it, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FunctionRef {
    target: String,
    qualifier: Option<String>,
}

/// Why a text does not name a function.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{text}' is not a function: {reason}; give a name, an ARN, or either with ':alias' or ':version'"
)]
pub struct FunctionRefError {
    text: String,
    reason: &'static str,
}

impl FunctionRef {
    /// Parses `name`, `account:function:name`, `arn:…:function:name`, each optionally with `:qualifier`.
    ///
    /// # Errors
    /// [`FunctionRefError`] when the text has none of these forms.
    pub fn parse(text: &str) -> Result<Self, FunctionRefError> {
        let text = text.trim();
        let fail = |reason| FunctionRefError {
            text: text.to_owned(),
            reason,
        };
        let parts: Vec<&str> = text.split(':').collect();
        let (head, name_at) = match parts.as_slice() {
            ["arn", ..] => (
                parts.get(5) == Some(&"function") && parts.get(2) == Some(&"lambda"),
                6,
            ),
            [_, "function", ..] => (true, 2),
            _ => (true, 0),
        };
        if !head {
            return Err(fail("the ARN is not one of a Lambda function"));
        }
        let name = parts.get(name_at).copied().unwrap_or_default();
        if name.is_empty() {
            return Err(fail("the name is empty"));
        }
        if !parts.iter().skip(name_at).all(|part| is_word(part)) {
            return Err(fail("a name holds letters, digits, '-', '_' and '$' only"));
        }
        if parts.len() > name_at + 2 {
            return Err(fail("there is more than one qualifier"));
        }
        let target = parts
            .get(..=name_at)
            .map(|kept| kept.join(":"))
            .unwrap_or_default();
        let qualifier = parts
            .get(name_at + 1)
            .map(|&qualifier| qualifier.to_owned());
        Ok(Self { target, qualifier })
    }

    /// The name or ARN without the qualifier, as AWS takes it.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The alias or version, if one was given.
    #[must_use]
    pub fn qualifier(&self) -> Option<&str> {
        self.qualifier.as_deref()
    }

    /// The plain function name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.target.rsplit(':').next().unwrap_or(&self.target)
    }

    /// The region, if the function is named by its ARN.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        let region = self.target.strip_prefix("arn:")?.split(':').nth(2)?;
        (!region.is_empty()).then_some(region)
    }

    /// The same function with this qualifier.
    #[must_use]
    pub fn qualified(&self, qualifier: &str) -> Self {
        Self {
            target: self.target.clone(),
            qualifier: Some(qualifier.to_owned()),
        }
    }
}

fn is_word(part: &str) -> bool {
    !part.is_empty()
        && part
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '$' | '.'))
}

impl TryFrom<String> for FunctionRef {
    type Error = FunctionRefError;

    fn try_from(text: String) -> Result<Self, FunctionRefError> {
        Self::parse(&text)
    }
}

impl From<FunctionRef> for String {
    fn from(reference: FunctionRef) -> Self {
        reference.to_string()
    }
}

impl std::str::FromStr for FunctionRef {
    type Err = FunctionRefError;

    fn from_str(text: &str) -> Result<Self, FunctionRefError> {
        Self::parse(text)
    }
}

impl std::fmt::Display for FunctionRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.target)?;
        self.qualifier
            .as_ref()
            .map_or(Ok(()), |qualifier| write!(f, ":{qualifier}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, Option<String>) {
        let reference = FunctionRef::parse(text).unwrap();
        (
            reference.target().to_owned(),
            reference.qualifier().map(str::to_owned),
        )
    }

    #[test]
    fn every_form_aws_takes_is_taken_apart() {
        let arn = "arn:aws:lambda:eu-west-1:123456789012:function:busy";
        assert_eq!(parts("busy"), ("busy".into(), None));
        assert_eq!(parts("busy:prod"), ("busy".into(), Some("prod".into())));
        assert_eq!(
            parts("123456789012:function:busy:7"),
            ("123456789012:function:busy".into(), Some("7".into()))
        );
        assert_eq!(parts(arn), (arn.into(), None));
        assert_eq!(
            parts(&format!("{arn}:$LATEST")),
            (arn.into(), Some("$LATEST".into()))
        );
        assert_eq!(FunctionRef::parse(arn).unwrap().name(), "busy");
    }

    #[test]
    fn an_arn_names_its_region_and_nothing_else_does() {
        let region = |text: &str| {
            let reference = FunctionRef::parse(text).unwrap();
            reference.region().map(str::to_owned)
        };
        let arn = "arn:aws-cn:lambda:cn-north-1:123456789012:function:busy:prod";
        assert_eq!(region(arn).as_deref(), Some("cn-north-1"));
        assert_eq!(region("busy"), None);
        assert_eq!(region("123456789012:function:busy"), None);
    }

    #[test]
    fn what_is_no_function_is_refused_with_the_reason() {
        for text in [
            "",
            "a b",
            "arn:aws:s3:::bucket",
            "x:y:z",
            "arn:aws:lambda:eu-west-1:1:function:",
        ] {
            let error = FunctionRef::parse(text).unwrap_err().to_string();
            assert!(error.contains("give a name"), "{text}: {error}");
        }
    }

    #[test]
    fn a_reference_survives_serialisation() {
        let reference = FunctionRef::parse("busy:prod").unwrap();
        let json = serde_json::to_string(&reference).unwrap();
        assert_eq!(json, "\"busy:prod\"");
        assert_eq!(
            serde_json::from_str::<FunctionRef>(&json).unwrap(),
            reference
        );
    }
}
