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
    // By how many kinds there are.
    let each: Vec<(u32, BoxedStrategy<Called>)> =
        vec![(6, pushed::later()), (4, read::later()), (2, traffic::route_later()), (2, traffic::rule_later()), (2, schedule::later())];
    vec(Union::new_weighted(each), 0..4)
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
