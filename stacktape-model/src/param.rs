//! The table of parameters: what other resources may know of a resource.

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

params! {
    ApplicationLoadBalancer(crate::application_load_balancer::ApplicationLoadBalancerParam);
    Bucket(crate::bucket::BucketParam);
    EfsFilesystem(crate::efs_filesystem::EfsFilesystemParam);
    HttpApiGateway(crate::http_api_gateway::HttpApiGatewayParam);
    PrivateService(crate::private_service::PrivateServiceParam);
}
