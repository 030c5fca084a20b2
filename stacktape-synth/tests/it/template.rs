//! What CloudFormation refuses about a template as a whole.

use serde_json::json;
use stacktape_model::bucket::Bucket;
use stacktape_model::container::Image;
use stacktape_model::overrides::Override;
use stacktape_model::raw_resource::RawResource;
use stacktape_model::stack::Stack;
use stacktape_model::stack_config::Output;
use stacktape_model::text::Text;
use stacktape_synth::synthesize;

use crate::support::{Rule, api, empty, raw, rule, topic, web};

#[track_caller]
fn topics(count: usize) -> Stack {
    let mut stack = empty();
    for index in 0..count {
        stack.add_raw(topic(&format!("Topic{index}")));
    }
    stack
}

/// A workload whose container is told of this text.
#[track_caller]
fn telling(text: Text) -> Stack {
    let mut stack = empty();
    stack.add(api(web(Image::prebuilt("nginx:1.29")).env("TEXT", text)));
    stack
}

#[track_caller]
fn showing(text: Text) -> Stack {
    let mut stack = raw([topic("Topic")]);
    stack.output(Output::new("shown", text));
    stack
}

#[track_caller]
fn waiting<const N: usize>(edges: [(&str, &str); N]) -> Stack {
    let mut stack = empty();
    for (id, other) in edges {
        stack.add_raw(topic(id).attribute("DependsOn", other));
    }
    stack
}

#[track_caller]
fn overriding(resource: Option<(&str, &str)>, stack_wide: Option<(&str, &str)>) -> Stack {
    let mut stack = empty();
    stack.add(Bucket::builder("photos").overrides(resource.map(|(id, path)| Override::new(id, path, true))));
    stack.add(Bucket::builder("invoices"));
    if let Some((id, path)) = stack_wide {
        stack.override_with(Override::new(id, path, true));
    }
    stack
}

/// A stack whose template has so many bytes, and a few more.
#[track_caller]
fn weighing(bytes: usize) -> Stack {
    raw([topic("Topic").property("DisplayName", "x".repeat(bytes))])
}

#[track_caller]
fn resolving(references: usize) -> Stack {
    raw([topic("Topic").property("DisplayName", "{{resolve:ssm:name}}".repeat(references))])
}

#[track_caller]
fn task(bytes: usize) -> Stack {
    raw([RawResource::new("Task", "AWS::ECS::TaskDefinition").property("Family", "x".repeat(bytes))])
}

#[track_caller]
fn role(characters: usize) -> Stack {
    let policies = json!([{"PolicyName": "all", "PolicyDocument": "x".repeat(characters)}]);
    // The trust policy has a limit of its own.
    let trust = json!({"Statement": "x".repeat(20_000)});
    raw([RawResource::new("Role", "AWS::IAM::Role").property("Policies", policies).property("AssumeRolePolicyDocument", trust)])
}

pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = graph();
    rules.extend(overrides());
    rules.extend(sizes());
    rules
}

fn graph() -> Vec<Rule> {
    let mut shared = raw([topic("PhotosBucket")]);
    shared.add(Bucket::builder("photos"));
    let mut apart = raw([topic("PhotosTopic")]);
    apart.add(Bucket::builder("photos"));
    vec![
        rule("template::duplicate_id").refuses("cloudformationResources.PhotosBucket", shared).takes(apart),
        rule("template::dangling_reference")
            .refuses("resources.api", telling(topic("Topic").reference()))
            .refuses("stackConfig.outputs", showing(topic("Other").get_att("TopicName")))
            .refuses("cloudformationResources.A", waiting([("A", "B")]))
            .takes(showing(topic("Topic").get_att("TopicName")))
            .takes(waiting([("A", "B"), ("B", "C"), ("C", "D")]).with_d()),
        rule("template::unknown_attribute")
            .warns("stackConfig.outputs", showing(topic("Topic").get_att("Arn")))
            .warns("resources.api", {
                let mut stack = telling(topic("Topic").get_att("Arn"));
                stack.add_raw(topic("Topic"));
                stack
            })
            .takes(showing(topic("Topic").get_att("TopicArn")))
            // A property that CloudFormation takes, and no schema says so.
            .takes(showing(topic("Topic").get_att("TopicName")))
            .takes(showing(topic("Topic").reference())),
        rule("template::circle")
            .refuses("cloudformationResources.A", waiting([("A", "B"), ("B", "C"), ("C", "A")]))
            .refuses("cloudformationResources.A", waiting([("A", "A")]))
            .takes(waiting([("A", "B"), ("B", "D"), ("C", "D")]).with_d()),
        rule("template::empty").refuses("resources", empty()).takes(topics(1)),
    ]
}

trait WithD {
    fn with_d(self) -> Self;
}

impl WithD for Stack {
    /// Adds the topic `D`, which waits for nothing.
    #[track_caller]
    fn with_d(mut self) -> Self {
        self.add_raw(topic("D"));
        self
    }
}

fn overrides() -> Vec<Rule> {
    vec![
        rule("template::override_of_other")
            .refuses("resources.photos.overrides.InvoicesBucket", overriding(Some(("InvoicesBucket", "Tags")), None))
            .refuses("overrides.OrdersBucket", overriding(None, Some(("OrdersBucket", "Tags"))))
            .takes(overriding(Some(("PhotosBucket", "ObjectLockEnabled")), Some(("InvoicesBucket", "ObjectLockEnabled")))),
        rule("template::override_path")
            // The tags of a bucket are a list, and their keys texts.
            .refuses("resources.photos.overrides.PhotosBucket", overriding(Some(("PhotosBucket", "Tags.first")), None))
            .refuses("overrides.PhotosBucket", overriding(None, Some(("PhotosBucket", "Tags.0.Key.Deeper"))))
            .takes(overriding(Some(("PhotosBucket", "New.0.Key.Deeper")), None)),
    ]
}

fn sizes() -> Vec<Rule> {
    vec![
        rule("template::too_many_resources").refuses("resources", topics(501)).takes(topics(500)),
        rule("template::many_resources").warns("resources", topics(471)).warns("resources", topics(500)).takes(topics(470)),
        rule("template::too_large").refuses("resources", weighing(1_000_000)).takes(weighing(999_000)),
        rule("template::too_many_dynamic_references").refuses("resources", resolving(61)).takes(resolving(60)),
        rule("template::task_definition_too_large").refuses("cloudformationResources.Task", task(65_536)).takes(task(65_000)),
        rule("template::role_policies_too_large").refuses("cloudformationResources.Role", role(10_240)).takes(role(10_000)),
    ]
}

/// 400 resources with everything around their properties, and outputs, which take `filler` bytes beside all that.
#[track_caller]
fn crowded(filler: usize) -> Stack {
    let mut stack = empty();
    for index in 0..400 {
        let share = filler / 400 + usize::from(index < filler % 400);
        let topic = topic(&format!("Topic{index}")).property("DisplayName", "x".repeat(share)).attribute("DeletionPolicy", "Retain");
        let topic = topic.property("Tags", json!([{"Key": "a", "Value": {"Ref": "First"}}]));
        if index < 200 {
            stack.output(Output::new(format!("arn{index}"), topic.get_att("TopicArn")).description("where it is"));
        }
        stack.add_raw(topic.attribute("DependsOn", json!(["First"])));
    }
    stack.add_raw(topic("First"));
    stack
}

/// The limit is about the bytes of the template, which are estimated while it is still open.
#[test]
fn the_estimate_of_the_body_is_near_the_truth() {
    for stack in [weighing, crowded] {
        let printed = |bytes| {
            let synthesis = synthesize(&stack(bytes).validate().expect("valid"));
            synthesis.map(|synthesis| synthesis.template.to_json().expect("no holes").len())
        };
        let (mut taken, mut refused) = (700_000, 1_000_000);
        while taken + 1 < refused {
            let middle = usize::midpoint(taken, refused);
            if printed(middle).is_ok() { taken = middle } else { refused = middle }
        }
        let longest = printed(taken).expect("taken");
        assert!((990_000..=1_000_000).contains(&longest), "{longest}");
    }
}
