//! Tasks on Fargate and on EC2: mistakes that no outside judge sees.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stacktape_model::compute::{Architecture, Compute, Ec2};
use stacktape_model::strategy::{self, StackStrategy};

use super::wiring::{Service, each_service, properties, target};
use super::{cases, id_begins, items, of_type, resources, template, text, validated};

/// The properties of the Auto Scaling group behind a service on EC2.
fn group<'a>(template: &'a Json, service: &Service<'_>) -> (&'a str, &'a Json) {
    let [used] = service.of["CapacityProviderStrategy"].as_array().expect("a strategy").as_slice() else { panic!("{}", service.of) };
    assert_eq!(used["Weight"], 1);
    let provider = target(&used["CapacityProvider"], None);
    assert_eq!(template["Resources"][provider]["Type"], "AWS::ECS::CapacityProvider");
    let provider = &template["Resources"][provider]["Properties"]["AutoScalingGroupProvider"];
    let group = template["Resources"].get_key_value(text(&provider["AutoScalingGroupArn"]["Ref"])).expect("a group");
    assert_eq!(group.1["Type"], "AWS::AutoScaling::AutoScalingGroup");
    (group.0, &group.1["Properties"])
}

trait KeyValue {
    fn get_key_value(&self, key: &str) -> Option<(&str, &Json)>;
}

impl KeyValue for Json {
    fn get_key_value(&self, key: &str) -> Option<(&str, &Json)> {
        self.as_object()?.get_key_value(key).map(|(key, value)| (key.as_str(), value))
    }
}

/// What the instances of a service on EC2 are started from.
pub(super) fn launch_template<'a>(template: &'a Json, service: &Service<'_>) -> &'a Json {
    let (_, group) = group(template, service);
    let version = match &group["MixedInstancesPolicy"] {
        Json::Null => &group["LaunchTemplate"],
        mixed => &mixed["LaunchTemplate"]["LaunchTemplateSpecification"],
    };
    let id = target(&version["LaunchTemplateId"], None);
    assert_eq!(target(&version["Version"], Some("LatestVersionNumber")), id);
    &properties(template, id)["LaunchTemplateData"]
}

/// The subnets in which the tasks of a service run, or the instances that carry them, and the security groups of these.
pub(super) fn placed<'a>(template: &'a Json, service: &Service<'a>) -> (&'a Json, &'a Json) {
    if service.on_fargate() {
        let network = &service.of["NetworkConfiguration"]["AwsvpcConfiguration"];
        return (&network["Subnets"], &network["SecurityGroups"]);
    }
    (&group(template, service).1["VPCZoneIdentifier"], &launch_template(template, service)["SecurityGroupIds"])
}

/// Stacks with workloads on both engines.
fn services() -> StackStrategy {
    super::wiring::services().workloads(2..=4)
}

/// Whom a container reaches by name.
fn links(container: &Json) -> BTreeSet<&str> {
    items(&container["Links"]).map(text).collect()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_service_runs_on_one_engine_and_its_task_fits_it(stack in services()) {
        let valid = validated(stack);
        let template = template(&valid);
        for service in each_service(&template) {
            let Service { of, task, .. } = &service;
            let engine = if service.on_fargate() { "FARGATE" } else { "EC2" };
            prop_assert_eq!(&task["RequiresCompatibilities"], &json!([engine]));
            prop_assert_eq!(of["LaunchType"].is_null(), !service.on_fargate());
            prop_assert_eq!(of["NetworkConfiguration"].is_null(), !service.on_fargate());
            // On Fargate, an override may have taken it away.
            prop_assert!(service.on_fargate() || of["PlatformVersion"].is_null());
            for property in ["CapacityProviderStrategy", "PlacementStrategies"] {
                prop_assert_eq!(of[property].is_null(), service.on_fargate(), "{}", property);
            }
            prop_assert!(text(&task["Memory"]).parse::<u32>().is_ok_and(|mib| mib >= 4));
            for container in items(&task["ContainerDefinitions"]) {
                for mapping in items(&container["PortMappings"]) {
                    let expected = if service.on_fargate() { mapping["ContainerPort"].clone() } else { json!(0) };
                    prop_assert_eq!(&mapping["HostPort"], &expected);
                }
                prop_assert!(!service.on_fargate() || container["Links"].is_null() && container["ResourceRequirements"].is_null());
                let names = |name: &str| items(&container["Environment"]).chain(items(&container["Secrets"])).any(|entry| entry["Name"] == name);
                prop_assert!(service.on_fargate() || names("AWS_REGION") && names("AWS_DEFAULT_REGION"));
            }
        }
    }

    #[test]
    fn a_provider_belongs_to_the_cluster_of_its_one_service_which_waits_for_it(stack in services()) {
        let template = template(&validated(stack));
        let mut groups = BTreeSet::new();
        for service in each_service(&template) {
            let cluster = target(&service.of["Cluster"], None);
            prop_assert_eq!(&template["Resources"][cluster]["Type"], "AWS::ECS::Cluster");
            if service.on_fargate() {
                prop_assert_eq!(cluster, "StpCluster");
                continue;
            }
            prop_assert!(groups.insert(group(&template, &service).0), "{} has the instances of another one", service.id);
            let others = each_service(&template).filter(|other| other.of["Cluster"] == service.of["Cluster"]);
            prop_assert_eq!(others.count(), 1);
            let associated: Vec<_> = of_type(&template, "AWS::ECS::ClusterCapacityProviderAssociations")
                .filter(|(_, resource)| resource["Properties"]["Cluster"] == service.of["Cluster"])
                .collect();
            let [(associations, resource)] = associated.as_slice() else { panic!("{associated:?}") };
            let provider = &service.of["CapacityProviderStrategy"][0]["CapacityProvider"];
            prop_assert_eq!(&resource["Properties"]["CapacityProviders"], &json!([provider]));
            prop_assert_eq!(&resource["Properties"]["DefaultCapacityProviderStrategy"], &json!([]));
            let waits: BTreeSet<_> = items(&template["Resources"][service.id]["DependsOn"]).map(text).collect();
            prop_assert!(waits.contains(associations.as_str()), "{} does not wait for {}", service.id, associations);
            // What instances register at is the cluster of the service.
            let script = text(&launch_template(&template, &service)["UserData"]["Fn::Base64"]["Fn::Sub"]);
            let expected = format!("\nECS_CLUSTER=${{{cluster}}}\n");
            prop_assert!(script.contains(&expected), "{}", script);
        }
        prop_assert_eq!(groups.len(), of_type(&template, "AWS::AutoScaling::AutoScalingGroup").count());
        prop_assert_eq!(resources(&template).contains_key("StpCluster"), each_service(&template).any(|service| service.on_fargate()));
        for shared in ["StpEcsInstanceRole", "StpEcsInstanceProfile", "StpInstanceRefreshRole"] {
            prop_assert_eq!(resources(&template).contains_key(shared), !groups.is_empty(), "{}", shared);
        }
    }

    #[test]
    fn instances_are_those_that_were_asked_for_and_can_reach_ecs(stack in services()) {
        let valid = validated(stack);
        let template = template(&valid);
        for service in each_service(&template).filter(|service| !service.on_fargate()) {
            let of = |workload: &&stacktape_model::multi_container_workload::MultiContainerWorkload| format!("{}Service", id_begins(workload.name())) == service.id;
            let workload = valid.workloads().find(of).expect("a workload");
            let Compute::Ec2(compute) = workload.parts().resources else { panic!("{} is on Fargate", service.id) };
            let (id, group) = group(&template, &service);
            let data = launch_template(&template, &service);
            let mixed = &group["MixedInstancesPolicy"];
            let types: Vec<_> = if mixed.is_null() { vec![text(&data["InstanceType"])] } else { items(&mixed["LaunchTemplate"]["Overrides"]).map(|one| text(&one["InstanceType"])).collect() };
            prop_assert_eq!(&types, &compute.types());
            prop_assert!(mixed.is_null() || mixed["InstancesDistribution"]["OnDemandAllocationStrategy"] == "prioritized" && data["InstanceType"].is_null());
            prop_assert_eq!(service.task["RuntimePlatform"]["CpuArchitecture"] == "ARM64", compute.architecture() == Architecture::Arm64);
            let image = match compute.architecture() {
                _ if compute.has_gpu_drivers() => "/gpu/",
                Architecture::Arm64 => "/arm64/",
                Architecture::X86_64 => "/",
            };
            prop_assert_eq!(text(&data["ImageId"]), format!("resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023{image}recommended/image_id"));
            prop_assert_eq!(&data["MetadataOptions"], &json!({"HttpTokens": "required", "HttpPutResponseHopLimit": 1}));
            prop_assert_eq!(&data["BlockDeviceMappings"][0]["Ebs"]["Encrypted"], true);
            let profile = target(&data["IamInstanceProfile"]["Arn"], Some("Arn"));
            let role = target(&properties(&template, profile)["Roles"][0], None);
            prop_assert_eq!(&properties(&template, role)["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["Service"], "ec2.amazonaws.com");
            // Every subnet of the stack's own has its way out, for which both the instances and the tasks wait.
            let used: Vec<_> = items(&group["VPCZoneIdentifier"]).collect();
            let led = |(_, association): &(&String, &Json)| used.contains(&&association["Properties"]["SubnetId"]);
            let associations: Vec<_> = of_type(&template, "AWS::EC2::SubnetRouteTableAssociation").filter(led).collect();
            let own = valid.config().vpc.reuse_vpc.is_none();
            prop_assert!(!used.is_empty());
            prop_assert_eq!(associations.len(), if own { used.len() } else { 0 });
            let of_a_table = |(_, route): &(&String, &Json)| associations.iter().any(|(_, association)| association["Properties"]["RouteTableId"] == route["Properties"]["RouteTableId"]);
            let routes: Vec<_> = of_type(&template, "AWS::EC2::Route").filter(of_a_table).collect();
            prop_assert_eq!(routes.len(), associations.len());
            let ways: BTreeSet<_> = routes.iter().chain(&associations).map(|(id, _)| id.as_str()).collect();
            for waiting in [id, service.id] {
                let waits: BTreeSet<_> = items(&template["Resources"][waiting]["DependsOn"]).map(text).collect();
                prop_assert!(ways.is_subset(&waits), "{} does not wait for {:?}", waiting, ways);
            }
            // There is room for what scaling may want, and nothing protects an instance from its end.
            let most = u64::from(workload.parts().scaling.max_instances);
            prop_assert!(text(&group["MaxSize"]).parse::<u64>().is_ok_and(|size| size >= 2 * most) && group["MinSize"] == "0");
            prop_assert!(group["NewInstancesProtectedFromScaleIn"].is_null() && group["DesiredCapacity"].is_null());
            let pools: Vec<_> = of_type(&template, "AWS::AutoScaling::WarmPool").filter(|(_, pool)| pool["Properties"]["AutoScalingGroupName"] == json!({"Ref": id})).collect();
            prop_assert_eq!(pools.len(), usize::from(compute.warm_pool));
            prop_assert!(pools.iter().all(|(_, pool)| items(&pool["DependsOn"]).any(|other| text(other).ends_with("CapacityProviderAssociations"))));
            let script = text(&data["UserData"]["Fn::Base64"]["Fn::Sub"]);
            prop_assert_eq!(script.contains("\nECS_WARM_POOLS_CHECK=true\n"), compute.warm_pool);
        }
    }

    #[test]
    fn every_group_is_refreshed_by_a_role_that_may_do_that_and_no_more(stack in services()) {
        let template = template(&validated(stack));
        let mut refreshed = BTreeSet::new();
        for (_, schedule) in of_type(&template, "AWS::Scheduler::Schedule") {
            let schedule = &schedule["Properties"];
            prop_assert_eq!(&schedule["ScheduleExpression"], "cron(0 3 ? * SUN *)");
            let input: Json = serde_json::from_str(text(&schedule["Target"]["Input"]["Fn::Sub"])).expect("JSON");
            refreshed.insert(text(&input["AutoScalingGroupName"]).to_owned());
            let role = target(&schedule["Target"]["RoleArn"], Some("Arn"));
            let statements = &properties(&template, role)["Policies"][0]["PolicyDocument"]["Statement"];
            let [statement, images] = statements.as_array().expect("statements").as_slice() else { panic!("{statements}") };
            prop_assert_eq!(&images["Action"], &json!(["ssm:GetParameters"]));
            prop_assert_eq!(&statement["Action"], &json!(["autoscaling:StartInstanceRefresh"]));
            let name = format!(":autoScalingGroupName/{}", text(&input["AutoScalingGroupName"]));
            prop_assert!(items(&statement["Resource"]).any(|arn| text(&arn["Fn::Sub"]).ends_with(&name)), "{}", statement);
        }
        let groups: BTreeSet<_> = of_type(&template, "AWS::AutoScaling::AutoScalingGroup").map(|(id, _)| format!("${{{id}}}")).collect();
        prop_assert_eq!(refreshed, groups);
    }

    #[test]
    fn links_lead_to_containers_with_ports_and_never_in_a_circle(stack in services()) {
        let template = template(&validated(stack));
        for service in each_service(&template) {
            let containers: Vec<_> = items(&service.task["ContainerDefinitions"]).collect();
            for container in &containers {
                for link in links(container) {
                    let other = containers.iter().find(|other| other["Name"] == link).expect("a container of the task");
                    prop_assert!(!other["PortMappings"].is_null());
                }
            }
            // What waits for nothing and is linked to nothing starts; then what waits for that only, and so on to the last one.
            let mut started: BTreeSet<&str> = BTreeSet::new();
            for _ in &containers {
                let ready = containers.iter().filter(|container| {
                    let waits = items(&container["DependsOn"]).map(|dependency| text(&dependency["ContainerName"]));
                    waits.chain(links(container)).all(|other| started.contains(other))
                });
                let ready: Vec<_> = ready.map(|container| text(&container["Name"])).collect();
                started.extend(ready);
            }
            prop_assert_eq!(started.len(), containers.len(), "a circle: {}", service.task);
        }
    }

    #[test]
    fn gpus_are_as_many_as_every_instance_has(stack in services()) {
        let valid = validated(stack);
        let template = template(&valid);
        for service in each_service(&template) {
            let wanted: Vec<u32> = items(&service.task["ContainerDefinitions"])
                .flat_map(|container| items(&container["ResourceRequirements"]))
                .map(|requirement| {
                    assert_eq!(requirement["Type"], "GPU");
                    text(&requirement["Value"]).parse().expect("a number")
                })
                .collect();
            prop_assert!(wanted.iter().all(|number| *number > 0));
            if !wanted.is_empty() {
                prop_assert!(text(&launch_template(&template, &service)["ImageId"]).contains("/gpu/"));
                prop_assert!(wanted.iter().sum::<u32>() <= 8);
            }
        }
    }

    #[test]
    fn instances_of_the_strategy_are_taken(compute in strategy::ec2()) {
        let memory = compute.task_memory();
        prop_assert!(memory.is_some_and(|memory| memory.as_mib() >= 4));
        prop_assert!(!compute.warm_pool || Ec2::types(&compute).len() == 1);
    }
}
