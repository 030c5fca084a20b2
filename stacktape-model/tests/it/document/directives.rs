//! What directives become.

use stacktape_model::bucket::Bucket;
use stacktape_model::container::EnvValue;
use stacktape_model::document::{Document, Facts};
use stacktape_model::expression::Expression;
use stacktape_model::raw_resource::RawResource;
use stacktape_model::resource::Resource;
use stacktape_model::stack::Stack;
use stacktape_model::text::{Fact, Secret, Text};

use super::stack;

/// What stands before the value.
const BEFORE: &str = "
variables:
  port: 3000
  deep: {list: [a, \"$Format('{}!', $Stage())\"]}
  secret: $Secret('a.b')
resources:
  photos: {type: bucket}
  api:
    type: multi-container-workload
    properties:
      resources: {cpu: 1, memory: 2048}
      containers:
        - name: web
          packaging: {type: prebuilt-image, properties: {image: nginx}}
          environment:
            - name: X
";

/// The value of the only variable of a workload beside a bucket `photos`.
fn value(written: &str) -> EnvValue {
    let text = format!("{BEFORE}              value: {written}\n");
    let stack = stack(&text);
    let Some(Resource::MultiContainerWorkload(api)) = stack.resources().iter().find(|resource| resource.name() == "api") else {
        panic!("{text}")
    };
    api.containers()[0].parts().environment[0].value.clone()
}

#[test]
fn resources_that_directives_make_are_known_to_others() {
    let written = "
variables:
  kind: bucket
  shop:
    resources: {cpu: 1, memory: 2048}
    packaging: {type: prebuilt-image, properties: {image: nginx}}
    loadBalancing: $Var().balanced
  balanced: {type: $Format('application-load-balancer')}
  all:
    photos: {type: $Var().kind}
    copies: $This().variables.all.photos
resources:
  photos: $Var().all.photos
  copies: $Var().all.copies
  shop: {type: web-service, properties: $This().variables.shop}
  api:
    type: worker-service
    properties:
      packaging: {type: prebuilt-image, properties: {image: nginx}}
      resources: {cpu: 1, memory: 2048}
      connectTo: [photos, copies]
      environment: [{name: SHOP, value: \"$ResourceParam('shop.loadBalancer', 'domain')\"}]
";
    let stack = stack(written);
    assert_eq!(stack.resources().len(), 4);
    assert!(stack.validate().is_ok());
    let hidden = "variables:\n  r:\n    photos: {type: bucket}\n    queue: {type: sqs-queue}\nresources: $Var().r\n";
    assert_eq!(super::stack(hidden).resources().len(), 2);
}

#[test]
fn directives_become_what_rust_would_write() {
    let photos = Bucket::builder("photos").build();
    let topic = RawResource::new("Topic", "AWS::SNS::Topic");
    let intrinsic = serde_json::json!({"Fn::Select": [0, {"Fn::GetAZs": ""}]});
    for (written, expected) in [
        ("$ResourceParam('photos', 'arn')", EnvValue::from(photos.arn())),
        ("$CfResourceParam('Topic', 'TopicName')", topic.get_att("TopicName").into()),
        ("$CfResourceParam('Topic')", topic.reference().into()),
        ("$Secret('db.password')", Secret::new("db").key("password").into()),
        ("$Secret('db')", Secret::new("db").into()),
        ("$Secret('prod.db', 'password')", Secret::new("prod.db").key("password").into()),
        ("$Secret('prod.db', '')", Secret::new("prod.db").into()),
        ("$Stage()", "dev".into()),
        ("$Region()", Text::from(Fact::Region).into()),
        ("$AwsAccountId()", Text::from(Fact::AccountId).into()),
        ("$AwsPartition()", Text::from(Fact::Partition).into()),
        ("$Var().port", 3000.into()),
        ("$Var().deep.list.1", "dev!".into()),
        ("$Var().secret", Secret::new("a").key("b").into()),
        ("$This().variables.port", 3000.into()),
        ("$Format('{}-{}-{}', 'a', 1, true)", "a-1-true".into()),
        ("$Format('{}', $Var().port)", "3000".into()),
        ("$CfFormat('{}/*', $ResourceParam('photos', 'arn'))", Text::joined([photos.arn(), "/*".into()]).into()),
        ("$CfFormat('s3://{}', $Stage())", Text::joined(["s3://".into(), "dev".into()]).into()),
        ("{\"Fn::Select\": [0, {\"Fn::GetAZs\": ''}]}", Text::Intrinsic(Box::new(intrinsic.into())).into()),
        ("'$Stage() '", "$Stage() ".into()),
        ("costs $5 (net)", "costs $5 (net)".into()),
    ] {
        assert_eq!(value(written), expected, "{written}");
    }
}

#[test]
fn a_pinned_region_is_known_now() {
    let text = "resources: {photos: {type: bucket, properties: {lifecycleRules: [{type: expiration, properties: {daysAfterUpload: 1, prefix: $Region()}}]}}}";
    let document = Document::parse(text).expect("YAML");
    assert!(document.stack(&Facts::new("shop", "dev")).is_err());
    let stack = document.stack(&Facts::new("shop", "dev").region("eu-west-1")).expect("a stack");
    let Resource::Bucket(bucket) = &stack.resources()[0] else { panic!("a bucket") };
    assert_eq!(bucket.parts().lifecycle_rules[0].prefix.as_deref(), Some("eu-west-1"));
}

#[test]
fn directives_stand_inside_of_raw_resources_and_overrides() {
    let stack = stack(
        "resources:\n  photos:\n    type: bucket\n    overrides: {PhotosBucket: {BucketName: \"$Format('{}-photos', $Stage())\"}}\n\
         cloudformationResources:\n  Topic: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: \"$ResourceParam('photos', 'name')\", Tags: [{Key: stage, Value: $Stage()}]}}\n",
    );
    assert_eq!(stack.resources()[0].overrides()[0].value, Expression::from("dev-photos"));
    let Some(Expression::Map(properties)) = stack.raw_resources()[0].body().get("Properties") else { panic!("{stack:?}") };
    let photos = Bucket::builder("photos").build();
    assert_eq!(properties["DisplayName"], Expression::from(photos.bucket_name()));
    assert_eq!(properties["Tags"], Expression::from(serde_json::json!([{"Key": "stage", "Value": "dev"}])));
}

#[test]
fn a_raw_resource_that_refers_to_nothing_is_told() {
    let forgotten = Bucket::builder("forgotten").build();
    let mut stack = Stack::new("shop", "dev");
    stack.add_raw(RawResource::new("Topic", "AWS::SNS::Topic").property("DisplayName", forgotten.bucket_name()));
    let report = stack.validate().expect_err("refused");
    let found: Vec<_> = report.iter().map(|finding| (finding.code.code, finding.path.as_str())).collect();
    assert_eq!(found, [("reference::missing", "cloudformationResources.Topic.Properties")]);
}

#[test]
fn few_directives_cannot_make_much() {
    let mut text = "variables:\n  a0: xxxxxxxxxx\n".to_owned();
    for level in 1..14 {
        let values = vec![format!("$Var().a{}", level - 1); 8].join(", ");
        text.extend(["  a", &level.to_string(), ": \"$Format('", &"{}".repeat(8), "', ", &values, ")\"\n"]);
    }
    text += "stackConfig: {outputs: [{name: x, value: $Var().a13}]}\n";
    let report = super::read(&text).expect_err("refused");
    assert!(report.iter().all(|finding| finding.code.code == "directive::too_deep"), "{report}");
}

#[test]
fn a_name_that_a_type_does_not_have_stands_for_its_ref() {
    fn attributes(resource_type: &str) -> Option<&'static [&'static str]> {
        (resource_type == "AWS::SNS::Topic").then_some(&["TopicArn"])
    }
    let text = "
cloudformationResources:
  Topic: {Type: 'AWS::SNS::Topic'}
  Other: {Type: 'Custom::Other'}
stackConfig:
  outputs:
    - name: arn
      value: $CfResourceParam('Topic', 'TopicArn')
    - name: ref
      value: $CfResourceParam('Topic', 'Arn')
    - name: other
      value: $CfResourceParam('Other', 'Anything')
";
    let stack = Document::parse(text).expect("YAML").stack(&Facts::new("shop", "dev").attributes(attributes)).expect("a stack");
    let topic = RawResource::new("Topic", "AWS::SNS::Topic");
    let other = RawResource::new("Other", "Custom::Other");
    let values: Vec<_> = stack.config().outputs.iter().map(|output| output.value.clone()).collect();
    assert_eq!(values, [topic.get_att("TopicArn"), topic.reference(), other.get_att("Anything")]);
}
