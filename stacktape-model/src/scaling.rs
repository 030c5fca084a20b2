//! How many instances of a workload run. YAML: `scaling`.

use serde::ser::{Serialize, SerializeMap, Serializer};
use stacktape_macros::Keyed;

use crate::check::Check;
use crate::document::{Decode, Reader, Tree};

/// How many instances of a workload run, and what changes their number. YAML: `scaling`, default: one, always.
///
/// Instances are added as soon as one of the two averages is above its target, and removed, more slowly, when both are well below.
/// Both averages are always watched; a target that is left out is 80 percent. The targets and
/// pauses count where the number can change, so not where the least is the most.
///
/// ```
/// use stacktape_model::scaling::Scaling;
/// let scaling = Scaling::between(1, 5).keep_avg_cpu_utilization_under(70).scale_in_cooldown(600);
/// ```
///
/// Everything is changed in place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaling {
    /// YAML: `minInstances`, default 1.
    pub min_instances: u32,
    /// YAML: `maxInstances`, default 1.
    pub max_instances: u32,
    /// Percent. YAML: `scalingPolicy.keepAvgCpuUtilizationUnder`, default 80.
    pub keep_avg_cpu_utilization_under: f64,
    /// Percent. YAML: `scalingPolicy.keepAvgMemoryUtilizationUnder`, default 80.
    pub keep_avg_memory_utilization_under: f64,
    /// Seconds for which no more instances are removed after some were. YAML: `scalingPolicy.scaleInCooldown`, a key that Stacktape's own
    /// documents do not have; default: AWS's, 300.
    pub scale_in_cooldown: Option<u32>,
    /// Seconds for which added instances count as a part of what is added next. YAML: `scalingPolicy.scaleOutCooldown`, a key that
    /// Stacktape's own documents do not have; default: AWS's, 300.
    pub scale_out_cooldown: Option<u32>,
}

impl Scaling {
    /// From `min_instances` to `max_instances`.
    pub const fn between(min_instances: u32, max_instances: u32) -> Self {
        Self {
            min_instances,
            max_instances,
            keep_avg_cpu_utilization_under: 80.0,
            keep_avg_memory_utilization_under: 80.0,
            scale_in_cooldown: None,
            scale_out_cooldown: None,
        }
    }

    /// Always so many.
    pub const fn fixed(instances: u32) -> Self {
        Self::between(instances, instances)
    }

    /// Adds instances when the average processor use passes so many percent.
    pub fn keep_avg_cpu_utilization_under(mut self, percent: impl Into<f64>) -> Self {
        self.keep_avg_cpu_utilization_under = percent.into();
        self
    }

    /// Adds instances when the average memory use passes so many percent.
    pub fn keep_avg_memory_utilization_under(mut self, percent: impl Into<f64>) -> Self {
        self.keep_avg_memory_utilization_under = percent.into();
        self
    }

    /// Waits so many seconds after instances were removed before more are.
    pub const fn scale_in_cooldown(mut self, seconds: u32) -> Self {
        self.scale_in_cooldown = Some(seconds);
        self
    }

    /// Waits so many seconds after instances were added before more are, unless the averages rise further.
    pub const fn scale_out_cooldown(mut self, seconds: u32) -> Self {
        self.scale_out_cooldown = Some(seconds);
        self
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        if self.min_instances == 0 {
            at.field("minInstances").report(&ScalingIssue::ToZero);
        }
        if self.max_instances < self.min_instances {
            at.field("maxInstances").report(&ScalingIssue::Bounds { min: self.min_instances, max: self.max_instances });
        }
        if self.max_instances > INSTANCES_MAX {
            at.field("maxInstances").report(&ScalingIssue::TooMany { max: self.max_instances });
        }
        for (field, found) in [
            ("keepAvgCpuUtilizationUnder", self.keep_avg_cpu_utilization_under),
            ("keepAvgMemoryUtilizationUnder", self.keep_avg_memory_utilization_under),
        ] {
            if !(found > 0.0 && found <= 100.0) {
                at.field("scalingPolicy").field(field).report(&ScalingIssue::Percent { found });
            }
        }
        for (field, found) in [("scaleInCooldown", self.scale_in_cooldown), ("scaleOutCooldown", self.scale_out_cooldown)] {
            if let Some(found) = found.filter(|seconds| *seconds > COOLDOWN_MAX) {
                at.field("scalingPolicy").field(field).report(&ScalingIssue::Cooldown { found });
            }
        }
    }
}

#[cfg(feature = "yaml")]
impl Decode for Scaling {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let fields = at.fields(tree, &["minInstances", "maxInstances", "scalingPolicy"])?;
        let default = Self::default();
        let policy: ScalingPolicy = fields.optional("scalingPolicy", at).unwrap_or_default();
        Some(Self {
            min_instances: fields.optional("minInstances", at).unwrap_or(default.min_instances),
            max_instances: fields.optional("maxInstances", at).unwrap_or(default.max_instances),
            keep_avg_cpu_utilization_under: policy.keep_avg_cpu_utilization_under.unwrap_or(default.keep_avg_cpu_utilization_under),
            keep_avg_memory_utilization_under: policy
                .keep_avg_memory_utilization_under
                .unwrap_or(default.keep_avg_memory_utilization_under),
            scale_in_cooldown: policy.scale_in_cooldown,
            scale_out_cooldown: policy.scale_out_cooldown,
        })
    }
}

impl Serialize for Scaling {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let default = Self::default();
        let policy = ScalingPolicy {
            keep_avg_cpu_utilization_under: changed(self.keep_avg_cpu_utilization_under, default.keep_avg_cpu_utilization_under),
            keep_avg_memory_utilization_under: changed(self.keep_avg_memory_utilization_under, default.keep_avg_memory_utilization_under),
            scale_in_cooldown: self.scale_in_cooldown,
            scale_out_cooldown: self.scale_out_cooldown,
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("minInstances", &self.min_instances)?;
        map.serialize_entry("maxInstances", &self.max_instances)?;
        if policy != ScalingPolicy::default() {
            map.serialize_entry("scalingPolicy", &policy)?;
        }
        map.end()
    }
}

/// The averages and pauses as a document has them.
#[derive(Default, PartialEq, Keyed)]
struct ScalingPolicy {
    keep_avg_cpu_utilization_under: Option<f64>,
    keep_avg_memory_utilization_under: Option<f64>,
    scale_in_cooldown: Option<u32>,
    scale_out_cooldown: Option<u32>,
}

fn changed(value: f64, default: f64) -> Option<f64> {
    (value.to_bits() != default.to_bits()).then_some(value)
}

impl Default for Scaling {
    fn default() -> Self {
        Self::fixed(1)
    }
}

/// Application Auto Scaling counts seconds in 32 bits, with a sign.
const COOLDOWN_MAX: u32 = i32::MAX.unsigned_abs();
/// ECS's quota of tasks in a service.
const INSTANCES_MAX: u32 = 5000;

/// Mistakes in scaling.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "scaling")]
#[non_exhaustive]
pub enum ScalingIssue {
    /// A workload runs continuously: at least one instance.
    #[error("found 0 instances at least, expected 1 or more")]
    #[issue(
        help = "write `Scaling::between(1, ..)`: container workloads do not scale to zero",
        yaml = "write `minInstances: 1`: container workloads do not scale to zero"
    )]
    ToZero,
    /// The most are no fewer than the least.
    #[error("found at most {max} instances and at least {min}, expected at most {min} or more")]
    #[issue(
        help = "write `Scaling::between({min}, {min})` or more",
        yaml = "write `maxInstances: {min}` or more",
        docs = "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html"
    )]
    Bounds {
        /// The least.
        min: u32,
        /// The most.
        max: u32,
    },
    /// ECS's quota of tasks in a service, which AWS raises on request.
    #[error("found at most {max} instances, expected 5000 or fewer, ECS's quota for a service")]
    #[issue(
        help = "ask AWS for a higher quota before you deploy",
        warning,
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html"
    )]
    TooMany {
        /// The most.
        max: u32,
    },
    /// A share of what there is.
    #[error("found {found} percent, expected more than 0 and at most 100")]
    #[issue(
        help = "write a percentage such as 80",
        docs = "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html"
    )]
    Percent {
        /// What was found.
        found: f64,
    },
    /// A pause in seconds.
    #[error("found a pause of {found} s, expected at most 2147483647 s")]
    #[issue(
        help = "write seconds such as 300",
        docs = "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html"
    )]
    Cooldown {
        /// What was found.
        found: u32,
    },
}
