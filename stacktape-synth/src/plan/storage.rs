//! File systems: who mounts which directory of them.

use stacktape_model::container::{Container, EfsMount};
use stacktape_model::efs_filesystem::EfsFilesystem;
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::stack::ValidStack;
use stacktape_model::table::Table;

use crate::cfn::{Id, efs};
use crate::logical_id;

/// A directory of a file system, which the containers of a workload share.
pub(crate) struct VolumePlan<'a> {
    pub(crate) mount: &'a EfsMount,
    /// The volume's name in the task.
    pub(crate) name: String,
    pub(crate) access_point: Id<efs::AccessPoint>,
}

impl VolumePlan<'_> {
    pub(crate) fn holds(&self, mount: &EfsMount) -> bool {
        self.mount.filesystem == mount.filesystem && self.mount.directory() == mount.directory()
    }
}

/// The directories that a workload mounts, each once, in the order of its containers.
pub(super) fn volumes(workload: &MultiContainerWorkload) -> Vec<VolumePlan<'_>> {
    let mut volumes: Vec<VolumePlan<'_>> = Vec::new();
    for mount in workload.containers().iter().flat_map(Container::efs_mounts) {
        if !volumes.iter().any(|volume| volume.holds(mount)) {
            let (filesystem, directory) = (mount.filesystem.name.as_str(), mount.directory());
            volumes.push(VolumePlan {
                mount,
                name: logical_id::volume(filesystem, directory),
                access_point: logical_id::access_point(workload.name(), filesystem, directory),
            });
        }
    }
    volumes
}

/// The workloads that mount each file system, by their names.
pub(super) fn mounted_by(stack: &ValidStack) -> Table<&str, Vec<&str>> {
    let mut mounted: Table<&str, Vec<&str>> = stack.all::<EfsFilesystem>().map(|filesystem| (filesystem.name(), Vec::new())).collect();
    for workload in stack.workloads() {
        for mount in workload.containers().iter().flat_map(Container::efs_mounts) {
            let by = mounted.entry(&mount.filesystem.name).or_default();
            if by.last() != Some(&workload.name()) {
                by.push(workload.name());
            }
        }
    }
    mounted
}
