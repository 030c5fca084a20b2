//! What a queue receives.

use crate::event::event_table;
use crate::event_bus::EventBusEvent;
use crate::origin::Origin;

event_table! {
    /// What a queue receives. YAML: an entry of `events`.
    QueueEvent, by
    /// A kind of event of a queue, as a type.
    QueueEventType:
    /// Events of a bus.
    EventBus(EventBusEvent) = "event-bus";
}

impl QueueEvent {
    /// Where the event is written.
    pub fn origin(&self) -> Origin {
        match self {
            Self::EventBus(event) => event.origin,
        }
    }
}
