//! The table of parameters: what other resources may know of a resource.

use std::borrow::Cow;

use crate::reference::ResourceRef;
use crate::resource::ResourceKind;

/// A parameter of a resource of the stack.
#[derive(Clone, Debug, PartialEq)]
pub struct ParamRef {
    /// The resource.
    pub resource: ResourceRef,
    /// Which of its parameters.
    pub param: Param,
}

macro_rules! params {
    ($($kind:ident($params:path);)*) => {
        /// What other resources may know of a resource.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Param {
            $(
                #[doc = concat!("Of [`ResourceKind::", stringify!($kind), "`].")]
                $kind($params),
            )*
            /// Of a load balancer of any kind: the port of one of its listeners. YAML: `port443`.
            ListenerPort(u16),
        }

        impl Param {
            /// Every parameter of a kind of resource, in the order in which variables are injected; but for ports of listeners, which
            /// are known of each resource alone.
            pub fn of(kind: ResourceKind) -> Vec<Self> {
                match kind {
                    $(ResourceKind::$kind => <$params>::ALL.map(Self::$kind).into(),)*
                    _ => Vec::new(),
                }
            }

            /// The parameter as YAML spells it.
            pub fn spelling(self) -> Cow<'static, str> {
                match self {
                    $(Self::$kind(param) => Cow::Borrowed(param.as_str()),)*
                    Self::ListenerPort(port) => Cow::Owned(format!("port{port}")),
                }
            }
        }
    };
}

impl Param {
    /// The parameter of a kind of resource that YAML spells so.
    pub(crate) fn spelt(kind: ResourceKind, word: &str) -> Option<Self> {
        let balances = matches!(kind, ResourceKind::ApplicationLoadBalancer | ResourceKind::NetworkLoadBalancer);
        let port = word.strip_prefix("port").filter(|port| balances && !port.starts_with(['0', '+'])).and_then(|port| port.parse().ok());
        port.map(Self::ListenerPort).or_else(|| Self::of(kind).into_iter().find(|param| param.spelling() == word))
    }
}

params! {
    ApplicationLoadBalancer(crate::application_load_balancer::ApplicationLoadBalancerParam);
    Bucket(crate::bucket::BucketParam);
    EfsFilesystem(crate::efs_filesystem::EfsFilesystemParam);
    HttpApiGateway(crate::http_api_gateway::HttpApiGatewayParam);
    PrivateService(crate::private_service::PrivateServiceParam);
    NetworkLoadBalancer(crate::network_load_balancer::NetworkLoadBalancerParam);
}
