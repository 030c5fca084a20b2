//! What holds for network load balancers.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::json;
use stacktape_model::container::NetworkLoadBalancerEvent;
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::name::pascal;
use stacktape_model::nested::written_name;
use stacktape_model::strategy::StackStrategy;

use super::wiring::{properties, services, target};
use super::{cases, items, of_type, template, text, validated};

fn passing() -> StackStrategy {
    services().network_load_balancers(1..=2)
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_listener_leads_to_one_target_group_of_its_event_and_no_rule_is_its(stack in passing()) {
        let valid = validated(stack);
        let template = template(&valid);
        let events = valid.workloads().flat_map(MultiContainerWorkload::events_of::<NetworkLoadBalancerEvent>);
        let expected: BTreeSet<_> = events
            .map(|(_, event)| (format!("{}LoadBalancer", pascal(written_name(&event.load_balancer.name))), event.listener_port, event.container_port))
            .collect();
        let mut found = BTreeSet::new();
        for (id, listener) in of_type(&template, "AWS::ElasticLoadBalancingV2::Listener") {
            let listener = &listener["Properties"];
            let balancer = target(&listener["LoadBalancerArn"], None);
            if properties(&template, balancer)["Type"] != "network" {
                prop_assert!(["HTTP", "HTTPS"].contains(&text(&listener["Protocol"])));
                continue;
            }
            prop_assert!(["TCP", "TLS"].contains(&text(&listener["Protocol"])));
            let actions: Vec<_> = items(&listener["DefaultActions"]).collect();
            prop_assert!(actions.len() == 1 && actions[0]["Type"] == "forward", "{}", listener);
            let group = properties(&template, target(&actions[0]["TargetGroupArn"], None));
            prop_assert_eq!(&group["Protocol"], "TCP");
            let port = |value: &serde_json::Value| u16::try_from(value.as_u64().expect("a port")).expect("a port");
            found.insert((balancer.to_owned(), port(&listener["Port"]), port(&group["Port"])));
            for (_, rule) in of_type(&template, "AWS::ElasticLoadBalancingV2::ListenerRule") {
                prop_assert_ne!(target(&rule["Properties"]["ListenerArn"], None), id);
            }
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_load_balancer_has_a_security_group_from_the_start_and_reaches_every_zone(stack in passing()) {
        let template = template(&validated(stack));
        let balancers = of_type(&template, "AWS::ElasticLoadBalancingV2::LoadBalancer").map(|(_, balancer)| &balancer["Properties"]);
        for balancer in balancers.filter(|balancer| balancer["Type"] == "network") {
            prop_assert_eq!(items(&balancer["SecurityGroups"]).count(), 1);
            prop_assert!(items(&balancer["Subnets"]).count() >= 2);
            prop_assert_eq!(&balancer["LoadBalancerAttributes"], &json!([{"Key": "load_balancing.cross_zone.enabled", "Value": "true"}]));
        }
    }

    #[test]
    fn a_path_is_asked_for_by_http_alone(stack in passing()) {
        let template = template(&validated(stack));
        for (_, group) in of_type(&template, "AWS::ElasticLoadBalancingV2::TargetGroup") {
            let group = &group["Properties"];
            // A function is not asked whether it is well.
            if group["TargetType"] == "lambda" {
                continue;
            }
            prop_assert!(group["Protocol"] == "TCP" || group["HealthCheckProtocol"] == "HTTP", "{}", group);
            prop_assert!(group["HealthCheckPath"].is_null() || group["HealthCheckProtocol"] == "HTTP", "{}", group);
        }
    }
}
