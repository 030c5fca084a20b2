//! What is set for a whole stack.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::name::{self, letters, word};
use super::surroundings::{Later, Surroundings};
use super::text::text_later;
use crate::stack_config::{AvailabilityZones, Nat, NatAvailabilityZones, Output, ReuseVpc, StackVpc, Tag, Vpc, VpcIds};
use crate::text::Text;

/// Outputs with and without a description and an export; values are texts of every kind.
pub fn output(name: impl Into<String>, around: &Surroundings) -> BoxedStrategy<Output> {
    let (name, around) = (name.into(), around.clone());
    output_later().prop_map(move |later| Output { name: name.clone(), ..later.within(&around) }).boxed()
}

/// Outputs that lack their name.
fn output_later() -> BoxedStrategy<Later<Output>> {
    let description = option::of(prop_oneof![Just("What it is".to_owned()), Just("ä".repeat(512))]);
    (text_later(), description, any::<bool>())
        .prop_map(|(value, description, export)| {
            Later::new(move |around| Output { description: description.clone(), export, ..Output::new("", value.within(around)) })
        })
        .boxed()
}

pub(super) fn outputs_later() -> BoxedStrategy<Later<Vec<Output>>> {
    vec((word(name::OUTPUT), output_later()), 0..4)
        .prop_map(|outputs| {
            Later::new(move |around| {
                let named = outputs.iter().enumerate();
                named.map(|(index, (word, output))| Output { name: format!("{word}{}", letters(index)), ..output.within(around) }).collect()
            })
        })
        .boxed()
}

/// Up to five tags with names and values of every length, none of them empty; no two names differ in case only, so that roles take them
/// too.
pub fn tags() -> impl Strategy<Value = Vec<Tag>> {
    let value = prop_oneof![Just("value".to_owned()), "[a-zA-Z0-9 _.:/=+@-]{1,30}", Just("ä".repeat(256))];
    vec((word(name::TAG), value), 0..6).prop_map(|tags| {
        let named = tags.into_iter().enumerate();
        named.map(|(index, (word, value))| Tag::new(format!("{word}{}", letters(index)), value)).collect()
    })
}

/// The same, of which one may have no value: Lambda takes that of a function.
pub(super) fn tags_of_function() -> impl Strategy<Value = Vec<Tag>> {
    (tags(), any::<bool>()).prop_map(|(mut tags, empty)| {
        if let Some(tag) = tags.first_mut().filter(|_| empty) {
            tag.value.clear();
        }
        tags
    })
}

/// Two or three availability zones.
pub fn availability_zones() -> impl Strategy<Value = AvailabilityZones> {
    select(vec![AvailabilityZones::Two, AvailabilityZones::Three])
}

/// VPCs to be reused: of another stack, and by ids that are written out or imported, with two or three subnets of each kind. Shrinks to
/// that of another stack.
pub fn reuse_vpc() -> impl Strategy<Value = ReuseVpc> {
    let of_stack =
        (super::name::project_name(), select(vec!["network", "shared"])).prop_map(|(project, stage)| StackVpc::new(project, stage).into());
    prop_oneof![of_stack, ids()]
}

fn ids() -> impl Strategy<Value = ReuseVpc> {
    let cidr = select(vec!["10.0.0.0/16", "172.31.0.0/16", "192.168.4.0/22"]);
    (cidr, [2..=3_u8, 2..=3_u8], any::<[bool; 4]>()).prop_map(
        |(cidr, [public, private], [imported, by_id, public_tables, private_tables])| {
            let id = if imported { import("network-id") } else { "vpc-0123abcd".into() };
            let cidr = if imported && !by_id { import("network-addresses") } else { cidr.into() };
            let ids = |begin: &'static str, first: u8, count: u8| {
                (first..first + count).map(move |number| {
                    if by_id { format!("{begin}-0000000000000000{number}").into() } else { import(&format!("network-{begin}-{number}")) }
                })
            };
            let mut vpc = VpcIds::new(id, cidr).public_subnet_ids(ids("subnet", 1, public)).private_subnet_ids(ids("subnet", 4, private));
            if public_tables {
                vpc = vpc.public_route_table_ids(ids("rtb", 1, 1));
            }
            if private_tables {
                vpc = vpc.private_route_table_ids(ids("rtb", 2, 2));
            }
            vpc.into()
        },
    )
}

fn import(name: &str) -> Text {
    Text::Intrinsic(Box::new(json!({"Fn::ImportValue": name}).into()))
}

/// A network that does not know yet what the stack needs of it: see [`fit`].
pub(super) fn vpc() -> impl Strategy<Value = Vpc> {
    let nat = option::of(select(vec![NatAvailabilityZones::One, NatAvailabilityZones::Two, NatAvailabilityZones::Three]));
    (availability_zones(), nat, option::weighted(0.4, reuse_vpc()), option::weighted(0.2, Just(()))).prop_map(
        |(availability_zones, nat, reuse_vpc, export)| Vpc {
            availability_zones,
            nat: nat.map(|availability_zones| Nat { availability_zones }),
            reuse_vpc,
            export: export.is_some(),
        },
    )
}

/// Takes out what would do nothing. `asked`: whether a workload wants private subnets. `public`: whether anything needs public ones.
pub(super) fn fit(mut vpc: Vpc, asked: bool, public: bool) -> Vpc {
    if vpc.reuse_vpc.is_some() || !vpc.has_private_subnets(asked) {
        vpc.nat = None;
    }
    if vpc.nat.is_some_and(|nat| nat.availability_zones.count() > vpc.availability_zones.count()) {
        vpc.nat = Some(Nat::default());
    }
    if let Some(ReuseVpc::ById(ids)) = &mut vpc.reuse_vpc {
        vpc.availability_zones = AvailabilityZones::default();
        if !public && (ids.public_subnet_ids.len() == 3 || ids.public_route_table_ids.is_empty()) {
            ids.public_subnet_ids.clear();
        }
    }
    vpc
}
