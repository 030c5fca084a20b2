//! Answers that send a client elsewhere.

use serde::ser::{Serialize, Serializer};
use stacktape_macros::model;

use super::ListenerProtocol;
use crate::check::Check;
use crate::document::{Decode, Kind, Reader, Tagged, Tree, listed, or_nearest, words};

/// What becomes of requests that no rule takes. YAML: `defaultAction`, with `type` and `properties`.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultAction {
    /// The client is sent elsewhere. YAML: `redirect`.
    Redirect(Redirect),
}

const REDIRECT: &str = "redirect";

#[cfg(feature = "yaml")]
impl Decode for DefaultAction {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let (_, properties) = at.tagged(tree, &[REDIRECT])?;
        Redirect::decode(&properties, at).map(Self::Redirect)
    }
}

impl Serialize for DefaultAction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Redirect(properties) => Tagged { kind: REDIRECT, properties }.serialize(serializer),
        }
    }
}

impl From<Redirect> for DefaultAction {
    fn from(redirect: Redirect) -> Self {
        Self::Redirect(redirect)
    }
}

impl From<RedirectBuilder> for DefaultAction {
    fn from(redirect: RedirectBuilder) -> Self {
        Self::Redirect(redirect.build())
    }
}

/// Sends a client elsewhere. What is left out stays as the client asked for it; `#{host}`, `#{path}`, `#{port}`, `#{protocol}` and
/// `#{query}` stand for parts of the request. YAML: `type: redirect`.
///
/// ```
/// use stacktape_model::application_load_balancer::{ListenerProtocol, Redirect, RedirectStatus};
/// let moved = Redirect::builder(RedirectStatus::Permanent).host("www.example.com").build();
/// let secure = Redirect::to_https();
/// ```
#[model]
pub struct Redirect {
    /// `status_code`: whether clients may remember it. YAML: `statusCode`.
    #[argument]
    pub(crate) status_code: RedirectStatus,
    /// YAML: `protocol`, default: that of the request.
    pub(crate) protocol: Option<RedirectProtocol>,
    /// Up to 128 characters. YAML: `host`, default: that of the request.
    pub(crate) host: Option<String>,
    /// YAML: `port`, default: that of the request.
    pub(crate) port: Option<RedirectPort>,
    /// Up to 128 characters, the first one `/`; `#{protocol}` and `#{query}` cannot stand in it. YAML: `path`, default: that of the request.
    pub(crate) path: Option<String>,
    /// Up to 128 characters, without `?`. YAML: `query`, default: that of the request.
    pub(crate) query: Option<String>,
}

/// How a redirect is to be remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedirectStatus {
    /// For good. YAML: `HTTP_301`.
    Permanent,
    /// Not at all. YAML: `HTTP_302`.
    Temporary,
}

/// The protocol that a client is sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedirectProtocol {
    /// YAML: `HTTP`.
    Http,
    /// YAML: `HTTPS`.
    Https,
    /// That of the request. YAML: `#{protocol}`.
    Same,
}

/// The port that a client is sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedirectPort {
    /// This one.
    Number(u16),
    /// That of the request. YAML: `#{port}`.
    Same,
}

words!(RedirectStatus, RedirectProtocol);

const SAME_PORT: &str = "#{port}";

impl RedirectStatus {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Permanent, Self::Temporary];

    /// The status as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Permanent => "HTTP_301",
            Self::Temporary => "HTTP_302",
        }
    }
}

impl RedirectProtocol {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Http, Self::Https, Self::Same];

    /// The protocol as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "HTTP",
            Self::Https => "HTTPS",
            Self::Same => "#{protocol}",
        }
    }
}

impl From<u16> for RedirectPort {
    fn from(port: u16) -> Self {
        Self::Number(port)
    }
}

#[cfg(feature = "yaml")]
impl Decode for RedirectPort {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        match &tree.kind {
            Kind::Text(text) if text == SAME_PORT => Some(Self::Same),
            _ => u16::decode(tree, at).map(Self::Number),
        }
    }
}

impl Serialize for RedirectPort {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(port) => serializer.serialize_u16(*port),
            Self::Same => serializer.serialize_str(SAME_PORT),
        }
    }
}

impl std::fmt::Display for RedirectPort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(port) => write!(f, "{port}"),
            Self::Same => f.write_str(SAME_PORT),
        }
    }
}

const LENGTH_MAX: usize = 128;
/// What stands for a part of the request.
const PLACEHOLDERS: &[&str] = &["#{protocol}", "#{host}", "#{port}", "#{path}", "#{query}"];
/// Those of a path.
const PATH_PLACEHOLDERS: &[&str] = &["#{host}", "#{port}", "#{path}"];

impl Redirect {
    /// For good, to port 443 by HTTPS.
    pub fn to_https() -> RedirectBuilder {
        Self::builder(RedirectStatus::Permanent).protocol(RedirectProtocol::Https).port(443)
    }

    pub(super) fn check(&self, protocol: ListenerProtocol, port: u16, at: &mut Check<'_>) {
        let own = match protocol {
            ListenerProtocol::Http => RedirectProtocol::Http,
            ListenerProtocol::Https => RedirectProtocol::Https,
        };
        let changes = self.protocol.is_some_and(|to| to != RedirectProtocol::Same && to != own)
            || self.port.is_some_and(|to| to != RedirectPort::Same && to != RedirectPort::Number(port))
            || self.host.as_ref().is_some_and(|host| host != "#{host}")
            || self.path.as_ref().is_some_and(|path| path != "/#{path}");
        if !changes {
            at.report(&RedirectIssue::ToItself);
        }
        if (own, self.protocol) == (RedirectProtocol::Https, Some(RedirectProtocol::Http)) {
            at.field("protocol").report(&RedirectIssue::Downgrade);
        }
        if self.port == Some(RedirectPort::Number(0)) {
            at.field("port").report(&RedirectIssue::Port);
        }
        let fits = |text: &str| (1..=LENGTH_MAX).contains(&text.chars().count());
        if let Some(host) = self.host.as_ref().filter(|host| !fits(host)) {
            at.field("host").report(&RedirectIssue::Host { host: host.clone() });
        }
        if let Some(path) = self.path.as_ref().filter(|path| !path.starts_with('/') || !fits(path)) {
            at.field("path").report(&RedirectIssue::Path { path: path.clone() });
        }
        if let Some(query) = self.query.as_ref().filter(|query| query.starts_with('?') || query.chars().count() > LENGTH_MAX) {
            at.field("query").report(&RedirectIssue::Query { query: query.clone() });
        }
        let fields = [("host", &self.host, PLACEHOLDERS), ("path", &self.path, PATH_PLACEHOLDERS), ("query", &self.query, PLACEHOLDERS)];
        for (field, text, known) in fields {
            check_placeholders(text.as_deref().unwrap_or_default(), known, &mut at.field(field));
        }
    }
}

fn check_placeholders(text: &str, known: &[&str], at: &mut Check<'_>) {
    // What is not closed is a text like any other.
    let names = text.split("#{").skip(1).filter_map(|rest| rest.split_once('}'));
    for found in names.map(|(name, _)| format!("#{{{name}}}")).filter(|found| !known.contains(&found.as_str())) {
        let help = or_nearest(&found, known, || format!("write {}, or leave it out", listed(known)));
        at.report(&RedirectIssue::Placeholder { found, expected: listed(known), help });
    }
}

/// Mistakes in a redirect.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "redirect")]
#[non_exhaustive]
pub enum RedirectIssue {
    /// A redirect to where the client already is never ends.
    #[error("found a redirect to where the request came to, expected another protocol, host, port or path")]
    #[issue(
        help = "change one of the four, for example with `Redirect::to_https()`",
        yaml = "change one of the four, for example to `protocol: HTTPS` and `port: 443`",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html"
    )]
    ToItself,
    /// A load balancer sends nobody from HTTPS to HTTP.
    #[error("found a redirect from HTTPS to HTTP, expected one to HTTPS")]
    #[issue(
        help = "leave the protocol out",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html"
    )]
    Downgrade,
    /// Nothing can listen at port 0.
    #[error("found the port 0, expected 1 to 65535, or `#{{port}}`")]
    #[issue(
        help = "write a port, or leave it out",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html"
    )]
    Port,
    /// Elastic Load Balancing's limit.
    #[error("found the host `{host}`, expected 1 to 128 characters")]
    #[issue(
        help = "write a host such as `www.example.com`, or leave it out",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html"
    )]
    Host {
        /// What was found.
        host: String,
    },
    /// Elastic Load Balancing's limit.
    #[error("found the path `{path}`, expected 1 to 128 characters, the first one `/`")]
    #[issue(
        help = "write a path such as `/new/#{{path}}`, or leave it out",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html"
    )]
    Path {
        /// What was found.
        path: String,
    },
    /// Elastic Load Balancing's limit.
    #[error("found the query `{query}`, expected at most 128 characters, without a `?` at the beginning")]
    #[issue(
        help = "write a query such as `a=b&#{{query}}`, or leave it out",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html"
    )]
    Query {
        /// What was found.
        query: String,
    },
    /// A load balancer knows five parts of a request, and puts three of them into a path.
    #[error("found `{found}`, expected {expected}")]
    #[issue(
        help = "{help}",
        mend = "write a part of the request that there is, such as `#{path}`",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html"
    )]
    Placeholder {
        /// What was found.
        found: String,
        /// What there is.
        expected: String,
        /// The nearest one.
        help: String,
    },
}
