//! What changes the number of instances of a service.

use stacktape_model::nested::written_name;
use stacktape_model::scaling::Scaling;

use crate::cfn::application_auto_scaling::scaling_policy::PredefinedMetricSpecificationPredefinedMetricType as Metric;
use crate::cfn::application_auto_scaling::scaling_policy::TargetTrackingScalingPolicyConfiguration as Tracking;
use crate::cfn::application_auto_scaling::{self as scaling, scalable_target, scaling_policy};
use crate::cfn::{PropertyType, Value, join};
use crate::fragment::Fragment;
use crate::plan::Plan;
use crate::{logical_id, physical_name};

/// Application Auto Scaling's longest name of a policy.
const POLICY_NAME_MAX: usize = 256;

/// The number of instances, where it never changes.
pub(super) fn desired_count(scaling: Scaling) -> Option<u32> {
    (scaling.min_instances == scaling.max_instances).then_some(scaling.min_instances)
}

/// A target and its two policies, where the number of instances can change: instances are added as soon as one average is above
/// its target, and removed when both are below.
pub(super) fn lower(workload: &str, scaling: Scaling, plan: &Plan<'_>, fragment: &mut Fragment) {
    if desired_count(scaling).is_some() {
        return;
    }
    // No `..`: a new field of the model must not compile until it is lowered here.
    let Scaling {
        min_instances,
        max_instances,
        keep_avg_cpu_utilization_under,
        keep_avg_memory_utilization_under,
        scale_in_cooldown,
        scale_out_cooldown,
    } = scaling;
    let target = logical_id::scalable_target(workload);
    let service = logical_id::service(workload);
    let resource: [Value<String>; 3] = ["service".into(), plan.cluster(workload).reference(), service.att_name()];
    // Without a role, the service-linked role of Application Auto Scaling is used.
    fragment.add(
        &target,
        scaling::ScalableTarget::new(
            max_instances,
            min_instances,
            join("/", resource),
            scalable_target::ScalableDimension::EcsServiceDesiredCount,
            scalable_target::ServiceNamespace::Ecs,
        )
        .tags(plan.tags.list()),
    );
    for (id, metric, percent) in [
        (logical_id::cpu_scaling_policy(workload), Metric::EcsServiceAverageCpuUtilization, keep_avg_cpu_utilization_under),
        (logical_id::memory_scaling_policy(workload), Metric::EcsServiceAverageMemoryUtilization, keep_avg_memory_utilization_under),
    ] {
        let metric_name = scaling_policy::PredefinedMetricSpecification::new(metric);
        let tracking = Tracking::new(percent)
            .predefined_metric_specification(metric_name)
            .set_some(scale_in_cooldown, Tracking::scale_in_cooldown)
            .set_some(scale_out_cooldown, Tracking::scale_out_cooldown);
        let name = physical_name::of(plan.stack.name(), &format!("{}-{}", written_name(workload), metric.as_str()), POLICY_NAME_MAX);
        fragment.add(
            &id,
            scaling::ScalingPolicy::new(name, scaling_policy::PolicyType::TargetTrackingScaling)
                .scaling_target_id(target.reference())
                .target_tracking_scaling_policy_configuration(tracking),
        );
    }
}
