//! Routes of an HTTP API, and what leads from them to containers and functions alike.

use serde::ser::SerializeMap;

use super::{HttpApiGateway, PayloadFormat};
use crate::check::Check;
use crate::container::{Authorizer, EventIssue};
use crate::document::{Fields, Group, Reader, words};
use crate::nested::Names;
use crate::origin::Origin;
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;

/// Requests of an HTTP API with a certain path and method.
///
/// Paths are matched as API Gateway does: `/users/{id}` one segment, `/files/{rest+}` everything below, `*` what no other
/// route takes. With `Method::Any`, `/{proxy+}` takes `/` too, and then so does `/{proxy+}` with each other method.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// The gateway. YAML: `httpApiGatewayName`.
    pub gateway: ResourceRef,
    /// The method. YAML: `method`.
    pub method: Method,
    /// The path. YAML: `path`.
    pub path: String,
    /// How requests are described; containers take `1.0` only. YAML: `payloadFormat`, default: the gateway's.
    pub payload_format: Option<PayloadFormat>,
    /// Who may use the route. YAML: `authorizer`, default: everybody.
    pub authorizer: Option<Authorizer>,
}

const GATEWAY: &str = "httpApiGatewayName";

impl Group for Route {
    const KEYS: &'static [&'static str] = &[GATEWAY, "method", "path", "payloadFormat", "authorizer"];

    #[cfg(feature = "yaml")]
    #[inline]
    fn decode_group(fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Self> {
        let gateway = fields.reference(GATEWAY, ResourceKind::HttpApiGateway, at);
        let method: Option<Method> = fields.required("method", at);
        let path: Option<String> = fields.required("path", at);
        let payload_format = fields.optional("payloadFormat", at);
        let authorizer = fields.optional("authorizer", at);
        Some(Self { gateway: gateway?, method: method?, path: path?, payload_format, authorizer })
    }

    fn serialize_group<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let Self { gateway, method, path, payload_format, authorizer } = self;
        map.serialize_entry(GATEWAY, gateway)?;
        map.serialize_entry("method", method)?;
        map.serialize_entry("path", path)?;
        if let Some(format) = payload_format {
            map.serialize_entry("payloadFormat", format)?;
        }
        if let Some(authorizer) = authorizer {
            map.serialize_entry("authorizer", authorizer)?;
        }
        Ok(())
    }
}

impl Route {
    #[track_caller]
    pub(crate) fn new(gateway: impl Names<HttpApiGateway>, method: Method, path: impl Into<String>) -> Self {
        Self { gateway: gateway.reference(), method, path: path.into(), payload_format: None, authorizer: None }
    }

    /// The key of the route, as API Gateway spells it: `GET /users/{id}`, or `$default`.
    pub fn key(&self) -> String {
        match RoutePath::of(&self.path) {
            RoutePath::Default => "$default".to_owned(),
            RoutePath::Path(path) => format!("{} {path}", self.method.route_str()),
        }
    }

    /// Where the route is written.
    pub fn origin(&self) -> Origin {
        self.gateway.origin
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        if let Some(authorizer) = &self.authorizer {
            authorizer.check(&mut at.field("authorizer"));
        }
        match RoutePath::of(&self.path) {
            RoutePath::Default if self.method != Method::Any => {
                at.field("method").report(&EventIssue::MethodOfDefault { method: self.method.as_str() });
            }
            RoutePath::Default => {}
            RoutePath::Path(path) => check_path(path, &mut at.field("path")),
        }
    }
}

/// A path of an event, read.
pub(crate) enum RoutePath<'a> {
    /// What no other route takes.
    Default,
    /// A path with variables.
    Path(&'a str),
}

impl<'a> RoutePath<'a> {
    pub(crate) fn of(path: &'a str) -> Self {
        if matches!(path, "*" | "$default") { Self::Default } else { Self::Path(path) }
    }
}

fn check_path(path: &str, at: &mut Check<'_>) {
    let Some(below) = path.strip_prefix('/') else {
        return at.report(&EventIssue::RelativePath { path: path.to_owned() });
    };
    if below.ends_with('/') {
        let without = format!("/{}", below.trim_matches('/'));
        return at.report(&EventIssue::TrailingSlash { path: path.to_owned(), without });
    }
    let segments: Vec<_> = below.split('/').collect();
    let mut variables = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        let last = index + 1 == segments.len();
        let variable = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let Some(variable) = variable else {
            let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-._~%$@!&'()*+,;=:".contains(letter);
            if !segment.chars().all(allowed) || (segment.is_empty() && path != "/") {
                at.report(&EventIssue::PathSegment { path: path.to_owned(), segment: (*segment).to_owned() });
            }
            continue;
        };
        let (name, greedy) = variable.strip_suffix('+').map_or((variable, false), |name| (name, true));
        if name.is_empty() || !name.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-:".contains(letter)) {
            at.report(&EventIssue::PathVariable { path: path.to_owned(), variable: (*segment).to_owned() });
        }
        if greedy && !last {
            at.report(&EventIssue::GreedyInside { path: path.to_owned(), variable: (*segment).to_owned() });
        }
        if variables.contains(&name) {
            at.report(&EventIssue::PathVariableTwice { path: path.to_owned(), name: name.to_owned() });
        }
        variables.push(name);
    }
}

/// A method of HTTP. YAML: `method`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Any method. YAML: `*`.
    Any,
    /// `GET`.
    Get,
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
    /// `PATCH`.
    Patch,
    /// `DELETE`.
    Delete,
    /// `HEAD`.
    Head,
    /// `OPTIONS`.
    Options,
}

words!(Method);

/// The method as YAML spells it.
impl From<Method> for String {
    fn from(method: Method) -> Self {
        method.as_str().to_owned()
    }
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 8] = [Self::Any, Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete, Self::Head, Self::Options];

    /// The method as YAML and CORS spell it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "*",
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
        }
    }

    /// The method as route keys spell it.
    pub const fn route_str(self) -> &'static str {
        match self {
            Self::Any => "ANY",
            other => other.as_str(),
        }
    }
}
