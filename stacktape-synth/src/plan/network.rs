//! The network of the stack: a VPC of its own, or one that is there already.

use stacktape_model::function::Function;
use stacktape_model::reference::Connection;
use stacktape_model::resource::ResourceKind;
use stacktape_model::stack::ValidStack;
use stacktape_model::stack_config::{ReuseVpc, StackVpc, Vpc, VpcIds, VpcOutput};
use stacktape_model::text::Text;

use crate::cfn::{Id, Value, efs, import, select, split};
use crate::logical_id::{self, NatIds, Shared, SubnetIds, SubnetKey};
use crate::lower::text;

/// The network that everything of the stack runs in.
pub(crate) struct Network {
    /// The VPC's id.
    pub(crate) vpc: Value<String>,
    /// The addresses of the VPC, as rules of security groups take them.
    pub(crate) cidr: Value<String>,
    public: Vec<Subnet>,
    private: Vec<Subnet>,
    /// The route tables that lead to S3 inside AWS's network, where they do.
    pub(crate) s3_route_tables: Vec<Value<String>>,
    /// The same of DynamoDB.
    pub(crate) dynamo_db_route_tables: Vec<Value<String>>,
    /// What the stack makes itself; nothing where it reuses a VPC, or needs none.
    pub(crate) own: Option<OwnNetwork>,
}

/// A subnet as others point at it.
struct Subnet {
    id: Value<String>,
    key: SubnetKey,
}

/// The network that the stack makes.
pub(crate) struct OwnNetwork {
    /// One in each availability zone.
    pub(crate) public: Vec<SubnetIds>,
    /// One in each availability zone, where something asks for them.
    pub(crate) private: Vec<SubnetIds>,
    /// The NAT gateways, in the first public subnets.
    pub(crate) nat: Vec<NatIds>,
}

impl Network {
    /// The addresses of a VPC of the stack's own.
    pub(crate) const CIDR: &'static str = "172.16.0.0/16";

    /// `needed`: whether anything runs in the VPC.
    pub(super) fn of(stack: &ValidStack, needed: bool, shared: &Shared) -> Self {
        let vpc = &stack.config().vpc;
        let mut network = match &vpc.reuse_vpc {
            None => Self::own(vpc, stack.asks_for_private_subnets(), needed, shared),
            Some(ReuseVpc::OfStack(other)) => Self::of_stack(other, vpc.availability_zones.count()),
            Some(ReuseVpc::ById(ids)) => Self::of_ids(ids, stack),
        };
        // Those who reuse the VPC may connect to buckets and tables too, and an endpoint costs nothing.
        let exported = vpc.export && network.own.is_some();
        let by_workload =
            |kind| !network.private.is_empty() && (exported || stack.workloads().any(|workload| reaches(workload.connections(), kind)));
        // A function has no public address in whatever subnet.
        let joined = || stack.all::<Function>().map(Function::parts).filter(|parts| *parts.join_default_vpc);
        let reached = |kind| by_workload(kind) || joined().any(|parts| reaches(parts.connect_to, kind));
        let (s3, dynamo_db) = (reached(ResourceKind::Bucket), reached(ResourceKind::DynamoDbTable));
        let tables = std::mem::take(&mut network.s3_route_tables);
        if dynamo_db {
            network.dynamo_db_route_tables.clone_from(&tables);
        }
        if s3 {
            network.s3_route_tables = tables;
        }
        network
    }

    fn own(vpc: &Vpc, asked: bool, needed: bool, shared: &Shared) -> Self {
        let zones = 0..vpc.availability_zones.count();
        let has_private = vpc.has_private_subnets(asked);
        let public: Vec<_> = zones.clone().map(logical_id::public_subnet).collect();
        let private: Vec<_> = zones.filter(|_| has_private).map(logical_id::private_subnet).collect();
        let nat = (0..vpc.nat_gateways()).filter(|_| has_private).map(logical_id::nat).collect();
        let ids = |subnets: &[SubnetIds]| {
            let numbered = (0..).zip(subnets);
            numbered.map(|(zone, ids)| Subnet { id: ids.subnet.reference(), key: SubnetKey::Zone(zone) }).collect()
        };
        Self {
            vpc: shared.vpc.reference(),
            cidr: Self::CIDR.into(),
            public: ids(&public),
            private: ids(&private),
            dynamo_db_route_tables: Vec::new(),
            s3_route_tables: public.iter().chain(&private).map(|ids| ids.route_table.reference()).collect(),
            own: (needed || vpc.export).then_some(OwnNetwork { public, private, nat }),
        }
    }

    /// The other stack cares for its route tables.
    fn of_stack(other: &StackVpc, zones: u8) -> Self {
        let stack = other.stack_name();
        let imported = |output: VpcOutput| import(output.export_of(&stack).unwrap_or_default());
        let listed = |output| {
            let id = |zone| select(zone, split(",", imported(output)));
            (0..zones).map(|zone| Subnet { id: id(zone), key: SubnetKey::Zone(zone) }).collect()
        };
        Self {
            vpc: imported(VpcOutput::Id),
            cidr: imported(VpcOutput::Cidr),
            public: listed(VpcOutput::PublicSubnetIds),
            private: listed(VpcOutput::PrivateSubnetIds),
            dynamo_db_route_tables: Vec::new(),
            s3_route_tables: Vec::new(),
            own: None,
        }
    }

    fn of_ids(ids: &VpcIds, stack: &ValidStack) -> Self {
        // No `..`: a new field of the model must not compile until it is used here.
        let VpcIds {
            vpc_id,
            cidr_block,
            public_subnet_ids,
            private_subnet_ids,
            public_route_table_ids,
            private_route_table_ids,
            origin: _,
        } = ids;
        // Not every id is known now: how it is written stands for it.
        let subnet = |id: &Text| Subnet { id: text::lower(id, stack), key: SubnetKey::Written(serde_json::json!(id).to_string()) };
        Self {
            vpc: text::lower(vpc_id, stack),
            cidr: text::lower(cidr_block, stack),
            public: public_subnet_ids.iter().map(subnet).collect(),
            private: private_subnet_ids.iter().map(subnet).collect(),
            dynamo_db_route_tables: Vec::new(),
            s3_route_tables: public_route_table_ids.iter().chain(private_route_table_ids).map(|id| text::lower(id, stack)).collect(),
            own: None,
        }
    }

    /// The subnets in which something runs, as properties take them.
    pub(crate) fn subnet_ids(&self, private: bool) -> Vec<Value<String>> {
        let subnets = if private { &self.private } else { &self.public };
        subnets.iter().map(|subnet| subnet.id.clone()).collect()
    }

    /// Whether there are subnets with a way out through NAT gateways.
    pub(crate) fn has_private_subnets(&self) -> bool {
        !self.private.is_empty()
    }

    /// The subnets for what answers inside the VPC and needs no way out: public ones, or the private ones where there are no others.
    pub(crate) fn inner_subnet_ids(&self) -> Vec<Value<String>> {
        self.subnet_ids(self.public.is_empty())
    }

    /// Where a file system can be mounted: one mount target in each availability zone, which is all that EFS takes. It stays where it is
    /// when private subnets are added, since a zone has no room for its replacement.
    pub(crate) fn mount_targets(&self, filesystem: &str) -> impl Iterator<Item = (Id<efs::MountTarget>, Value<String>)> {
        let subnets = if self.public.is_empty() { &self.private } else { &self.public };
        subnets.iter().map(move |subnet| (logical_id::mount_target(filesystem, &subnet.key), subnet.id.clone()))
    }

    /// The stack's own subnets, each with the route that leads out of it.
    pub(crate) fn own_subnets(&self, private: bool) -> &[SubnetIds] {
        self.own.as_ref().map_or(&[], |own| if private { &own.private } else { &own.public })
    }
}

fn reaches(connections: &[Connection], kind: ResourceKind) -> bool {
    let is_one = |connection: &Connection| matches!(connection, Connection::Resource(target) if target.kind == kind);
    connections.iter().any(is_one)
}
