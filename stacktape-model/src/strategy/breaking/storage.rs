//! Mistakes in file systems, and in what is mounted of them.

use super::planting::{Mistake, Planting, WORKLOAD, planted};
use crate::container::{EfsMount, VolumeMount};
use crate::efs_filesystem::{EfsFilesystem, EfsFilesystemBuilder, ThroughputMode};
use crate::function::{Function, Package, Runtime};

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("efs_filesystem::no_throughput", |planting| {
        filesystem(planting, EfsFilesystem::builder("planted").throughput_mode(ThroughputMode::Provisioned))
    }),
    Mistake::anywhere("efs_filesystem::throughput", |planting| {
        let throughput = planting.one(&[0.99, 0.0, -1.0, f64::NAN, f64::INFINITY]);
        filesystem(planting, provisioned(throughput))
    }),
    Mistake::anywhere("efs_filesystem::high_throughput", |planting| {
        let throughput = planting.one(&[3414.5, 1e12]);
        filesystem(planting, provisioned(throughput))
    }),
    Mistake::anywhere("efs_filesystem::idle_throughput", |planting| {
        let mode = planting.one(&[ThroughputMode::Elastic, ThroughputMode::Bursting]);
        filesystem(planting, provisioned(64.0).throughput_mode(mode))
    }),
    Mistake::new("volume_mount::mount_path", WORKLOAD, |planting| {
        let path = planting.text(&["data", "", "/", "//", "/srv/../etc", "/srv:ro"]);
        mount(planting, [VolumeMount::efs(&files(), path)]) + ".mountPath"
    }),
    Mistake::new("volume_mount::mount_path_twice", WORKLOAD, |planting| {
        let path = planting.text(&["/srv/data", "/srv/data/", "//srv/./data"]);
        mount(planting, [VolumeMount::efs(&files(), "/srv/data"), VolumeMount::efs(&files(), path).root_directory("/other")]) + ".mountPath"
    }),
    Mistake::new("volume_mount::root_directory", WORKLOAD, |planting| {
        let long = format!("/{}", "a".repeat(100));
        let directory = planting.text(&["data", "", "/data/", "/a//b", "/.hidden", "/a/b/c/d/e", "/what?", &long]);
        mount(planting, [VolumeMount::efs(&files(), "/srv/data").root_directory(directory)]) + ".rootDirectory"
    }),
    Mistake::new("function::too_many_mounts", WORKLOAD, |planting| {
        let mounts = ["/mnt/a", "/mnt/b"].map(|path| VolumeMount::efs(&files(), path));
        mount_in_function(planting, true, mounts)
    }),
    Mistake::new("function::mount_path", WORKLOAD, |planting| {
        let long = format!("/mnt/{}", "a".repeat(156));
        let path = planting.text(&["", "/mnt/", "/srv/data", "/mnt/a/b", "/mnt/größe", &long]);
        mount_in_function(planting, true, [VolumeMount::efs(&files(), path)]) + "[0].mountPath"
    }),
    Mistake::new("function::mount_outside_vpc", WORKLOAD, |planting| {
        mount_in_function(planting, false, [VolumeMount::efs(&files(), "/mnt/data")])
    }),
];

fn files() -> EfsFilesystem {
    EfsFilesystem::builder("planted").build()
}

fn provisioned(throughput: f64) -> EfsFilesystemBuilder {
    EfsFilesystem::builder("planted").throughput_mode(ThroughputMode::Provisioned).provisioned_throughput_in_mibps(throughput)
}

fn filesystem(planting: &mut Planting<'_>, filesystem: EfsFilesystemBuilder) -> String {
    planting.stack.add(filesystem);
    "resources.planted.provisionedThroughputInMibps".to_owned()
}

/// Adds a container with these mounts, and the file system; the path is that of the last one.
fn mount<const N: usize>(planting: &mut Planting<'_>, mounts: [EfsMount; N]) -> String {
    let path = planting.add_containers([planted("mounting").volume_mounts(mounts)]);
    planting.stack.add(files());
    format!("{path}.volumeMounts[{}]", N - 1)
}

/// Adds a function with these mounts, and the file system; the path is that of the mounts.
fn mount_in_function<const N: usize>(planting: &mut Planting<'_>, joins: bool, mounts: [EfsMount; N]) -> String {
    let function = Function::builder("plantedFunction", Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24);
    planting.stack.add(function.join_default_vpc(joins).volume_mounts(mounts));
    planting.stack.add(files());
    "resources.plantedFunction.volumeMounts".to_owned()
}
