//! File systems: who reaches them, and by which way.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stacktape_model::function::Function;
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::stack::ValidStack;
use stacktape_model::strategy::StackStrategy;

use super::engines::placed;
use super::wiring::{Service, each_service, properties};
use super::{cases, id_begins, items, of_type, stacks, template, text, validated};

/// Stacks with file systems, most of them mounted.
fn mounting() -> StackStrategy {
    stacks().workloads(1..=3).efs_filesystems(1..=2)
}

/// The file systems of a task by the names of its volumes.
fn volumes(task: &Json) -> BTreeMap<&str, &Json> {
    let volumes: Vec<_> = items(&task["Volumes"]).collect();
    let named: BTreeMap<_, _> = volumes.iter().map(|volume| (text(&volume["Name"]), &volume["EFSVolumeConfiguration"])).collect();
    assert_eq!(named.len(), volumes.len(), "{volumes:?}");
    named
}

fn is_volume_name(name: &str) -> bool {
    (1..=255).contains(&name.len()) && name.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-' || letter == b'_')
}

/// The security groups of the tasks and functions that mount each file system.
fn expected(template: &Json) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut expected: BTreeMap<_, BTreeSet<_>> =
        of_type(template, "AWS::EFS::FileSystem").map(|(id, _)| (id.as_str(), BTreeSet::new())).collect();
    for service in each_service(template) {
        for volume in volumes(service.task).values() {
            let groups = items(placed(template, &service).1).map(|group| text(&group["Fn::GetAtt"][0]));
            expected.get_mut(text(&volume["FilesystemId"]["Ref"])).expect("a file system").extend(groups);
        }
    }
    for (_, function) in of_type(template, "AWS::Lambda::Function") {
        let function = &function["Properties"];
        for point in items(&function["FileSystemConfigs"]).map(|mount| properties(template, text(&mount["Arn"]["Fn::GetAtt"][0]))) {
            let groups = items(&function["VpcConfig"]["SecurityGroupIds"]).map(|group| text(&group["Fn::GetAtt"][0]));
            expected.get_mut(text(&point["FileSystemId"]["Ref"])).expect("a file system").extend(groups);
        }
    }
    expected
}

fn mounts(stack: &ValidStack) -> usize {
    stack.workloads().flat_map(MultiContainerWorkload::containers).map(|container| container.efs_mounts().count()).sum()
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn every_mount_point_has_its_volume_and_no_volume_is_idle(stack in mounting()) {
        let valid = validated(stack);
        let template = template(&valid);
        let mut points = 0;
        for Service { task, .. } in each_service(&template) {
            let volumes = volumes(task);
            let mut used = BTreeSet::new();
            for container in items(&task["ContainerDefinitions"]) {
                let mut paths = BTreeSet::new();
                for point in items(&container["MountPoints"]) {
                    prop_assert!(paths.insert(text(&point["ContainerPath"])) && point["ReadOnly"] == false, "{}", point);
                    used.insert(text(&point["SourceVolume"]));
                    points += 1;
                }
            }
            prop_assert_eq!(&used, &volumes.keys().copied().collect());
            prop_assert!(used.into_iter().all(is_volume_name));
        }
        prop_assert_eq!(points, mounts(&valid));
    }

    #[test]
    fn a_volume_goes_encrypted_through_an_access_point_of_its_own(stack in mounting()) {
        let template = template(&validated(stack));
        let mut points = BTreeSet::new();
        for Service { task, .. } in each_service(&template) {
            for volume in volumes(task).values() {
                prop_assert_eq!(&volume["TransitEncryption"], "ENABLED");
                prop_assert!(volume.get("RootDirectory").is_none());
                let authorization = &volume["AuthorizationConfig"];
                prop_assert_eq!(&authorization["IAM"], "ENABLED");
                let id = text(&authorization["AccessPointId"]["Ref"]);
                prop_assert!(points.insert(id), "{} serves two", id);
                let point = properties(&template, id);
                prop_assert_eq!(&point["FileSystemId"], &volume["FilesystemId"]);
                let (root, user) = (&point["RootDirectory"], &point["PosixUser"]["Uid"]);
                prop_assert_eq!(root["Path"] == "/", *user == "0");
                prop_assert_eq!(root["Path"] == "/", root.get("CreationInfo").is_none());
                prop_assert!(root.get("CreationInfo").is_none_or(|made| made["OwnerUid"] == *user), "{}", root);
            }
        }
        for mount in of_type(&template, "AWS::Lambda::Function").flat_map(|(_, function)| items(&function["Properties"]["FileSystemConfigs"])) {
            let id = text(&mount["Arn"]["Fn::GetAtt"][0]);
            prop_assert!(points.insert(id), "{} serves two", id);
        }
        prop_assert_eq!(points.len(), of_type(&template, "AWS::EFS::AccessPoint").count());
    }

    #[test]
    fn a_role_may_mount_by_its_own_access_points_and_act_as_root_on_roots_only(stack in mounting()) {
        let template = template(&validated(stack));
        for Service { task, .. } in each_service(&template) {
            let role = properties(&template, text(&task["TaskRoleArn"]["Fn::GetAtt"][0]));
            let mut left: BTreeMap<_, _> = volumes(task).into_values().map(|volume| {
                (text(&volume["AuthorizationConfig"]["AccessPointId"]["Ref"]), text(&volume["FilesystemId"]["Ref"]))
            }).collect();
            let policies: Vec<_> = items(&role["Policies"]).filter(|policy| policy["PolicyName"] == "efs-mount-access").collect();
            prop_assert_eq!(policies.len(), usize::from(!left.is_empty()));
            for statement in policies.into_iter().flat_map(|policy| items(&policy["PolicyDocument"]["Statement"])) {
                let point = &statement["Condition"]["StringEquals"]["elasticfilesystem:AccessPointArn"]["Fn::GetAtt"];
                let filesystem = left.remove(text(&point[0])).expect("an access point of the task");
                prop_assert_eq!(&point[1], "Arn");
                prop_assert_eq!(&statement["Resource"], &json!([{"Fn::GetAtt": [filesystem, "Arn"]}]));
                let is_root = properties(&template, text(&point[0]))["PosixUser"]["Uid"] == "0";
                let mut actions = vec!["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"];
                actions.extend(is_root.then_some("elasticfilesystem:ClientRootAccess"));
                prop_assert_eq!(&statement["Action"], &json!(actions));
            }
            prop_assert!(left.is_empty(), "{:?} cannot be mounted", left);
        }
    }

    #[test]
    fn a_file_system_is_open_to_those_who_mount_it_and_nobody_else(stack in mounting()) {
        let template = template(&validated(stack));
        for (filesystem, expected) in expected(&template) {
            let mut zones = BTreeSet::new();
            for (id, target) in of_type(&template, "AWS::EFS::MountTarget") {
                let target = &target["Properties"];
                if target["FileSystemId"] != json!({"Ref": filesystem}) {
                    continue;
                }
                prop_assert!(zones.insert(target["SubnetId"].to_string()), "{} is there twice", id);
                let mut open = BTreeSet::new();
                for rule in items(&target["SecurityGroups"]).flat_map(|group| items(&properties(&template, text(&group["Fn::GetAtt"][0]))["SecurityGroupIngress"])) {
                    prop_assert_eq!((&rule["IpProtocol"], &rule["FromPort"], &rule["ToPort"]), (&json!("tcp"), &json!(2049), &json!(2049)));
                    prop_assert!(open.insert(text(&rule["SourceSecurityGroupId"]["Fn::GetAtt"][0])), "{} twice", rule);
                }
                prop_assert_eq!(&open, &expected);
            }
            prop_assert!(zones.len() >= 2, "{}", filesystem);
        }
    }

    #[test]
    fn a_service_waits_for_the_mount_targets_in_all_zones(stack in mounting()) {
        let valid = validated(stack);
        let template = template(&valid);
        for service in each_service(&template) {
            let id = service.id;
            let mounted: BTreeSet<_> = volumes(service.task).into_values().map(|volume| text(&volume["FilesystemId"]["Ref"])).collect();
            for (target, resource) in of_type(&template, "AWS::EFS::MountTarget") {
                let waits = items(&template["Resources"][id]["DependsOn"]).any(|other| other == target);
                prop_assert_eq!(waits, mounted.contains(text(&resource["Properties"]["FileSystemId"]["Ref"])), "{} and {}", id, target);
            }
            // In a VPC of the stack's own, each zone in which tasks run has one.
            if valid.config().vpc.reuse_vpc.is_none() {
                let zone = |subnet: &Json| properties(&template, text(&subnet["Ref"]))["AvailabilityZone"].to_string();
                let run: BTreeSet<_> = items(placed(&template, &service).0).map(zone).collect();
                for filesystem in &mounted {
                    let targets = of_type(&template, "AWS::EFS::MountTarget").filter(|(_, target)| target["Properties"]["FileSystemId"]["Ref"] == **filesystem);
                    let zones: BTreeSet<_> = targets.map(|(_, target)| zone(&target["Properties"]["SubnetId"])).collect();
                    prop_assert_eq!(&zones, &run);
                }
            }
        }
    }

    #[test]
    fn a_function_mounts_by_its_own_access_point_when_its_zones_are_ready(stack in stacks().functions(1..=3).efs_filesystems(1..=2)) {
        let valid = validated(stack);
        let template = template(&valid);
        for function in valid.all::<Function>() {
            let id = id_begins(function.name());
            let resource = &template["Resources"][format!("{id}LambdaFunction")];
            let found: Vec<_> = items(&resource["Properties"]["FileSystemConfigs"]).collect();
            let policies = items(&properties(&template, &format!("{id}FunctionRole"))["Policies"]);
            let policies: Vec<_> = policies.filter(|policy| policy["PolicyName"] == "efs-mount-access").collect();
            let Some(mount) = function.efs_mount() else {
                prop_assert!(found.is_empty() && policies.is_empty());
                continue;
            };
            prop_assert!(found.len() == 1 && policies.len() == 1);
            prop_assert_eq!(&found[0]["LocalMountPath"], &mount.mount_path);
            let point = text(&found[0]["Arn"]["Fn::GetAtt"][0]);
            let (of_point, filesystem) = (properties(&template, point), text(&properties(&template, point)["FileSystemId"]["Ref"]));
            prop_assert_eq!(&of_point["RootDirectory"]["Path"], mount.directory());
            let statement = &policies[0]["PolicyDocument"]["Statement"][0];
            prop_assert_eq!(&statement["Resource"], &json!([{"Fn::GetAtt": [filesystem, "Arn"]}]));
            prop_assert_eq!(&statement["Condition"]["StringEquals"], &json!({"elasticfilesystem:AccessPointArn": {"Fn::GetAtt": [point, "Arn"]}}));
            for (target, of_target) in of_type(&template, "AWS::EFS::MountTarget") {
                let waits = items(&resource["DependsOn"]).any(|other| other == target);
                prop_assert_eq!(waits, of_target["Properties"]["FileSystemId"]["Ref"] == filesystem, "{} and {}", id, target);
            }
        }
    }

    #[test]
    fn files_are_encrypted_at_rest(stack in mounting()) {
        for (id, filesystem) in of_type(&template(&validated(stack)), "AWS::EFS::FileSystem") {
            let of = &filesystem["Properties"];
            prop_assert_eq!(&of["Encrypted"], true, "{}", id);
            prop_assert_eq!(of["ThroughputMode"] == "provisioned", of.get("ProvisionedThroughputInMibps").is_some(), "{}", id);
            prop_assert_eq!(&filesystem["DeletionPolicy"], &filesystem["UpdateReplacePolicy"]);
        }
    }
}
