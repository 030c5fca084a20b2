//! Functions, and what calls them.

use stacktape::prelude::*;

/// Functions beside containers: behind the same gateway and the same load balancers, one of them in front of a service.
pub(super) fn function_traffic(stack: &mut Stack, _target: &Target) {
    let small = || Fargate::new(Cpu::Quarter, Memory::mib(512));
    let nginx = || Image::prebuilt("public.ecr.aws/nginx/nginx:1.29");
    let main = HttpApiGateway::builder("main").build();
    let inside = ApplicationLoadBalancer::builder("inside").interface(Interface::Internal).listener(Listener::http(8080)).build();
    let shop = WebService::builder("shop", small(), nginx()).load_balancing(WebLoadBalancing::application_load_balancer()).build();
    let catalogue = MultiContainerWorkload::builder("catalogue", small()).container(
        Container::builder("web", nginx())
            .event(HttpApiEvent::new(&main, Method::Any, "/{proxy+}", 80))
            .event(ApplicationLoadBalancerEvent::new(&inside, 80, 2).listener_port(8080).path("*")),
    );
    let check_key = Function::builder("checkKey", Package::artifact("examples/apps/accounts/check-key", "index:handler"))
        .runtime(Runtime::NodeJs24)
        .build();
    let python =
        |name| Function::builder(name, Package::artifact("examples/apps/accounts/report", "main:handler")).runtime(Runtime::Python313);
    let hook = |path| HttpApiIntegration::new(&main, Method::Post, path).payload_format(PayloadFormat::V2);
    let behind_shop = |priority| ApplicationLoadBalancerIntegration::new(shop.load_balancer(), priority);
    let hooks = python("hooks")
        .timeout(60)
        .event(hook("/hooks/{source}"))
        .event(hook("/private-hooks/{source}").authorizer(Authorizer::lambda(check_key.arn())))
        .event(ApplicationLoadBalancerIntegration::new(&inside, 1).listener_port(8080).path("/hooks/*").method(Method::Post))
        .event(behind_shop(10).path("/hooks/*"))
        .event(behind_shop(11).host("hooks.example.com").header("X-Source", ["shop", "partner-*"]));
    let report = python("report")
        .event(HttpApiIntegration::new(&main, Method::Get, "/report"))
        .event(behind_shop(12).path("/report").query_param("format", ["text"]));
    stack.add(main).add(inside).add(shop).add(catalogue).add(check_key).add(hooks).add(report);
}

/// Functions of the sources of four languages, of which one is nothing but its sources.
pub(super) fn function_packaging(stack: &mut Stack, _target: &Target) {
    let report = Package::buildpack("report.ts")
        .handler_function("run")
        .exclude_files(["audit", "jobs", "resize"])
        .language(NodeConfig::builder().node_version(22));
    stack
        .add(
            Function::builder("report", report)
                .architecture(Architecture::Arm64)
                .env("NODE_OPTIONS", "--max-old-space-size=512")
                .env("RECIPIENT", "team@example.com")
                .event(ScheduleEvent::new("rate(1 day)")),
        )
        .add(Function::builder(
            "cleanUp",
            Package::buildpack("jobs/clean_up.py").exclude_files(["audit", "resize", "**/*.ts", "package.json"]),
        ))
        .add(
            Function::builder("resize", Package::buildpack("resize/main.go").exclude_files(["audit", "jobs"]))
                .architecture(Architecture::Arm64),
        )
        .add(Function::builder("audit", Package::buildpack("audit/Audit.cs").handler_function("Write").exclude_files(["jobs", "resize"])));
}
