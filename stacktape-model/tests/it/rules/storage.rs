//! File systems, and what containers mount of them.

use stacktape_model::container::{EfsMount, VolumeMount};
use stacktape_model::efs_filesystem::{EfsFilesystem, EfsFilesystemBuilder, ThroughputMode};
use stacktape_model::stack::Stack;

use crate::support::{Rule, rule, stack, web, workload};

#[track_caller]
fn files() -> EfsFilesystem {
    EfsFilesystem::builder("files").build()
}

#[track_caller]
fn of(filesystem: EfsFilesystemBuilder) -> Stack {
    stack([filesystem])
}

#[track_caller]
fn provisioned(throughput: f64) -> Stack {
    of(EfsFilesystem::builder("files").throughput_mode(ThroughputMode::Provisioned).provisioned_throughput_in_mibps(throughput))
}

/// A stack of which a container mounts these.
#[track_caller]
fn mounting(mounts: impl IntoIterator<Item = EfsMount>) -> Stack {
    let mut stack = stack([workload("api").container(web().volume_mounts(mounts))]);
    stack.add(files());
    stack
}

#[track_caller]
fn at(path: &str) -> Stack {
    mounting([VolumeMount::efs(&files(), path)])
}

#[track_caller]
fn directory(directory: &str) -> Stack {
    mounting([VolumeMount::efs(&files(), "/srv/data").root_directory(directory)])
}

pub(crate) fn rules() -> Vec<Rule> {
    const THROUGHPUT: &str = "resources.files.provisionedThroughputInMibps";
    const MOUNT: &str = "resources.api.containers[0].volumeMounts";
    let path = |index: usize| format!("{MOUNT}[{index}].mountPath");
    let root = format!("{MOUNT}[0].rootDirectory");
    let long = |length: usize| format!("/{}", "ä".repeat(length - 1));
    vec![
        rule("efs_filesystem::no_throughput")
            .refuses(THROUGHPUT, of(EfsFilesystem::builder("files").throughput_mode(ThroughputMode::Provisioned)))
            .saying(
                "found the throughput mode `provisioned` and no throughput, expected one in MiB a second",
                "write `.provisioned_throughput_in_mibps(64.0)`, or leave the mode out",
            )
            .takes(of(EfsFilesystem::builder("files").throughput_mode(ThroughputMode::Bursting))),
        rule("efs_filesystem::throughput")
            .refuses(THROUGHPUT, provisioned(0.5))
            .saying("found 0.5 MiB a second, expected at least 1", "write 1 or more, or leave out the mode `provisioned`")
            .refuses(THROUGHPUT, provisioned(f64::NAN))
            .refuses(THROUGHPUT, provisioned(f64::INFINITY))
            .takes(provisioned(1.0)),
        rule("efs_filesystem::high_throughput")
            .warns(THROUGHPUT, provisioned(3415.0))
            .saying(
                "found 3415 MiB a second, expected at most 3414, the quota of EFS where it is highest",
                "write less, or ask AWS for a higher quota",
            )
            .takes(provisioned(3414.0)),
        rule("efs_filesystem::idle_throughput")
            .warns(THROUGHPUT, of(EfsFilesystem::builder("files").provisioned_throughput_in_mibps(64.0)))
            .saying(
                "found 64 MiB a second beside the throughput mode `elastic`, expected `provisioned`",
                "write `.throughput_mode(ThroughputMode::Provisioned)`, or leave the throughput out; as it stands, it does nothing",
            )
            .takes(provisioned(64.0)),
        rule("volume_mount::mount_path")
            .refuses(&path(0), at("data"))
            .saying(
                "found the mount path `data`, expected an absolute path below `/`, without `..` and `:`",
                "write a path such as `/srv/data`",
            )
            .refuses(&path(0), at("/"))
            .refuses(&path(0), at("/./"))
            .refuses(&path(0), at("/srv/../data"))
            .refuses(&path(0), at("/srv/data:ro"))
            .takes(at("/srv/..data/")),
        rule("volume_mount::mount_path_twice")
            .refuses(&path(1), mounting([VolumeMount::efs(&files(), "/data"), VolumeMount::efs(&files(), "//data/")]))
            .saying("found the mount path `//data/` a second time, expected each path once in a container", "mount one of the two at another path")
            .takes(mounting([VolumeMount::efs(&files(), "/data"), VolumeMount::efs(&files(), "/data/more")])),
        rule("volume_mount::root_directory")
            .refuses(&root, directory("uploads"))
            .saying(
                "found the directory `uploads`, expected `/`, or an absolute path of at most 100 characters and four directories, none of \
                 which begins with `.` or has one of ``$#<>;`|&?{}^*`` in it",
                "write a path such as `/uploads/images`",
            )
            .refuses(&root, directory("/uploads/"))
            .refuses(&root, directory("/a/b/c/d/e"))
            .refuses(&root, directory("/.git"))
            .refuses(&root, directory("/a*"))
            .refuses(&root, directory(&long(101)))
            .takes(directory(&long(100)))
            .takes(directory("/a/b/c/d"))
            .takes(directory("/")),
    ]
}
