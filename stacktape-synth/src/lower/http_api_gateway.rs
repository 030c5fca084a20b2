//! `http-api-gateway` becomes an HTTP API with its stage and logs and, for containers, a VPC link.

use stacktape_model::custom_domain::CustomDomain;
use stacktape_model::http_api_gateway::{
    AccessLogFormat, AccessLogs, HttpApiCors, HttpApiCorsParts, HttpApiGateway, HttpApiGatewayParts, Method, PayloadFormat,
    RetainedAccessLogs,
};

use stacktape_model::nested::written_name;

use crate::cfn::{PropertyType, Value, api_gateway_v2 as api, ec2, join, sub};
use crate::fragment::Fragment;
use crate::lower::custom_domain::{self, Alias, Certificate};
use crate::lower::function::permit;
use crate::lower::log_group::{self, Forwarding, LogGroup};
use crate::lower::{authorizer, text};
use crate::plan::{GatewayPlan, Plan};
use crate::{logical_id, physical_name};

/// API Gateway's longest name.
const NAME_MAX: usize = 128;

pub(super) fn lower(gateway: &HttpApiGateway, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let HttpApiGatewayParts {
        name,
        custom_domains,
        cors,
        logging,
        payload_format: _, // that of functions whose events say nothing, which the plan knows; containers take 1.0 only
        overrides: _,      // applied when the template is merged
    } = gateway.parts();
    let routing = plan.gateway(name);
    let name = written_name(name);
    let http_api = logical_id::http_api(name);
    fragment.add(
        &http_api,
        api::Api::new()
            .name(physical_name::of(plan.stack.name(), &format!("{name}-http-api"), NAME_MAX))
            .protocol_type("HTTP")
            .set_some(cors.as_ref().map(|cors| cors_configuration(cors, routing, plan)), api::Api::cors_configuration)
            .tags(plan.tags.map()),
    );
    fragment.add(
        &logical_id::stage(name),
        api::Stage::new(http_api.reference(), "$default")
            .auto_deploy(true)
            .set_some(access_log_settings(name, logging), api::Stage::access_log_settings)
            .tags(plan.tags.map()),
    );
    if let AccessLogs::Retained(RetainedAccessLogs { format: _, retention_days, log_forwarding }) = logging {
        // Names under `/aws/vendedlogs/` do not count against the size of the account's log policy.
        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
        let group = format!("/aws/vendedlogs/{}/api-gateway/{name}/access-logs", plan.stack.name());
        let group = LogGroup {
            id: logical_id::access_log_group(name),
            name: group,
            retention_days: *retention_days,
            forwarding: log_forwarding.as_ref().map(|to| Forwarding {
                to,
                stream: logical_id::access_log_stream(name),
                subscription: logical_id::access_log_subscription(name),
            }),
        };
        log_group::lower(name, &[group], plan, fragment);
    }
    lower_routes(name, routing, plan, fragment);
    for domain in custom_domains {
        lower_domain(name, domain, plan, fragment);
    }
}

/// A domain with its certificate, the way from it to the gateway, and its record.
fn lower_domain(gateway: &str, domain: &CustomDomain, plan: &Plan<'_>, fragment: &mut Fragment) {
    let Some(certificate) = Certificate::of(gateway, domain, plan, fragment) else { return };
    let name = domain.name();
    let id = logical_id::domain_name(gateway, &name);
    let configuration = api::domain_name::DomainNameConfiguration::new().certificate_arn(certificate.arn).endpoint_type("REGIONAL");
    fragment.add(&id, api::DomainName::new(name.clone()).domain_name_configurations(vec![configuration]).tags(plan.tags.map()));
    let (http_api, stage) = (logical_id::http_api(gateway), logical_id::stage(gateway));
    fragment.add(&logical_id::api_mapping(gateway, &name), api::ApiMapping::new(http_api.reference(), id.reference(), stage.reference()));
    let alias = Alias { dns_name: id.att_regional_domain_name(), hosted_zone_id: id.att_regional_hosted_zone_id() };
    custom_domain::lower_record(gateway, domain, alias, plan, fragment);
}

fn lower_routes(gateway: &str, routing: &GatewayPlan<'_>, plan: &Plan<'_>, fragment: &mut Fragment) {
    if !routing.containers.is_empty() {
        lower_containers(gateway, routing, plan, fragment);
    }
    lower_functions(gateway, routing, fragment);
    authorizer::lower(gateway, &routing.authorizers, plan, fragment);
    let http_api = logical_id::http_api(gateway);
    for route in &routing.routes {
        let target = join("/", ["integrations".into(), route.integration.reference()]);
        let open = api::Route::new(http_api.reference(), route.key.clone()).target(target);
        let resource = match &route.authorizer {
            Some(authorizer) => authorizer::guard(open, authorizer),
            None => open,
        };
        fragment.add(&logical_id::route(gateway, &route.key), resource);
    }
}

/// The way into the VPC, and to each workload there.
fn lower_containers(gateway: &str, routing: &GatewayPlan<'_>, plan: &Plan<'_>, fragment: &mut Fragment) {
    let http_api = logical_id::http_api(gateway);
    let link = logical_id::vpc_link(gateway);
    let security_group = logical_id::vpc_link_security_group(gateway);
    let link_name = physical_name::of(plan.stack.name(), &format!("{gateway}-vpc-link"), NAME_MAX);
    // Traffic only leaves a link, so nothing is let in.
    fragment.add(
        &security_group,
        ec2::SecurityGroup::new(format!("VPC link of the HTTP API gateway {gateway}"))
            .vpc_id(plan.network.vpc.clone())
            .tags(plan.tags.named(&link_name)),
    );
    fragment.add(
        &link,
        api::VpcLink::new(link_name, plan.network.inner_subnet_ids())
            .security_group_ids(vec![security_group.att_group_id()])
            .tags(plan.tags.map()),
    );
    for target in routing.containers.values() {
        fragment.add(
            &target.integration,
            api::Integration::new(http_api.reference(), "HTTP_PROXY")
                .connection_type("VPC_LINK")
                .connection_id(link.reference())
                .integration_method("ANY")
                .integration_uri(target.registry.att_arn())
                .payload_format_version(PayloadFormat::V1.as_str()),
        );
    }
}

/// API Gateway's longest time for an answer.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
const TIMEOUT_MAX: u32 = 30_000;

/// How functions are called, and that they may be. One permission is enough for all integrations of a function.
fn lower_functions(gateway: &str, routing: &GatewayPlan<'_>, fragment: &mut Fragment) {
    let http_api = logical_id::http_api(gateway);
    for ((name, format), target) in &routing.functions {
        // Lambda says itself that a function took too long, a moment before API Gateway would.
        let timeout = (u32::from(target.function.timeout_seconds()) * 1000 + 500).min(TIMEOUT_MAX);
        fragment.add(
            &target.integration,
            api::Integration::new(http_api.reference(), "AWS_PROXY")
                .integration_uri(logical_id::function(name).att_arn())
                .payload_format_version(*format)
                .timeout_in_millis(timeout),
        );
    }
    for function in routing.callees().iter() {
        let source = format!("arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{}}}/*", http_api.logical_id());
        let id = logical_id::gateway_permission(gateway, function);
        permit(&id, function, "apigateway.amazonaws.com", sub(source), fragment);
    }
}

const DEFAULT_HEADERS: [&str; 6] = ["Content-Type", "X-Amz-Date", "Authorization", "X-Api-Key", "X-Amz-Security-Token", "X-Amz-User-Agent"];

fn cors_configuration(cors: &HttpApiCors, routing: &GatewayPlan<'_>, plan: &Plan<'_>) -> api::api::Cors {
    let HttpApiCorsParts { allowed_origins, allowed_headers, allowed_methods, allow_credentials, exposed_response_headers, max_age } =
        cors.parts();
    let origins = if allowed_origins.is_empty() {
        vec!["*".into()]
    } else {
        allowed_origins.iter().map(|origin| text::lower(origin, plan.stack)).collect()
    };
    let headers = if allowed_headers.is_empty() { DEFAULT_HEADERS.map(str::to_owned).to_vec() } else { allowed_headers.clone() };
    let methods = if allowed_methods.is_empty() { methods_of(routing) } else { allowed_methods.clone() };
    api::api::Cors::new()
        .allow_origins(origins)
        .allow_headers(headers)
        .allow_methods(methods.into_iter().map(|method| Value::from(method.as_str())).collect::<Vec<Value<String>>>())
        .set_some(*allow_credentials, api::api::Cors::allow_credentials)
        .set_some((!exposed_response_headers.is_empty()).then(|| exposed_response_headers.clone()), api::api::Cors::expose_headers)
        .set_some(*max_age, api::api::Cors::max_age)
}

/// The methods of a gateway's routes, and the one of preflight requests.
fn methods_of(routing: &GatewayPlan<'_>) -> Vec<Method> {
    if routing.methods.contains(&Method::Any) {
        return vec![Method::Any];
    }
    let preflight = (!routing.methods.contains(&Method::Options)).then_some(Method::Options);
    routing.methods.iter().copied().chain(preflight).collect()
}

fn access_log_settings(gateway: &str, logging: &AccessLogs) -> Option<api::stage::AccessLogSettings> {
    match logging {
        AccessLogs::Disabled => None,
        AccessLogs::Retained(logs) => {
            let group = logical_id::access_log_group(gateway).att_arn();
            Some(api::stage::AccessLogSettings::new().destination_arn(group).format(log_format(logs.format)))
        }
    }
}

/// A line of an access log. <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html>
fn log_format(format: AccessLogFormat) -> String {
    const FIELDS: [(&str, &str); 8] = [
        ("requestId", "$context.requestId"),
        ("ip", "$context.identity.sourceIp"),
        ("requestTime", "$context.requestTime"),
        ("httpMethod", "$context.httpMethod"),
        ("routeKey", "$context.routeKey"),
        ("status", "$context.status"),
        ("protocol", "$context.protocol"),
        ("responseLength", "$context.responseLength"),
    ];
    let fields = |one: fn(&(&str, &str)) -> String, between| FIELDS.iter().map(one).collect::<Vec<_>>().join(between);
    match format {
        AccessLogFormat::Json => format!("{{{}}}", fields(|(name, value)| format!("\"{name}\":\"{value}\""), ",")),
        AccessLogFormat::Xml => {
            let id = "<request id=\"$context.requestId\">";
            format!("{id}{}</request>", fields(|(name, value)| format!("<{name}>{value}</{name}>"), ""))
        }
        AccessLogFormat::Clf => concat!(
            "$context.identity.sourceIp - - [$context.requestTime] \"$context.httpMethod $context.routeKey $context.protocol\" ",
            "$context.status $context.responseLength $context.requestId"
        )
        .to_owned(),
        AccessLogFormat::Csv => [
            "$context.identity.sourceIp",
            "$context.requestTime",
            "$context.httpMethod",
            "$context.routeKey",
            "$context.protocol",
            "$context.status",
            "$context.responseLength",
            "$context.requestId",
        ]
        .join(","),
    }
}
