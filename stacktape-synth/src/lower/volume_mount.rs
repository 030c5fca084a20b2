//! `volumeMounts` become volumes of a task or a place of a function, access points, and what the role may do with them.

use stacktape_model::container::{Container, EfsMount};

use crate::cfn::ecs::task_definition as task;
use crate::cfn::{Node, PropertyType, efs, iam};
use crate::fragment::{Fragment, Rendered};
use crate::logical_id;
use crate::plan::{Plan, VolumePlan, WorkloadPlan};
use crate::policy::{self, Grant};

/// Who acts on what an access point shows.
struct User {
    id: &'static str,
    /// Whether EFS makes the directory for it.
    owns: bool,
}

impl User {
    fn of(mount: &EfsMount) -> Self {
        if mount.is_root() { Self { id: "0", owns: false } } else { Self { id: "1000", owns: true } }
    }
}

/// The access points of a workload or a function.
pub(super) fn lower_access_points(volumes: &[VolumePlan<'_>], plan: &Plan<'_>, fragment: &mut Fragment) {
    for volume in volumes {
        let User { id, owns } = User::of(volume.mount);
        let directory = efs::access_point::RootDirectory::new()
            .path(volume.mount.directory().to_owned())
            .set_some(owns.then(|| efs::access_point::CreationInfo::new(id, id, "0755")), efs::access_point::RootDirectory::creation_info);
        let resource = efs::AccessPoint::new(logical_id::file_system(&volume.mount.filesystem.name).reference())
            .posix_user(efs::access_point::PosixUser::new(id, id))
            .root_directory(directory)
            .access_point_tags(plan.tags.list());
        fragment.add(&volume.access_point, resource);
    }
}

/// Files are found only where the zone has a mount target.
pub(super) fn wait_for_targets(rendered: &mut Rendered, volumes: &[VolumePlan<'_>], plan: &Plan<'_>) {
    for volume in volumes {
        for (target, _) in plan.network.mount_targets(&volume.mount.filesystem.name) {
            rendered.depends_on(&target);
        }
    }
}

/// A volume of the task: what travels is encrypted, and the task's role must be allowed to mount it.
pub(super) fn volume(volume: &VolumePlan<'_>) -> task::Volume {
    let authorization =
        task::AuthorizationConfig::new().access_point_id(volume.access_point.reference()).iam(task::AuthorizationConfigIam::Enabled);
    // The access point says which directory it is.
    let configuration = task::EfsVolumeConfiguration::new(logical_id::file_system(&volume.mount.filesystem.name).reference())
        .transit_encryption(task::EfsVolumeConfigurationTransitEncryption::Enabled)
        .authorization_config(authorization);
    task::Volume::new().name(volume.name()).efs_volume_configuration(configuration)
}

/// Where a container sees the volumes.
pub(super) fn mount_points(container: &Container, planned: &WorkloadPlan<'_>) -> Vec<task::MountPoint> {
    let point = |mount: &EfsMount| {
        // No `..`: a new field of the model must not compile until it is lowered here.
        let EfsMount { filesystem: _, root_directory: _, mount_path } = mount;
        let volume = planned.volumes.iter().find(|volume| volume.holds(mount))?;
        Some(task::MountPoint::new().source_volume(volume.name()).container_path(mount_path.clone()).read_only(false))
    };
    container.efs_mounts().filter_map(point).collect()
}

/// What the role may do: mount and write by its own access points, and by no other way.
/// <https://docs.aws.amazon.com/efs/latest/ug/access-points-iam-policy.html>
pub(super) fn role_policy(volumes: &[VolumePlan<'_>]) -> Option<iam::role::Policy> {
    const MOUNT: [&str; 2] = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"];
    const AS_ROOT: &str = "elasticfilesystem:ClientRootAccess";
    let statement = |volume: &VolumePlan<'_>| {
        let root = volume.mount.is_root().then_some(AS_ROOT);
        let grant = Grant::new(
            MOUNT.into_iter().chain(root).collect::<Vec<_>>(),
            [logical_id::file_system(&volume.mount.filesystem.name).att_arn()],
        );
        let by = Node::object([("elasticfilesystem:AccessPointArn", volume.access_point.att_arn().into_node())]);
        policy::statement(grant, Some(Node::object([("StringEquals", by)])))
    };
    let statements: Vec<_> = volumes.iter().map(statement).collect();
    (!statements.is_empty()).then(|| iam::role::Policy::new(policy::of_statements(statements), "efs-mount-access"))
}
