//! Load balancers: listeners, redirects, and the health checks of what is behind them.

use stacktape_model::application_load_balancer::{
    ApplicationLoadBalancer, Listener, ListenerBuilder, ListenerProtocol, Redirect, RedirectBuilder, RedirectPort,
    RedirectProtocol, RedirectStatus,
};
use stacktape_model::container::{
    ApplicationLoadBalancerEvent, HealthCheckProtocol, LoadBalancerHealthCheck, LoadBalancerHealthCheckBuilder, WorkloadInternalEvent,
};
use stacktape_model::load_balancing::Interface;
use stacktape_model::stack::Stack;
use stacktape_model::stack_config::Output;

use crate::support::{Rule, api, rule, stack, web};

const CERTIFICATE: &str = "arn:aws:acm:eu-west-1:123456789012:certificate/5ab1e8e4";

#[track_caller]
fn moved() -> RedirectBuilder {
    Redirect::builder(RedirectStatus::Permanent)
}

/// A listener that has something to do.
#[track_caller]
fn busy(port: u16) -> ListenerBuilder {
    Listener::http(port).default_action(moved().host("example.com"))
}

#[track_caller]
fn secure(arn: &str) -> ListenerBuilder {
    Listener::https(443, arn).default_action(moved().host("example.com"))
}

#[track_caller]
fn listening<const N: usize>(listeners: [ListenerBuilder; N]) -> Stack {
    stack([ApplicationLoadBalancer::builder("main").listeners(listeners)])
}

#[track_caller]
fn redirecting(redirect: RedirectBuilder) -> Stack {
    listening([Listener::http(80).default_action(redirect)])
}

/// A load balancer whose one event takes everything.
#[track_caller]
fn serving(main: ApplicationLoadBalancer, check: LoadBalancerHealthCheckBuilder) -> Stack {
    let mut event = ApplicationLoadBalancerEvent::new(&main, 80, 1).path("*");
    event.rule.listener_port = main.listeners().first().map(Listener::port);
    let mut stack = stack([api(web().event(event).load_balancer_health_check(check))]);
    stack.add(main);
    stack
}

#[track_caller]
fn checked(check: LoadBalancerHealthCheckBuilder) -> Stack {
    serving(ApplicationLoadBalancer::builder("main").interface(Interface::Internal).build(), check)
}

fn check() -> LoadBalancerHealthCheckBuilder {
    LoadBalancerHealthCheck::builder()
}

fn arn(index: usize) -> String {
    format!("arn:aws:acm:eu-west-1:123456789012:certificate/{index}")
}

pub(crate) fn rules() -> Vec<Rule> {
    [listeners(), redirects(), health_checks()].into_iter().flatten().collect()
}

fn listeners() -> Vec<Rule> {
    const LISTENERS: &str = "resources.main.listeners";
    let at = |field: &str| format!("{LISTENERS}[0]{field}");
    let balancer = || ApplicationLoadBalancer::builder("main");
    let of_ports = |ports: u16| stack([balancer().listeners((1..=ports).map(busy))]);
    let certified = |number: usize| listening([secure(&arn(0)).custom_certificate_arns((1..=number).map(arn))]);
    let whitelisted = |number: usize| listening([busy(80).whitelist_ips((0..number).map(|index| format!("10.{index}.0.0/16")))]);
    vec![
        rule("application_load_balancer::plain_http")
            .warns("resources.main", serving(balancer().build(), check()))
            .saying(
                "found a load balancer of the internet without listeners, which listens at port 80 by plain HTTP, expected HTTPS",
                "write `.custom_domain(..)` or `.listener(Listener::https(443, certificate_arn))`, or `.listener(Listener::http(80))` if it is meant so",
            )
            .takes(serving(balancer().listener(Listener::http(80)).build(), check()))
            .takes(checked(check())),
        rule("load_balancer::port_twice")
            .refuses(&format!("{LISTENERS}[1].port"), listening([busy(80), Listener::https(80, CERTIFICATE)]))
            .takes(listening([busy(80), busy(81)])),
        rule("load_balancer::too_many_listeners").warns(LISTENERS, of_ports(51)).takes(of_ports(50)),
        rule("load_balancer::too_many_certificates").warns(LISTENERS, certified(26)).takes(certified(25)),
        rule("load_balancer::too_many_whitelist_ips").warns(LISTENERS, whitelisted(61)).takes(whitelisted(60)),
        rule("listener::port").refuses(&at(".port"), listening([busy(0)])).takes(listening([busy(1), busy(65535)])),
        rule("listener::needless_certificate")
            .refuses(&at(".customCertificateArns"), listening([busy(80).custom_certificate_arn(CERTIFICATE)]))
            .takes(listening([secure(CERTIFICATE)])),
        rule("listener::no_certificate")
            .refuses(&at(""), listening([Listener::builder(ListenerProtocol::Https, 443_u16).default_action(Redirect::to_https().port(444))]))
            .saying(
                "found a listener by HTTPS without a certificate, expected at least one",
                "write `Listener::https(443, arn)` with the ARN of a certificate in ACM, or give the load balancer a `.custom_domain(..)`",
            )
            .takes(listening([busy(443)])),
        rule("listener::certificate_arn")
            .refuses(&at(".customCertificateArns[0]"), listening([secure("www.example.com")]))
            .refuses(&at(".customCertificateArns[0]"), listening([secure("arn:aws:acm:eu-west-1:123456789012:certificate/")]))
            .takes(listening([secure("arn:aws-cn:acm:cn-north-1:123456789012:certificate/1")]))
            .takes(listening([secure("arn:aws:iam::123456789012:server-certificate/a/b")])),
        rule("listener::nobody_whitelisted")
            .refuses(&at(".whitelistIps"), listening([busy(80).whitelist_ips([""; 0])]))
            .takes(listening([busy(80).whitelist_ip("0.0.0.0/0")]))
            .takes(listening([busy(80)])),
        rule("listener::whitelist_ip")
            .refuses(&at(".whitelistIps[1]"), listening([busy(80).whitelist_ips(["10.0.0.1", "10.0.0.0/33"])]))
            .takes(listening([busy(80).whitelist_ips(["10.0.0.1", "10.0.0.0/32", "2001:db8::/32"])])),
        rule("reference::no_url")
            .refuses("stackConfig.outputs[0].value", {
                let main = balancer().listener(busy(80)).build();
                let mut stack = Stack::new("shop", "dev");
                stack.output(Output::new("url", main.url())).add(main);
                stack
            })
            .takes({
                let main = balancer().interface(Interface::Internal).build();
                let url = main.url();
                let mut stack = serving(main, check());
                stack.output(Output::new("url", url));
                stack
            }),
    ]
}

fn redirects() -> Vec<Rule> {
    const ACTION: &str = "resources.main.listeners[0].defaultAction";
    let at = |field: &str| format!("{ACTION}{field}");
    vec![
        rule("redirect::to_itself")
            .refuses(ACTION, redirecting(moved()))
            .refuses(ACTION, redirecting(moved().protocol(RedirectProtocol::Http).port(80).host("#{host}").path("/#{path}").query("a")))
            .refuses(ACTION, redirecting(moved().protocol(RedirectProtocol::Same).port(RedirectPort::Same)))
            .takes(redirecting(Redirect::to_https()))
            .takes(redirecting(moved().port(81)))
            .takes(redirecting(moved().path("/new/#{path}"))),
        rule("redirect::downgrade")
            .refuses(
                &at(".protocol"),
                listening([Listener::https(443, CERTIFICATE).default_action(moved().protocol(RedirectProtocol::Http))]),
            )
            .takes(listening([Listener::https(443, CERTIFICATE).default_action(moved().protocol(RedirectProtocol::Https).port(8443))]))
            .takes(redirecting(moved().protocol(RedirectProtocol::Http).port(81))),
        rule("redirect::port").refuses(&at(".port"), redirecting(moved().port(0))).takes(redirecting(moved().port(65535))),
        rule("redirect::host")
            .refuses(&at(".host"), redirecting(moved().host("")))
            .refuses(&at(".host"), redirecting(moved().host("a".repeat(129))))
            .takes(redirecting(moved().host("a".repeat(128)))),
        rule("redirect::path")
            .refuses(&at(".path"), redirecting(moved().path("new")))
            .refuses(&at(".path"), redirecting(moved().path(format!("/{}", "a".repeat(128)))))
            .takes(redirecting(moved().path(format!("/{}", "a".repeat(127))))),
        rule("redirect::query")
            .refuses(&at(".query"), redirecting(moved().port(81).query("?a=b")))
            .refuses(&at(".query"), redirecting(moved().port(81).query("a".repeat(129))))
            .takes(redirecting(moved().port(81).query("a".repeat(128))))
            .takes(redirecting(moved().port(81).query(""))),
        rule("redirect::placeholder")
            .refuses(&at(".host"), redirecting(moved().host("www.#{foo}")))
            .saying(
                "found `#{foo}`, expected `#{protocol}`, `#{host}`, `#{port}`, `#{path}` or `#{query}`",
                "write `#{protocol}`, `#{host}`, `#{port}`, `#{path}` or `#{query}`, or leave it out",
            )
            .refuses(&at(".query"), redirecting(moved().port(81).query("a=#{path}&#{querystring}")))
            .refuses(&at(".path"), redirecting(moved().path("/#{Path}")))
            .saying("found `#{Path}`, expected `#{host}`, `#{port}` or `#{path}`", "write `#{path}`")
            .refuses(&at(".path"), redirecting(moved().path("/#{path}/#{query}")))
            .refuses(&at(".path"), redirecting(moved().path("/#{protocol}")))
            .refuses(&at(".path"), redirecting(moved().path("/#{}")))
            .takes(redirecting(moved().host("www.#{host}").path("/#{host}/#{port}/#{path}")))
            .takes(redirecting(moved().port(81).query("#{protocol}#{host}#{port}#{path}#{query}")))
            .takes(redirecting(moved().path("/#{foo"))),
    ]
}

fn health_checks() -> Vec<Rule> {
    const CHECK: &str = "resources.api.containers[0].loadBalancerHealthCheck";
    let at = |field: &str| format!("{CHECK}.{field}");
    let periods = |interval, timeout| checked(check().interval_seconds(interval).timeout_seconds(timeout));
    vec![
        rule("load_balancer_health_check::interval")
            .refuses(&at("healthcheckInterval"), periods(4, 2))
            .refuses(&at("healthcheckInterval"), periods(301, 2))
            .takes(periods(5, 4))
            .takes(periods(300, 4)),
        rule("load_balancer_health_check::timeout")
            .refuses(&at("healthcheckTimeout"), periods(300, 1))
            .refuses(&at("healthcheckTimeout"), periods(300, 121))
            .takes(periods(300, 2))
            .takes(periods(300, 120)),
        rule("load_balancer_health_check::timeout_above_interval")
            .refuses(&at("healthcheckTimeout"), periods(10, 10))
            .saying(
                "found a timeout of 10 s with an interval of 10 s, expected a timeout below the interval",
                "write a longer interval or a shorter timeout; they are 5 s and 4 s where they are left out",
            )
            .refuses(&at("healthcheckTimeout"), checked(check().timeout_seconds(5)))
            .takes(periods(10, 9)),
        rule("load_balancer_health_check::path")
            .refuses(&at("healthcheckPath"), checked(check().path("healthz")))
            .refuses(&at("healthcheckPath"), checked(check().path(format!("/{}", "a".repeat(1024)))))
            .takes(checked(check().path(format!("/{}", "a".repeat(1023))))),
        rule("load_balancer_health_check::port")
            .refuses(&at("healthCheckPort"), checked(check().port(0)))
            .takes(checked(check().port(1))),
        rule("load_balancer_health_check::no_load_balancer")
            .warns(CHECK, stack([api(web().event(WorkloadInternalEvent::new(80)).load_balancer_health_check(check()))]))
            .takes(checked(check()))
            .takes(stack([api(web().event(WorkloadInternalEvent::new(80)))])),
        rule("load_balancer_health_check::protocol")
            .refuses(&at("healthCheckProtocol"), checked(check().protocol(HealthCheckProtocol::Tcp)))
            .takes(checked(check().protocol(HealthCheckProtocol::Http))),
    ]
}
