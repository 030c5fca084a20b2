//! Topics of Kafka that Lambda reads.

use stacktape_model::function::{
    CustomKafkaConfiguration, Function, KafkaAuthentication, KafkaCertificate, KafkaPassword, KafkaTopicEvent,
};
use stacktape_model::text::Text;

use super::event_source::{failure_destination, failures, mapping};
use crate::cfn::PropertyType;
use crate::cfn::lambda::EventSourceMapping;
use crate::cfn::lambda::event_source_mapping::{
    Endpoints, SelfManagedEventSource, SelfManagedKafkaEventSourceConfig, SourceAccessConfiguration, SourceAccessConfigurationType,
};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::{once_each, text};
use crate::plan::Plan;
use crate::policy::Grant;

pub(super) fn lower(function: &Function, event: &KafkaTopicEvent, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let KafkaTopicEvent {
        custom_kafka_configuration: CustomKafkaConfiguration { bootstrap_servers, topic_name, authentication },
        batch_size,
        max_batch_window_seconds,
        filter_patterns,
        starting_position,
        consumer_group_id,
        on_failure,
        origin: _,
    } = event;
    let servers: Vec<_> = once_each(bootstrap_servers).iter().map(|server| text::lower(server, plan.stack)).collect();
    let group = consumer_group_id.clone().map(|id| SelfManagedKafkaEventSourceConfig::new().consumer_group_id(id));
    let resource = mapping(function, filter_patterns, plan)
        .self_managed_event_source(SelfManagedEventSource::new().endpoints(Endpoints::new().kafka_bootstrap_servers(servers)))
        .topics([text::lower(topic_name, plan.stack)])
        .source_access_configurations(access(authentication, plan))
        .starting_position(starting_position.as_str().to_owned())
        .set_some(*batch_size, EventSourceMapping::batch_size)
        .set_some(*max_batch_window_seconds, EventSourceMapping::maximum_batching_window_in_seconds)
        .set_some(group, EventSourceMapping::self_managed_kafka_event_source_config)
        .set_some(on_failure.as_ref().map(|to| failure_destination(to, plan)), EventSourceMapping::destination_config);
    fragment.add(&logical_id::event_source_mapping(function.name(), &event.source()), resource);
}

/// Who Lambda is for the brokers.
fn access(authentication: &KafkaAuthentication, plan: &Plan<'_>) -> Vec<SourceAccessConfiguration> {
    let by = |kind, arn: &Text| SourceAccessConfiguration::new().r#type(kind).uri(text::lower(arn, plan.stack));
    let password = |kind, KafkaPassword { authentication_secret_arn }: &KafkaPassword| vec![by(kind, authentication_secret_arn)];
    match authentication {
        KafkaAuthentication::Basic(secret) => password(SourceAccessConfigurationType::BasicAuth, secret),
        KafkaAuthentication::SaslScram256(secret) => password(SourceAccessConfigurationType::SaslScram256Auth, secret),
        KafkaAuthentication::SaslScram512(secret) => password(SourceAccessConfigurationType::SaslScram512Auth, secret),
        KafkaAuthentication::Mtls(KafkaCertificate { client_certificate, server_root_ca_certificate }) => {
            let own = by(SourceAccessConfigurationType::ClientCertificateTlsAuth, client_certificate);
            let root = server_root_ca_certificate.as_ref().map(|root| by(SourceAccessConfigurationType::ServerRootCaCertificate, root));
            std::iter::once(own).chain(root).collect()
        }
    }
}

/// What Lambda does for a topic: the brokers let it in by secrets.
/// <https://docs.aws.amazon.com/lambda/latest/dg/kafka-permissions.html>
pub(super) fn grants(event: &KafkaTopicEvent, plan: &Plan<'_>) -> Vec<Grant> {
    let secrets = event.custom_kafka_configuration.authentication.secrets();
    let secrets: Vec<_> = secrets.into_iter().map(|(_, arn)| text::lower(arn, plan.stack)).collect();
    let read = Grant::new(["secretsmanager:GetSecretValue"], secrets);
    std::iter::once(read).chain(failures(event.on_failure.as_ref(), plan)).collect()
}
