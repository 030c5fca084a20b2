//! HTTP API gateways.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::custom_domain::{Way, domains_of, ways};
use super::log_forwarding::log_forwarding;
use super::raw_resource::{Role, override_of};
use super::surroundings::Surroundings;
use crate::container::{Method, RETENTION_DAYS};
use crate::custom_domain::CertificateUse;
use crate::http_api_gateway::{AccessLogFormat, AccessLogs, HttpApiCors, HttpApiGateway, PayloadFormat, RetainedAccessLogs};
use crate::text::{Fact, Text};

/// Gateways with any of their properties. Shrinks to one without any.
pub fn http_api_gateway(name: impl Into<String>) -> impl Strategy<Value = HttpApiGateway> {
    let name = name.into();
    parts().prop_map(move |parts| parts.named(&name))
}

/// A gateway without its name.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    ways: Vec<Way>,
    cors: Option<HttpApiCors>,
    logging: AccessLogs,
    payload_format: PayloadFormat,
    overrides: Vec<Role>,
}

const OVERRIDES: &[(&str, &str, &str)] =
    &[("HttpApi", "DisableExecuteApiEndpoint", "false"), ("Stage", "DefaultRouteSettings.ThrottlingBurstLimit", "500")];

pub(super) fn parts() -> BoxedStrategy<Parts> {
    let payload_format = select(vec![PayloadFormat::V1, PayloadFormat::V2]);
    (ways(), option::of(http_api_cors()), access_logs(), payload_format, override_of(OVERRIDES))
        .prop_map(|(ways, cors, logging, payload_format, overrides)| Parts { ways, cors, logging, payload_format, overrides })
        .boxed()
}

impl Parts {
    #[track_caller]
    pub(super) fn named(&self, name: &str) -> HttpApiGateway {
        let gateway = HttpApiGateway::builder(name)
            .custom_domains(domains_of(name, &self.ways, CertificateUse::Gateway, &Surroundings::none()))
            .logging(self.logging.clone())
            .payload_format(self.payload_format)
            .overrides(self.overrides.iter().map(|role| role.of(name)));
        match &self.cors {
            Some(cors) => gateway.cors(cors.clone()).build(),
            None => gateway.build(),
        }
    }
}

pub(super) const METHODS: [Method; 8] =
    [Method::Get, Method::Any, Method::Post, Method::Put, Method::Patch, Method::Delete, Method::Head, Method::Options];

/// CORS of a gateway; each list may be empty. Credentials only go with named origins. `max_age` is in seconds, -1 to 86400.
pub fn http_api_cors() -> impl Strategy<Value = HttpApiCors> {
    const NAMED: &[&str] = &["https://example.com", "http://localhost:3000", "https://*", "http://192.168.0.1:65535"];
    let later = Text::joined(["https://".into(), Fact::Region.into(), ".example.com".into()]);
    let named: Vec<Text> = NAMED.iter().map(|origin| (*origin).into()).chain([later]).collect();
    let origins = prop_oneof![subsequence(named, 0..=5), Just(vec!["*".into()])];
    let headers = subsequence(&["Authorization", "X-Api-Key", "*"][..], 0..=3);
    let methods = subsequence(&METHODS[..], 0..=8);
    let exposed = subsequence(&["ETag", "X-Request-Id"][..], 0..=2);
    let settings = (option::of(any::<bool>()), option::of(-1..=86_400_i32));
    (origins, headers, methods, exposed, settings).prop_map(|(origins, headers, methods, exposed, (credentials, max_age))| {
        let every_origin = origins.is_empty() || origins == ["*".into()];
        let mut cors = HttpApiCors::builder()
            .allowed_origins(origins)
            .allowed_headers(headers)
            .allowed_methods(methods)
            .exposed_response_headers(exposed);
        if let Some(credentials) = credentials {
            cors = cors.allow_credentials(credentials && !every_origin);
        }
        match max_age {
            Some(seconds) => cors.max_age(seconds).build(),
            None => cors.build(),
        }
    })
}

/// Access logs in every format, kept for every number of days that CloudWatch Logs knows, forwarded or not, or none.
pub fn access_logs() -> impl Strategy<Value = AccessLogs> {
    let retained = (select(&AccessLogFormat::ALL[..]), select(&RETENTION_DAYS[..]), option::weighted(0.2, log_forwarding()));
    prop_oneof![
        3 => retained.prop_map(|(format, retention_days, log_forwarding)| {
            RetainedAccessLogs { format, retention_days, log_forwarding }.into()
        }),
        1 => Just(AccessLogs::Disabled),
    ]
}
