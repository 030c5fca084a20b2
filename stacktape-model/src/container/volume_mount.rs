//! Directories of file systems in a container.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::check::Check;
use crate::document::{Decode, Reader, Tagged, Tree};
use crate::efs_filesystem::EfsFilesystem;
use crate::origin::Origin;
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;

/// A directory of a file system in a container or a function. YAML: an entry of `volumeMounts`.
///
/// ```
/// use stacktape_model::container::{Container, Image, VolumeMount};
/// use stacktape_model::efs_filesystem::EfsFilesystem;
/// let files = EfsFilesystem::builder("files").build();
/// let web = Container::builder("web", Image::prebuilt("nginx:1.29"))
///     .mount(VolumeMount::efs(&files, "/srv/uploads").root_directory("/uploads"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum VolumeMount {
    /// Of EFS. YAML: `efs`.
    Efs(EfsMount),
}

impl VolumeMount {
    /// The root of an EFS file system, or a directory of it, at an absolute path inside the container.
    #[track_caller]
    pub fn efs(filesystem: &EfsFilesystem, mount_path: impl Into<String>) -> EfsMount {
        EfsMount {
            filesystem: ResourceRef::new(filesystem.name(), ResourceKind::EfsFilesystem),
            root_directory: None,
            mount_path: mount_path.into(),
        }
    }
}

impl From<EfsMount> for VolumeMount {
    fn from(mount: EfsMount) -> Self {
        Self::Efs(mount)
    }
}

/// A directory of an EFS file system in a container or a function. What is read and written there travels encrypted, and only the role
/// of the workload or function may mount it.
///
/// The containers of a workload, and functions, act on a directory as the user and group 1000, who own it when EFS makes it; on the root
/// of the file system they act as root.
#[derive(Clone, Debug, PartialEq)]
pub struct EfsMount {
    /// The file system. YAML: `efsFilesystemName`.
    pub filesystem: ResourceRef,
    /// The directory that the container sees: absolute, at most four directories deep and 100 characters long. It is made where it
    /// does not exist. YAML: `rootDirectory`, default `/`. Another directory is another access point.
    pub root_directory: Option<String>,
    /// Where the container sees it: an absolute path; of a function `/mnt/` and a name. YAML: `mountPath`.
    pub mount_path: String,
}

impl EfsMount {
    /// The directory that the container sees, instead of the whole file system. YAML: `rootDirectory`.
    pub fn root_directory(mut self, directory: impl Into<String>) -> Self {
        self.root_directory = Some(directory.into());
        self
    }

    /// The directory, or `/`.
    pub fn directory(&self) -> &str {
        self.root_directory.as_deref().unwrap_or(ROOT)
    }

    /// Whether it is the root of the file system.
    pub fn is_root(&self) -> bool {
        self.directory() == ROOT
    }
}

const ROOT: &str = "/";
const KEYS: [&str; 3] = ["efsFilesystemName", "rootDirectory", "mountPath"];

#[cfg(feature = "yaml")]
impl Decode for EfsMount {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let fields = at.fields(tree, &KEYS)?;
        let filesystem = match fields.get("efsFilesystemName") {
            Some(name) => ResourceRef::decode(name, ResourceKind::EfsFilesystem, &mut at.field("efsFilesystemName")),
            None => at.missing(tree, "efsFilesystemName", "the name of an efs-filesystem of the stack"),
        };
        let root_directory = fields.optional("rootDirectory", at).unwrap_or_default();
        let mount_path: Option<String> = fields.required("mountPath", at);
        Some(Self { filesystem: filesystem?, root_directory, mount_path: mount_path? })
    }
}

impl Serialize for EfsMount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { filesystem, root_directory, mount_path } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("efsFilesystemName", filesystem)?;
        if let Some(directory) = root_directory {
            map.serialize_entry("rootDirectory", directory)?;
        }
        map.serialize_entry("mountPath", mount_path)?;
        map.end()
    }
}

const EFS: &str = "efs";

#[cfg(feature = "yaml")]
impl Decode for VolumeMount {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let (_, properties) = at.tagged(tree, &[EFS])?;
        EfsMount::decode(&properties, at).map(Self::Efs)
    }
}

impl Serialize for VolumeMount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self::Efs(properties) = self;
        Tagged { kind: EFS, properties }.serialize(serializer)
    }
}

/// EFS's longest path of an access point.
const DIRECTORY_MAX: usize = 100;
/// How deep an access point may lie.
const DIRECTORIES_MAX: usize = 4;

impl EfsMount {
    pub(crate) fn origin(&self) -> Origin {
        self.filesystem.origin
    }

    /// Checks that EFS takes the directory for an access point.
    pub(crate) fn check_directory(&self, at: &mut Check<'_>) {
        if !self.has_allowed_directory() {
            at.field("rootDirectory").report(&VolumeMountIssue::RootDirectory { found: self.directory().to_owned() });
        }
    }

    fn has_allowed_directory(&self) -> bool {
        let allowed =
            |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(|letter| "$#<>;`|&?{}^*\n".contains(letter));
        let directory = self.directory();
        let Some(parts) = directory.strip_prefix(ROOT) else { return false };
        self.is_root()
            || (directory.chars().count() <= DIRECTORY_MAX && parts.split('/').count() <= DIRECTORIES_MAX && parts.split('/').all(allowed))
    }
}

/// The directories of a path, as a container's file system takes it.
fn parts(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| !part.is_empty() && *part != ".").collect()
}

/// Checks the mounts of a container.
pub(super) fn check(mounts: &[VolumeMount], at: &mut Check<'_>) {
    for (index, VolumeMount::Efs(mount)) in mounts.iter().enumerate() {
        let mut at = at.index(index);
        let mut at = at.written_here(mount.origin());
        mount.check_directory(&mut at);
        let path = parts(&mount.mount_path);
        let earlier = || mounts[..index].iter().map(|VolumeMount::Efs(other)| parts(&other.mount_path));
        if !mount.mount_path.starts_with('/') || path.is_empty() || path.contains(&"..") || mount.mount_path.contains([':', '\0']) {
            at.field("mountPath").report(&VolumeMountIssue::MountPath { found: mount.mount_path.clone() });
        } else if earlier().any(|other| other == path) {
            at.field("mountPath").report(&VolumeMountIssue::MountPathTwice { path: mount.mount_path.clone() });
        }
    }
}

/// Mistakes in what a container mounts.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "volume_mount")]
#[non_exhaustive]
pub enum VolumeMountIssue {
    /// A container mounts at an absolute path, which ECS puts between colons.
    #[error("found the mount path `{found}`, expected an absolute path below `/`, without `..` and `:`")]
    #[issue(
        help = "write a path such as `/srv/data`",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_MountPoint.html"
    )]
    MountPath {
        /// What was found.
        found: String,
    },
    /// One directory of a container shows one directory of a file system.
    #[error("found the mount path `{path}` a second time, expected each path once in a container")]
    #[issue(
        help = "mount one of the two at another path",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_MountPoint.html"
    )]
    MountPathTwice {
        /// The path.
        path: String,
    },
    /// EFS's spelling of an access point's directory.
    #[error(
        "found the directory `{found}`, expected `/`, or an absolute path of at most 100 characters and four directories, none of which begins with `.` or has one of ``$#<>;`|&?{{}}^*`` in it"
    )]
    #[issue(help = "write a path such as `/uploads/images`", docs = "https://docs.aws.amazon.com/efs/latest/ug/API_RootDirectory.html")]
    RootDirectory {
        /// What was found.
        found: String,
    },
}
