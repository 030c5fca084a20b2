//! A VPC that is there already. YAML: `stackConfig.vpc.reuseVpc`.

use std::net::Ipv4Addr;

use serde::ser::{Serialize, Serializer};
use stacktape_macros::Keyed;

use crate::check::Check;
use crate::document::{Decode, Reader, Tree};
use crate::ip_range::IpRange;
use crate::name;
use crate::origin::Origin;
use crate::text::Text;

/// A VPC that is used instead of an own one: that of another stack, or any, by its ids.
///
/// ```
/// use stacktape_model::stack::Stack;
/// use stacktape_model::stack_config::{StackVpc, VpcIds};
///
/// let mut shop = Stack::new("shop", "dev");
/// shop.reuse_vpc(StackVpc::new("network", "dev"));
///
/// let mut billing = Stack::new("billing", "dev");
/// billing.reuse_vpc(VpcIds::new("vpc-0a1b2c3d", "10.0.0.0/16").public_subnet_ids(["subnet-0a1b2c3d", "subnet-1b2c3d4e"]));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum ReuseVpc {
    /// The VPC of another stack, which exports it. YAML: `projectName` and `stage`.
    OfStack(StackVpc),
    /// Any VPC of the account and region. YAML: `vpcId`, `cidrBlock` and the ids of its subnets.
    ById(VpcIds),
}

/// The VPC of another stack of the account and region: of one that says [`export_vpc`](crate::stack::Stack::export_vpc).
///
/// As many of its zones are used as `availabilityZones` says here, so the other stack must have so many. It has private subnets where a
/// workload of its own asks for them, or where it sets `nat`.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct StackVpc {
    /// The other stack's project. YAML: `projectName`.
    #[required]
    pub project_name: String,
    /// The other stack's stage. YAML: `stage`.
    #[required]
    pub stage: String,
    /// Where it is written.
    pub origin: Origin,
}

impl StackVpc {
    /// The VPC of the stack `{project_name}-{stage}`.
    #[track_caller]
    pub fn new(project_name: impl Into<String>, stage: impl Into<String>) -> Self {
        Self { project_name: project_name.into(), stage: stage.into(), origin: Origin::here() }
    }

    /// The other stack's name.
    pub fn stack_name(&self) -> String {
        format!("{}-{}", self.project_name, self.stage)
    }
}

/// A VPC by its ids, each of which is written out or known at deployment: an import
/// (`{"Fn::ImportValue": ..}`), a parameter (`{{resolve:ssm:/network/vpc}}`), a raw resource's `reference()`.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct VpcIds {
    /// The VPC. YAML: `vpcId`.
    #[required]
    pub vpc_id: Text,
    /// Its addresses: what traffic of the VPC comes from, in the rules of security groups. YAML: `cidrBlock`.
    #[required]
    pub cidr_block: Text,
    /// Subnets with a route to an internet gateway, each in an availability zone of its own. YAML: `publicSubnetIds`.
    pub public_subnet_ids: Vec<Text>,
    /// Subnets with a route to a NAT gateway, each in an availability zone of its own. YAML: `privateSubnetIds`.
    pub private_subnet_ids: Vec<Text>,
    /// The route tables of the public subnets. YAML: `publicRouteTableIds`. See [`Self::private_route_table_ids`].
    pub public_route_table_ids: Vec<Text>,
    /// The route tables of the private subnets. YAML: `privateRouteTableIds`. Where route tables are given, workloads in private
    /// subnets reach connected buckets by a gateway endpoint in these, instead of the NAT gateway. A route table takes one such
    /// endpoint: leave those out that have it.
    pub private_route_table_ids: Vec<Text>,
    /// Where it is written.
    pub origin: Origin,
}

impl VpcIds {
    /// A VPC with its addresses, such as `10.0.0.0/16`.
    #[track_caller]
    pub fn new(vpc_id: impl Into<Text>, cidr_block: impl Into<Text>) -> Self {
        Self {
            vpc_id: vpc_id.into(),
            cidr_block: cidr_block.into(),
            public_subnet_ids: Vec::new(),
            private_subnet_ids: Vec::new(),
            public_route_table_ids: Vec::new(),
            private_route_table_ids: Vec::new(),
            origin: Origin::here(),
        }
    }

    /// Subnets with a route to an internet gateway, each in an availability zone of its own. YAML: `publicSubnetIds`.
    pub fn public_subnet_ids(mut self, ids: impl IntoIterator<Item = impl Into<Text>>) -> Self {
        self.public_subnet_ids.extend(ids.into_iter().map(Into::into));
        self
    }

    /// Subnets with a route to a NAT gateway, each in an availability zone of its own. YAML: `privateSubnetIds`.
    pub fn private_subnet_ids(mut self, ids: impl IntoIterator<Item = impl Into<Text>>) -> Self {
        self.private_subnet_ids.extend(ids.into_iter().map(Into::into));
        self
    }

    /// The route tables of the public subnets. YAML: `publicRouteTableIds`.
    pub fn public_route_table_ids(mut self, ids: impl IntoIterator<Item = impl Into<Text>>) -> Self {
        self.public_route_table_ids.extend(ids.into_iter().map(Into::into));
        self
    }

    /// The route tables of the private subnets. YAML: `privateRouteTableIds`.
    pub fn private_route_table_ids(mut self, ids: impl IntoIterator<Item = impl Into<Text>>) -> Self {
        self.private_route_table_ids.extend(ids.into_iter().map(Into::into));
        self
    }

    /// The subnets for what answers inside the VPC and needs no way out: public ones, or the private ones where there are no others.
    pub fn inner_subnet_ids(&self) -> &[Text] {
        if self.public_subnet_ids.is_empty() { &self.private_subnet_ids } else { &self.public_subnet_ids }
    }

    /// The lists, with their keys and what their ids begin with.
    pub(crate) fn lists(&self) -> [(&'static str, &'static str, &[Text]); 4] {
        [
            ("publicSubnetIds", "subnet-", &self.public_subnet_ids),
            ("privateSubnetIds", "subnet-", &self.private_subnet_ids),
            ("publicRouteTableIds", "rtb-", &self.public_route_table_ids),
            ("privateRouteTableIds", "rtb-", &self.private_route_table_ids),
        ]
    }
}

impl From<StackVpc> for ReuseVpc {
    fn from(stack: StackVpc) -> Self {
        Self::OfStack(stack)
    }
}

impl From<VpcIds> for ReuseVpc {
    fn from(ids: VpcIds) -> Self {
        Self::ById(ids)
    }
}

/// The keys say which it is; those of the other one are unknown then.
#[cfg(feature = "yaml")]
impl Decode for ReuseVpc {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let of_stack = tree.get("vpcId").is_none() && ["projectName", "stage"].iter().any(|key| tree.get(key).is_some());
        if of_stack { StackVpc::decode(tree, at).map(Self::OfStack) } else { VpcIds::decode(tree, at).map(Self::ById) }
    }
}

impl Serialize for ReuseVpc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::OfStack(stack) => stack.serialize(serializer),
            Self::ById(ids) => ids.serialize(serializer),
        }
    }
}

/// The subnets that ECS takes for a service.
const SUBNETS_MAX: usize = 16;

impl ReuseVpc {
    pub(crate) fn origin(&self) -> Origin {
        match self {
            Self::OfStack(stack) => stack.origin,
            Self::ById(ids) => ids.origin,
        }
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        let mut at = at.written_here(self.origin());
        match self {
            Self::OfStack(stack) => name::check_stack(&stack.project_name, &stack.stage, &mut at),
            Self::ById(ids) => ids.check(&mut at),
        }
    }
}

impl VpcIds {
    fn check(&self, at: &mut Check<'_>) {
        check_id(&self.vpc_id, "vpc-", &mut at.field("vpcId"));
        if let Some(found) = self.cidr_block.as_known() {
            match v4_range(found) {
                None => at.field("cidrBlock").report(&ReuseVpcIssue::CidrBlock { found: found.to_owned() }),
                Some((address, length)) if !is_private(address, length) => {
                    at.field("cidrBlock").report(&ReuseVpcIssue::PublicCidrBlock { found: found.to_owned() });
                }
                Some(_) => {}
            }
        }
        for (key, begin, ids) in self.lists() {
            let mut at = at.field(key);
            for (index, id) in ids.iter().enumerate() {
                check_id(id, begin, &mut at.index(index));
                if ids[..index].contains(id) {
                    at.index(index).report(&ReuseVpcIssue::Twice);
                }
            }
            if begin == "subnet-" && ids.len() > SUBNETS_MAX {
                at.report(&ReuseVpcIssue::TooManySubnets { found: ids.len() });
            }
        }
    }
}

/// An id as EC2 spells it: what it is, and 8 or 17 hexadecimal digits.
fn check_id(id: &Text, begin: &'static str, at: &mut Check<'_>) {
    let Some(found) = id.as_known() else { return };
    let is_digits = |rest: &str| [8, 17].contains(&rest.len()) && rest.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    if !found.strip_prefix(begin).is_some_and(is_digits) {
        at.report(&ReuseVpcIssue::Id { found: found.to_owned(), begin });
    }
}

/// The first address and the length of a range.
fn v4_range(text: &str) -> Option<(Ipv4Addr, u8)> {
    let (address, length) = text.split_once('/')?;
    matches!(IpRange::parse(text), Some(IpRange::V4(_))).then_some(())?;
    Some((address.parse().ok()?, length.parse().ok()?))
}

/// Whether all addresses of a range are private ones: <https://www.rfc-editor.org/rfc/rfc1918>.
fn is_private(address: Ipv4Addr, length: u8) -> bool {
    let shortest = match address.octets() {
        [10, ..] => 8,
        [172, 16..=31, ..] => 12,
        [192, 168, ..] => 16,
        _ => return false,
    };
    length >= shortest
}

/// Mistakes in a VPC that is to be reused.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "reuse_vpc")]
#[non_exhaustive]
pub enum ReuseVpcIssue {
    /// EC2's spelling of an id.
    #[error("found the id `{found}`, expected `{begin}` and 8 or 17 hexadecimal digits")]
    #[issue(
        help = "copy the id from the console of Amazon VPC, or import it: `Text::Intrinsic`",
        yaml = "copy the id from the console of Amazon VPC, or import it: `Fn::ImportValue: NAME`",
        docs = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html"
    )]
    Id {
        /// What was found.
        found: String,
        /// What it must begin with.
        begin: &'static str,
    },
    /// Rules of security groups are made of it.
    #[error("found the addresses `{found}`, expected a range of IPv4 addresses such as `10.0.0.0/16`")]
    #[issue(help = "write the IPv4 CIDR of the VPC", docs = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html")]
    CidrBlock {
        /// What was found.
        found: String,
    },
    /// What is open to the VPC's addresses would be open to others of the internet too.
    #[error(
        "found the addresses `{found}`, which are not all private, expected a part of `10.0.0.0/8`, `172.16.0.0/12` or `192.168.0.0/16`"
    )]
    #[issue(
        help = "write the IPv4 CIDR of the VPC; as it stands, what is open to the VPC is open to all of these addresses",
        warning,
        docs = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html"
    )]
    PublicCidrBlock {
        /// What was found.
        found: String,
    },
    /// AWS takes each subnet and each route table once.
    #[error("found the same id a second time, expected each id once in a list")]
    #[issue(
        help = "leave one of the two out",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html"
    )]
    Twice,
    /// ECS takes so many subnets for a service.
    #[error("found {found} subnets, expected at most 16")]
    #[issue(
        help = "leave some out: one in each availability zone is enough",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html"
    )]
    TooManySubnets {
        /// How many there are.
        found: usize,
    },
}
