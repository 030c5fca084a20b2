//! HTTP API gateways: CORS and access logs.

use stacktape_model::http_api_gateway::{AccessLogs, HttpApiCors, HttpApiCorsBuilder, HttpApiGateway};
use stacktape_model::stack::Stack;
use stacktape_model::text::{Fact, Text};

use crate::support::{Rule, rule, stack};

#[track_caller]
fn answering(cors: HttpApiCorsBuilder) -> Stack {
    stack([HttpApiGateway::builder("main").cors(cors)])
}

#[track_caller]
fn from(origin: impl Into<Text>) -> Stack {
    answering(HttpApiCors::builder().allowed_origin(origin))
}

#[track_caller]
fn logged(days: u16) -> Stack {
    stack([HttpApiGateway::builder("main").logging(AccessLogs::retained(days))])
}

pub(crate) fn rules() -> Vec<Rule> {
    const ORIGIN: &str = "resources.main.cors.allowedOrigins[0]";
    vec![
        rule("http_api_cors::credentials_for_all")
            .refuses("resources.main.cors.allowCredentials", answering(HttpApiCors::builder().allow_credentials(true)))
            .saying(
                "found credentials allowed for every origin, expected named origins",
                "call `.allowed_origin(\"https://your.domain\")`, or leave out `.allow_credentials(true)`",
            )
            .refuses(
                "resources.main.cors.allowCredentials",
                answering(HttpApiCors::builder().allowed_origins(["https://example.com", "*"]).allow_credentials(true)),
            )
            .takes(answering(HttpApiCors::builder().allow_credentials(false)))
            .takes(answering(HttpApiCors::builder().allowed_origin("https://example.com").allow_credentials(true))),
        rule("http_api_cors::origin")
            .refuses(ORIGIN, from("example.com"))
            .saying(
                "found the origin `example.com`, expected `*`, `https://*`, or `http://` or `https://` with a whole host and at most a port",
                "write an origin such as `https://example.com`, without a path or a `/` at its end, or `*` for every origin",
            )
            .refuses(ORIGIN, from("https://example.com/"))
            .refuses(ORIGIN, from("https://example.com/path"))
            .refuses(ORIGIN, from("https://"))
            .refuses(ORIGIN, from("https://example.com:0"))
            .refuses(ORIGIN, from("https://example.com:65536"))
            // API Gateway answers "Invalid format for origin" to these.
            .refuses(ORIGIN, from("https://*.example.com"))
            .refuses(ORIGIN, from("capacitor://localhost"))
            .refuses(ORIGIN, from("chrome-extension://abcdefgh"))
            .refuses(ORIGIN, from("null"))
            .takes(from("*"))
            .takes(from("https://*"))
            .takes(from("http://*"))
            .takes(from("http://localhost:3000"))
            .takes(from("https://sub-domain.example.com:65535"))
            .takes(from("http://192.168.0.1"))
            .takes(from(Text::joined(["https://".into(), Fact::Region.into(), ".example.com/".into()]))),
        rule("http_api_cors::max_age")
            .refuses("resources.main.cors.maxAge", answering(HttpApiCors::builder().max_age(86401)))
            .saying("found a maximum age of 86401 s, expected -1 to 86400 s", "write at most 86400, a day")
            .refuses("resources.main.cors.maxAge", answering(HttpApiCors::builder().max_age(-2)))
            .takes(answering(HttpApiCors::builder().max_age(86400)))
            .takes(answering(HttpApiCors::builder().max_age(-1))),
        rule("logging::retention_days")
            .refuses("resources.main.logging.retentionDays", logged(15))
            .takes(logged(14))
            .takes(stack([HttpApiGateway::builder("main").logging(AccessLogs::Disabled)])),
    ]
}
