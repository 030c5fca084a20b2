//! How many instances run.

use stacktape_model::scaling::Scaling;
use stacktape_model::stack::Stack;

use crate::support::{Rule, api, rule, stack, web};

#[track_caller]
fn scaled(scaling: Scaling) -> Stack {
    stack([api(web()).scaling(scaling)])
}

pub(crate) fn rules() -> Vec<Rule> {
    const CPU: &str = "resources.api.scaling.scalingPolicy.keepAvgCpuUtilizationUnder";
    const MEMORY: &str = "resources.api.scaling.scalingPolicy.keepAvgMemoryUtilizationUnder";
    let some = Scaling::between(1, 5);
    vec![
        rule("scaling::to_zero")
            .refuses("resources.api.scaling.minInstances", scaled(Scaling::between(0, 5)))
            .saying(
                "found 0 instances at least, expected 1 or more",
                "write `Scaling::between(1, ..)`: container workloads do not scale to zero",
            )
            .takes(scaled(Scaling::between(1, 1))),
        rule("scaling::bounds")
            .refuses("resources.api.scaling.maxInstances", scaled(Scaling::between(3, 2)))
            .saying("found at most 2 instances and at least 3, expected at most 3 or more", "write `Scaling::between(3, 3)` or more")
            .takes(scaled(Scaling::between(3, 3)))
            .takes(scaled(Scaling::fixed(7))),
        rule("scaling::too_many")
            .warns("resources.api.scaling.maxInstances", scaled(Scaling::between(1, 5001)))
            .saying(
                "found at most 5001 instances, expected 5000 or fewer, ECS's quota for a service",
                "ask AWS for a higher quota before you deploy",
            )
            .takes(scaled(Scaling::between(1, 5000))),
        rule("scaling::percent")
            .refuses(CPU, scaled(some.keep_avg_cpu_utilization_under(0)))
            .saying("found 0 percent, expected more than 0 and at most 100", "write a percentage such as 80")
            .refuses(CPU, scaled(some.keep_avg_cpu_utilization_under(100.5)))
            .refuses(CPU, scaled(some.keep_avg_cpu_utilization_under(f64::NAN)))
            .refuses(MEMORY, scaled(some.keep_avg_memory_utilization_under(-1)))
            .refuses(MEMORY, scaled(some.keep_avg_memory_utilization_under(101)))
            .takes(scaled(some.keep_avg_cpu_utilization_under(100).keep_avg_memory_utilization_under(0.5))),
        rule("scaling::cooldown")
            .refuses("resources.api.scaling.scalingPolicy.scaleInCooldown", scaled(some.scale_in_cooldown(2_147_483_648)))
            .saying("found a pause of 2147483648 s, expected at most 2147483647 s", "write seconds such as 300")
            .refuses("resources.api.scaling.scalingPolicy.scaleOutCooldown", scaled(some.scale_out_cooldown(u32::MAX)))
            .takes(scaled(some.scale_in_cooldown(2_147_483_647).scale_out_cooldown(0))),
    ]
}
