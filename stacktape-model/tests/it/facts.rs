//! Values that are part of the contract: units, defaults, and spellings.

use stacktape_model::container::{Condition, Method};
use stacktape_model::iam::Effect;
use stacktape_model::reference::AwsService;
use stacktape_model::resource::ResourceKind;
use stacktape_model::scaling::Scaling;
use stacktape_model::stack_config::{AvailabilityZones, NatAvailabilityZones};
use stacktape_model::units::{Cpu, Memory};

use crate::support::web;

#[test]
fn a_vcpu_has_1024_units() {
    for cpu in Cpu::ALL {
        let vcpus: f64 = cpu.as_str().parse().expect("a number");
        assert_eq!(f64::from(cpu.units()).to_bits(), (vcpus * 1024.0).to_bits(), "{cpu:?}");
    }
}

#[test]
fn memory_is_counted_in_mib() {
    assert_eq!(Memory::gib(2), Memory::mib(2048));
    assert_eq!(Memory::mib(4).as_mib(), 4);
}

#[test]
fn what_is_left_out_has_the_documented_default() {
    let container = web().build();
    assert!(container.is_essential());
    assert_eq!(container.stop_timeout_seconds(), 2);
    assert_eq!(Scaling::default(), Scaling::fixed(1).keep_avg_cpu_utilization_under(80).keep_avg_memory_utilization_under(80));
    assert_eq!(AvailabilityZones::default().count(), 2);
    assert_eq!(AvailabilityZones::Three.count(), 3);
    assert_eq!(NatAvailabilityZones::default().count(), 2);
}

#[test]
fn words_are_spelt_as_aws_and_yaml_do() {
    assert_eq!([Effect::Allow, Effect::Deny].map(Effect::as_str), ["Allow", "Deny"]);
    assert_eq!(
        [Condition::Start, Condition::Complete, Condition::Success, Condition::Healthy].map(Condition::as_str),
        ["START", "COMPLETE", "SUCCESS", "HEALTHY"]
    );
    assert_eq!([Method::Any, Method::Get].map(Method::as_str), ["*", "GET"]);
    assert_eq!([Method::Any, Method::Get].map(Method::route_str), ["ANY", "GET"]);
    assert_eq!(AwsService::Ses.as_str(), "aws:ses");
    let kinds: Vec<_> = ResourceKind::ALL.iter().map(|kind| kind.as_str()).collect();
    assert!(kinds.contains(&"bucket") && kinds.contains(&"http-api-gateway") && kinds.contains(&"multi-container-workload"), "{kinds:?}");
}
