//! What workloads offer to each other: mistakes that no outside judge sees.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stacktape_model::container::{Container, Event};
use stacktape_model::strategy::StackStrategy;

use super::{cases, id_begins, items, of_type, stacks, template, text, validated};

/// Stacks with services, many of which offer something.
fn services() -> StackStrategy {
    stacks().workloads(1..=4).http_api_gateways(0..=1)
}

/// The properties of services by their logical ids, each with what it waits for.
fn each_service(template: &Json) -> BTreeMap<&str, (&Json, BTreeSet<&str>)> {
    of_type(template, "AWS::ECS::Service")
        .map(|(id, service)| (id.as_str(), (&service["Properties"], items(&service["DependsOn"]).map(text).collect())))
        .collect()
}

fn offers(service: &Json) -> impl Iterator<Item = &Json> {
    items(&service["ServiceConnectConfiguration"]["Services"])
}

fn mappings<'a>(template: &'a Json, service: &Json) -> impl Iterator<Item = &'a Json> {
    let task = text(&service["TaskDefinition"]["Ref"]);
    items(&template["Resources"][task]["Properties"]["ContainerDefinitions"]).flat_map(|container| items(&container["PortMappings"]))
}

fn is_name(name: &Json, most: usize, others: &str) -> bool {
    let name = text(name);
    let allowed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || others.contains(letter);
    (1..=most).contains(&name.len()) && !name.starts_with('-') && name.chars().all(allowed)
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn every_event_is_offered_once_and_nothing_else_is(stack in services()) {
        let valid = validated(stack);
        let mut expected = BTreeMap::new();
        for workload in valid.workloads() {
            let events = workload.containers().iter().flat_map(Container::events).filter_map(|event| match event {
                Event::ServiceConnect(event) => Some((event.container_port, (event.alias.clone(), event.protocol.map(|protocol| json!(protocol.as_str()))))),
                _ => None,
            });
            expected.insert(format!("{}Service", id_begins(workload.name())), events.collect::<BTreeMap<_, _>>());
        }
        let template = template(&valid);
        for (id, (service, _)) in each_service(&template) {
            let mut left = expected.remove(id).expect("a service of a workload");
            for offer in offers(service) {
                let [alias] = offer["ClientAliases"].as_array().expect("aliases").as_slice() else { panic!("{offer}") };
                let named: Vec<_> = mappings(&template, service).filter(|mapping| mapping["Name"] == offer["PortName"]).collect();
                let [mapping] = named.as_slice() else { panic!("{} is the name of {named:?}", offer["PortName"]) };
                prop_assert_eq!(&mapping["ContainerPort"], &alias["Port"]);
                let port = u16::try_from(alias["Port"].as_u64().expect("a port")).expect("a port");
                let (given, protocol) = left.remove(&port).expect("an event at the port");
                prop_assert!(given.is_none_or(|given| alias["DnsName"] == given), "{}", offer);
                prop_assert_eq!(mapping.get("AppProtocol"), protocol.as_ref());
            }
            prop_assert!(left.is_empty(), "{:?} is not offered", left);
        }
        prop_assert!(expected.is_empty());
    }

    #[test]
    fn names_are_taken_by_ecs_and_lead_to_one_service(stack in services()) {
        let template = template(&validated(stack));
        let (mut discovered, mut addresses) = (BTreeSet::new(), BTreeSet::new());
        for (service, _) in each_service(&template).into_values() {
            for offer in offers(service) {
                let alias = &offer["ClientAliases"][0];
                prop_assert!(is_name(&offer["PortName"], 64, "-_") && is_name(&offer["DiscoveryName"], 64, "-_"), "{}", offer);
                prop_assert!(is_name(&alias["DnsName"], 127, "-_."), "{}", offer);
                prop_assert!(discovered.insert(text(&offer["DiscoveryName"])), "{} is there twice", offer);
                prop_assert!(addresses.insert((text(&alias["DnsName"]), alias["Port"].as_u64())), "{} is there twice", offer);
            }
        }
    }

    #[test]
    fn all_take_part_and_who_only_calls_waits_for_those_who_offer(stack in services()) {
        let template = template(&validated(stack));
        let services = each_service(&template);
        let providers: BTreeSet<_> = services.iter().filter(|(_, (service, _))| offers(service).next().is_some()).map(|(id, _)| *id).collect();
        for (service, waits) in services.values() {
            let configuration = &service["ServiceConnectConfiguration"];
            if providers.is_empty() {
                prop_assert!(configuration.is_null());
                continue;
            }
            prop_assert_eq!(&configuration["Enabled"], true);
            prop_assert_eq!(&configuration["Namespace"], &json!({"Fn::GetAtt": ["StpPrivateNamespace", "Arn"]}));
            prop_assert_eq!(&template["Resources"]["StpPrivateNamespace"]["Type"], "AWS::ServiceDiscovery::PrivateDnsNamespace");
            let waits: BTreeSet<_> = waits.iter().copied().filter(|id| services.contains_key(id)).collect();
            prop_assert_eq!(waits, if offers(service).next().is_some() { BTreeSet::new() } else { providers.clone() });
        }
    }
}
