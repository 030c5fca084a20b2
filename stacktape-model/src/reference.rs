//! Pointing from one resource at another, by name and kind.

use crate::bucket::Bucket;
use crate::origin::Origin;
use crate::resource::ResourceKind;

/// A resource of the stack, named from somewhere else.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceRef {
    /// The resource's name.
    pub name: String,
    /// The kind that it must have.
    pub kind: ResourceKind,
    /// Where the reference is written.
    pub origin: Origin,
}

impl ResourceRef {
    /// A reference that is written by the caller.
    #[track_caller]
    pub fn new(name: impl Into<String>, kind: ResourceKind) -> Self {
        Self { name: name.into(), kind, origin: Origin::here() }
    }
}

/// One entry of `connectTo`.
#[derive(Clone, Debug, PartialEq)]
pub enum Connection {
    /// Another resource of the stack.
    Resource(ResourceRef),
    /// A service of AWS that needs no resource.
    AwsService(AwsService),
}

/// A service of AWS that a workload can be connected to without a resource of the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwsService {
    /// Amazon SES, in full (`ses:*`). YAML: `aws:ses`.
    Ses,
}

impl AwsService {
    /// The entry of `connectTo`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ses => "aws:ses",
        }
    }
}

/// What a workload can be connected to.
///
/// ```compile_fail
/// use stacktape_model::{http_api_gateway::HttpApiGateway, reference::ConnectTarget};
/// fn connect(target: impl ConnectTarget) {}
/// connect(&HttpApiGateway::builder("gateway").build());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a `connect_to` target",
    label = "not a connectable resource",
    note = "buckets (as `&bucket`) and `AwsService` can be connected to; see `ConnectTarget`"
)]
pub trait ConnectTarget: sealed::Sealed {
    /// The entry of `connectTo`.
    #[track_caller]
    fn connection(self) -> Connection;
}

impl ConnectTarget for &Bucket {
    #[track_caller]
    fn connection(self) -> Connection {
        Connection::Resource(ResourceRef::new(self.name(), ResourceKind::Bucket))
    }
}

impl ConnectTarget for AwsService {
    fn connection(self) -> Connection {
        Connection::AwsService(self)
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for &super::Bucket {}
    impl Sealed for super::AwsService {}
}
