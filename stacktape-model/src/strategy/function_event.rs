//! What calls functions.

mod pushed;
mod read;
mod schedule;
mod traffic;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::Union;

pub(super) use pushed::Subscribed;
pub use pushed::iot_event;
pub(super) use read::drop_hasty;
pub(super) use schedule::input;
pub use schedule::schedule_event;
pub(super) use traffic::drop_second_traffic;

use super::container::Routes;
use super::load_balancer_event::Priorities;
use super::surroundings::Later;
use crate::function::FunctionEvent;

/// An event, where something is around that it can come from.
type Called = Later<Option<FunctionEvent>>;

/// Up to three events of any kind.
pub(super) fn events_later() -> BoxedStrategy<Later<Vec<FunctionEvent>>> {
    let each: Vec<BoxedStrategy<Called>> =
        vec![pushed::later(), read::later(), traffic::route_later(), traffic::rule_later(), schedule::later()];
    vec(Union::new(each), 0..4)
        .prop_map(|events| {
            Later::new(move |around| {
                let mut events = events.iter().filter_map(|event| event.within(around)).collect();
                Subscribed::default().drop_second(&mut events);
                drop_second_traffic(&mut events, &mut Routes::new(), &mut Priorities::new());
                traffic::settle_formats(&mut events, around);
                events
            })
        })
        .boxed()
}
