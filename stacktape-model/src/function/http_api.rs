//! Requests of an HTTP API that call a function.

use stacktape_macros::Keyed;

use crate::container::Authorizer;
use crate::http_api_gateway::{HttpApiGateway, Method, PayloadFormat, Route};
use crate::nested::Names;
use crate::origin::Origin;

/// Requests of an HTTP API with a certain path and method call the function. YAML: `http-api-gateway`.
///
/// Paths are matched as API Gateway does: `/users/{id}` one segment, `/files/{rest+}` everything below, `*` what no other
/// route takes. With `Method::Any`, `/{proxy+}` takes `/` too, and then so does `/{proxy+}` with each other method.
///
/// ```
/// use stacktape_model::container::Method;
/// use stacktape_model::function::{Function, HttpApiIntegration, Package, Runtime};
/// use stacktape_model::http_api_gateway::{HttpApiGateway, PayloadFormat};
/// let gateway = HttpApiGateway::builder("mainGateway").build();
/// let users = Function::builder("users", Package::artifact("dist/users", "index:handler"))
///     .runtime(Runtime::NodeJs24)
///     .event(HttpApiIntegration::new(&gateway, Method::Get, "/users/{id}").payload_format(PayloadFormat::V2));
/// ```
///
/// **Creates** an `AWS::ApiGatewayV2::Route`, and for all events of a gateway one `AWS::ApiGatewayV2::Integration` and the permission to
/// call the function.
///
/// API Gateway waits half a second longer than the function may take, but never more than 30 seconds.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct HttpApiIntegration {
    /// Which requests.
    #[group]
    pub route: Route,
}

impl HttpApiIntegration {
    /// Calls the function for what the gateway receives for `method` and `path`.
    #[track_caller]
    pub fn new(gateway: impl Names<HttpApiGateway>, method: Method, path: impl Into<String>) -> Self {
        Self { route: Route::new(gateway, method, path) }
    }

    /// Describes requests in this format. YAML: `payloadFormat`, default: the gateway's, which is `1.0` unless it says something else.
    /// A change makes another integration, to which the route passes over without an interruption.
    pub const fn payload_format(mut self, format: PayloadFormat) -> Self {
        self.route.payload_format = Some(format);
        self
    }

    /// Lets only those use the route whom the authorizer lets pass. YAML: `authorizer`, default: everybody.
    ///
    /// Where `/{proxy+}` takes `/` too, it has the same authorizer there.
    pub fn authorizer(mut self, authorizer: impl Into<Authorizer>) -> Self {
        self.route.authorizer = Some(authorizer.into());
        self
    }

    /// Where the event is written.
    pub fn origin(&self) -> Origin {
        self.route.origin()
    }
}
