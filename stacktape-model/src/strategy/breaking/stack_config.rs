//! Mistakes in tags and outputs.

use super::planting::{Mistake, Planting, WORKLOAD, secrets};
use crate::stack_config::Output;

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("stack_config::tag_name", |planting| {
        let name = planting.text(&["cost*center", "", &"ä".repeat(129)]);
        tags(planting, &[&name], "x") + ".name"
    }),
    Mistake::anywhere("stack_config::tag_reserved", |planting| {
        let name = planting.one(&["aws:team", "STP:Stage", "Aws:x"]);
        tags(planting, &[name], "x") + ".name"
    }),
    Mistake::anywhere("stack_config::tag_value", |planting| {
        let value = planting.text(&["a&b", &"ä".repeat(257)]);
        tags(planting, &["planted"], &value) + ".value"
    }),
    Mistake::anywhere("stack_config::tag_empty", |planting| tags(planting, &["planted"], "") + ".value"),
    Mistake::anywhere("stack_config::tag_duplicate", |planting| tags(planting, &["planted", "planted"], "x") + ".name"),
    Mistake::new("stack_config::tag_case", WORKLOAD, |planting| tags(planting, &["planted", "PLANTED"], "x") + ".name"),
    Mistake::anywhere("stack_config::too_many_tags", |planting| {
        for index in planting.stack.config.tags.len()..planting.one(&[48, 100]) {
            planting.stack.tag(format!("planted{index}"), "x");
        }
        "stackConfig.tags".to_owned()
    }),
    Mistake::anywhere("stack_config::output_name", |planting| {
        let name = planting.text(&["photos-arn", "", "größe", &"a".repeat(256)]);
        outputs(planting, [Output::new(name, "x")]) + ".name"
    }),
    Mistake::anywhere("stack_config::output_duplicate", |planting| {
        outputs(planting, [Output::new("planted", "x"), Output::new("planted", "y")]) + ".name"
    }),
    Mistake::anywhere("stack_config::output_of_ours", |planting| {
        planting.stack.export_vpc();
        let name = planting.one(&["StpVpcId", "StpVpcCidr"]);
        outputs(planting, [Output::new(name, "x")]) + ".name"
    }),
    Mistake::anywhere("stack_config::output_secret", |planting| {
        let value = planting.one(&secrets());
        outputs(planting, [Output::new("planted", value)]) + ".value"
    }),
    Mistake::anywhere("stack_config::export_twice", |planting| {
        outputs(planting, [Output::new("planted", "x").export(), Output::new("Planted", "x").export()]) + ".name"
    }),
    Mistake::anywhere("stack_config::output_description", |planting| {
        let description = planting.text(&[&"a".repeat(1025), &"ä".repeat(513)]);
        outputs(planting, [Output::new("planted", "x").description(description)]) + ".description"
    }),
    Mistake::anywhere("stack_config::too_many_outputs", |planting| {
        for index in planting.stack.config.outputs.len()..planting.one(&[201, 300]) {
            planting.stack.output(Output::new(format!("planted{index}"), "x"));
        }
        "stackConfig.outputs".to_owned()
    }),
];

/// Adds tags; the path is that of the last one.
fn tags(planting: &mut Planting<'_>, names: &[&str], value: &str) -> String {
    for name in names {
        planting.stack.tag(*name, value);
    }
    format!("stackConfig.tags[{}]", planting.stack.config.tags.len() - 1)
}

/// Adds outputs; the path is that of the last one.
fn outputs(planting: &mut Planting<'_>, outputs: impl IntoIterator<Item = Output>) -> String {
    for output in outputs {
        planting.stack.output(output);
    }
    format!("stackConfig.outputs[{}]", planting.stack.config.outputs.len() - 1)
}
