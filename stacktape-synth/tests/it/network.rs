//! The network over time: what stays where it is when something is added.

use serde_json::{Value as Json, json};
use stacktape_model::application_load_balancer::{ApplicationLoadBalancer, Listener, Redirect};
use stacktape_model::container::{Image, VolumeMount};
use stacktape_model::efs_filesystem::EfsFilesystem;
use stacktape_model::load_balancing::Interface;
use stacktape_model::stack::Stack;
use stacktape_model::stack_config::{NatAvailabilityZones, StackVpc, VpcIds};
use stacktape_synth::synthesize;

use crate::support::{api, empty, web};

/// The template of a stack with a workload that mounts a file system, in public or private subnets.
fn template(private: bool, change: impl FnOnce(&mut Stack)) -> Json {
    let files = EfsFilesystem::builder("files").build();
    let container = web(Image::prebuilt("nginx:1.29")).mount(VolumeMount::efs(&files, "/srv/files"));
    let mut stack = empty();
    stack.add(api(container).use_private_subnets_with_nat(private)).add(files);
    change(&mut stack);
    synthesize(&stack.validate().expect("valid")).expect("a template").template.to_value()
}

/// Each mount target with its subnet.
fn mount_targets(template: &Json) -> Vec<(String, Json)> {
    let resources = template["Resources"].as_object().expect("resources").iter();
    let targets = resources.filter(|(_, resource)| resource["Type"] == "AWS::EFS::MountTarget");
    targets.map(|(id, target)| (id.clone(), target["Properties"]["SubnetId"].clone())).collect()
}

/// A zone has one mount target: a second one cannot replace it.
#[test]
fn a_mount_target_stays_where_it_is_when_private_subnets_are_added() {
    let targets = mount_targets(&template(false, |_| {}));
    assert_eq!(targets.len(), 2);
    assert_eq!(targets, mount_targets(&template(true, |_| {})));
}

#[test]
fn a_mount_target_belongs_to_its_subnet_wherever_in_the_list_that_is() {
    let of = |ids: [&'static str; 2]| {
        mount_targets(&template(false, |stack| {
            stack.reuse_vpc(VpcIds::new("vpc-0a1b2c3d", "10.0.0.0/16").public_subnet_ids(ids));
        }))
    };
    assert_eq!(of(["subnet-0000000a", "subnet-0000000b"]), of(["subnet-0000000b", "subnet-0000000a"]));
}

/// CloudFormation puts their values there when it deploys.
#[test]
fn parameters_of_a_reused_vpc_go_into_the_template_as_they_are() {
    let balancer = ApplicationLoadBalancer::builder("main").interface(Interface::Internal);
    let template = template(false, |stack| {
        let vpc = VpcIds::new("{{resolve:ssm:/net/vpc}}", "{{resolve:ssm:/net/cidr:2}}");
        stack.reuse_vpc(vpc.public_subnet_ids(["{{resolve:ssm:/net/subnet-a}}", "{{resolve:ssm:/net/subnet-b}}"]));
        stack.add(balancer.listener(Listener::http(80).default_action(Redirect::to_https())));
    });
    let subnets: Vec<_> = mount_targets(&template).into_iter().map(|(_, subnet)| subnet).collect();
    assert!(["a", "b"].iter().all(|zone| subnets.contains(&json!(format!("{{{{resolve:ssm:/net/subnet-{zone}}}}}")))), "{subnets:?}");
    let groups = || template["Resources"].as_object().expect("resources").values().filter(|one| one["Type"] == "AWS::EC2::SecurityGroup");
    assert!(groups().all(|group| group["Properties"]["VpcId"] == "{{resolve:ssm:/net/vpc}}"));
    assert!(groups().any(|group| group["Properties"]["SecurityGroupIngress"][0]["CidrIp"] == "{{resolve:ssm:/net/cidr:2}}"));
}

#[test]
fn a_zone_keeps_its_gateway_when_another_one_loses_its_own() {
    let with = |zones| {
        template(true, |stack| {
            stack.nat_availability_zones(zones);
        })
    };
    let (one, two) = (with(NatAvailabilityZones::One), with(NatAvailabilityZones::Two));
    let [of_one, of_two] = [&one, &two].map(|template| &template["Resources"]);
    assert_eq!(of_one["StpNatGateway0"], of_two["StpNatGateway0"]);
    assert_eq!(of_one["StpNatRoute0"], of_two["StpNatRoute0"]);
    assert_eq!(of_one["StpNatRoute1"]["Properties"]["NatGatewayId"], json!({"Ref": "StpNatGateway0"}));
    assert_eq!(one["Outputs"]["NatPublicIps"]["Value"], json!({"Fn::Join": [",", [{"Ref": "StpNatEip0"}]]}));
}

/// What one stack exports is what another one imports.
#[test]
fn a_stack_imports_what_another_one_exports() {
    let exported = template(true, |stack| {
        stack.export_vpc();
    });
    let outputs = exported["Outputs"].as_object().expect("outputs").values();
    let names: Vec<_> = outputs.filter_map(|output| output["Export"]["Name"].as_str()).collect();
    let mut other = Stack::new("other", "live");
    other.add(api(web(Image::prebuilt("nginx:1.29"))).use_private_subnets_with_nat(true)).reuse_vpc(StackVpc::new("shop", "dev"));
    let imported = synthesize(&other.validate().expect("valid")).expect("a template").template.to_value();
    let subnets = &imported["Resources"]["ApiService"]["Properties"]["NetworkConfiguration"]["AwsvpcConfiguration"]["Subnets"];
    let subnet = |zone: u8| json!({"Fn::Select": [zone, {"Fn::Split": [",", {"Fn::ImportValue": "shop-dev-PrivateSubnetIds"}]}]});
    assert_eq!(*subnets, json!([subnet(0), subnet(1)]));
    assert_eq!(imported["Resources"]["ApiTaskSecurityGroup"]["Properties"]["VpcId"], json!({"Fn::ImportValue": "shop-dev-VpcId"}));
    assert!(["shop-dev-VpcId", "shop-dev-PrivateSubnetIds"].iter().all(|name| names.contains(name)), "{names:?}");
}
