//! Pointing from one resource at another, by name and kind.

use serde::ser::{Serialize, Serializer};

use crate::document::{Decode, DocumentIssue, Reader, Tree, listed, or_nearest};
use crate::origin::Origin;
use crate::resource::{ResourceKind, ResourceType};

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

impl ResourceRef {
    /// A reference of a document to a resource of a certain kind.
    #[cfg(feature = "yaml")]
    pub(crate) fn decode(tree: &Tree, kind: ResourceKind, at: &mut Reader<'_>) -> Option<Self> {
        String::decode(tree, at).map(|name| Self { name, kind, origin: tree.place.origin() })
    }
}

/// A reference is written as the resource's name; its key says of what kind it is.
impl Serialize for ResourceRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
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

#[cfg(feature = "yaml")]
impl Decode for Connection {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let name = String::decode(tree, at)?;
        if let Some(service) = AwsService::ALL.into_iter().find(|service| service.as_str() == name) {
            return Some(Self::AwsService(service));
        }
        match at.known.kinds.get(name.as_str()) {
            Some(kind) if CONNECTABLE.contains(kind) => {
                Some(Self::Resource(ResourceRef { name, kind: *kind, origin: tree.place.origin() }))
            }
            found => {
                let issue = connect_target_issue(&name, found.copied(), at);
                at.tell(tree.place, &issue)
            }
        }
    }
}

/// What could have been meant by a connection that leads nowhere, or to a resource that grants nothing.
#[cfg(feature = "yaml")]
fn connect_target_issue(name: &str, found: Option<ResourceKind>, at: &Reader<'_>) -> DocumentIssue {
    let connectable = at.known.kinds.iter().filter(|(_, kind)| CONNECTABLE.contains(kind)).map(|(name, _)| name.as_ref());
    let expected: Vec<&str> = connectable.chain(AwsService::ALL.map(AwsService::as_str)).collect();
    let found = match found {
        Some(kind) => format!("{name}` of the kind `{}", kind.as_str()),
        None => name.to_owned(),
    };
    let help = or_nearest(name, &expected, || {
        let kinds = listed(&CONNECTABLE.map(ResourceKind::as_str));
        format!("connect to a resource of the kind {kinds}, or leave the entry out")
    });
    DocumentIssue::NotConnectable { found, expected: listed(&expected), help }
}

impl Serialize for Connection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Resource(reference) => reference.serialize(serializer),
            Self::AwsService(service) => serializer.serialize_str(service.as_str()),
        }
    }
}

impl AwsService {
    /// Every service.
    pub const ALL: [Self; 1] = [Self::Ses];

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
/// use stacktape_model::{ http_api_gateway::HttpApiGateway, reference::ConnectTarget };
/// fn connect(target: impl ConnectTarget) {}
/// connect(&HttpApiGateway::builder("gateway").build());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a `connect_to` target",
    label = "not a connectable resource",
    note = "buckets, functions, jobs, tables, buses, streams, topics, queues, state machines and user pools (as `&bucket`), private and web services, and `AwsService`, can be connected to; see `ConnectTarget`"
)]
pub trait ConnectTarget: sealed::Sealed {
    /// The entry of `connectTo`.
    #[track_caller]
    fn connection(self) -> Connection;
}

macro_rules! connectable {
    ($($module:ident::$kind:ident),* $(,)?) => {
        /// The kinds that a workload can be connected to.
        pub(crate) const CONNECTABLE: [ResourceKind; [$(stringify!($kind)),*].len()] = [$(ResourceKind::$kind),*];

        $(
            impl sealed::Sealed for &crate::$module::$kind {}

            impl ConnectTarget for &crate::$module::$kind {
                #[track_caller]
                fn connection(self) -> Connection {
                    Connection::Resource(ResourceRef::new(self.name(), <crate::$module::$kind as ResourceType>::KIND))
                }
            }
        )*
    };
}

connectable! {
    batch_job::BatchJob,
    bucket::Bucket,
    dynamo_db_table::DynamoDbTable,
    event_bus::EventBus,
    function::Function,
    kinesis_stream::KinesisStream,
    private_service::PrivateService,
    sns_topic::SnsTopic,
    sqs_queue::SqsQueue,
    state_machine::StateMachine,
    user_auth_pool::UserAuthPool,
    web_service::WebService,
}

impl ConnectTarget for AwsService {
    fn connection(self) -> Connection {
        Connection::AwsService(self)
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::AwsService {}
}
