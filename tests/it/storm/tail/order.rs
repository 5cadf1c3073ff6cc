//! Whether what was told stands in order once the log pane's store has it, and whether what waited for the reader stayed
//! within its bound.

use std::collections::BTreeMap;

use iacstone::logs::{Bounds, Buffer, Shift, Tailing};

use super::WINDOW_MS;
use super::life::Life;
use crate::promise;
use crate::storm::Broken;

/// Events that may wait for the reader, and bytes of theirs.
const WAITING: (usize, usize) = (50_000, 16 << 20);
/// What is on its way to the reader besides: the channel's places and the one in its hands.
const ON_THE_WAY: usize = 5;

/// Checks the order of one life, and what the reader found waiting.
pub(super) fn check(life: &Life) -> Result<(), Broken> {
    let mut buffer = Buffer::new(Bounds::default());
    for (_, news) in life.told().iter() {
        match news {
            Tailing::Events(events) => drop(buffer.append(events.clone())),
            Tailing::Marker(marker) => drop(buffer.rule(marker)),
            Tailing::Opened | Tailing::Status(_) => {}
        }
    }
    let mut last = None;
    for id in buffer.all().ids(0..buffer.all().len()) {
        let row = buffer.brief(id).unwrap();
        match row.shift {
            Shift::None if row.is_ruler() => {}
            Shift::None => {
                let place = (row.time_ms, row.ingested_ms);
                promise!(last <= Some(place), "{row:?} stands after {last:?}");
                last = Some(place);
            }
            Shift::Late(late_ms) => promise!(
                late_ms > WINDOW_MS.unsigned_abs(),
                "{row:?} is marked late and is not"
            ),
            Shift::Ahead(ahead_ms) => promise!(
                row.time_ms - row.ingested_ms >= ahead_ms.cast_signed(),
                "{row:?} is marked ahead and is not"
            ),
        }
    }
    waiting(life)
}

/// What came in one moment had waited.
fn waiting(life: &Life) -> Result<(), Broken> {
    let mut moments: BTreeMap<i64, (usize, usize, usize)> = BTreeMap::new();
    for (at_ms, news) in life.told().iter() {
        if let Tailing::Events(events) = news {
            let (count, bytes, most) = moments.entry(*at_ms).or_default();
            let own: usize = events.iter().map(|event| event.message.len()).sum();
            *count += events.len();
            *bytes += own;
            *most = own.max(*most);
        }
    }
    for (at_ms, (count, bytes, most)) in moments {
        promise!(
            count <= WAITING.0 + ON_THE_WAY * 2_000 && bytes <= WAITING.1 + ON_THE_WAY * most,
            "{count} events of {bytes} bytes waited for the reader at {}",
            super::clock_of(at_ms)
        );
    }
    Ok(())
}
