//! Mistakes in names.

use super::planting::{Mistake, Planting};
use crate::bucket::Bucket;
use crate::raw_resource::RawResource;
use crate::resource::ResourceKind;

const BUCKET: &[ResourceKind] = &[ResourceKind::Bucket];

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("name::resource", |planting| {
        let name = planting.text(&["my-bucket", "2photos", "größe", "", &"a".repeat(101)]);
        bucket(planting, &name)
    }),
    Mistake::anywhere("name::reserved", |planting| {
        let name = planting.one(&["stpPhotos", "Stp", "stp"]);
        bucket(planting, name)
    }),
    Mistake::new("name::duplicate", BUCKET, |planting| {
        if planting.one(&[true, false]) {
            let name = planting.bucket().0.name.clone();
            bucket(planting, &name)
        } else {
            let topic = || RawResource::new("Planted", "AWS::SNS::Topic");
            planting.stack.add_raw(topic()).add_raw(topic());
            "cloudformationResources.Planted".to_owned()
        }
    }),
    Mistake::new("name::ambiguous", BUCKET, |planting| {
        let name = planting.bucket().0.name.clone();
        let (first, rest) = name.split_at(1);
        let [small, capital] = [first.to_lowercase(), first.to_uppercase()].map(|first| first + rest);
        bucket(planting, if name == small { &capital } else { &small });
        // Capitals come first, so the other one is told.
        format!("resources.{small}")
    }),
    Mistake::anywhere("name::project", |planting| {
        planting.stack.project = planting.text(&["Shop", "2shop", "", "my shop", "größe"]);
        "projectName".to_owned()
    }),
    Mistake::anywhere("name::stage", |planting| {
        planting.stack.stage = planting.text(&["Dev_2", "a b", "größe", "D"]);
        "stage".to_owned()
    }),
    Mistake::anywhere("name::stage_too_short", |planting| {
        planting.stack.stage = planting.text(&["d", ""]);
        "stage".to_owned()
    }),
    Mistake::anywhere("name::stack_too_long", |planting| {
        planting.stack.project = "a".repeat(128 - planting.stack.stage.len() + planting.one(&[0, 1, 100]));
        "projectName".to_owned()
    }),
];

/// Adds a bucket with this name.
fn bucket(planting: &mut Planting<'_>, name: &str) -> String {
    planting.stack.add(Bucket::builder(name));
    format!("resources.{name}")
}
