//! Rules of a load balancer: which requests lead to a container or a function.

use serde::ser::SerializeMap;
use stacktape_macros::Keyed;

use super::ApplicationLoadBalancer;
use crate::check::Check;
use crate::document::{Decode, DocumentIssue, Fields, Group, Reader};
use crate::ip_range::IpRange;
use crate::nested::Names;
use crate::origin::Origin;
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;

/// Requests of a load balancer that meet conditions. Within a list one value must match, and every list that is given must.
#[derive(Clone, Debug, PartialEq)]
pub struct ListenerRule {
    /// The load balancer. YAML: `loadBalancerName`.
    pub load_balancer: ResourceRef,
    /// 1 to 50000, each once at a listener; rules are tried from the lowest on. YAML: `priority`.
    pub priority: u32,
    /// The listener, for a load balancer with listeners of its own. YAML: `listenerPort`.
    pub listener_port: Option<u16>,
    /// Paths, with `*` and `?` as wildcards. YAML: `paths`.
    pub paths: Vec<String>,
    /// Methods, in capitals. YAML: `methods`.
    pub methods: Vec<String>,
    /// Hosts, with wildcards. YAML: `hosts`.
    pub hosts: Vec<String>,
    /// Headers. YAML: `headers`.
    pub headers: Vec<HeaderCondition>,
    /// Parameters of the query. YAML: `queryParams`.
    pub query_params: Vec<QueryCondition>,
    /// Addresses or ranges that the client has one of. YAML: `sourceIps`.
    pub source_ips: Vec<String>,
}

/// A header with one of several values. YAML: an entry of `headers`.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct HeaderCondition {
    /// YAML: `headerName`.
    #[required]
    pub header_name: String,
    /// Values, with `*` and `?` as wildcards. YAML: `values`.
    #[required]
    pub values: Vec<String>,
}

/// A parameter of the query with one of several values. YAML: an entry of `queryParams`.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct QueryCondition {
    /// YAML: `paramName`.
    #[required]
    pub param_name: String,
    /// Values, with `*` and `?` as wildcards. YAML: `values`.
    #[required]
    pub values: Vec<String>,
}

const BALANCER: &str = "loadBalancerName";

impl Group for ListenerRule {
    const KEYS: &'static [&'static str] =
        &[BALANCER, "priority", "listenerPort", "paths", "methods", "hosts", "headers", "queryParams", "sourceIps"];

    #[cfg(feature = "yaml")]
    #[inline]
    fn decode_group(fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Self> {
        let load_balancer = fields.reference(BALANCER, ResourceKind::ApplicationLoadBalancer, at);
        let priority: Option<u32> = fields.required("priority", at);
        let listener_port = fields.optional("listenerPort", at);
        let paths = read_condition(fields, "paths", at);
        let methods = read_condition(fields, "methods", at);
        let hosts = read_condition(fields, "hosts", at);
        let headers = read_condition(fields, "headers", at);
        let query_params = read_condition(fields, "queryParams", at);
        let source_ips = read_condition(fields, "sourceIps", at);
        let (load_balancer, priority) = (load_balancer?, priority?);
        Some(Self { load_balancer, priority, listener_port, paths, methods, hosts, headers, query_params, source_ips })
    }

    fn serialize_group<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let Self { load_balancer, priority, listener_port, paths, methods, hosts, headers, query_params, source_ips } = self;
        map.serialize_entry(BALANCER, load_balancer)?;
        map.serialize_entry("priority", priority)?;
        if let Some(port) = listener_port {
            map.serialize_entry("listenerPort", port)?;
        }
        for (key, values) in [("paths", paths), ("methods", methods), ("hosts", hosts), ("sourceIps", source_ips)] {
            if !values.is_empty() {
                map.serialize_entry(key, values)?;
            }
        }
        if !headers.is_empty() {
            map.serialize_entry("headers", headers)?;
        }
        if !query_params.is_empty() {
            map.serialize_entry("queryParams", query_params)?;
        }
        Ok(())
    }
}

/// The values of a condition, none where it is left out. An empty list, such as one of a variable, would be taken for the same, and let
/// requests pass that it was to keep out.
#[cfg(feature = "yaml")]
#[inline]
fn read_condition<T: Decode>(fields: &Fields<'_>, key: &'static str, at: &mut Reader<'_>) -> Vec<T> {
    let values: Option<Vec<T>> = fields.optional(key, at);
    if let (Some([]), Some(tree)) = (values.as_deref(), fields.get(key)) {
        at.field(key).tell::<()>(tree.place, &DocumentIssue::EmptyCondition { key });
    }
    values.unwrap_or_default()
}

/// The setters of an event that has a rule: whoever writes an event writes its conditions at once.
macro_rules! with_rule {
    ($event:ident) => {
        impl $event {
            /// Takes requests of the listener at this port. YAML: `listenerPort`.
            pub const fn listener_port(mut self, port: u16) -> Self {
                self.rule.listener_port = Some(port);
                self
            }

            /// Takes requests with this path too. YAML: an entry of `paths`.
            pub fn path(mut self, path: impl Into<String>) -> Self {
                self.rule.paths.push(path.into());
                self
            }

            /// Takes requests with this method too: a [`Method`](crate::container::Method), or a word. YAML: an entry of `methods`.
            pub fn method(mut self, method: impl Into<String>) -> Self {
                self.rule.methods.push(method.into());
                self
            }

            /// Takes requests for this host too. YAML: an entry of `hosts`.
            pub fn host(mut self, host: impl Into<String>) -> Self {
                self.rule.hosts.push(host.into());
                self
            }

            /// Takes requests with this header, of one of these values. YAML: an entry of `headers`.
            pub fn header<V: Into<String>>(mut self, name: impl Into<String>, values: impl IntoIterator<Item = V>) -> Self {
                let (header_name, values) = (name.into(), values.into_iter().map(Into::into).collect());
                self.rule.headers.push($crate::container::HeaderCondition { header_name, values });
                self
            }

            /// Takes requests with this parameter of the query, of one of these values. YAML: an entry of `queryParams`.
            pub fn query_param<V: Into<String>>(mut self, name: impl Into<String>, values: impl IntoIterator<Item = V>) -> Self {
                let (param_name, values) = (name.into(), values.into_iter().map(Into::into).collect());
                self.rule.query_params.push($crate::container::QueryCondition { param_name, values });
                self
            }

            /// Takes requests of this address or range too. YAML: an entry of `sourceIps`.
            pub fn source_ip(mut self, range: impl Into<String>) -> Self {
                self.rule.source_ips.push(range.into());
                self
            }

            /// Where the event is written.
            pub fn origin(&self) -> $crate::origin::Origin {
                self.rule.origin()
            }
        }
    };
}

pub(crate) use with_rule;

impl ListenerRule {
    #[track_caller]
    pub(crate) fn new(load_balancer: impl Names<ApplicationLoadBalancer>, priority: u32) -> Self {
        Self {
            load_balancer: load_balancer.reference(),
            priority,
            listener_port: None,
            paths: Vec::new(),
            methods: Vec::new(),
            hosts: Vec::new(),
            headers: Vec::new(),
            query_params: Vec::new(),
            source_ips: Vec::new(),
        }
    }

    /// Where the rule is written.
    pub fn origin(&self) -> Origin {
        self.load_balancer.origin
    }

    /// Every value of every condition.
    fn values(&self) -> impl Iterator<Item = &String> {
        let headers = self.headers.iter().flat_map(|header| &header.values);
        let params = self.query_params.iter().flat_map(|param| &param.values);
        self.paths.iter().chain(&self.methods).chain(&self.hosts).chain(&self.source_ips).chain(headers).chain(params)
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        if !(1..=PRIORITY_MAX).contains(&self.priority) {
            at.field("priority").report(&LoadBalancerEventIssue::Priority { found: self.priority });
        }
        if self.values().next().is_none() && self.headers.is_empty() && self.query_params.is_empty() {
            at.report(&LoadBalancerEventIssue::NoCondition);
        }
        let values = self.values().count();
        if values > VALUES_MAX {
            at.report(&LoadBalancerEventIssue::TooManyValues { found: values });
        }
        let keys = self.query_params.iter().map(|param| &param.param_name);
        match self.values().chain(keys).map(|value| value.matches(['*', '?']).count()).sum() {
            ..WILDCARDS_MAX => {}
            WILDCARDS_MAX => at.report(&LoadBalancerEventIssue::ManyWildcards),
            found => at.report(&LoadBalancerEventIssue::TooManyWildcards { found }),
        }
        self.check_values(at);
    }

    fn check_values(&self, at: &mut Check<'_>) {
        at.field("paths").each(&self.paths, |at, path| {
            if !is_path(path) {
                at.report(&LoadBalancerEventIssue::Path { path: path.clone() });
            } else if !path.starts_with(['/', '*', '?']) {
                at.report(&LoadBalancerEventIssue::PathWithoutRoot { path: path.clone() });
            }
        });
        at.field("methods").each(&self.methods, |at, method| {
            let allowed = |letter: char| letter.is_ascii_uppercase() || "-_".contains(letter);
            if !(1..=40).contains(&method.len()) || !method.chars().all(allowed) {
                at.report(&LoadBalancerEventIssue::Method { method: method.clone() });
            }
        });
        at.field("hosts").each(&self.hosts, |at, host| {
            if !is_host(host) {
                at.report(&LoadBalancerEventIssue::Host { host: host.clone() });
            }
        });
        at.field("headers").each(&self.headers, |at, header| {
            let name = &header.header_name;
            let allowed = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'+-.^_`|~".contains(letter);
            if !(1..=40).contains(&name.len()) || !name.chars().all(allowed) || name.eq_ignore_ascii_case("host") {
                at.field("headerName").report(&LoadBalancerEventIssue::HeaderName { name: name.clone() });
            }
            check_list(&header.values, &mut at.field("values"));
        });
        at.field("queryParams").each(&self.query_params, |at, param| {
            let name = &param.param_name;
            if !(1..=VALUE_LENGTH_MAX).contains(&name.chars().count()) {
                at.field("paramName").report(&LoadBalancerEventIssue::Value { value: name.clone() });
            }
            check_list(&param.values, &mut at.field("values"));
        });
        at.field("sourceIps").each(&self.source_ips, |at, range| {
            if IpRange::parse(range).is_none() {
                at.report(&LoadBalancerEventIssue::SourceIp { range: range.clone() });
            }
        });
    }
}

const PRIORITY_MAX: u32 = 50_000;
const VALUES_MAX: usize = 5;
const WILDCARDS_MAX: usize = 6;
const VALUE_LENGTH_MAX: usize = 128;

fn check_list(values: &[String], at: &mut Check<'_>) {
    if values.is_empty() {
        at.report(&LoadBalancerEventIssue::NoValue);
    }
    at.each(values, |at, value| {
        if !(1..=VALUE_LENGTH_MAX).contains(&value.chars().count()) {
            at.report(&LoadBalancerEventIssue::Value { value: value.clone() });
        }
    });
}

fn is_path(path: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "_-.$/~\"'@:+&*?".contains(letter);
    (1..=VALUE_LENGTH_MAX).contains(&path.len()) && path.chars().all(allowed)
}

fn is_host(host: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || ".-*?".contains(letter);
    let ends = host.rsplit_once('.').is_some_and(|(_, end)| !end.is_empty() && end.chars().all(|letter| letter.is_ascii_alphabetic()));
    host.len() <= VALUE_LENGTH_MAX && host.chars().all(allowed) && ends
}

/// Mistakes in an event of a load balancer.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "load_balancer_event")]
#[non_exhaustive]
pub enum LoadBalancerEventIssue {
    /// Elastic Load Balancing's limit.
    #[error("found the priority {found}, expected 1 to 50000")]
    #[issue(
        help = "write a number such as 10; rules are tried from the lowest on",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html"
    )]
    Priority {
        /// What was found.
        found: u32,
    },
    /// A rule says which requests it takes.
    #[error("found no condition, expected at least one of paths, methods, hosts, headers, queryParams and sourceIps")]
    #[issue(
        help = "write `.path(\"*\")` to take every request",
        yaml = "write `paths: ['*']` to take every request",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html"
    )]
    NoCondition,
    /// Elastic Load Balancing's limit.
    #[error("found {found} values in the conditions, expected at most 5")]
    #[issue(
        help = "use a wildcard, or split the event in two, each with a priority of its own",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html"
    )]
    TooManyValues {
        /// How many there are.
        found: usize,
    },
    /// Elastic Load Balancing's limit.
    #[error("found {found} wildcards in the conditions, expected at most 6")]
    #[issue(
        help = "split the event in two, each with a priority of its own",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html"
    )]
    TooManyWildcards {
        /// How many there are.
        found: usize,
    },
    /// Some regions have had a limit of five.
    #[error("found 6 wildcards in the conditions, expected fewer, since not every region may take as many")]
    #[issue(
        help = "leave one out, or split the event in two",
        warning,
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html"
    )]
    ManyWildcards,
    /// Elastic Load Balancing's spelling of a path; what stands behind `?` in a request is no part of it.
    #[error("found the path `{path}`, expected 1 to 128 letters, digits and `_-.$/~\"'@:+&`, with `*` and `?` as wildcards")]
    #[issue(
        help = "write a path such as `/api/*`",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html"
    )]
    Path {
        /// What was found.
        path: String,
    },
    /// Every path begins with a slash.
    #[error("found the path `{path}`, which no request has, expected one that begins with `/` or a wildcard")]
    #[issue(
        help = "write `/{path}`",
        warning,
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html"
    )]
    PathWithoutRoot {
        /// What was found.
        path: String,
    },
    /// Elastic Load Balancing's spelling of a method; HTTP's own are in capitals.
    #[error("found the method `{method}`, expected 1 to 40 capital letters, `-` and `_`, without wildcards")]
    #[issue(
        help = "write a method such as `GET`, or leave methods out to take every one",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html"
    )]
    Method {
        /// What was found.
        method: String,
    },
    /// Elastic Load Balancing's spelling of a host.
    #[error("found the host `{host}`, expected up to 128 letters, digits, `-`, `.` and wildcards, and only letters behind the last `.`")]
    #[issue(
        help = "write a host such as `www.example.com` or `*.example.com`",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html"
    )]
    Host {
        /// What was found.
        host: String,
    },
    /// Elastic Load Balancing's spelling of a header; the host has a condition of its own.
    #[error("found the header name `{name}`, expected 1 to 40 characters of a header name, without wildcards, and not `Host`")]
    #[issue(
        help = "write a name such as `X-Version`; for the host, write `.host(\"www.example.com\")`",
        yaml = "write a name such as `X-Version`; for the host, write `hosts: [www.example.com]`",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html"
    )]
    HeaderName {
        /// What was found.
        name: String,
    },
    /// A condition compares with something.
    #[error("found no value, expected at least one")]
    #[issue(
        help = "write a value, or `*` for any",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html"
    )]
    NoValue,
    /// Elastic Load Balancing's limit.
    #[error("found `{value}`, expected 1 to 128 characters")]
    #[issue(
        help = "write a shorter text, with a wildcard if need be; `*` stands for any",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html"
    )]
    Value {
        /// What was found.
        value: String,
    },
    /// A client is told by a range of addresses.
    #[error("found `{range}`, expected an IP address or a range of them")]
    #[issue(
        help = "write an address such as `203.0.113.7` or a range such as `10.0.0.0/8`",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html"
    )]
    SourceIp {
        /// What was found.
        range: String,
    },
}
