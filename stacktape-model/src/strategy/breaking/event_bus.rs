//! Mistakes in buses.

use super::planting::Mistake;
use crate::event_bus::EventBus;

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("event_bus::event_source_name", |planting| {
        let long = format!("aws.partner/example.com/{}", "a".repeat(233));
        let name =
            planting.text(&["example.com/42", "aws.partner/example.com", "aws.partner/example.com/", "aws.partner/a b/c", "", &long]);
        planting.stack.add(EventBus::builder("planted").event_source_name(name));
        "resources.planted.eventSourceName".to_owned()
    }),
    Mistake::anywhere("event_bus::source_twice", |planting| {
        let source = planting.one(&["aws.partner/example.com/42", "aws.partner/a/b/c"]);
        for name in ["plantedOne", "plantedTwo"] {
            planting.stack.add(EventBus::builder(name).event_source_name(source));
        }
        "resources.plantedTwo.eventSourceName".to_owned()
    }),
];
