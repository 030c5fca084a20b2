//! What the stack shows after a deployment: the user's outputs, and those of its network.

use stacktape_model::name::pascal;
use stacktape_model::stack_config::{Output, VpcOutput};
use stacktape_model::table::sort_by;

use crate::cfn::{Node, Value, join};
use crate::lower::text;
use crate::plan::Plan;

/// The outputs, sorted by name.
pub(super) fn lower(plan: &Plan<'_>) -> Vec<(String, Node)> {
    let config = plan.stack.config();
    let of_network = config.vpc.outputs(plan.stack.asks_for_private_subnets());
    let mut outputs: Vec<_> = config.outputs.iter().map(|output| lower_output(output, plan)).collect();
    outputs.extend(of_network.into_iter().map(|output| lower_vpc_output(output, plan)));
    sort_by(&mut outputs, |(name, _), (other, _)| name.cmp(other));
    outputs
}

fn lower_output(output: &Output, plan: &Plan<'_>) -> (String, Node) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let Output { name, value, description, export, origin: _ } = output;
    let description = description.clone().map(|description| Node::Text(description.into()));
    let export = export.then(|| pascal(&format!("{}-{name}", plan.stack.name())));
    (name.clone(), node(text::lower(value, plan.stack), description, export))
}

fn lower_vpc_output(output: VpcOutput, plan: &Plan<'_>) -> (String, Node) {
    let network = &plan.network;
    let (value, description) = match output {
        VpcOutput::NatPublicIps => {
            let addresses = network.own.iter().flat_map(|own| &own.nat).map(|nat| nat.address.reference());
            (join(",", addresses), "Addresses from which what runs in private subnets reaches the internet")
        }
        VpcOutput::Id => (network.vpc.clone(), "The VPC, for stacks that reuse it"),
        VpcOutput::Cidr => (network.cidr.clone(), "Addresses of the VPC, for stacks that reuse it"),
        VpcOutput::PublicSubnetIds => (join(",", network.subnet_ids(false)), "Public subnets, for stacks that reuse the VPC"),
        VpcOutput::PrivateSubnetIds => (join(",", network.subnet_ids(true)), "Private subnets, for stacks that reuse the VPC"),
    };
    let export = output.export_of(plan.stack.name());
    (output.as_str().to_owned(), node(value, Some(Node::literal(description)), export))
}

fn node(value: Value<String>, description: Option<Node>, export: Option<String>) -> Node {
    let mut entries = vec![("Value", value.into_node())];
    entries.extend(description.map(|description| ("Description", description)));
    entries.extend(export.map(|name| ("Export", Node::object([("Name", Node::Text(name.into()))]))));
    Node::object(entries)
}
