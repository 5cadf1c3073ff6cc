//! Addresses of resources: `module.app["a.b"].aws_lambda_function.reads[0]`.

/// An address taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ResourceAddress {
    /// The modules from the outermost to the innermost.
    pub(super) modules: Vec<AddressStep>,
    /// The type and the name of the resource.
    pub(super) kind: String,
    pub(super) resource: AddressStep,
}

/// A name and the key of the instance, a number or a text without quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AddressStep {
    pub(super) name: String,
    pub(super) key: Option<String>,
}

impl ResourceAddress {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut steps = steps(text)?.into_iter();
        let mut modules = Vec::new();
        loop {
            let step = steps.next()?;
            if step.name == "module" {
                modules.push(steps.next()?);
                continue;
            }
            return Some(Self {
                modules,
                kind: step.name,
                resource: steps.next()?,
            });
        }
    }
}

fn steps(text: &str) -> Option<Vec<AddressStep>> {
    let mut steps = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let name = rest.get(..end)?.to_owned();
        rest = rest.get(end..)?;
        let mut key = None;
        if let Some(inside) = rest.strip_prefix('[') {
            let length = key_length(inside)?;
            key = Some(key_text(inside.get(..length)?));
            rest = inside.get(length..)?.strip_prefix(']')?;
        }
        rest = rest.strip_prefix('.').unwrap_or(rest);
        steps.push(AddressStep { name, key });
    }
    Some(steps)
}

/// The bytes of a key before the bracket that closes it.
fn key_length(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if is_quoted => drop(chars.next()),
            '"' => is_quoted = !is_quoted,
            ']' if !is_quoted => return Some(at),
            _ => {}
        }
    }
    None
}

fn key_text(written: &str) -> String {
    serde_json::from_str(written).unwrap_or_else(|_| written.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        let address =
            ResourceAddress::parse(r#"module.a["x.y\"]"].module.b[0].aws_lambda_function.f["k"]"#);
        let step = |name: &str, key: Option<&str>| AddressStep {
            name: name.to_owned(),
            key: key.map(str::to_owned),
        };
        let expected = ResourceAddress {
            modules: vec![step("a", Some("x.y\"]")), step("b", Some("0"))],
            kind: "aws_lambda_function".to_owned(),
            resource: step("f", Some("k")),
        };
        assert_eq!(address, Some(expected));
        for text in ["", "module.a", "aws_lambda_function", "a.b[\"x"] {
            assert_eq!(ResourceAddress::parse(text), None, "{text}");
        }
    }
}
