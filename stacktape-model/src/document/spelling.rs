//! How texts and secrets are written in a document: the directives that are read back as the same value.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::directive;
use crate::text::{Fact, Secret, Text};

/// A choice with its payload: `{type: .., properties: ..}`.
pub(crate) struct Tagged<T> {
    pub(crate) kind: &'static str,
    pub(crate) properties: T,
}

impl<T: Serialize> Serialize for Tagged<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("type", self.kind)?;
        map.serialize_entry("properties", &self.properties)?;
        map.end()
    }
}

/// A text, as a value of its own.
pub(crate) fn of_text(text: &Text) -> String {
    match text {
        // Written as it is, it would be read as the directive that it looks like.
        Text::Literal(text) if directive::is_directive(text) => quoted_formatted(text),
        Text::Literal(text) => text.clone(),
        other => parameter(other),
    }
}

/// A text, as a parameter of a directive.
fn parameter(text: &Text) -> String {
    match text {
        Text::Literal(text) => quoted(text),
        Text::Param(param) => format!("$ResourceParam({}, {})", quoted(&param.resource.name), quoted(&param.param.spelling())),
        Text::Raw(raw) => match &raw.attribute {
            Some(attribute) => format!("$CfResourceParam({}, {})", quoted(&raw.logical_id), quoted(attribute)),
            None => format!("$CfResourceParam({})", quoted(&raw.logical_id)),
        },
        Text::Fact(Fact::Region) => "$Region()".to_owned(),
        Text::Fact(Fact::AccountId) => "$AwsAccountId()".to_owned(),
        Text::Fact(Fact::Partition) => "$AwsPartition()".to_owned(),
        Text::Joined(parts) => {
            let template = format!("'{}'", "{}".repeat(parts.len()));
            let params: Vec<_> = std::iter::once(template).chain(parts.iter().map(parameter)).collect();
            format!("$CfFormat({})", params.join(", "))
        }
        // Inside of JSON, an apostrophe has another spelling.
        Text::Intrinsic(intrinsic) => {
            let json = serde_json::to_string(intrinsic).unwrap_or_default();
            format!("$CfIntrinsic('{}')", json.replace('\'', "\\u0027"))
        }
    }
}

/// A secret, as the value of a variable.
pub(crate) fn of_secret(secret: &Secret) -> String {
    match secret.json_key() {
        Some(key) if !secret.id().contains('.') => format!("$Secret({})", quoted(&format!("{}.{key}", secret.id()))),
        Some(key) => format!("$Secret({}, {})", quoted(secret.id()), quoted(key)),
        None if secret.id().contains('.') => format!("$Secret({}, '')", quoted(secret.id())),
        None => format!("$Secret({})", quoted(secret.id())),
    }
}

/// A text in the quotes that it does not have itself; one that has both is put together from pieces.
fn quoted(text: &str) -> String {
    match (text.contains('\''), text.contains('"')) {
        (false, _) => format!("'{text}'"),
        (true, false) => format!("\"{text}\""),
        (true, true) => quoted_formatted(text),
    }
}

fn quoted_formatted(text: &str) -> String {
    let pieces = text.split_inclusive('\'').flat_map(|piece| match piece.strip_suffix('\'') {
        Some("") => vec!["\"'\"".to_owned()],
        Some(before) => vec![format!("'{before}'"), "\"'\"".to_owned()],
        None => vec![format!("'{piece}'")],
    });
    let pieces: Vec<String> = pieces.collect();
    format!("$Format('{}', {})", "{}".repeat(pieces.len()), pieces.join(", "))
}
