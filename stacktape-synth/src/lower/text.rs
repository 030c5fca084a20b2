//! Texts that only CloudFormation knows.

use stacktape_model::application_load_balancer::ApplicationLoadBalancerParam;
use stacktape_model::efs_filesystem::EfsFilesystemParam;
use stacktape_model::http_api_gateway::HttpApiGatewayParam;
use stacktape_model::text::{Fact, Param, ParamRef, Text};

use crate::cfn::{Key, LogicalId, Node, Pseudo, Value, concat, sub};
use crate::logical_id;
use crate::lower::{bucket, dynamo_db_table, event_bus, expression, kinesis_stream, sns_topic, sqs_queue};

/// The expression for a text.
pub(crate) fn lower(text: &Text) -> Value<String> {
    match text {
        Text::Literal(literal) => literal.clone().into(),
        Text::Param(ParamRef { resource, param }) => lower_param(&resource.name, *param),
        Text::Raw(raw) => {
            let id = LogicalId::new(raw.logical_id.as_str());
            Value::from_node(match &raw.attribute {
                Some(attribute) => Node::GetAtt(id, Key::Owned(attribute.clone())),
                None => Node::Ref(id),
            })
        }
        Text::Fact(fact) => lower_fact(*fact).into(),
        Text::Joined(parts) => concat(parts.iter().map(lower)),
        Text::Intrinsic(intrinsic) => Value::from_node(expression::lower(intrinsic)),
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
pub(crate) fn lower_param(name: &str, param: Param) -> Value<String> {
    match param {
        Param::ApplicationLoadBalancer(param) => load_balancer_param(name, param),
        Param::Bucket(param) => bucket::param(name, param),
        Param::EfsFilesystem(param) => efs_filesystem_param(name, param),
        Param::DynamoDbTable(param) => dynamo_db_table::param(name, param),
        Param::EventBus(param) => event_bus::param(name, param),
        Param::HttpApiGateway(param) => http_api_gateway_param(name, param),
        Param::KinesisStream(param) => kinesis_stream::param(name, param),
        Param::SnsTopic(param) => sns_topic::param(name, param),
        Param::SqsQueue(param) => sqs_queue::param(name, param),
    }
}

fn efs_filesystem_param(filesystem: &str, param: EfsFilesystemParam) -> Value<String> {
    let id = logical_id::file_system(filesystem);
    match param {
        EfsFilesystemParam::Arn => id.att_arn(),
        EfsFilesystemParam::Id => id.reference(),
    }
}

fn load_balancer_param(load_balancer: &str, param: ApplicationLoadBalancerParam) -> Value<String> {
    let domain = logical_id::load_balancer(load_balancer).att_dns_name();
    match param {
        ApplicationLoadBalancerParam::Domain | ApplicationLoadBalancerParam::CanonicalDomain => domain,
        // Validation made sure that it listens at the default port.
        ApplicationLoadBalancerParam::Url => concat(["http://".into(), domain]),
    }
}

fn http_api_gateway_param(gateway: &str, param: HttpApiGatewayParam) -> Value<String> {
    let id = logical_id::http_api(gateway);
    match param {
        HttpApiGatewayParam::Domain => sub(format!("${{{}}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}", id.logical_id())),
        HttpApiGatewayParam::Url => id.att_api_endpoint(),
    }
}
