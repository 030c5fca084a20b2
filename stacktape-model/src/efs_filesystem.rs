//! `efs-filesystem`: files that containers share.

use stacktape_macros::model;

use crate::check::Check;
use crate::document::words;
use crate::origin::Origin;
use crate::overrides::Override;
use crate::reference::ResourceRef;
use crate::removal_policy::RemovalPolicy;
use crate::resource::ResourceKind;
use crate::text::{Param, ParamRef, Text};

/// An EFS file system, which containers share and which outlives them. YAML: `efs-filesystem`.
///
/// ```
/// use stacktape_model::compute::Fargate;
/// use stacktape_model::container::{ Container, Image, VolumeMount };
/// use stacktape_model::efs_filesystem::EfsFilesystem;
/// use stacktape_model::multi_container_workload::MultiContainerWorkload;
/// use stacktape_model::units::{ Cpu, Memory };
///
/// let files = EfsFilesystem::builder("files").backup_enabled(true).build();
/// let api = MultiContainerWorkload::builder("api", Fargate::new(Cpu::Half, Memory::gib(1)))
///     .container(Container::builder("web", Image::prebuilt("nginx:1.29")).mount(VolumeMount::efs(&files, "/srv/uploads").root_directory("/uploads")));
/// ```
///
/// **Creates** an encrypted `AWS::EFS::FileSystem`, a mount target in each availability zone, and a security group that lets in the
/// workloads which mount it and nobody else. In a reused VPC there is a mount target in each of its public subnets, or of its private
/// ones where there are no others: both kinds must be in the same availability zones.
///
/// Containers reach it by [`VolumeMount`](crate::container::VolumeMount), not by `connectTo`.
#[model(resource)]
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct EfsFilesystem {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the file system, which then is empty.
    #[argument]
    pub(crate) name: String,
    /// Backs the files up every day, for 35 days. YAML: `backupEnabled`, default `false`. Changed in place.
    pub(crate) backup_enabled: bool,
    /// How fast files are read and written, and how that is paid for. YAML: `throughputMode`, default `elastic`. Changed in place, at
    /// most once a day.
    pub(crate) throughput_mode: ThroughputMode,
    /// The throughput of [`ThroughputMode::Provisioned`], in MiB a second: from 1, to 3414 at the most, by region. YAML:
    /// `provisionedThroughputInMibps`. Changed in place; lowered at most once a day.
    pub(crate) provisioned_throughput_in_mibps: Option<f64>,
    /// What becomes of the files when the file system leaves the stack. YAML: `removalPolicy`, default `delete`. Changed in place.
    pub(crate) removal_policy: RemovalPolicy,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

/// How fast files are read and written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThroughputMode {
    /// As fast as is asked for; what is transferred is paid for. YAML: `elastic`.
    #[default]
    Elastic,
    /// As fast as `provisioned_throughput_in_mibps` says, which is paid for. YAML: `provisioned`.
    Provisioned,
    /// The faster, the more is stored; at no cost of its own. YAML: `bursting`.
    Bursting,
}

words!(ThroughputMode);

impl ThroughputMode {
    /// Every mode.
    pub const ALL: [Self; 3] = [Self::Elastic, Self::Provisioned, Self::Bursting];

    /// The mode as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Elastic => "elastic",
            Self::Provisioned => "provisioned",
            Self::Bursting => "bursting",
        }
    }
}

/// EFS's quota of provisioned throughput, where it is highest.
const THROUGHPUT_MAX: f64 = 3414.0;

impl EfsFilesystem {
    /// The file system's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file system's ARN. YAML: `$ResourceParam('..', 'arn')`.
    #[track_caller]
    pub fn arn(&self) -> Text {
        self.param(EfsFilesystemParam::Arn)
    }

    /// The file system's id. YAML: `$ResourceParam('..', 'id')`.
    #[track_caller]
    pub fn id(&self) -> Text {
        self.param(EfsFilesystemParam::Id)
    }

    #[track_caller]
    fn param(&self, param: EfsFilesystemParam) -> Text {
        let resource = ResourceRef::new(self.name(), ResourceKind::EfsFilesystem);
        Text::Param(ParamRef { resource, param: Param::EfsFilesystem(param) })
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        let mut at = at.field("provisionedThroughputInMibps");
        match (self.throughput_mode, self.provisioned_throughput_in_mibps) {
            (ThroughputMode::Provisioned, None) => at.report(&EfsFilesystemIssue::NoThroughput),
            (ThroughputMode::Provisioned, Some(found)) => {
                if !found.is_finite() || found < 1.0 {
                    at.report(&EfsFilesystemIssue::Throughput { found });
                } else if found > THROUGHPUT_MAX {
                    at.report(&EfsFilesystemIssue::HighThroughput { found });
                }
            }
            (mode, Some(found)) => at.report(&EfsFilesystemIssue::IdleThroughput { found, mode: mode.as_str() }),
            (_, None) => {}
        }
    }
}

/// What other resources may know of a file system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EfsFilesystemParam {
    /// `arn`.
    Arn,
    /// `id`.
    Id,
}

impl EfsFilesystemParam {
    /// Every parameter.
    pub const ALL: [Self; 2] = [Self::Arn, Self::Id];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arn => "arn",
            Self::Id => "id",
        }
    }
}

/// Mistakes in a file system.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "efs_filesystem")]
#[non_exhaustive]
pub enum EfsFilesystemIssue {
    /// EFS must know how much is to be provisioned.
    #[error("found the throughput mode `provisioned` and no throughput, expected one in MiB a second")]
    #[issue(
        help = "write `.provisioned_throughput_in_mibps(64.0)`, or leave the mode out",
        yaml = "write `provisionedThroughputInMibps: 64`, or leave the mode out",
        docs = "https://docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html"
    )]
    NoThroughput,
    /// EFS provisions at least one MiB a second.
    #[error("found {found} MiB a second, expected at least 1")]
    #[issue(
        help = "write 1 or more, or leave out the mode `provisioned`",
        docs = "https://docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html"
    )]
    Throughput {
        /// What was found.
        found: f64,
    },
    /// AWS's quota, which differs by region and is raised on request.
    #[error("found {found} MiB a second, expected at most 3414, the quota of EFS where it is highest")]
    #[issue(help = "write less, or ask AWS for a higher quota", warning, docs = "https://docs.aws.amazon.com/efs/latest/ug/limits.html")]
    HighThroughput {
        /// What was found.
        found: f64,
    },
    /// In another mode, EFS decides itself how fast it is.
    #[error("found {found} MiB a second beside the throughput mode `{mode}`, expected `provisioned`")]
    #[issue(
        help = "write `.throughput_mode(ThroughputMode::Provisioned)`, or leave the throughput out; as it stands, it does nothing",
        yaml = "write `throughputMode: provisioned`, or leave the throughput out; as it stands, it does nothing",
        warning,
        docs = "https://docs.aws.amazon.com/efs/latest/ug/performance.html"
    )]
    IdleThroughput {
        /// What was found.
        found: f64,
        /// The mode.
        mode: &'static str,
    },
}
