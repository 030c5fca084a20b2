//! `http-api-gateway`: an HTTP API of Amazon API Gateway.

mod access_logs;
mod cors;
mod route;

pub use access_logs::{AccessLogFormat, AccessLogs, RetainedAccessLogs};
pub use cors::{HttpApiCors, HttpApiCorsBuilder, HttpApiCorsIssue, HttpApiCorsParts};
pub use route::{Method, Route};

use stacktape_macros::model;

use crate::check::Check;
use crate::custom_domain::{self, CertificateUse, CustomDomain};
use crate::document::words;
use crate::nested;
use crate::origin::Origin;
use crate::overrides::Override;
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;
use crate::text::{Param, ParamRef, Text};

/// An HTTP API of Amazon API Gateway: HTTPS for containers and functions, without a certificate of one's own.
/// YAML: `http-api-gateway`.
///
/// ```
/// use stacktape_model::http_api_gateway::{ AccessLogs, HttpApiCors, HttpApiGateway };
/// let gateway = HttpApiGateway::builder("mainGateway")
///     .cors(HttpApiCors::builder().allowed_origin("https://example.com").max_age(600))
///     .logging(AccessLogs::retained(90))
///     .build();
/// ```
///
/// **Creates** an `AWS::ApiGatewayV2::Api` with a stage and an access log group and, where a container has
/// an event on it, a VPC link with its security group.
///
/// API Gateway gives a request 30 seconds and 10 MB; longer or larger ones need a load balancer. It goes on sending requests to a
/// container for some seconds after ECS has told it to stop: a [`stop_timeout`](crate::container::ContainerBuilder::stop_timeout) of
/// 10 seconds or more answers them during a deployment.
///
/// **Zones**: a VPC link stands in every zone of the stack's network, and not every zone has VPC links: of `us-east-1`, `use1-az3` has
/// none. Which of an account's zones that is, only AWS knows. Where a deployment fails for it, give the link the other subnets:
/// `overrides: {MainGatewayVpcLink: {SubnetIds: [..]}}`.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html>
#[model(resource)]
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct HttpApiGateway {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the API and its URL.
    #[argument]
    pub(crate) name: String,
    /// Domains of your own that lead here, beside the one that AWS chooses. YAML: `customDomains`, default: none.
    #[each(custom_domain)]
    pub(crate) custom_domains: Vec<CustomDomain>,
    /// Answers browsers of other origins. YAML: `cors`, default: off. Changed in place.
    pub(crate) cors: Option<HttpApiCors>,
    /// What is logged of each request, and for how long. YAML: `logging`, default: JSON, 30 days. Changed in place.
    pub(crate) logging: AccessLogs,
    /// How requests are described to integrations. YAML: `payloadFormat`, default `1.0`, which is the only one that
    /// containers take. Changed in place.
    pub(crate) payload_format: PayloadFormat,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

words!(PayloadFormat);

impl PayloadFormat {
    /// Both.
    pub const ALL: [Self; 2] = [Self::V1, Self::V2];

    /// The version as API Gateway spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V1 => "1.0",
            Self::V2 => "2.0",
        }
    }
}

/// How API Gateway describes a request to an integration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PayloadFormat {
    /// `1.0`.
    #[default]
    V1,
    /// `2.0`: for functions only.
    V2,
}

impl HttpApiGateway {
    /// The gateway's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The domains of one's own that lead here.
    pub fn custom_domains(&self) -> &[CustomDomain] {
        &self.custom_domains
    }

    /// The first custom domain that is no wildcard.
    pub fn url_domain(&self) -> Option<String> {
        custom_domain::first_plain(&self.custom_domains)
    }

    /// The gateway's URL, with `https://`: at the first custom domain, or else at the domain that AWS chooses. YAML:
    /// `$ResourceParam('..', 'url')`.
    #[track_caller]
    pub fn url(&self) -> Text {
        self.param(HttpApiGatewayParam::Url)
    }

    /// The gateway's domain. YAML: `$ResourceParam('..', 'domain')`.
    #[track_caller]
    pub fn domain(&self) -> Text {
        self.param(HttpApiGatewayParam::Domain)
    }

    /// The domains to which records of the custom domains lead, with commas between them. YAML: `$ResourceParam('..', 'canonicalDomain')`.
    #[track_caller]
    pub fn canonical_domain(&self) -> Text {
        self.param(HttpApiGatewayParam::CanonicalDomain)
    }

    /// The custom domains, with commas between them. YAML: `$ResourceParam('..', 'customDomains')`.
    #[track_caller]
    pub fn custom_domain_list(&self) -> Text {
        self.param(HttpApiGatewayParam::CustomDomains)
    }

    /// The URL at the first custom domain. YAML: `$ResourceParam('..', 'customDomainUrl')`.
    #[track_caller]
    pub fn custom_domain_url(&self) -> Text {
        self.param(HttpApiGatewayParam::CustomDomainUrl)
    }

    /// The URLs at the custom domains, with commas between them. YAML: `$ResourceParam('..', 'customDomainUrls')`.
    #[track_caller]
    pub fn custom_domain_urls(&self) -> Text {
        self.param(HttpApiGatewayParam::CustomDomainUrls)
    }

    #[track_caller]
    fn param(&self, param: HttpApiGatewayParam) -> Text {
        let resource = ResourceRef::new(self.name(), ResourceKind::HttpApiGateway);
        Text::Param(ParamRef { resource, param: Param::HttpApiGateway(param) })
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        custom_domain::check(&self.custom_domains, CertificateUse::Gateway, at);
        if let Some(cors) = &self.cors {
            cors.check(&mut at.field("cors"));
        }
        // Those of a service are kept as long as its own logs, and these are checked.
        if nested::service_of(&self.name).is_none() {
            self.logging.check(&mut at.field("logging"));
        }
    }
}

/// What other resources may know of a gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpApiGatewayParam {
    /// `domain`.
    Domain,
    /// `url`.
    Url,
    /// `canonicalDomain`.
    CanonicalDomain,
    /// `customDomains`.
    CustomDomains,
    /// `customDomainUrl`.
    CustomDomainUrl,
    /// `customDomainUrls`.
    CustomDomainUrls,
}

impl HttpApiGatewayParam {
    /// Every parameter.
    pub const ALL: [Self; 6] =
        [Self::Domain, Self::Url, Self::CanonicalDomain, Self::CustomDomains, Self::CustomDomainUrl, Self::CustomDomainUrls];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Url => "url",
            Self::CanonicalDomain => "canonicalDomain",
            Self::CustomDomains => "customDomains",
            Self::CustomDomainUrl => "customDomainUrl",
            Self::CustomDomainUrls => "customDomainUrls",
        }
    }
}
