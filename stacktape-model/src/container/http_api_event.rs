//! Requests of an HTTP API that reach a container.

use stacktape_macros::Keyed;

use crate::container::Authorizer;
use crate::http_api_gateway::{HttpApiGateway, Method, Route};
use crate::nested::Names;
use crate::origin::Origin;

/// Requests of an HTTP API with a certain path and method reach the port. YAML: `http-api-gateway`.
///
/// Paths are matched as API Gateway does: `/users/{id}` one segment, `/files/{rest+}` everything below, `*` what no other
/// route takes. With `Method::Any`, `/{proxy+}` takes `/` too, and then so does `/{proxy+}` with each other method.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct HttpApiEvent {
    /// Which requests.
    #[group]
    pub route: Route,
    /// The port. YAML: `containerPort`.
    #[required]
    pub container_port: u16,
}

impl HttpApiEvent {
    /// Sends what the gateway receives for `method` and `path` to `container_port`.
    #[track_caller]
    pub fn new(gateway: impl Names<HttpApiGateway>, method: Method, path: impl Into<String>, container_port: u16) -> Self {
        Self { route: Route::new(gateway, method, path), container_port }
    }

    /// Lets only those use the route whom the authorizer lets pass. YAML: `authorizer`.
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
