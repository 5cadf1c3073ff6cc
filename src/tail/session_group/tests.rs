//! Session groups by themselves.

use rand::SeedableRng as _;

use super::*;

fn at(minutes: u64) -> Now {
    Now {
        at: Duration::from_mins(minutes),
        wall_ms: 0,
    }
}

#[test]
fn a_session_whose_follower_cannot_be_had_is_followed_by_another_one_all_the_same() {
    let mut group = SessionGroup::new(vec!["/g".to_owned()], None);
    let [first, second, third] = [1, 2, 3].map(|count| {
        let mut ids = std::iter::successors(Some(SessionId::default()), |id| Some(id.next()));
        ids.nth(count).unwrap()
    });
    assert_eq!(group.step(at(0), first), Some(SessionStep::Open(first)));
    assert_eq!(group.take_session(first, 0, at(0)), SessionOpening::Live);
    assert!(!group.note_update(first, 0, at(175)));
    assert_eq!(group.step(at(175), second), Some(SessionStep::Open(second)));
    group.settle_for_polling("not allowed".to_owned(), Some(at(185).at));
    assert!(group.is_live() && group.awaited().is_none());
    // AWS ends it after three hours.
    let mut rng = StdRng::seed_from_u64(1);
    let why = "the session was over".to_owned();
    assert_eq!(group.end_session(first, why, at(180), &mut rng), Some(0));
    assert_eq!(group.step(at(180), third), Some(SessionStep::Open(third)));
}
