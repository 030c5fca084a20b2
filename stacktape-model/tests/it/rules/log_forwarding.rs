//! Where logs are forwarded to.

use stacktape_model::container::ContainerLogs;
use stacktape_model::http_api_gateway::{AccessLogs, HttpApiGateway};
use stacktape_model::log_forwarding::{HttpEndpointForwardingBuilder, LogForwarding};
use stacktape_model::stack::Stack;
use stacktape_model::text::{Fact, Secret, Text};

use crate::support::{Rule, rule, running, stack, web};

const AT: &str = "resources.api.containers[0].logging.logForwarding";

#[track_caller]
fn forwarded(forwarding: impl Into<LogForwarding>) -> Stack {
    running([web().logging(ContainerLogs::retained(30).forward_to(forwarding))])
}

#[track_caller]
fn of_gateway(forwarding: impl Into<LogForwarding>) -> Stack {
    stack([HttpApiGateway::builder("main").logging(AccessLogs::retained(30).forward_to(forwarding))])
}

fn endpoint() -> HttpEndpointForwardingBuilder {
    LogForwarding::http_endpoint("https://example.com")
}

#[track_caller]
fn at(url: &str) -> Stack {
    forwarded(LogForwarding::http_endpoint(url))
}

#[track_caller]
fn datadog(key: Secret) -> Stack {
    forwarded(LogForwarding::datadog(key))
}

pub(crate) fn rules() -> Vec<Rule> {
    let url = format!("{AT}.endpointUrl");
    let long = "x".repeat(1025);
    let elsewhere = HttpApiGateway::builder("elsewhere").build();
    let parameters = |number: usize| (0..number).fold(endpoint(), |endpoint, index| endpoint.parameter(format!("p{index}"), ""));
    vec![
        rule("log_forwarding::endpoint_url")
            .refuses(&url, at("http://example.com"))
            .saying(
                "found the endpoint `http://example.com`, expected `https://`, a host and at most the port 443, in up to 1000 characters",
                "write an address such as `https://logs.example.com/firehose`",
            )
            .refuses(&url, at("https://"))
            .refuses(&url, at("https:///logs"))
            .refuses(&url, at("https://example.com:8443/logs"))
            .refuses(&url, at("https://example .com"))
            .refuses(&url, at(&format!("https://example.com/{}", "x".repeat(981))))
            .refuses(&url, forwarded(LogForwarding::highlight("1").endpoint_url("example.com")))
            .refuses("resources.main.logging.logForwarding.endpointUrl", of_gateway(LogForwarding::http_endpoint("ftp://example.com")))
            .takes(at(&format!("https://example.com/{}", "x".repeat(980))))
            .takes(at("https://example.com:443/logs?site=eu#top"))
            .takes(of_gateway(endpoint()))
            .takes(forwarded(LogForwarding::http_endpoint(Text::joined(["https://".into(), Fact::Region.into(), ".example.com".into()])))),
        rule("log_forwarding::retry_duration")
            .refuses(&format!("{AT}.retryDuration"), forwarded(endpoint().retry_duration(7201)))
            .saying(
                "found a retry duration of 7201 s, expected 0 to 7200 s",
                "write `.retry_duration(7200)` for the longest one; what is not delivered by then goes to the bucket",
            )
            .takes(forwarded(endpoint().retry_duration(7200)))
            .takes(forwarded(endpoint().retry_duration(0))),
        rule("log_forwarding::too_many_parameters")
            .refuses(&format!("{AT}.parameters"), forwarded(parameters(51)))
            .saying("found 51 parameters, expected at most 50", "join some of them")
            .takes(forwarded(parameters(50))),
        rule("log_forwarding::parameter_name")
            .refuses(&format!("{AT}.parameters. "), forwarded(endpoint().parameter(" ", "x")))
            .saying("found the parameter ` `, expected a name of 1 to 256 characters, not all of them spaces", "write another name")
            .refuses(&format!("{AT}.parameters.{}", &long[..257]), forwarded(endpoint().parameter(&long[..257], "x")))
            .takes(forwarded(endpoint().parameter(&long[..256], "x").parameter(" größe ", ""))),
        rule("log_forwarding::parameter_value")
            .refuses(&format!("{AT}.parameters.a"), forwarded(endpoint().parameter("a", long.as_str())))
            .saying("found a value of 1025 characters, expected at most 1024", "shorten the value")
            .takes(forwarded(endpoint().parameter("a", &long[..1024])))
            .takes(forwarded(endpoint().parameter("a", "ß".repeat(1024)))),
        rule("log_forwarding::project_id")
            .refuses(&format!("{AT}.projectId"), forwarded(LogForwarding::highlight("")))
            .saying("found a project id of 0 characters, expected 1 to 1024", "copy the id from the settings of the project at Highlight")
            .refuses(&format!("{AT}.projectId"), forwarded(LogForwarding::highlight(long.as_str())))
            .takes(forwarded(LogForwarding::highlight(&long[..1024])))
            .takes(forwarded(LogForwarding::highlight("1"))),
        rule("secret::key_in_template")
            .refuses(&format!("{AT}.apiKey"), datadog(Secret::new("datadog").key("{key}")))
            .saying(
                "found the key `{key}`, expected one without `{`, `}` and `\\`, since CloudFormation reads it",
                "rename the key in the secret's JSON object",
            )
            .refuses(&format!("{AT}.apiKey"), datadog(Secret::new("datadog").key("key\\")))
            .refuses(&format!("{AT}.accessKey"), forwarded(endpoint().access_key(Secret::new("key").key("a}"))))
            .takes(datadog(Secret::new("datadog").key("a key: no").key("a key, yes")))
            // ECS makes an ARN of a name, CloudFormation does not.
            .takes(datadog(Secret::new("datadog-secret"))),
        rule("reference::missing")
            .refuses(&url, forwarded(LogForwarding::http_endpoint(elsewhere.url())))
            .refuses(&format!("{AT}.parameters"), forwarded(endpoint().parameter("from", elsewhere.domain())))
            .refuses("resources.main.logging.logForwarding.projectId", of_gateway(LogForwarding::highlight(elsewhere.domain())))
            .refuses(&url, forwarded(LogForwarding::datadog(Secret::new("key")).endpoint_url(elsewhere.url())))
            .takes(forwarded(endpoint().parameter("from", "elsewhere"))),
        rule("secret::name")
            .refuses(&format!("{AT}.apiKey"), datadog(Secret::new("data dog")))
            .takes(datadog(Secret::new("data.dog"))),
        rule("secret::arn")
            .refuses(&format!("{AT}.accessKey"), forwarded(endpoint().access_key(Secret::new("arn:aws:s3:::key"))))
            .takes(datadog(Secret::new("arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf"))),
        rule("secret::key")
            .refuses(&format!("{AT}.apiKey"), datadog(Secret::new("datadog").key("a:b")))
            .takes(datadog(Secret::new("datadog").key("a"))),
    ]
}
