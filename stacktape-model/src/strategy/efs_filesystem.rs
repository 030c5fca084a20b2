//! File systems, and what containers and functions mount of them.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::raw_resource::{Role, override_of};
use super::surroundings::{Later, pick};
use crate::container::VolumeMount;
use crate::efs_filesystem::{EfsFilesystem, ThroughputMode};
use crate::removal_policy::RemovalPolicy;

/// File systems with any of their properties. Shrinks to one without any.
pub fn efs_filesystem(name: impl Into<String>) -> impl Strategy<Value = EfsFilesystem> {
    let name = name.into();
    parts().prop_map(move |parts| parts.named(&name))
}

/// A file system without its name.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    backup: bool,
    mode: ThroughputMode,
    throughput: f64,
    removal_policy: RemovalPolicy,
    overrides: Vec<Role>,
}

const OVERRIDES: &[(&str, &str, &str)] = &[("FileSystem", "LifecyclePolicies", "[{\"TransitionToIA\": \"AFTER_30_DAYS\"}]")];

pub(super) fn parts() -> BoxedStrategy<Parts> {
    let throughput = prop_oneof![Just(1.0), Just(3414.0), Just(1.5), 1.0..1024.0_f64];
    let removal_policy = select(&RemovalPolicy::ALL[..]);
    (any::<bool>(), select(&ThroughputMode::ALL[..]), throughput, removal_policy, override_of(OVERRIDES))
        .prop_map(|(backup, mode, throughput, removal_policy, overrides)| Parts { backup, mode, throughput, removal_policy, overrides })
        .boxed()
}

impl Parts {
    #[track_caller]
    pub(super) fn named(&self, name: &str) -> EfsFilesystem {
        let filesystem = EfsFilesystem::builder(name)
            .backup_enabled(self.backup)
            .throughput_mode(self.mode)
            .removal_policy(self.removal_policy)
            .overrides(self.overrides.iter().map(|role| role.of(name)));
        match self.mode {
            ThroughputMode::Provisioned => filesystem.provisioned_throughput_in_mibps(self.throughput).build(),
            ThroughputMode::Elastic | ThroughputMode::Bursting => filesystem.build(),
        }
    }
}

/// Directories that EFS takes, some of which would be one if a letter more were lost.
const DIRECTORIES: [&str; 7] = ["/", "/a/b", "/a-b", "/one/two/three/four", "/with space/größe", "/Root", LONGEST_DIRECTORY];
const LONGEST_DIRECTORY: &str = "/a-directory-with-a-long-name/a-directory-with-a-long-name/a-directory-with-a-long-name/another-one-";

/// Mounts of the file systems around, each at a path of its own; the same directory may be there twice.
pub(super) fn mounts_later() -> BoxedStrategy<Later<Vec<VolumeMount>>> {
    let mount = (any::<Index>(), select(&DIRECTORIES[..]), any::<bool>());
    vec(mount, 0..4)
        .prop_map(|mounts| {
            Later::new(move |around| {
                let mount = |(number, (filesystem, directory, says)): (usize, &(Index, &str, bool))| {
                    let mount = VolumeMount::efs(pick(*filesystem, &around.filesystems)?, format!("/mnt/{number}"));
                    Some(VolumeMount::from(if *directory == "/" && !says { mount } else { mount.root_directory(*directory) }))
                };
                mounts.iter().enumerate().filter_map(mount).collect()
            })
        })
        .boxed()
}

/// A mount of a file system around, if there is any, as a function takes it.
pub(super) fn mount_of_function_later() -> BoxedStrategy<Later<Option<VolumeMount>>> {
    (any::<Index>(), select(&DIRECTORIES[..]), select(vec!["/mnt/data", "/mnt/a-b_c.d"]))
        .prop_map(|(filesystem, directory, path)| {
            Later::new(move |around| Some(VolumeMount::efs(pick(filesystem, &around.filesystems)?, path).root_directory(directory).into()))
        })
        .boxed()
}
