//! Where logs are forwarded to.

use proptest::collection::btree_map;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::text::{literal, secret_in_template};
use crate::log_forwarding::{DatadogForwarding, HighlightForwarding, HttpEndpointForwarding, LogForwarding};
use crate::text::{Fact, Text};

/// Every service that logs are forwarded to, with any of its properties. Shrinks to Datadog.
pub fn log_forwarding() -> impl Strategy<Value = LogForwarding> {
    let datadog = (secret_in_template(), option::of(endpoint_url()))
        .prop_map(|(api_key, endpoint_url)| LogForwarding::Datadog(DatadogForwarding { api_key, endpoint_url }));
    let project = select(vec!["ab12cd34", "1"]).prop_map(Text::from);
    let highlight = (project, option::of(endpoint_url()))
        .prop_map(|(project_id, endpoint_url)| LogForwarding::Highlight(HighlightForwarding { project_id, endpoint_url }));
    let settings = (option::of(secret_in_template()), any::<bool>(), option::of(0..=7200_u16));
    let parameters = btree_map("[a-z][a-z0-9 _.-]{0,20}", value(), 0..3);
    let endpoint = (endpoint_url(), settings, parameters).prop_map(|(endpoint_url, settings, parameters)| {
        let (access_key, gzip_encoding_enabled, retry_duration) = settings;
        let parameters = parameters.into_iter().collect();
        HttpEndpointForwarding { endpoint_url, access_key, gzip_encoding_enabled, parameters, retry_duration }.into()
    });
    prop_oneof![datadog, highlight, endpoint]
}

/// Addresses, of which not all are known now.
fn endpoint_url() -> impl Strategy<Value = Text> {
    prop_oneof![
        Just(Text::from("https://logs.example.com/firehose?version=1")),
        Just(Text::from("https://logs.example.com:443")),
        Just(Text::joined(["https://logs.".into(), Fact::Region.into(), ".example.com/".into()])),
    ]
}

fn value() -> impl Strategy<Value = Text> {
    prop_oneof![3 => literal().prop_map(Text::from), 1 => Just(Text::from(Fact::AccountId))]
}
