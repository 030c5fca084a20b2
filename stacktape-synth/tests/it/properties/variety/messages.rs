//! What is met of queues, topics, buses and streams.

use stacktape_model::event_bus::{Archivation, ArchivationParts, EventBus, EventBusEvent, EventBusParts};
use stacktape_model::iam::PolicyStatement;
use stacktape_model::kinesis_stream::{KinesisStream, KinesisStreamParts, StreamEncryption, StreamEncryptionParts};
use stacktape_model::sns_topic::{SnsTopic, SnsTopicParts};
use stacktape_model::sqs_queue::{QueueEvent, QueueRef, RedrivePolicy, SqsQueue, SqsQueueParts};

use super::Met;

// No `..` below: a new field of the model must not compile until the strategies reach it.

impl Met {
    pub(super) fn queue(&mut self, queue: &SqsQueue) {
        let SqsQueueParts {
            name: _,
            delay_messages_second,
            max_message_size_bytes,
            message_retention_period_seconds,
            long_polling_seconds,
            visibility_timeout_seconds,
            fifo_enabled,
            fifo_high_throughput,
            content_based_deduplication,
            redrive_policy,
            events,
            policy_statements,
            removal_policy,
            overrides,
        } = queue.parts();
        let numbers = [
            delay_messages_second,
            max_message_size_bytes,
            message_retention_period_seconds,
            long_polling_seconds,
            visibility_timeout_seconds,
        ];
        for (index, number) in numbers.into_iter().enumerate() {
            self.note(&format!("queue number {index}"), number.is_some());
        }
        self.note("queue fifo", *fifo_enabled);
        self.note("queue high", *fifo_high_throughput);
        self.note("queue deduplication", *content_based_deduplication);
        self.variant("queue removal", removal_policy);
        self.note("overrides of a queue", !overrides.is_empty());
        if let Some(RedrivePolicy { target, max_receive_count: _ }) = redrive_policy {
            self.queue_ref("redrive", target);
        }
        for QueueEvent::EventBus(EventBusEvent { bus, event_pattern: _, input, on_delivery_failure, message_group_id, origin: _ }) in events
        {
            self.variant("events of", bus);
            self.variant("event sends", input);
            self.note("event group", message_group_id.is_some());
            if let Some(failed) = on_delivery_failure {
                self.queue_ref("event fails", failed);
            }
        }
        for PolicyStatement { effect, actions: _, principal, condition } in policy_statements {
            self.variant("queue effect", effect);
            self.variant("principal", principal);
            self.note("queue condition", condition.is_some());
        }
    }

    pub(super) fn queue_ref(&mut self, what: &str, queue: &QueueRef) {
        match queue {
            QueueRef::Named(_) => self.variant(&format!("{what} to"), queue),
            QueueRef::Arn(arn) => self.variant(&format!("{what} to an ARN of"), arn),
        }
    }

    pub(super) fn topic(&mut self, topic: &SnsTopic) {
        let SnsTopicParts { name: _, sms_display_name, fifo_enabled, content_based_deduplication, overrides } = topic.parts();
        self.note("topic display", sms_display_name.is_some());
        self.note("topic fifo", *fifo_enabled);
        self.note("topic deduplication", *content_based_deduplication);
        self.note("overrides of a topic", !overrides.is_empty());
    }

    pub(super) fn bus(&mut self, bus: &EventBus) {
        let EventBusParts { name: _, event_source_name, archivation, overrides } = bus.parts();
        self.note("bus partner", event_source_name.is_some());
        self.note("overrides of a bus", !overrides.is_empty());
        if let Some(ArchivationParts { retention_days }) = archivation.as_ref().map(Archivation::parts) {
            self.note(if retention_days.is_some() { "bus archived" } else { "bus archived for ever" }, true);
        }
    }

    pub(super) fn stream(&mut self, stream: &KinesisStream) {
        let KinesisStreamParts {
            name: _,
            capacity_mode,
            shard_count,
            retention_period_hours,
            encryption,
            enable_enhanced_fan_out,
            removal_policy,
            overrides,
        } = stream.parts();
        self.variant("stream mode", capacity_mode);
        self.note("stream shards", shard_count.is_some());
        self.note("stream retention", retention_period_hours.is_some());
        self.note("stream fan out", *enable_enhanced_fan_out);
        self.variant("stream removal", removal_policy);
        self.note("overrides of a stream", !overrides.is_empty());
        if let Some(StreamEncryptionParts { kms_key_arn }) = encryption.as_ref().map(StreamEncryption::parts) {
            self.note("stream key of AWS", kms_key_arn.is_none());
            if let Some(key) = kms_key_arn {
                self.text("stream key", key);
            }
        }
    }
}
