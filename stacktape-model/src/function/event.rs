//! What calls a function.

use super::{Function, ScheduleEvent};
use crate::check::Check;
use crate::event::event_table;
use crate::origin::Origin;

event_table! {
    /// What calls a function. YAML: an entry of `events`.
    FunctionEvent, by
    /// A kind of event, as a type: [`Function::events_of`] finds events by it.
    FunctionEventType:
    /// Certain times.
    Schedule(ScheduleEvent) = "schedule";
}

impl FunctionEvent {
    /// Where the event is written.
    pub fn origin(&self) -> Origin {
        match self {
            Self::Schedule(event) => event.origin,
        }
    }

    pub(super) fn check(&self, _function: &Function, at: &mut Check<'_>) {
        let mut at = at.written_here(self.origin());
        match self {
            Self::Schedule(event) => event.check(&mut at),
        }
    }
}
