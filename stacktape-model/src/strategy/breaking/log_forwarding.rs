//! Mistakes in where logs are forwarded to.

use super::planting::{Mistake, Planting};
use crate::container::ContainerLogs;
use crate::http_api_gateway::AccessLogs;
use crate::log_forwarding::LogForwarding;
use crate::resource::ResourceKind;
use crate::text::Secret;

const LOGGING: &[ResourceKind] = &[ResourceKind::HttpApiGateway, ResourceKind::MultiContainerWorkload];

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::new("log_forwarding::endpoint_url", LOGGING, |planting| {
        let url = planting.one(&["http://example.com", "https://", "https://example.com:8443/x", "example.com", "https://a b", ""]);
        let forwarding = planting.one(&[
            LogForwarding::from(LogForwarding::http_endpoint(url)),
            LogForwarding::highlight("1").endpoint_url(url).into(),
            LogForwarding::datadog(Secret::new("key")).endpoint_url(url).into(),
        ]);
        forwarded(planting, forwarding) + ".endpointUrl"
    }),
    Mistake::new("log_forwarding::retry_duration", LOGGING, |planting| {
        let seconds = planting.one(&[7201, u16::MAX]);
        forwarded(planting, endpoint().retry_duration(seconds)) + ".retryDuration"
    }),
    Mistake::new("log_forwarding::too_many_parameters", LOGGING, |planting| {
        let number = planting.one(&[51, 100]);
        let many = (0..number).fold(endpoint(), |endpoint, index| endpoint.parameter(format!("p{index}"), "x"));
        forwarded(planting, many) + ".parameters"
    }),
    Mistake::new("log_forwarding::parameter_name", LOGGING, |planting| {
        let name = planting.text(&["", "  ", &"n".repeat(257)]);
        let path = forwarded(planting, endpoint().parameter(name.as_str(), "x"));
        format!("{path}.parameters.{name}")
    }),
    Mistake::new("log_forwarding::parameter_value", LOGGING, |planting| {
        let size = planting.one(&[1025, 5000]);
        forwarded(planting, endpoint().parameter("planted", "x".repeat(size))) + ".parameters.planted"
    }),
    Mistake::new("log_forwarding::project_id", LOGGING, |planting| {
        let size = planting.one(&[0, 1025]);
        forwarded(planting, LogForwarding::highlight("x".repeat(size))) + ".projectId"
    }),
    Mistake::new("secret::key_in_template", LOGGING, |planting| {
        let key = Secret::new("key").key(planting.one(&["{api}", "key}", "a\\"]));
        let (forwarding, field): (LogForwarding, _) =
            planting.one(&[(LogForwarding::datadog(key.clone()).into(), "apiKey"), (endpoint().access_key(key).into(), "accessKey")]);
        format!("{}.{field}", forwarded(planting, forwarding))
    }),
];

fn endpoint() -> crate::log_forwarding::HttpEndpointForwardingBuilder {
    LogForwarding::http_endpoint("https://example.com")
}

/// Forwards the logs of a container or of a gateway.
fn forwarded(planting: &mut Planting<'_>, forwarding: impl Into<LogForwarding>) -> String {
    if planting.one(&[true, false]) {
        let (container, path) = planting.container();
        container.logging = ContainerLogs::retained(30).forward_to(forwarding).into();
        path + ".logging.logForwarding"
    } else {
        let (gateway, path) = planting.gateway();
        gateway.logging = AccessLogs::retained(30).forward_to(forwarding).into();
        path + ".logging.logForwarding"
    }
}
