//! Mistakes of upstream schemas, mended one by one. A fixup that no longer applies is an error, so that none outlives its reason.

use serde_json::{Value as Json, json};

/// A fixup that no longer applies.
#[derive(Debug, thiserror::Error)]
#[error("the fixup `{fixup}` of {type_name} no longer applies: remove it")]
pub(crate) struct Stale {
    type_name: String,
    fixup: &'static str,
}

type Fixup = fn(&mut Json) -> Option<()>;

/// Every fixup: the type, its name, what it does.
const FIXUPS: &[(&str, &str, Fixup)] = &[("AWS::ServiceDiscovery::Service", "failure_threshold_is_whole", failure_threshold_is_whole)];

/// The schema calls the threshold a `number`, the service takes whole numbers only.
/// <https://docs.aws.amazon.com/cloud-map/latest/api/API_HealthCheckCustomConfig.html>
fn failure_threshold_is_whole(schema: &mut Json) -> Option<()> {
    let property = schema.pointer_mut("/definitions/HealthCheckCustomConfig/properties/FailureThreshold/type")?;
    (*property == "number").then(|| *property = json!("integer"))
}

/// Mends a schema.
pub(crate) fn apply(type_name: &str, schema: &mut Json) -> Result<(), Stale> {
    for (_, fixup, mend) in FIXUPS.iter().filter(|(of, _, _)| *of == type_name) {
        mend(schema).ok_or_else(|| Stale { type_name: type_name.to_owned(), fixup })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixup_that_no_longer_applies_is_an_error() {
        let error = apply("AWS::ServiceDiscovery::Service", &mut json!({})).expect_err("nothing to mend");
        assert!(error.to_string().contains("failure_threshold_is_whole"));
    }
}
