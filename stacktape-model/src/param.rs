//! The table of parameters: what other resources may know of a resource.

use crate::application_load_balancer::ApplicationLoadBalancerParam;
use crate::reference::ResourceRef;
use crate::resource::{Resource, ResourceKind};

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
        }

        impl Param {
            /// Every parameter of a kind of resource, in the order in which variables are injected.
            pub fn of(kind: ResourceKind) -> Vec<Self> {
                match kind {
                    $(ResourceKind::$kind => <$params>::ALL.map(Self::$kind).into(),)*
                    _ => Vec::new(),
                }
            }

            /// The parameter as YAML spells it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind(param) => param.as_str(),)*
                }
            }
        }
    };
}

impl Resource {
    /// The parameters that the resource has, in the order in which variables are injected: those of its kind, but for such as its
    /// properties do not bring along.
    pub fn params(&self) -> Vec<Param> {
        let mut params = Param::of(self.kind());
        params.retain(|param| !self.lacks(*param));
        params
    }

    /// The parameters of its kind that the resource has not got.
    pub(crate) fn lacking(&self) -> impl Iterator<Item = Param> {
        Param::of(self.kind()).into_iter().filter(|param| self.lacks(*param))
    }

    /// Whether the resource has not got a parameter of its kind.
    fn lacks(&self, param: Param) -> bool {
        match (self, param) {
            (Self::ApplicationLoadBalancer(balancer), Param::ApplicationLoadBalancer(ApplicationLoadBalancerParam::Url)) => {
                !balancer.listeners.is_empty()
            }
            _ => false,
        }
    }
}

params! {
    ApplicationLoadBalancer(ApplicationLoadBalancerParam);
    Bucket(crate::bucket::BucketParam);
    EfsFilesystem(crate::efs_filesystem::EfsFilesystemParam);
    HttpApiGateway(crate::http_api_gateway::HttpApiGatewayParam);
}
