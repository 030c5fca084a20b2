//! Mistakes in CloudFormation as users write it: raw resources and overrides.

use serde_json::json;

use super::planting::{Mistake, Planting};
use crate::overrides::Override;
use crate::raw_resource::RawResource;
use crate::resource::ResourceKind;

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("raw_resource::logical_id", |planting| {
        let id = planting.text(&["my-topic", "", "größe", &"A".repeat(256)]);
        planting.stack.add_raw(RawResource::new(&id, "AWS::SNS::Topic"));
        format!("cloudformationResources.{id}")
    }),
    Mistake::anywhere("raw_resource::type", |planting| {
        let name = planting.one(&["SNS::Topic", "", "AWS::SNS::", "Custom::", "AWS::SNS::To pic"]);
        planted(planting, RawResource::new("Planted", name)) + ".Type"
    }),
    Mistake::anywhere("raw_resource::properties", |planting| {
        let properties = planting.one(&[json!("Orders"), json!(["Orders"]), json!(1)]);
        planted(planting, RawResource::new("Planted", "AWS::SNS::Topic").attribute("Properties", properties)) + ".Properties"
    }),
    Mistake::anywhere("raw_resource::attribute", |planting| {
        let name = planting.one(&["DisplayName", "dependsOn", "type"]);
        planted(planting, RawResource::new("Planted", "AWS::SNS::Topic").attribute(name, "x")) + "." + name
    }),
    Mistake::anywhere("raw_resource::condition", |planting| {
        let name = planting.one(&["IsProduction", ""]);
        planted(planting, RawResource::new("Planted", "AWS::SNS::Topic").attribute("Condition", name)) + ".Condition"
    }),
    Mistake::anywhere("raw_resource::null", |planting| {
        let (value, at) =
            planting.one(&[(json!(null), ""), (json!([1, null]), "[1]"), (json!({"Fn::Join": ["", [null]]}), ".Fn::Join[1][0]")]);
        planted(planting, RawResource::new("Planted", "AWS::SNS::Topic").property("DisplayName", value)) + ".Properties.DisplayName" + at
    }),
    Mistake::anywhere("raw_resource::missing_section", |planting| {
        let value = planting.one(&[json!({"Fn::If": ["IsProduction", "a", "b"]}), json!({"Fn::FindInMap": ["Names", "a", "b"]})]);
        planted(planting, RawResource::new("Planted", "AWS::SNS::Topic").property("DisplayName", value)) + ".Properties.DisplayName"
    }),
    Mistake::new("overrides::path", &[ResourceKind::Bucket], |planting| {
        let path = planting.one(&["", "Tags..Key", ".Tags", "Tags. ", "Tags[0", "Tags[a].Key", "Tags[0]x"]);
        overridden(planting, path)
    }),
    Mistake::new("overrides::attribute", &[ResourceKind::Bucket], |planting| {
        let path = planting.one(&["DeletionPolicy", "DependsOn", "DependsOn[0]", "UpdateReplacePolicy", "CreationPolicy.ResourceSignal"]);
        overridden(planting, path)
    }),
];

fn overridden(planting: &mut Planting<'_>, path: &str) -> String {
    if planting.one(&[true, false]) {
        let (bucket, at) = planting.bucket();
        bucket.overrides.push(Override::new("Planted", path, true));
        at + ".overrides.Planted"
    } else {
        planting.stack.override_with(Override::new("StpVpc", path, true));
        "overrides.StpVpc".to_owned()
    }
}

fn planted(planting: &mut Planting<'_>, resource: RawResource) -> String {
    planting.stack.add_raw(resource);
    "cloudformationResources.Planted".to_owned()
}
