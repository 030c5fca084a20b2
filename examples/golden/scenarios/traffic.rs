//! What leads from outside to workloads: gateways, load balancers, services and domains.

use serde_json::json;
use stacktape::prelude::*;

/// Two gateways in front of two workloads, every option of a gateway, three availability zones.
pub(super) fn gateway(stack: &mut Stack, _target: &Target) {
    let public = HttpApiGateway::builder("publicApi")
        .cors(
            HttpApiCors::builder()
                .allowed_origins(["https://example.com", "http://localhost:8080"])
                .allowed_origin(Text::joined(["https://".into(), Fact::Region.into(), ".example.com".into()]))
                .allowed_header("Authorization")
                .allowed_methods([Method::Get, Method::Post])
                .allow_credentials(true)
                .exposed_response_header("ETag")
                .max_age(600),
        )
        .logging(AccessLogs::retained(90).format(AccessLogFormat::Clf))
        .build();
    let admin = HttpApiGateway::builder("adminApi").cors(HttpApiCors::builder()).logging(AccessLogs::Disabled).build();
    let shop = MultiContainerWorkload::builder("shop", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(
            Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
                .event(HttpApiEvent::new(&public, Method::Any, "*", 80))
                .event(HttpApiEvent::new(&admin, Method::Get, "/shop/{id}", 80)),
        )
        .scaling(Scaling::fixed(2));
    let billing = MultiContainerWorkload::builder("billing", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(
        Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
            .event(HttpApiEvent::new(&public, Method::Post, "/bills", 8080))
            .event(HttpApiEvent::new(&admin, Method::Get, "/bills/{rest+}", 8080)),
    );
    stack.availability_zones(AvailabilityZones::Three);
    stack.add(shop).add(billing).add(public).add(admin);
}

/// Routes for those who bring a token or whom a function lets pass, beside open ones, of two gateways and two workloads.
pub(super) fn authorizers(stack: &mut Stack, _target: &Target) {
    let role = RawResource::new("CheckKeyRole", "AWS::IAM::Role").property(
        "AssumeRolePolicyDocument",
        json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"},
        ]}),
    );
    let check_key = RawResource::new("CheckKey", "AWS::Lambda::Function")
        .property("Runtime", "nodejs24.x")
        .property("Handler", "index.handler")
        .property("Role", role.get_att("Arn"))
        .property("Code", json!({"ZipFile": "exports.handler = async () => ({ isAuthorized: true });"}));
    let public = HttpApiGateway::builder("publicApi").cors(HttpApiCors::builder()).build();
    let partners = HttpApiGateway::builder("partnerApi").build();
    let users = || Authorizer::jwt("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI", "web").audience("phone");
    let keys = || Authorizer::lambda(check_key.get_att("Arn")).identity_source("$request.header.X-Api-Key");
    let shop = MultiContainerWorkload::builder("shop", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(
        Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
            .event(HttpApiEvent::new(&public, Method::Any, "/{proxy+}", 80).authorizer(users()))
            .event(HttpApiEvent::new(&public, Method::Options, "/{proxy+}", 80))
            .event(HttpApiEvent::new(&public, Method::Get, "/catalogue", 80))
            .event(HttpApiEvent::new(&public, Method::Post, "/orders", 80).authorizer(users().scope("orders/write")))
            .event(HttpApiEvent::new(&partners, Method::Get, "/orders/{id}", 80).authorizer(keys().cache_result_seconds(300))),
    );
    let billing = MultiContainerWorkload::builder("billing", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(
        Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
            .event(HttpApiEvent::new(&public, Method::Get, "/bills/{id}", 8080).authorizer(users().scopes(["bills/read", "bills/write"])))
            .event(
                HttpApiEvent::new(&public, Method::Post, "/hooks", 8080).authorizer(keys().identity_source("$context.identity.sourceIp")),
            )
            .event(HttpApiEvent::new(&partners, Method::Any, "*", 8080).authorizer(keys().iam_response(true)))
            .event(
                HttpApiEvent::new(&partners, Method::Get, "/me", 8080)
                    .authorizer(Authorizer::jwt("https://login.example.com/", "partners").identity_source("$request.querystring.token")),
            ),
    );
    stack.add_raw(role).add_raw(check_key);
    stack.add(shop).add(billing).add(public).add(partners);
}

/// Two load balancers with what they can have, but for certificates, which the local double of AWS would look up: ranges, redirects,
/// every condition, an inner one with a URL.
pub(super) fn balancing(stack: &mut Stack, _target: &Target) {
    let moved = Redirect::builder(RedirectStatus::Temporary).host("old.#{host}").path("/from/#{path}").query("moved=1&#{query}");
    let public = ApplicationLoadBalancer::builder("public")
        .listener(Listener::http(80).default_action(Redirect::to_https()))
        .listener(Listener::http(81))
        .listener(Listener::http(8080).whitelist_ips(["203.0.113.7", "10.0.0.0/8", "2001:db8::/32"]).default_action(moved))
        .build();
    let inside = ApplicationLoadBalancer::builder("inside").interface(Interface::Internal).build();
    let event = ApplicationLoadBalancerEvent::new;
    let shop = MultiContainerWorkload::builder("shop", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(
        Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
            .env("INSIDE", inside.url())
            .internal_health_check(InternalHealthCheck::shell("curl -f http://localhost/ || exit 1").start_period_seconds(120))
            .load_balancer_health_check(LoadBalancerHealthCheck::builder().protocol(HealthCheckProtocol::Http).port(8081))
            .event(event(&public, 80, 1).listener_port(81).path("/shop/*"))
            .event(
                event(&public, 80, 2)
                    .listener_port(81)
                    .host("*.example.com")
                    .header("X-Version", ["2.*"])
                    .query_param("preview", ["yes"])
                    .source_ip("203.0.113.7"),
            )
            .event(event(&inside, 80, 1).path("*"))
            .event(event(&inside, 9000, 2).method(Method::Post)),
    );
    stack.add(public).add(inside).add(shop);
}

/// Services with everything that the example leaves out: load balancers in front of them, to which other workloads add rules, side
/// containers of both types, and an override that reaches what a service becomes.
pub(super) fn services(stack: &mut Stack, _target: &Target) {
    let compute = Fargate::new(Cpu::Quarter, Memory::mib(512));
    let nginx = || Image::prebuilt("public.ecr.aws/nginx/nginx:1.29");
    let busybox = || Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37").command(["sleep", "3600"]);
    let check = LoadBalancerHealthCheck::builder().path("/healthz").interval_seconds(10).timeout_seconds(5);
    let shop = WebService::builder("shop", compute, nginx())
        .load_balancing(WebLoadBalancing::application_load_balancer().health_check(check))
        .internal_health_check(InternalHealthCheck::shell("curl -f http://localhost:3000/ || exit 1").start_period_seconds(90))
        .scaling(Scaling::between(1, 4))
        .stop_timeout(20)
        .enable_remote_sessions(true)
        .side_container(SideContainer::run_on_init(Container::builder("migrate", busybox())))
        .side_container(SideContainer::always_running(Container::builder("cache", busybox()).essential(false)))
        .side_container(SideContainer::always_running(
            Container::builder("watcher", busybox()).depends_on_container("service-container", Condition::Healthy),
        ))
        .override_with(Override::new("ShopLoadBalancer", "IpAddressType", "ipv4"))
        .build();
    let api = WebService::builder("api", compute, nginx()).logging(ContainerLogs::retained(7)).build();
    let prices = PrivateService::builder("prices", compute, nginx())
        .port(8080)
        .load_balancing(PrivateLoadBalancing::application_load_balancer())
        .build();
    let greeter = PrivateService::builder("greeter", compute, nginx())
        .port(50051)
        .load_balancing(PrivateLoadBalancing::service_connect().protocol(ServiceConnectProtocol::Grpc))
        .build();
    let extras = MultiContainerWorkload::builder("extras", compute)
        .container(
            Container::builder("web", nginx())
                .env("GREETER", greeter.address())
                .event(ApplicationLoadBalancerEvent::new(shop.load_balancer(), 80, 1).path("/extras/*"))
                .event(ApplicationLoadBalancerEvent::new(prices.load_balancer(), 80, 1).listener_port(8080).path("/extras/*"))
                .event(HttpApiEvent::new(api.http_api_gateway(), Method::Get, "/extras", 80)),
        )
        .connect_to(&prices)
        .connect_to(&api);
    stack.output(Output::new("shopUrl", shop.url())).output(Output::new("apiUrl", api.url()));
    stack.add(extras).add(shop).add(api).add(prices).add(greeter);
}

/// Two network load balancers, one of the internet at two ports and an inner one, in front of a workload that is behind an application
/// load balancer too; and a web service with one of its own.
pub(super) fn passing(stack: &mut Stack, _target: &Target) {
    let broker = NetworkLoadBalancer::builder("broker")
        .listener(NetworkListener::tcp(1883).whitelist_ips(["203.0.113.0/24", "2001:db8::/32"]))
        .listener(NetworkListener::tcp(8883))
        .build();
    let inside = NetworkLoadBalancer::builder("inside").interface(Interface::Internal).listener(NetworkListener::tcp(9001)).build();
    let console = ApplicationLoadBalancer::builder("console").listener(Listener::http(80)).build();
    let mosquitto = MultiContainerWorkload::builder("mosquitto", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(
            Container::builder("broker", Image::prebuilt("public.ecr.aws/docker/library/eclipse-mosquitto:2"))
                .load_balancer_health_check(LoadBalancerHealthCheck::builder().interval_seconds(10).timeout_seconds(5))
                .event(NetworkLoadBalancerEvent::new(&broker, 1883, 1883))
                .event(NetworkLoadBalancerEvent::new(&broker, 8883, 1883)),
        )
        .container(
            Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
                .env("BROKER", broker.domain())
                .load_balancer_health_check(
                    LoadBalancerHealthCheck::builder().path("/healthz").protocol(HealthCheckProtocol::Http).port(8081),
                )
                .event(NetworkLoadBalancerEvent::new(&inside, 9001, 80))
                .event(ApplicationLoadBalancerEvent::new(&console, 80, 1).listener_port(80).path("*")),
        )
        .scaling(Scaling::fixed(2));
    let small = Fargate::new(Cpu::Quarter, Memory::mib(512));
    let mailbox = WebService::builder("mailbox", small, Image::prebuilt("dovecot/dovecot:2.4.1"))
        .load_balancing(
            WebLoadBalancing::network_load_balancer()
                .health_check(LoadBalancerHealthCheck::builder().interval_seconds(10))
                .port(ServicePort::tcp(143))
                .port(
                    ServicePort::tls(993)
                        .container_port(143)
                        .custom_certificate_arn("arn:aws:acm:us-east-1:123456789012:certificate/5ab1e8e4-0000-4c11-9d1c-000000000000"),
                ),
        )
        .build();
    stack.output(Output::new("inside", inside.canonical_domain()));
    stack.output(Output::new("mailbox", Text::joined([mailbox.domain(), ":".into(), mailbox.listener_port(993)])));
    stack.add(broker).add(inside).add(console).add(mosquitto).add(mailbox);
}

/// Domains in front of everything that can have some: with certificates that are issued or given, with records or without, in a hosted
/// zone of the stack and in one that is there already.
pub(super) fn domains(stack: &mut Stack, _target: &Target) {
    const CERTIFICATE: &str = "arn:aws:acm:us-east-1:123456789012:certificate/5ab1e8e4-0000-4c11-9d1c-000000000000";
    let zone = RawResource::new("Zone", "AWS::Route53::HostedZone").property("Name", "example.com");
    let domain = |name: &str| CustomDomain::builder(name).hosted_zone_id(zone.reference());
    let shop = ApplicationLoadBalancer::builder("shop")
        .custom_domain(domain("shop.example.com"))
        .custom_domain(domain("*.shop.example.com"))
        .build();
    let broker = NetworkLoadBalancer::builder("broker")
        .custom_domain(domain("broker.example.com").custom_certificate_arn(CERTIFICATE))
        .listener(NetworkListener::tls_for_domains(8883))
        .listener(NetworkListener::tcp(1883))
        .build();
    let orders = HttpApiGateway::builder("orders")
        .custom_domain(CustomDomain::builder("Orders.example.org").hosted_zone_id("Z0123456789ABCDEFGHIJ"))
        .custom_domain(CustomDomain::builder("orders.example.net").custom_certificate_arn(CERTIFICATE).disable_dns_record_creation(true))
        .build();
    let web = MultiContainerWorkload::builder("web", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(
        Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
            .env("SHOP", shop.url())
            .env("SHOP_PORT", shop.listener_port(443))
            .env("BROKER", Text::joined([broker.custom_domain_list(), ":".into(), broker.listener_port(8883)]))
            .env("ORDERS", orders.url())
            .event(ApplicationLoadBalancerEvent::new(&shop, 80, 1).path("*"))
            .event(NetworkLoadBalancerEvent::new(&broker, 8883, 1883))
            .event(NetworkLoadBalancerEvent::new(&broker, 1883, 1883))
            .event(HttpApiEvent::new(&orders, Method::Any, "/{proxy+}", 80)),
    );
    stack
        .output(Output::new("shopDomains", shop.custom_domain_list()))
        .output(Output::new("ordersUrl", orders.custom_domain_url()))
        .output(Output::new("ordersUrls", orders.custom_domain_urls()))
        .output(Output::new("ordersDomains", orders.custom_domain_list()))
        .output(Output::new("ordersCanonicalDomain", orders.canonical_domain()));
    stack.add_raw(zone);
    stack.add(shop).add(broker).add(orders).add(web);
}
