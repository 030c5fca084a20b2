//! Services: what the strategies reach of them.

use stacktape_model::container::LoadBalancerHealthCheck;
use stacktape_model::private_service::{ByServiceConnect, PrivateLoadBalancing, PrivateService, PrivateServiceParts};
use stacktape_model::service::{ByApplicationLoadBalancer, SideContainer};
use stacktape_model::web_service::{ByHttpApiGateway, ByNetworkLoadBalancer, ServicePort, ServicePortParts, WebLoadBalancing, WebService};
use stacktape_model::worker_service::WorkerService;

use super::Met;

impl Met {
    // No `..` below: a new field of the model must not compile until the strategies reach it.

    pub(super) fn private_service(&mut self, service: &PrivateService) {
        let PrivateServiceParts {
            name: _,
            resources: _,
            packaging: _,
            environment,
            logging,
            scaling: _,
            internal_health_check,
            stop_timeout,
            enable_remote_sessions,
            use_private_subnets_with_nat,
            volume_mounts,
            side_containers,
            connect_to,
            iam_role_statements,
            port,
            load_balancing,
            overrides,
        } = service.parts();
        self.note("variables of a service", environment.len() > 1);
        self.note("logging of a service", logging.is_some());
        self.note("health of a service", internal_health_check.is_some());
        self.note("stop of a service", stop_timeout.is_some());
        self.note("sessions of a service", *enable_remote_sessions);
        self.note("mounts of a service", !volume_mounts.is_empty());
        self.note("service in private subnets", *use_private_subnets_with_nat);
        self.note("statements of a service", !iam_role_statements.is_empty());
        self.note("overrides of a private service", !overrides.is_empty());
        self.note("own port", port.is_some());
        self.side_containers(side_containers);
        self.connections(connect_to);
        self.variant("private by", load_balancing);
        match load_balancing {
            PrivateLoadBalancing::ServiceConnect(ByServiceConnect { protocol }) => self.note("protocol of a service", protocol.is_some()),
            PrivateLoadBalancing::ApplicationLoadBalancer(ByApplicationLoadBalancer { health_check }) => {
                self.note("balancer's check of a service", health_check.is_some());
            }
        }
    }

    pub(super) fn web_service(&mut self, service: &WebService) {
        self.variant("web by", service.parts().load_balancing);
        match service.parts().load_balancing {
            WebLoadBalancing::HttpApiGateway(ByHttpApiGateway { cors }) => self.note("cors of a service", cors.is_some()),
            WebLoadBalancing::ApplicationLoadBalancer(_) => {}
            WebLoadBalancing::NetworkLoadBalancer(ByNetworkLoadBalancer { health_check, ports }) => {
                self.note("network balancer's check of a service", *health_check != LoadBalancerHealthCheck::default());
                for port in ports {
                    self.service_port(port);
                }
            }
        }
        self.note("overrides of a web service", !service.parts().overrides.is_empty());
        self.connections(service.parts().connect_to);
    }

    fn service_port(&mut self, port: &ServicePort) {
        let ServicePortParts { port: _, protocol, container_port, custom_certificate_arns } = port.parts();
        self.variant("port of a service by", protocol);
        self.note("port of a service leads to another", container_port.is_some());
        self.note("certificates of a port of a service", !custom_certificate_arns.is_empty());
    }

    pub(super) fn worker_service(&mut self, service: &WorkerService) {
        self.note("overrides of a worker", !service.parts().overrides.is_empty());
        self.side_containers(service.parts().side_containers);
        self.connections(service.parts().connect_to);
    }

    fn side_containers(&mut self, sides: &[SideContainer]) {
        self.note("several side containers", sides.len() > 1);
        for side in sides {
            self.variant("side container", &side.container_type());
            for dependency in side.container().parts().depends_on {
                let main = dependency.container == "service-container";
                self.note(if main { "side waits for the main one" } else { "side waits for another" }, true);
            }
        }
    }
}
