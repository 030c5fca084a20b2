//! What runs a user's program: it has a role of its own, and may be connected to other resources.

use crate::iam::Statement;
use crate::reference::Connection;
use crate::resource::Resource;

/// A resource that runs a user's program, as far as it may use others.
#[derive(Clone, Copy, Debug)]
pub struct Consumer<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is connected to. YAML: `connectTo`.
    pub connections: &'a [Connection],
    /// What else its role may do. YAML: `iamRoleStatements`.
    pub statements: &'a [Statement],
    /// Whether it has an environment, whose variables tell of the connections.
    pub is_told: bool,
}

impl Resource {
    /// The resource as one that uses others, if it runs a program. Services do by the workload that they are made of.
    pub fn consumer(&self) -> Option<Consumer<'_>> {
        match self {
            Self::MultiContainerWorkload(workload) => {
                let (connections, statements) = (&workload.connect_to, &workload.iam_role_statements);
                Some(Consumer { name: &workload.name, connections, statements, is_told: true })
            }
            Self::StateMachine(machine) => {
                let (connections, statements) = (&machine.connect_to, &machine.iam_role_statements);
                Some(Consumer { name: &machine.name, connections, statements, is_told: false })
            }
            Self::Function(function) => {
                let (connections, statements) = (&function.connect_to, &function.iam_role_statements);
                Some(Consumer { name: &function.name, connections, statements, is_told: true })
            }
            Self::BatchJob(job) => {
                let (connections, statements) = (&job.connect_to, &job.iam_role_statements);
                Some(Consumer { name: &job.name, connections, statements, is_told: true })
            }
            Self::ApplicationLoadBalancer(_)
            | Self::Bucket(_)
            | Self::DynamoDbTable(_)
            | Self::EfsFilesystem(_)
            | Self::EventBus(_)
            | Self::HttpApiGateway(_)
            | Self::KinesisStream(_)
            | Self::NetworkLoadBalancer(_)
            | Self::PrivateService(_)
            | Self::SnsTopic(_)
            | Self::SqsQueue(_)
            | Self::UserAuthPool(_)
            | Self::WebService(_)
            | Self::WorkerService(_) => None,
        }
    }
}
