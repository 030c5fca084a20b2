//! What calls functions.

mod schedule;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::Union;

pub(super) use schedule::input;
pub use schedule::schedule_event;

use super::surroundings::Later;
use crate::function::FunctionEvent;

/// An event, where something is around that it can come from.
type Called = Later<Option<FunctionEvent>>;

/// Up to three events of any kind.
pub(super) fn events_later() -> BoxedStrategy<Later<Vec<FunctionEvent>>> {
    let each: Vec<BoxedStrategy<Called>> = vec![schedule::later()];
    vec(Union::new(each), 0..4)
        .prop_map(|events| Later::new(move |around| events.iter().filter_map(|event| event.within(around)).collect()))
        .boxed()
}
