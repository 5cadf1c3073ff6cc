//! The tenant a line tells: records of the platform and lines of JSON do, of functions that keep tenants apart.

use std::borrow::Cow;

use super::facts::is_named;
use super::field::written;
use super::json::{JsonValue, embedded};

/// Members that are looked at.
const MEMBERS: usize = 64;

/// The id of the tenant that a line tells, safe to draw.
pub(super) fn tenant_in(line: &str) -> Option<Cow<'_, str>> {
    if let Some((_, rest)) = line.split_once("Tenant Id: ") {
        let ends = ["\t", "  ", "\n"].iter().filter_map(|end| rest.find(end));
        let tenant = rest.get(..ends.min().unwrap_or(rest.len()))?.trim();
        return (!tenant.is_empty()).then_some(Cow::Borrowed(tenant));
    }
    // Most lines tell none: look for the word before reading anything.
    let (_, object) = line.contains("enant").then(|| embedded(line))??;
    member(object, "tenantid")
        .or_else(|| member(member(object, "record")?, "tenantid"))
        .map(written)
}

fn member<'a>(object: JsonValue<'a>, name: &str) -> Option<JsonValue<'a>> {
    let mut members = object.members().take(MEMBERS);
    let found = members.find(|member| member.key.is_some_and(|key| is_named(key, name)));
    found.map(|member| member.value)
}

#[cfg(test)]
mod tests {
    use super::tenant_in;

    #[test]
    fn a_tenant_is_told_by_records_and_by_lines_of_json() {
        let cases = [
            (
                "START RequestId: r Version: $LATEST Tenant Id: green light\n",
                Some("green light"),
            ),
            ("END RequestId: r Tenant Id: green", Some("green")),
            (
                "REPORT RequestId: r\tTenant Id: green light\tDuration: 8 ms",
                Some("green light"),
            ),
            (
                "REPORT RequestId: r  Tenant Id: green  Duration: 8 ms",
                Some("green"),
            ),
            (
                r#"{"type":"platform.start","record":{"requestId":"r","tenantId":"blue"}}"#,
                Some("blue"),
            ),
            (
                r#"{"level":"INFO","message":"work","tenant_id":"blue"}"#,
                Some("blue"),
            ),
            (r#"2026 r INFO {"tenantId":"blue"}"#, Some("blue")),
            (r#"{"message":"the tenant came"}"#, None),
            ("Tenant Id: ", None),
            ("green work", None),
        ];
        for (line, tenant) in cases {
            assert_eq!(tenant_in(line).as_deref(), tenant, "{line}");
        }
    }
}
