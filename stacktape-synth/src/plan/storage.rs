//! File systems: who mounts which directory of them.

use stacktape_model::container::{Container, EfsMount};
use stacktape_model::efs_filesystem::EfsFilesystem;
use stacktape_model::function::Function;
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::stack::ValidStack;
use stacktape_model::table::Table;

use crate::cfn::{Id, ec2, efs};
use crate::logical_id;

/// What mounts a file system.
pub(crate) struct MountedBy<'a> {
    pub(crate) name: &'a str,
    /// What runs there, as people say.
    pub(crate) what: &'static str,
    pub(crate) security_group: Id<ec2::SecurityGroup>,
}

/// A directory of a file system, which the containers of a workload share, or which a function has.
pub(crate) struct VolumePlan<'a> {
    pub(crate) mount: &'a EfsMount,
    pub(crate) access_point: Id<efs::AccessPoint>,
}

impl<'a> VolumePlan<'a> {
    fn of(consumer: &str, mount: &'a EfsMount) -> Self {
        Self { mount, access_point: logical_id::access_point(consumer, &mount.filesystem.name, mount.directory()) }
    }

    /// The volume's name in the task.
    pub(crate) fn name(&self) -> String {
        logical_id::volume(&self.mount.filesystem.name, self.mount.directory())
    }

    /// The directories that a function mounts.
    pub(crate) fn of_function(function: &'a Function) -> Vec<Self> {
        function.efs_mount().map(|mount| Self::of(function.name(), mount)).into_iter().collect()
    }

    pub(crate) fn holds(&self, mount: &EfsMount) -> bool {
        self.mount.filesystem == mount.filesystem && self.mount.directory() == mount.directory()
    }
}

/// The directories that a workload mounts, each once, in the order of its containers.
pub(super) fn volumes(workload: &MultiContainerWorkload) -> Vec<VolumePlan<'_>> {
    let mut volumes: Vec<VolumePlan<'_>> = Vec::new();
    for mount in workload.containers().iter().flat_map(Container::efs_mounts) {
        if !volumes.iter().any(|volume| volume.holds(mount)) {
            volumes.push(VolumePlan::of(workload.name(), mount));
        }
    }
    volumes
}

/// What mounts each file system, by its name.
pub(super) fn mounted_by(stack: &ValidStack) -> Table<&str, Vec<MountedBy<'_>>> {
    let mut mounted: Table<&str, Vec<MountedBy<'_>>> =
        stack.all::<EfsFilesystem>().map(|filesystem| (filesystem.name(), Vec::new())).collect();
    for workload in stack.workloads() {
        for mount in workload.containers().iter().flat_map(Container::efs_mounts) {
            let by = mounted.entry(&mount.filesystem.name).or_default();
            let name = workload.name();
            if by.last().is_none_or(|last| last.name != name) {
                by.push(MountedBy { name, what: "tasks of", security_group: logical_id::task_security_group(name) });
            }
        }
    }
    for (function, mount) in stack.all::<Function>().filter_map(|function| Some((function.name(), function.efs_mount()?))) {
        let group = logical_id::function_security_group(function);
        mounted.entry(&mount.filesystem.name).or_default().push(MountedBy { name: function, what: "the function", security_group: group });
    }
    mounted
}
