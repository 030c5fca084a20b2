//! Texts: written out, or known at deployment only; and secrets.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value as Json, json};

use super::raw_resource::attributes;
use super::surroundings::{Later, Surroundings, param_of, pick};
use crate::private_service::PrivateService;
use crate::text::{Fact, Secret, Text};
use crate::web_service::WebService;

/// Texts that are written out, up to 30 characters: plain ones, and such as need escaping in JSON or in CloudFormation's `Fn::Sub`.
/// Shrinks to `text`.
pub fn literal() -> impl Strategy<Value = String> {
    let tricky = select(vec!["a \"quoted\" word", "C:\\temp", "größe 日本", "100%", "$", "$${", "two\nlines", "{{braces}}", "a,b;c=d"]);
    prop_oneof![Just("text".to_owned()), "[a-zA-Z0-9 _./:-]{1,30}", tricky.prop_map(str::to_owned)]
}

/// Texts of every kind: written out, parameters of what is around, facts of the deployment, texts in a row, intrinsic functions.
/// Shrinks to what is written out.
pub fn text(around: &Surroundings) -> BoxedStrategy<Text> {
    let around = around.clone();
    text_later().prop_map(move |later| later.within(&around)).boxed()
}

pub(super) fn text_later() -> BoxedStrategy<Later<Text>> {
    let part = prop_oneof![
        3 => literal().prop_map(|text| Later::ready(text.into())),
        1 => (any::<Index>(), any::<bool>()).prop_map(|(index, arn)| Later::new(move |around| of_bucket(around, index, arn))),
        1 => (any::<Index>(), any::<bool>()).prop_map(|(index, arn)| Later::new(move |around| of_file_system(around, index, arn))),
        1 => (any::<Index>(), 0..3_usize).prop_map(|(index, param)| Later::new(move |around| of_service(around, index, param))),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(index, which)| Later::new(move |around| of_gateway(around, index, which))),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(index, which)| Later::new(move |around| of_load_balancer(around, index, which))),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(index, which)| Later::new(move |around| of_network_load_balancer(around, index, which))),
        3 => (any::<Index>(), any::<Index>()).prop_map(|(index, param)| Later::new(move |around| of_resource(around, index, param))),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(index, attribute)| Later::new(move |around| of_raw(around, index, attribute))),
        1 => select(vec![Fact::Region, Fact::AccountId, Fact::Partition]).prop_map(|fact| Later::ready(fact.into())),
        1 => intrinsic().prop_map(|json| Later::ready(Text::Intrinsic(Box::new(json.into())))),
    ];
    let parts = vec(part.clone(), 1..4)
        .prop_map(|parts| Later::new(move |around| Text::joined(parts.iter().map(|part: &Later<Text>| part.within(around)))));
    // What looks like a variable of `Fn::Sub` and is none, beside something that makes it one.
    let escaped = Just(Text::joined(["${HOME}/".into(), Fact::Region.into(), "$$".into()])).prop_map(Later::ready);
    prop_oneof![6 => part, 2 => parts, 1 => escaped].boxed()
}

fn otherwise() -> Text {
    "text".into()
}

fn of_bucket(around: &Surroundings, index: Index, arn: bool) -> Text {
    pick(index, &around.buckets).map_or_else(otherwise, |bucket| if arn { bucket.arn() } else { bucket.bucket_name() })
}

fn of_file_system(around: &Surroundings, index: Index, arn: bool) -> Text {
    pick(index, &around.filesystems).map_or_else(otherwise, |filesystem| if arn { filesystem.arn() } else { filesystem.id() })
}

fn of_gateway(around: &Surroundings, index: Index, which: Index) -> Text {
    pick(index, &around.gateways).map_or_else(otherwise, |gateway| {
        let all = [gateway.domain(), gateway.url()];
        let custom = [gateway.canonical_domain(), gateway.custom_domain_list(), gateway.custom_domain_url(), gateway.custom_domain_urls()];
        let is_custom = !gateway.custom_domains().is_empty() && which.index(5) > 0;
        which.get(if is_custom { &custom[..] } else { &all }).clone()
    })
}

fn of_load_balancer(around: &Surroundings, index: Index, which: Index) -> Text {
    pick(index, &around.load_balancers).map_or_else(otherwise, |balancer| {
        let mut all = vec![balancer.domain(), balancer.canonical_domain()];
        if !balancer.custom_domains().is_empty() {
            all.push(balancer.custom_domain_list());
            // That of a load balancer without domains may go when it gets listeners.
            if balancer.url_parts().is_ok() {
                all.extend([balancer.url(), balancer.custom_domain_urls()]);
            }
        }
        all.extend(balancer.all_listeners().iter().map(|listener| balancer.listener_port(listener.port())));
        which.get(&all).clone()
    })
}

fn of_network_load_balancer(around: &Surroundings, index: Index, which: Index) -> Text {
    pick(index, &around.network_load_balancers).map_or_else(otherwise, |balancer| {
        let mut all = vec![balancer.domain(), balancer.canonical_domain()];
        if !balancer.custom_domains().is_empty() {
            all.push(balancer.custom_domain_list());
        }
        which.get(&all).clone()
    })
}

fn of_service(around: &Surroundings, index: Index, param: usize) -> Text {
    let web = |make: fn(&WebService) -> Text| pick(index, &around.web_services).map_or_else(otherwise, make);
    match param {
        0 => pick(index, &around.private_services).map_or_else(otherwise, PrivateService::address),
        1 => web(|service| if service.has_url() { service.url() } else { service.domain() }),
        _ => web(WebService::domain),
    }
}

fn of_resource(around: &Surroundings, index: Index, param: Index) -> Text {
    pick(index, &around.resources).and_then(|resource| param_of(resource, param)).unwrap_or_else(otherwise)
}

fn of_raw(around: &Surroundings, index: Index, attribute: Index) -> Text {
    pick(index, &around.raw_resources).map_or_else(otherwise, |raw| match pick(attribute, attributes(raw)) {
        Some(attribute) => raw.get_att(*attribute),
        None => raw.reference(),
    })
}

/// Intrinsic functions that give a text.
fn intrinsic() -> impl Strategy<Value = Json> {
    select(vec![
        json!({"Ref": "AWS::StackName"}),
        json!({"Fn::Sub": "${AWS::Region}-x"}),
        json!({"Fn::Sub": ["${a}-${!b}", {"a": {"Ref": "AWS::AccountId"}}]}),
        json!({"Fn::Join": ["-", ["a", {"Ref": "AWS::Partition"}]]}),
        json!({"Fn::Select": [0, {"Fn::Split": [",", "a,b"]}]}),
        json!({"Fn::Base64": "text"}),
    ])
}

/// ARNs and `*`, as policies take them: written out, of buckets and of raw resources.
pub(super) fn arn_later() -> BoxedStrategy<Later<Text>> {
    let literal = select(vec![
        "*",
        "arn:aws:s3:::photos/*",
        "arn:*:sqs:*:123456789012:jobs-*",
        "arn:aws:logs:eu-west-1:123456789012:log-group:/app:*",
    ]);
    prop_oneof![
        literal.prop_map(|arn| Later::ready(arn.into())),
        any::<Index>().prop_map(|index| {
            Later::new(move |around| {
                pick(index, &around.buckets).map_or_else(|| "*".into(), |bucket| Text::joined([bucket.arn(), "/*".into()]))
            })
        }),
        any::<Index>().prop_map(|index| {
            Later::new(move |around| {
                let raw = pick(index, &around.raw_resources);
                let arn =
                    raw.and_then(|raw| attributes(raw).iter().find(|attribute| attribute.ends_with("Arn")).map(|arn| raw.get_att(*arn)));
                arn.unwrap_or_else(|| "*".into())
            })
        }),
    ]
    .boxed()
}

/// The ARN of a secret in Secrets Manager: written out, or put together of facts of the deployment.
pub(super) fn secret_arn() -> impl Strategy<Value = Text> {
    let fact = Text::from;
    prop_oneof![
        Just(Text::from("arn:aws:secretsmanager:us-east-1:123456789012:secret:registry-AbCdEf")),
        Just(Text::joined([
            "arn:".into(),
            fact(Fact::Partition),
            ":secretsmanager:".into(),
            fact(Fact::Region),
            ":".into(),
            fact(Fact::AccountId),
            ":secret:team/registry-AbCdEf".into(),
        ])),
    ]
}

/// References to secrets that CloudFormation or Firehose reads. Shrinks to a whole secret by name.
pub(super) fn secret_in_template() -> impl Strategy<Value = Secret> {
    const ARN: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:logs/key-AbCdEf";
    select(vec![
        Secret::new("logKey"),
        Secret::new("logKey").key("api_key"),
        Secret::new("prod/log-secret").key("a key, 'größe'"),
        Secret::new(ARN),
        Secret::new(ARN).key("api_key"),
        Secret::new(ARN).key("other"),
    ])
}

/// References to secrets: by name or ARN, whole or one key. Shrinks to a whole secret by name.
pub fn secret() -> impl Strategy<Value = Secret> {
    const ARN: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf";
    select(vec![
        Secret::new("dbSecret"),
        Secret::new("dbSecret").key("password"),
        Secret::new("prod/db_1+a=b.c@d").key("${user.name}"),
        Secret::new(ARN),
        Secret::new(ARN).key("password"),
    ])
}
