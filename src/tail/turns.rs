//! Whose turn it is to ask for a page: each region has a quota of its own, which its groups have by turns.

use super::ids::{PollerId, RegionId};
use crate::aws::{Quota, Quotas};

/// The regions of a tail's groups.
#[derive(Debug)]
pub(super) struct RegionTurns {
    quotas: Quotas,
    regions: Vec<RegionTurn>,
}

/// The turns in one region.
#[derive(Debug)]
struct RegionTurn {
    name: String,
    quota: Quota,
    pollers: Vec<PollerId>,
    /// The place of the poller that is asked first.
    turn: usize,
}

impl RegionTurns {
    /// The turns of the groups of these keys.
    pub(super) fn new(keys: &[String], quotas: &Quotas) -> Self {
        let mut turns = Self {
            quotas: quotas.clone(),
            regions: Vec::new(),
        };
        for (place, key) in keys.iter().enumerate() {
            turns.add(key, PollerId(place));
        }
        turns
    }

    /// Adds the poller of a group.
    pub(super) fn add(&mut self, key: &str, id: PollerId) {
        let name = self.quotas.region_of(key);
        if let Some(region) = self.regions.iter_mut().find(|it| it.name == name) {
            return region.pollers.push(id);
        }
        self.regions.push(RegionTurn {
            quota: self.quotas.in_region(&name),
            name,
            pollers: vec![id],
            turn: 0,
        });
    }

    /// All regions.
    pub(super) fn regions(&self) -> impl Iterator<Item = RegionId> + use<> {
        (0..self.regions.len()).map(RegionId)
    }

    /// The region of a poller's group.
    pub(super) fn region_of(&self, id: PollerId) -> Option<RegionId> {
        let mut regions = self.regions.iter();
        let place = regions.position(|region| region.pollers.contains(&id));
        place.map(RegionId)
    }

    /// The pollers of a region's groups.
    pub(super) fn pollers(&self, id: RegionId) -> &[PollerId] {
        self.regions.get(id.0).map_or(&[], |it| &it.pollers)
    }

    /// How many calls a second a region grants.
    pub(super) fn rate(&self, id: RegionId) -> f64 {
        self.regions.get(id.0).map_or(0.0, |it| it.quota.rate())
    }

    /// The first poller of a region that is due, once `right` has taken the right to a call from the region's quota. It is
    /// its turn until that is passed on.
    pub(super) fn take(
        &mut self,
        id: RegionId,
        is_due: impl Fn(PollerId) -> bool,
        right: impl FnOnce(&Quota) -> bool,
    ) -> Option<PollerId> {
        let region = self.regions.get_mut(id.0)?;
        let count = region.pollers.len();
        let places = (0..count).map(|step| (region.turn + step) % count);
        let mut in_turn = places.filter_map(|at| Some((at, *region.pollers.get(at)?)));
        let (place, poller) = in_turn.find(|&(_, poller)| is_due(poller))?;
        region.turn = place;
        right(&region.quota).then_some(poller)
    }

    /// The next poller of its region comes after this one.
    pub(super) fn pass_on(&mut self, id: PollerId) {
        for region in &mut self.regions {
            if let Some(place) = region.pollers.iter().position(|&it| it == id) {
                region.turn = place + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_refused_is_first_and_another_region_loses_nothing_by_it() {
        let far = "arn:aws:logs:eu-west-1:1:log-group:/x";
        let keys = ["/a", far, "/b"].map(str::to_owned);
        let mut turns = RegionTurns::new(&keys, &Quotas::boundless());
        let regions: Vec<RegionId> = turns.regions().collect();
        assert_eq!(turns.pollers(regions[0]), [PollerId(0), PollerId(2)]);
        assert_eq!(turns.region_of(PollerId(1)), Some(regions[1]));
        let mut take = |is_granted: bool| {
            let taken = turns.take(regions[0], |_| true, |_| is_granted);
            taken.inspect(|&id| turns.pass_on(id))
        };
        assert_eq!(take(true), Some(PollerId(0)));
        assert_eq!(take(false), None);
        assert_eq!(take(true), Some(PollerId(2)));
        assert_eq!(take(true), Some(PollerId(0)));
        let there = turns.take(regions[1], |_| true, |_| true);
        assert_eq!(there, Some(PollerId(1)));
        assert_eq!(turns.take(regions[1], |_| false, |_| true), None);
    }
}
