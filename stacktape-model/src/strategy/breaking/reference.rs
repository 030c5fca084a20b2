//! Mistakes in references.

use super::container::variables;
use super::kinesis_stream;
use super::planting::{Mistake, Planting, WORKLOAD};
use crate::bucket::{Bucket, BucketParam};
use crate::dynamo_db_table::{DynamoDbTable, KeyAttribute};
use crate::event_bus::EventBus;
use crate::kinesis_stream::KinesisStream;
use crate::name::environment_variable;
use crate::reference::{ConnectTarget, Connection, ResourceRef};
use crate::resource::{Resource, ResourceKind};
use crate::stack_config::Output;
use crate::text::Text;
use crate::user_auth_pool::UserAuthPool;

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::new("reference::missing", WORKLOAD, |planting| {
        let lost = Bucket::builder("planted").build();
        match planting.one(&[0, 1, 2]) {
            0 => connect(planting, (&lost).connection()),
            1 => variables(planting, &[("planted", lost.arn().into())]) + ".value",
            _ => {
                planting.stack.output(Output::new("planted", lost.bucket_name()));
                format!("stackConfig.outputs[{}].value", planting.stack.config.outputs.len() - 1)
            }
        }
    }),
    Mistake::new("reference::wrong_kind", &[ResourceKind::HttpApiGateway, ResourceKind::MultiContainerWorkload], |planting| {
        let name = planting.gateway().0.name.clone();
        connect(planting, Connection::Resource(ResourceRef::new(name, ResourceKind::Bucket)))
    }),
    Mistake::anywhere("reference::no_param", |planting| {
        let value = match planting.one(&[0, 1, 2]) {
            0 => {
                let table = DynamoDbTable::builder("planted", KeyAttribute::string("id")).build();
                let value = table.stream_arn();
                planting.stack.add(table);
                value
            }
            1 => {
                let bus = EventBus::builder("planted").build();
                let value = bus.archive_arn();
                planting.stack.add(bus);
                value
            }
            _ => {
                let stream = KinesisStream::builder("planted").build();
                let value = stream.consumer_arn();
                kinesis_stream::add(planting, stream, "");
                value
            }
        };
        planting.stack.output(Output::new("planted", value));
        format!("stackConfig.outputs[{}].value", planting.stack.config.outputs.len() - 1)
    }),
    Mistake::anywhere("reference::secret_written_out", |planting| {
        let pool = UserAuthPool::builder("planted").generate_client_secret(true).build();
        let secret = planting.one(&[pool.client_secret(), Text::joined(["secret: ".into(), pool.client_secret()])]);
        planting.stack.add(pool).output(Output::new("planted", secret));
        format!("stackConfig.outputs[{}].value", planting.stack.config.outputs.len() - 1)
    }),
    Mistake::new("reference::variable_twice", WORKLOAD, |planting| {
        let [first, second] = ["plantedDB", "plantedDb"].map(|name| Bucket::builder(name).build());
        let (workload, path) = planting.workload();
        workload.connect_to.extend([(&first).connection(), (&second).connection()]);
        let path = format!("{path}.connectTo[{}]", workload.connect_to.len() - 1);
        planting.stack.add(first).add(second);
        path
    }),
    Mistake::new("reference::variable_shadowed", WORKLOAD, |planting| {
        let bucket = Bucket::builder("planted").build();
        let param = planting.one(&BucketParam::ALL);
        let name = environment_variable("planted", param.as_str());
        let path = variables(planting, &[(&name, "mine".into())]) + ".name";
        // Every workload is connected, so that the one with the variable is.
        for resource in &mut planting.stack.resources {
            if let Resource::MultiContainerWorkload(workload) = resource {
                workload.connect_to.push((&bucket).connection());
            }
        }
        planting.stack.add(bucket);
        path
    }),
    Mistake::new("reference::variable_prefix", WORKLOAD, |planting| {
        let name = planting.one(&["STP_PLANTED", "STP_"]);
        variables(planting, &[(name, "red".into())]) + ".name"
    }),
];

/// Connects a workload to something.
fn connect(planting: &mut Planting<'_>, connection: Connection) -> String {
    let (workload, path) = planting.workload();
    workload.connect_to.push(connection);
    format!("{path}.connectTo[{}]", workload.connect_to.len() - 1)
}
