//! Where things run, and the ways out of there.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stacktape_model::function::Function;
use stacktape_model::reference::Connection;
use stacktape_model::resource::ResourceKind;
use stacktape_model::stack_config::ReuseVpc;
use stacktape_model::strategy::StackStrategy;

use super::engines::placed;
use super::wiring::each_service;
use super::{cases, id_begins, items, of_type, resources, stacks, template, text, validated};

/// Stacks of which something runs in a VPC.
fn running() -> StackStrategy {
    stacks().workloads(1..=3).application_load_balancers(0..=2)
}

/// A subnet of the template, and what leads out of it.
struct Subnet<'a> {
    zone: &'a Json,
    public: bool,
    association: &'a str,
    route: &'a str,
    target: &'a Json,
}

/// The one resource of a type that is `of` something.
fn only<'a>(template: &'a Json, resource_type: &'a str, key: &str, of: &Json) -> (&'a str, &'a Json) {
    let found: Vec<_> = of_type(template, resource_type).filter(|(_, resource)| resource["Properties"][key] == *of).collect();
    let [(id, resource)] = found.as_slice() else { panic!("{resource_type} of {of}: {found:?}") };
    (id, &resource["Properties"])
}

fn subnets(template: &Json) -> BTreeMap<&str, Subnet<'_>> {
    of_type(template, "AWS::EC2::Subnet")
        .map(|(id, resource)| {
            let (association, associated) = only(template, "AWS::EC2::SubnetRouteTableAssociation", "SubnetId", &json!({"Ref": id}));
            let (route, way) = only(template, "AWS::EC2::Route", "RouteTableId", &associated["RouteTableId"]);
            assert_eq!(way["DestinationCidrBlock"], "0.0.0.0/0");
            let subnet = &resource["Properties"];
            let public = subnet["MapPublicIpOnLaunch"] == true;
            let target = &way[if public { "GatewayId" } else { "NatGatewayId" }];
            (id.as_str(), Subnet { zone: &subnet["AvailabilityZone"], public, association, route, target })
        })
        .collect()
}

/// Whether a resource waits for all of these.
fn waits(resource: &Json, ids: &[&str]) -> bool {
    ids.iter().all(|id| items(&resource["DependsOn"]).any(|other| other == id))
}

/// The second and third numbers of a block of 4096 addresses of the VPC.
fn block(cidr: &Json) -> u8 {
    let numbers = text(cidr).strip_prefix("172.16.").and_then(|rest| rest.strip_suffix(".0/20")).expect("a block of the VPC");
    numbers.parse().expect("a number")
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn what_runs_waits_for_its_way_out_and_has_an_address_only_in_public(stack in running()) {
        let valid = validated(stack);
        let template = template(&valid);
        let subnets = subnets(&template);
        for service in each_service(&template) {
            let (id, resource) = (service.id, &template["Resources"][service.id]);
            let name = valid.workloads().find(|workload| id == format!("{}Service", id_begins(workload.name())));
            let private = *name.expect("a workload").parts().use_private_subnets_with_nat;
            // An instance has an address if its subnet says so.
            let address = &service.of["NetworkConfiguration"]["AwsvpcConfiguration"]["AssignPublicIp"];
            prop_assert_eq!(address.as_str(), service.on_fargate().then_some(if private { "DISABLED" } else { "ENABLED" }));
            let ids: Vec<_> = items(placed(&template, &service).0).collect();
            prop_assert!((2..=3).contains(&ids.len()) && (1..ids.len()).all(|index| !ids[..index].contains(&ids[index])), "{:?}", ids);
            if valid.config().vpc.reuse_vpc.is_some() {
                continue;
            }
            prop_assert_eq!(ids.len(), usize::from(valid.config().vpc.availability_zones.count()));
            let own: Vec<_> = ids.iter().map(|id| &subnets[text(&id["Ref"])]).collect();
            for subnet in &own {
                prop_assert_eq!(subnet.public, !private);
                prop_assert!(waits(resource, &[subnet.route, subnet.association]), "{} does not wait for its way out", id);
            }
            prop_assert!((1..own.len()).all(|index| own[..index].iter().all(|other| other.zone != own[index].zone)));
        }
    }

    #[test]
    fn a_private_subnet_leads_through_a_gateway_in_a_public_one(stack in running()) {
        let valid = validated(stack);
        let template = template(&valid);
        let subnets = subnets(&template);
        let mut used = BTreeSet::new();
        for (id, subnet) in &subnets {
            if subnet.public {
                prop_assert_eq!(subnet.target, &json!({"Ref": "StpInternetGateway"}));
                prop_assert!(waits(&template["Resources"][subnet.route], &["StpInternetGatewayAttachment"]), "{}", id);
                continue;
            }
            let nat = text(&subnet.target["Ref"]);
            used.insert(nat);
            let resource = &template["Resources"][nat];
            let place = &subnets[text(&resource["Properties"]["SubnetId"]["Ref"])];
            prop_assert!(place.public && waits(resource, &[place.route, place.association, "StpInternetGatewayAttachment"]), "{}", nat);
            let address = text(&resource["Properties"]["AllocationId"]["Fn::GetAtt"][0]);
            prop_assert_eq!(&template["Resources"][address]["Type"], "AWS::EC2::EIP");
        }
        // No gateway is idle, and each zone that has one uses its own.
        prop_assert_eq!(used.len(), of_type(&template, "AWS::EC2::NatGateway").count());
        prop_assert_eq!(used.len(), of_type(&template, "AWS::EC2::EIP").count());
        let asked = valid.asks_for_private_subnets() || valid.config().vpc.export && valid.config().vpc.nat.is_some();
        let expected = if valid.config().vpc.reuse_vpc.is_none() && asked { usize::from(valid.config().vpc.nat_gateways()) } else { 0 };
        prop_assert_eq!(used.len(), expected);
        let blocks: BTreeSet<_> = of_type(&template, "AWS::EC2::Subnet").map(|(_, subnet)| block(&subnet["Properties"]["CidrBlock"]) / 16).collect();
        prop_assert_eq!(blocks.len(), subnets.len());
    }

    #[test]
    fn a_stack_that_reuses_a_vpc_makes_none_and_stays_in_it(stack in running()) {
        let valid = validated(stack);
        let template = template(&valid);
        let (mut vpcs, mut inside) = (BTreeSet::new(), 0);
        for (_, resource) in resources(&template) {
            for key in ["VpcId", "Vpc"] {
                if let Some(vpc) = resource["Properties"].get(key) {
                    vpcs.insert(vpc.to_string());
                }
            }
            inside += usize::from(text(&resource["Type"]) == "AWS::EC2::SecurityGroup");
        }
        prop_assert!(vpcs.len() == 1 && inside > 0, "{:?}", vpcs);
        let vpc = match &valid.config().vpc.reuse_vpc {
            None => json!({"Ref": "StpVpc"}),
            Some(reused) => {
                for made in resources(&template).keys() {
                    let of_network = ["StpVpc", "StpInternet", "StpPublic", "StpPrivateS", "StpPrivateR", "StpNat"];
                    prop_assert!(!of_network.iter().any(|begin| made.starts_with(begin)), "{}", made);
                }
                match reused {
                    ReuseVpc::OfStack(other) => json!({"Fn::ImportValue": format!("{}-VpcId", other.stack_name())}),
                    ReuseVpc::ById(ids) => serde_json::to_value(&ids.vpc_id).expect("JSON"),
                }
            }
        };
        prop_assert_eq!(vpcs.first().expect("one"), &vpc.to_string());
    }

    #[test]
    fn a_load_balancer_is_in_two_zones(stack in running()) {
        let template = template(&validated(stack));
        let own = subnets(&template);
        for (id, resource) in of_type(&template, "AWS::ElasticLoadBalancingV2::LoadBalancer") {
            let subnets: Vec<_> = items(&resource["Properties"]["Subnets"]).collect();
            prop_assert!(subnets.len() >= 2, "{}", id);
            for subnet in subnets.into_iter().filter(|_| !own.is_empty()) {
                prop_assert!(own[text(&subnet["Ref"])].public && waits(resource, &["StpInternetGatewayAttachment"]), "{}", id);
            }
        }
    }

    #[test]
    fn buckets_and_tables_are_reached_past_the_gateways_where_there_are_any(stack in running()) {
        let valid = validated(stack);
        let template = template(&valid);
        let subnets = subnets(&template);
        for (kind, service) in [(ResourceKind::Bucket, "s3"), (ResourceKind::DynamoDbTable, "dynamodb")] {
            let is_one = |connection: &Connection| matches!(connection, Connection::Resource(target) if target.kind == kind);
            let connected = valid.workloads().any(|workload| workload.connections().iter().any(is_one));
            let service = json!({"Fn::Sub": format!("com.amazonaws.${{AWS::Region}}.{service}")});
            let endpoints = of_type(&template, "AWS::EC2::VPCEndpoint").map(|(_, endpoint)| &endpoint["Properties"]);
            let endpoints: Vec<_> = endpoints.filter(|endpoint| endpoint["ServiceName"] == service).collect();
            if valid.config().vpc.reuse_vpc.is_none() {
                let private = subnets.values().any(|subnet| !subnet.public);
                // Functions have no public address in whatever subnet.
                let joined = valid.all::<Function>().map(Function::parts).filter(|parts| *parts.join_default_vpc);
                let of_functions = joined.into_iter().any(|parts| parts.connect_to.iter().any(is_one));
                let expected = private && (connected || valid.config().vpc.export) || of_functions;
                prop_assert_eq!(endpoints.len(), usize::from(expected));
            }
            for endpoint in endpoints {
                prop_assert_eq!(&endpoint["VpcEndpointType"], "Gateway");
                let tables: Vec<_> = items(&endpoint["RouteTableIds"]).collect();
                prop_assert!(!tables.is_empty());
                prop_assert!(subnets.is_empty() || tables.len() == subnets.len());
            }
        }
    }

    #[test]
    fn outputs_show_the_network_where_they_should(stack in stacks()) {
        let valid = validated(stack);
        let template = template(&valid);
        let outputs = &template["Outputs"];
        let addresses: Vec<_> = of_type(&template, "AWS::EC2::EIP").map(|(id, _)| json!({"Ref": id})).collect();
        let expected = if addresses.is_empty() { Json::Null } else { json!({"Fn::Join": [",", addresses]}) };
        prop_assert_eq!(&outputs["NatPublicIps"]["Value"], &expected);
        let exports: Vec<_> = outputs.as_object().into_iter().flatten().filter(|(id, _)| id.starts_with("Stp")).collect();
        prop_assert_eq!(valid.config().vpc.export, !exports.is_empty());
        for (id, output) in exports {
            let name = id.strip_prefix("Stp").expect("ours");
            prop_assert_eq!(&output["Export"]["Name"], &json!(format!("{}-{name}", valid.name())));
        }
        let own = subnets(&template);
        for (id, public) in [("StpPublicSubnetIds", true), ("StpPrivateSubnetIds", false)] {
            let exported: BTreeSet<_> = items(&outputs[id]["Value"]["Fn::Join"][1]).map(ToString::to_string).collect();
            let subnets: BTreeSet<_> = own.iter().filter(|(_, subnet)| subnet.public == public).map(|(id, _)| json!({"Ref": id}).to_string()).collect();
            prop_assert!(exported == subnets || valid.config().vpc.reuse_vpc.is_some() || !valid.config().vpc.export, "{}", id);
        }
    }
}
