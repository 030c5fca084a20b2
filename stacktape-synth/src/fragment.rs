//! What lowering returns: the resources of one owner, not yet part of any template.

use stacktape_model::origin::Origin;

use crate::cfn::{Id, LogicalId, Node, Properties, Resource};

/// Who a CloudFormation resource belongs to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Owner {
    /// A resource of the stack.
    Resource {
        /// Its name.
        name: String,
        /// Where it is written.
        origin: Origin,
    },
    /// The stack itself: its network, its cluster.
    Shared,
    /// A raw CloudFormation resource of the user.
    Raw {
        /// Where it is written.
        origin: Origin,
    },
}

/// The CloudFormation resources of one owner.
#[derive(Debug)]
pub(crate) struct Fragment {
    pub(crate) owner: Owner,
    pub(crate) resources: Vec<Rendered>,
}

/// A CloudFormation resource.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rendered {
    pub(crate) id: LogicalId,
    pub(crate) resource_type: crate::cfn::Key,
    pub(crate) properties: Node,
    pub(crate) depends_on: Vec<LogicalId>,
    /// What stands beside `Properties`: `DeletionPolicy` and the like.
    pub(crate) attributes: Vec<(crate::cfn::Key, Node)>,
}

impl Fragment {
    pub(crate) fn new(owner: Owner) -> Self {
        // As many as a workload behind a load balancer has.
        Self { owner, resources: Vec::with_capacity(8) }
    }

    /// Adds a resource under an id of its own type.
    pub(crate) fn add<R: Resource>(&mut self, id: &Id<R>, resource: R) -> &mut Rendered {
        self.push(id.logical_id(), R::TYPE, resource.into_properties())
    }

    fn push(&mut self, id: &LogicalId, resource_type: &'static str, properties: Properties) -> &mut Rendered {
        let (id, properties) = (id.clone(), properties.into_node());
        let (depends_on, attributes) = (Vec::new(), Vec::new());
        self.resources.push_mut(Rendered { id, resource_type: resource_type.into(), properties, depends_on, attributes })
    }
}

impl Rendered {
    /// Makes the resource wait for another one that it does not mention.
    pub(crate) fn depends_on<R>(&mut self, id: &Id<R>) -> &mut Self {
        self.depends_on.push(id.logical_id().clone());
        self
    }

    /// Says what becomes of the resource when it leaves the stack or is replaced.
    pub(crate) fn on_removal(&mut self, policy: &'static str) -> &mut Self {
        self.attributes.push(("DeletionPolicy".into(), Node::literal(policy)));
        self.attributes.push(("UpdateReplacePolicy".into(), Node::literal(policy)));
        self
    }
}
