//! The network of a stack. YAML: `stackConfig.vpc`.

use serde::ser::{Serialize, Serializer};
use stacktape_macros::Keyed;

use super::reuse_vpc::ReuseVpc;
use crate::document::{Decode, Reader, Tree, word};

/// The stack's network: a VPC of its own, or one that is there already.
///
/// A VPC of its own has the addresses `172.16.0.0/16`, a public subnet in each availability zone, and, where a workload asks for them,
/// private subnets behind NAT gateways.
#[derive(Clone, Debug, Default, PartialEq, Keyed)]
pub struct Vpc {
    /// Over how many availability zones workloads are spread. YAML: `availabilityZones`, default 2. Of the VPC of another stack, so
    /// many zones are used.
    pub availability_zones: AvailabilityZones,
    /// The NAT gateways of private subnets. YAML: `nat`, default: two. In a stack that exports its VPC, it makes private subnets even
    /// where no workload of the stack asks for them.
    pub nat: Option<Nat>,
    /// A VPC to be used instead of an own one. YAML: `reuseVpc`. Changing it replaces nearly everything that is in the VPC.
    pub reuse_vpc: Option<ReuseVpc>,
    /// Exports the VPC, so that other stacks of the account and region can reuse it by project and stage. YAML: `export`, default
    /// `false`. Then the VPC is made even where nothing in the stack needs it.
    pub export: bool,
}

/// Over how many availability zones workloads are spread. Some regions show an account only two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvailabilityZones {
    /// Two.
    #[default]
    Two,
    /// Three.
    Three,
}

#[cfg(feature = "yaml")]
impl Decode for AvailabilityZones {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let two = word(tree, &["2", "3"], at)? == "2";
        Some(if two { Self::Two } else { Self::Three })
    }
}

impl Serialize for AvailabilityZones {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.count())
    }
}

impl AvailabilityZones {
    /// The number.
    pub const fn count(self) -> u8 {
        match self {
            Self::Two => 2,
            Self::Three => 3,
        }
    }
}

/// The NAT gateways, through which private subnets reach the internet. AWS charges for each by the hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Keyed)]
pub struct Nat {
    /// In how many availability zones there is one. YAML: `availabilityZones`, default 2, and never more than the network has zones.
    pub availability_zones: NatAvailabilityZones,
}

/// In how many availability zones there is a NAT gateway. The zones without one use that of another zone: it costs less, they fail with
/// it, and AWS charges for the traffic in between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NatAvailabilityZones {
    /// One.
    One,
    /// Two.
    #[default]
    Two,
    /// Three.
    Three,
}

impl NatAvailabilityZones {
    /// The number.
    pub const fn count(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
        }
    }
}

#[cfg(feature = "yaml")]
impl Decode for NatAvailabilityZones {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        Some(match word(tree, &["1", "2", "3"], at)? {
            "1" => Self::One,
            "2" => Self::Two,
            _ => Self::Three,
        })
    }
}

impl Serialize for NatAvailabilityZones {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.count())
    }
}

impl Vpc {
    /// How many NAT gateways there are where there are private subnets: never more than zones.
    pub fn nat_gateways(&self) -> u8 {
        self.nat.unwrap_or_default().availability_zones.count().min(self.availability_zones.count())
    }

    /// Whether a VPC of the stack's own has private subnets. `asked`: whether a workload wants to be in them.
    pub fn has_private_subnets(&self, asked: bool) -> bool {
        asked || (self.export && self.nat.is_some())
    }

    /// What the stack shows of its network, beside the outputs that are written. `asked`: whether a workload wants private subnets.
    pub fn outputs(&self, asked: bool) -> Vec<VpcOutput> {
        let (nat, public, private) = match &self.reuse_vpc {
            None => (self.has_private_subnets(asked), true, self.has_private_subnets(asked)),
            Some(ReuseVpc::ById(ids)) => (false, !ids.public_subnet_ids.is_empty(), !ids.private_subnet_ids.is_empty()),
            // What the other stack exports is known to nobody here: private subnets are there where they are used.
            Some(ReuseVpc::OfStack(_)) => (false, true, asked),
        };
        let shown = |output: &VpcOutput| match output {
            VpcOutput::NatPublicIps => nat,
            VpcOutput::Id | VpcOutput::Cidr => self.export,
            VpcOutput::PublicSubnetIds => self.export && public,
            VpcOutput::PrivateSubnetIds => self.export && private,
        };
        VpcOutput::ALL.into_iter().filter(shown).collect()
    }
}

/// What a stack shows of its network after a deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VpcOutput {
    /// The addresses from which what runs in private subnets reaches the internet, with commas between them. Output: `NatPublicIps`.
    NatPublicIps,
    /// The VPC's id. Output: `StpVpcId`, export: `{stack}-VpcId`.
    Id,
    /// The VPC's addresses. Output: `StpVpcCidr`, export: `{stack}-VpcCidr`.
    Cidr,
    /// The ids of the public subnets, with commas between them. Output: `StpPublicSubnetIds`, export: `{stack}-PublicSubnetIds`.
    PublicSubnetIds,
    /// The ids of the private subnets, with commas between them. Output: `StpPrivateSubnetIds`, export: `{stack}-PrivateSubnetIds`.
    PrivateSubnetIds,
}

impl VpcOutput {
    /// Every output.
    pub const ALL: [Self; 5] = [Self::NatPublicIps, Self::Id, Self::Cidr, Self::PublicSubnetIds, Self::PrivateSubnetIds];

    /// The name of the output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NatPublicIps => "NatPublicIps",
            Self::Id => "StpVpcId",
            Self::Cidr => "StpVpcCidr",
            Self::PublicSubnetIds => "StpPublicSubnetIds",
            Self::PrivateSubnetIds => "StpPrivateSubnetIds",
        }
    }

    /// The name by which other stacks import what this stack exports. The exports of users have no dash in their names.
    pub fn export_of(self, stack: &str) -> Option<String> {
        self.as_str().strip_prefix("Stp").map(|name| format!("{stack}-{name}"))
    }
}
