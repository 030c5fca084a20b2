//! `efs-filesystem` becomes a file system with its security group and mount targets.

use stacktape_model::efs_filesystem::{EfsFilesystem, EfsFilesystemParts, ThroughputMode};
use stacktape_model::nested::written_name;

use crate::cfn::efs::file_system::{BackupPolicy, BackupPolicyStatus, PerformanceMode, ThroughputMode as Mode};
use crate::cfn::{PropertyType, ec2, efs};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::plan::{MountedBy, Plan};

/// The port of NFS.
const PORT: u16 = 2049;

pub(super) fn lower(filesystem: &EfsFilesystem, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let EfsFilesystemParts {
        name,
        backup_enabled,
        throughput_mode,
        provisioned_throughput_in_mibps,
        removal_policy,
        overrides: _, // applied when the template is merged
    } = filesystem.parts();
    let (mode, provisioned) = match throughput_mode {
        ThroughputMode::Elastic => (Mode::Elastic, None),
        ThroughputMode::Provisioned => (Mode::Provisioned, *provisioned_throughput_in_mibps),
        ThroughputMode::Bursting => (Mode::Bursting, None),
    };
    let id = logical_id::file_system(name);
    let resource = efs::FileSystem::new()
        .encrypted(true)
        .performance_mode(PerformanceMode::GeneralPurpose)
        .throughput_mode(mode)
        .set_some(provisioned, efs::FileSystem::provisioned_throughput_in_mibps)
        .set_some(backup_enabled.then(|| BackupPolicy::new(BackupPolicyStatus::Enabled)), efs::FileSystem::backup_policy)
        .file_system_tags(plan.tags.named(&format!("{}-{name}", plan.stack.name())));
    fragment.add(&id, resource).on_removal(super::removal(*removal_policy));
    let group = logical_id::file_system_security_group(name);
    fragment.add(&group, security_group(name, plan));
    for (target, subnet) in plan.network.mount_targets(name) {
        fragment.add(&target, efs::MountTarget::new(id.reference(), vec![group.att_group_id()], subnet));
    }
}

/// What mounts the file system reaches it, and nothing else.
fn security_group(filesystem: &str, plan: &Plan<'_>) -> ec2::SecurityGroup {
    use ec2::security_group::Ingress;
    let from = |by: &MountedBy<'_>| {
        Ingress::new("tcp")
            .description(format!("from {} {}", by.what, written_name(by.name)))
            .from_port(PORT)
            .to_port(PORT)
            .source_security_group_id(by.security_group.att_group_id())
    };
    let ingress: Vec<_> = plan.mounted_by(filesystem).iter().map(from).collect();
    ec2::SecurityGroup::new(format!("file system {filesystem}"))
        .set_some((!ingress.is_empty()).then_some(ingress), ec2::SecurityGroup::security_group_ingress)
        .vpc_id(plan.network.vpc.clone())
        .tags(plan.tags.named(&format!("{}-{filesystem}", plan.stack.name())))
}
