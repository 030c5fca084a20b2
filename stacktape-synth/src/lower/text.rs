//! Texts that only CloudFormation knows.

use stacktape_model::application_load_balancer::{ApplicationLoadBalancer, ApplicationLoadBalancerParam};
use stacktape_model::custom_domain::CustomDomain;
use stacktape_model::efs_filesystem::EfsFilesystemParam;
use stacktape_model::function::FunctionParam;
use stacktape_model::http_api_gateway::{HttpApiGateway, HttpApiGatewayParam};
use stacktape_model::network_load_balancer::{NetworkLoadBalancer, NetworkLoadBalancerParam};
use stacktape_model::private_service::PrivateServiceParam;
use stacktape_model::stack::ValidStack;
use stacktape_model::text::{Fact, Param, ParamRef, Text};

use crate::cfn::{Key, LogicalId, Node, Pseudo, Value, concat, sub};
use crate::logical_id;
use crate::lower::{
    batch_job, bucket, dynamo_db_table, event_bus, expression, function, kinesis_stream, sns_topic, sqs_queue, state_machine,
    user_auth_pool,
};

/// The expression for a text.
pub(crate) fn lower(text: &Text, stack: &ValidStack) -> Value<String> {
    match text {
        Text::Literal(literal) => literal.clone().into(),
        Text::Param(param) => lower_param(param, stack),
        Text::Raw(raw) => {
            let id = LogicalId::new(raw.logical_id.as_str());
            Value::from_node(match &raw.attribute {
                Some(attribute) => Node::GetAtt(id, Key::Owned(attribute.clone())),
                None => Node::Ref(id),
            })
        }
        Text::Fact(fact) => lower_fact(*fact).into(),
        Text::Joined(parts) => concat(parts.iter().map(|part| lower(part, stack))),
        Text::Intrinsic(intrinsic) => Value::from_node(expression::lower(intrinsic, stack)),
    }
}

/// What a connected program is told. ARNs of functions and jobs are spelt out, lest two that know each other are a circle.
pub(crate) fn told(text: &Text, stack: &ValidStack) -> Value<String> {
    match text {
        Text::Param(ParamRef { resource, param: Param::Function(FunctionParam::Arn) }) => function::static_arn(&resource.name, stack),
        Text::Param(ParamRef { resource, param: Param::BatchJob(param) }) => batch_job::told(&resource.name, *param, stack),
        Text::Joined(parts) => concat(parts.iter().map(|part| told(part, stack))),
        text => lower(text, stack),
    }
}

fn lower_fact(fact: Fact) -> Pseudo {
    match fact {
        Fact::Region => Pseudo::Region,
        Fact::AccountId => Pseudo::AccountId,
        Fact::Partition => Pseudo::Partition,
    }
}

/// A parameter of the resource with this name.
fn lower_param(ParamRef { resource, param }: &ParamRef, stack: &ValidStack) -> Value<String> {
    let name = &resource.name;
    match *param {
        Param::ApplicationLoadBalancer(param) => load_balancer_param(name, param, stack),
        Param::BatchJob(param) => batch_job::param(name, param),
        Param::Bucket(param) => bucket::param(name, param),
        Param::EfsFilesystem(param) => efs_filesystem_param(name, param),
        Param::DynamoDbTable(param) => dynamo_db_table::param(name, param),
        Param::EventBus(param) => event_bus::param(name, param),
        Param::Function(param) => function::param(name, param),
        // Service Connect knows a service by its name in lower case, as the model makes it.
        Param::PrivateService(PrivateServiceParam::Address { port }) => format!("{}:{port}", name.to_lowercase()).into(),
        Param::HttpApiGateway(param) => http_api_gateway_param(name, param, stack),
        Param::KinesisStream(param) => kinesis_stream::param(name, param),
        Param::ListenerPort(port) => port.to_string().into(),
        Param::NetworkLoadBalancer(param) => network_load_balancer_param(name, param, stack),
        Param::SnsTopic(param) => sns_topic::param(name, param),
        Param::SqsQueue(param) => sqs_queue::param(name, param),
        Param::StateMachine(param) => state_machine::param(name, param),
        Param::UserAuthPool(param) => user_auth_pool::param(name, param, stack),
    }
}

fn efs_filesystem_param(filesystem: &str, param: EfsFilesystemParam) -> Value<String> {
    let id = logical_id::file_system(filesystem);
    match param {
        EfsFilesystemParam::Arn => id.att_arn(),
        EfsFilesystemParam::Id => id.reference(),
    }
}

fn load_balancer_param(load_balancer: &str, param: ApplicationLoadBalancerParam, stack: &ValidStack) -> Value<String> {
    let domain = || logical_id::load_balancer(load_balancer).att_dns_name();
    let of_stack = stack.get::<ApplicationLoadBalancer>(load_balancer);
    let custom = of_stack.map_or(&[][..], ApplicationLoadBalancer::custom_domains);
    match param {
        ApplicationLoadBalancerParam::Domain | ApplicationLoadBalancerParam::CanonicalDomain => domain(),
        ApplicationLoadBalancerParam::CustomDomains => domains(custom, "", ","),
        ApplicationLoadBalancerParam::CustomDomainUrls => domains(custom, "https://", ","),
        // Validation made sure that there is one.
        ApplicationLoadBalancerParam::Url => match of_stack.and_then(|balancer| balancer.url_parts().ok()) {
            Some((scheme, Some(custom))) => format!("{scheme}{custom}").into(),
            Some((scheme, None)) => concat([scheme.into(), domain()]),
            None => domain(),
        },
    }
}

fn network_load_balancer_param(load_balancer: &str, param: NetworkLoadBalancerParam, stack: &ValidStack) -> Value<String> {
    match param {
        NetworkLoadBalancerParam::Domain | NetworkLoadBalancerParam::CanonicalDomain => {
            logical_id::load_balancer(load_balancer).att_dns_name()
        }
        NetworkLoadBalancerParam::CustomDomains => {
            domains(stack.get::<NetworkLoadBalancer>(load_balancer).map_or(&[], NetworkLoadBalancer::custom_domains), "", ",")
        }
    }
}

fn http_api_gateway_param(gateway: &str, param: HttpApiGatewayParam, stack: &ValidStack) -> Value<String> {
    let id = logical_id::http_api(gateway);
    let of_stack = stack.get::<HttpApiGateway>(gateway);
    let custom = of_stack.map_or(&[][..], HttpApiGateway::custom_domains);
    match param {
        HttpApiGatewayParam::Domain => sub(format!("${{{}}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}", id.logical_id())),
        HttpApiGatewayParam::Url => match of_stack.and_then(HttpApiGateway::url_domain) {
            Some(domain) => format!("https://{domain}").into(),
            None => id.att_api_endpoint(),
        },
        HttpApiGatewayParam::CanonicalDomain => {
            let regional = custom.iter().map(|domain| logical_id::domain_name(gateway, &domain.name()).att_regional_domain_name());
            let separated = regional.enumerate().flat_map(|(index, domain)| (index > 0).then(|| ", ".into()).into_iter().chain([domain]));
            concat(separated)
        }
        HttpApiGatewayParam::CustomDomains => domains(custom, "", ", "),
        HttpApiGatewayParam::CustomDomainUrl => match of_stack.and_then(HttpApiGateway::url_domain) {
            Some(domain) => format!("https://{domain}").into(),
            // All of them stand for many.
            None => domains(&custom[..custom.len().min(1)], "https://", ""),
        },
        HttpApiGatewayParam::CustomDomainUrls => domains(custom, "https://", ", "),
    }
}

/// Domains one after the other.
fn domains(domains: &[CustomDomain], before: &str, between: &str) -> Value<String> {
    domains.iter().map(|domain| format!("{before}{}", domain.name())).collect::<Vec<_>>().join(between).into()
}
