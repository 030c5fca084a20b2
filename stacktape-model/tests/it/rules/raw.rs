//! CloudFormation as users write it: raw resources and overrides.

use serde_json::{Value as Json, json};
use stacktape_model::bucket::Bucket;
use stacktape_model::overrides::Override;
use stacktape_model::raw_resource::RawResource;
use stacktape_model::stack::Stack;
use stacktape_model::text::Text;

use crate::support::{Rule, empty, rule, stack};

#[track_caller]
fn with(resource: RawResource) -> Stack {
    let mut stack = empty();
    stack.add_raw(resource);
    stack
}

#[track_caller]
fn topic() -> RawResource {
    RawResource::new("Topic", "AWS::SNS::Topic")
}

#[track_caller]
fn typed(name: &str) -> Stack {
    with(RawResource::new("Topic", name))
}

#[track_caller]
fn overriding(path: &str) -> Stack {
    stack([Bucket::builder("photos").override_with(Override::new("PhotosBucket", path, true))])
}

#[track_caller]
fn overriding_the_vpc(path: &str) -> Stack {
    let mut stack = empty();
    stack.override_with(Override::new("StpVpc", path, true));
    stack
}

fn intrinsic(json: Json) -> Text {
    Text::Intrinsic(Box::new(json.into()))
}

pub(crate) fn rules() -> Vec<Rule> {
    const NAME: &str = "cloudformationResources.Topic.Properties.DisplayName";
    let long = "A".repeat(256);
    vec![
        rule("raw_resource::logical_id")
            .refuses("cloudformationResources.my-topic", with(RawResource::new("my-topic", "AWS::SNS::Topic")))
            .saying("found the logical id `my-topic`, expected 1 to 255 letters and digits of ASCII", "write an id such as `MyTopic`")
            .refuses("cloudformationResources.", with(RawResource::new("", "AWS::SNS::Topic")))
            .saying("found the logical id ``, expected 1 to 255 letters and digits of ASCII", "write an id such as `MyResource`")
            .refuses(&format!("cloudformationResources.{long}"), with(RawResource::new(&long, "AWS::SNS::Topic")))
            .takes(with(RawResource::new(&long[..255], "AWS::SNS::Topic")))
            .takes(with(RawResource::new("2Topics", "AWS::SNS::Topic"))),
        rule("raw_resource::type")
            .refuses("cloudformationResources.Topic.Type", typed("SNS::Topic"))
            .saying("found the type `SNS::Topic`, expected a name such as `AWS::SNS::Topic` or `Custom::Name`", "write the type's full name")
            .refuses("cloudformationResources.Topic.Type", typed(""))
            .refuses("cloudformationResources.Topic.Type", typed("AWS::SNS::"))
            .refuses("cloudformationResources.Topic.Type", typed("Custom::"))
            .refuses("cloudformationResources.Topic.Type", with(topic().attribute("Type", 1)))
            .takes(typed("Custom::Mail@2_a-b"))
            .takes(typed("My::Shop::Topic::MODULE"))
            .takes(typed("AWS::CloudFormation::CustomResource")),
        rule("raw_resource::properties")
            .refuses("cloudformationResources.Topic.Properties", with(topic().attribute("Properties", "Orders")))
            .saying(
                "found properties that are no JSON object, expected names with their values",
                "call `.property(\"DisplayName\", \"Orders\")` for each property",
            )
            .takes(with(topic().attribute("Properties", json!({"DisplayName": "Orders"})).property("FifoTopic", true))),
        rule("raw_resource::attribute")
            .refuses("cloudformationResources.Topic.DisplayName", with(topic().attribute("DisplayName", "Orders")))
            .saying(
                "found the attribute `DisplayName`, expected one of `Type`, `Properties`, `CreationPolicy`, `DeletionPolicy`, \
                 `DependsOn`, `Metadata`, `UpdatePolicy`, `UpdateReplacePolicy`",
                "call `.property(\"DisplayName\", ..)` if it is a property",
            )
            .takes(with(topic().attribute("DeletionPolicy", "Retain").attribute("DependsOn", json!(["Other"])))),
        rule("raw_resource::condition")
            .refuses("cloudformationResources.Topic.Condition", with(topic().attribute("Condition", "IsProduction")))
            .saying(
                "found the condition `IsProduction`, expected a resource without one, since the template has no section `Conditions`",
                "decide in the program whether the resource is added: `if stage == \"prod\" { stack.add_raw(..); }`",
            )
            .takes(with(topic().attribute("Metadata", json!({"Condition": "IsProduction"})))),
        rule("raw_resource::missing_section")
            .refuses(NAME, with(topic().property("DisplayName", json!({"Fn::If": ["IsProduction", "Orders", {"Ref": "AWS::NoValue"}]}))))
            .saying(
                "found `Fn::If`, expected a value without it, since the template has no section `Conditions`",
                "decide in the program which value is set: `if stage == \"prod\" { .. }`",
            )
            .refuses(NAME, with(topic().property("DisplayName", json!({"Fn::FindInMap": ["Names", "eu", "Topic"]}))))
            .saying(
                "found `Fn::FindInMap`, expected a value without it, since the template has no section `Mappings`",
                "decide in the program which value is set: `if stage == \"prod\" { .. }`",
            )
            .refuses("cloudformationResources.Topic.Metadata.Of[0]", with(topic().attribute("Metadata", json!({"Of": [{"Fn::If": []}]}))))
            .refuses(NAME, with(topic().property("DisplayName", Text::joined(["a-".into(), intrinsic(json!({"Fn::If": ["A", "b", "c"]}))]))))
            .takes(with(topic().property("DisplayName", json!({"Fn::Sub": "${AWS::StackName}-Fn::If"})))),
        rule("raw_resource::null")
            .refuses(NAME, with(topic().property("DisplayName", json!(null))))
            .saying(
                "found `null`, expected a value",
                "leave it out, or write `AWS::NoValue` where something must stand: `{\"Ref\": \"AWS::NoValue\"}`",
            )
            .refuses("cloudformationResources.Topic.Properties.Tags[0].Value", with(topic().property("Tags", json!([{"Key": "a", "Value": null}]))))
            .refuses("cloudformationResources.Topic.Properties", with(topic().attribute("Properties", json!(null))))
            .refuses("cloudformationResources.Topic.DeletionPolicy", with(topic().attribute("DeletionPolicy", json!(null))))
            .takes(with(topic().property("DisplayName", json!({"Ref": "AWS::NoValue"}))))
            // An override removes what it sets to `null`.
            .takes(stack([Bucket::builder("photos").override_with(Override::new("PhotosBucket", "Tags", json!(null)))])),
        rule("overrides::path")
            .refuses("resources.photos.overrides.PhotosBucket", overriding(""))
            .saying(
                "found the path ``, expected keys and indices split by single dots, or indices in brackets",
                "write a path such as `VersioningConfiguration.Status`",
            )
            .refuses("resources.photos.overrides.PhotosBucket", overriding("Tags..Key"))
            .refuses("resources.photos.overrides.PhotosBucket", overriding(".Tags"))
            .refuses("overrides.StpVpc", overriding_the_vpc("Tags. "))
            .refuses("resources.photos.overrides.PhotosBucket", overriding("Tags[0"))
            .refuses("resources.photos.overrides.PhotosBucket", overriding("Tags[].Key"))
            .refuses("resources.photos.overrides.PhotosBucket", overriding("Tags[-1]"))
            .refuses("resources.photos.overrides.PhotosBucket", overriding("[0]"))
            .refuses("resources.photos.overrides.PhotosBucket", overriding("Tags0].Key"))
            .takes(overriding("Tags.0.Key"))
            .takes(overriding("Tags[0].Key"))
            .takes(overriding("Tags[0][12]"))
            .takes(overriding_the_vpc("EnableDnsSupport")),
        rule("overrides::attribute")
            .refuses("resources.photos.overrides.PhotosBucket", overriding("DeletionPolicy"))
            .saying(
                "found `DeletionPolicy`, which stands beside the properties of a resource, expected the path of a property",
                "leave it out: what becomes of data is said by `removal_policy`, and what waits for what follows from references",
            )
            .refuses("resources.photos.overrides.PhotosBucket", overriding("DependsOn[0]"))
            .refuses("overrides.StpVpc", overriding_the_vpc("CreationPolicy.ResourceSignal"))
            .takes(overriding("DeletionPolicyOfOurs"))
            .takes(overriding("LifecycleConfiguration.DependsOn")),
    ]
}
