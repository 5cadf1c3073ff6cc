//! The samples of a run, size by size: each one's invocation is in the log of the function.

use crate::lambda::MemoryMb;
use crate::logs::{RequestId, RunLog};
use crate::power::{Run, Sample};

/// The samples of one size of a run.
#[derive(Debug)]
pub struct SampleList {
    /// The run as it was when the list was opened.
    pub run: Box<Run>,
    /// The size in front.
    size: MemoryMb,
    /// The sample in front, by its number at its size from 0.
    at: usize,
    /// Whether the slowest stand first; else they stand as they arrived.
    pub by_duration: bool,
}

impl SampleList {
    /// Of a run at this size, or at the first one that has samples; `None` where none has.
    #[must_use]
    pub(super) fn open(run: &Run, size: Option<MemoryMb>) -> Option<Self> {
        let sizes = sizes(run);
        let size = size.filter(|size| sizes.contains(size));
        let size = size.or_else(|| sizes.first().copied())?;
        Some(Self {
            run: Box::new(run.clone()),
            size,
            at: 0,
            by_duration: false,
        })
    }

    /// The size in front.
    #[must_use]
    pub const fn size(&self) -> MemoryMb {
        self.size
    }

    /// The samples in the order they are shown in, each with its number from 1.
    #[must_use]
    pub fn rows(&self) -> Vec<(usize, &Sample)> {
        let measured = self.run.measured();
        let sizes = measured.map_or(&[][..], |it| &it.sizes);
        let size = sizes.iter().find(|size| size.memory_mb == self.size);
        let samples = size.map_or(&[][..], |size| &size.samples);
        let mut rows: Vec<(usize, &Sample)> = (1..).zip(samples).collect();
        if self.by_duration {
            rows.sort_by(|(_, one), (_, other)| other.duration_ms.total_cmp(&one.duration_ms));
        }
        rows
    }

    /// The place of the sample in front among these rows of the list, counted from 0.
    #[must_use]
    pub fn place(&self, rows: &[(usize, &Sample)]) -> usize {
        let at = rows.iter().position(|(number, _)| *number == self.at + 1);
        at.unwrap_or_default()
    }

    /// Moves over the rows; they stop at the ends.
    pub(super) fn step(&mut self, rows: isize) {
        let all = self.rows();
        let last = all.len().saturating_sub(1);
        let there = self.place(&all).saturating_add_signed(rows).min(last);
        self.at = all.get(there).map_or(0, |(number, _)| number - 1);
    }

    /// Moves over the sizes that have samples; they stop at the ends.
    pub(super) fn change_size(&mut self, sizes_on: isize) {
        let there = crate::panes::stepped(sizes(&self.run), Some(self.size), sizes_on);
        if let Some(size) = there.filter(|size| *size != self.size) {
            (self.size, self.at) = (size, 0);
        }
    }

    /// The log of the run with the invocation of the sample in front; `None` where the record does not tell which it was.
    pub(super) fn log(&self, now: jiff::Timestamp) -> Option<RunLog> {
        let rows = self.rows();
        let (_, sample) = rows.get(self.place(&rows))?;
        let request = sample.call.request_id.as_deref()?;
        Some(RunLog {
            wanted: Some(RequestId::parse(request)?),
            ..RunLog::of(&self.run, now)?
        })
    }
}

/// The sizes that have samples, ascending.
fn sizes(run: &Run) -> Vec<MemoryMb> {
    let measured = run.measured();
    let sizes = measured.map_or(&[][..], |it| &it.sizes).iter();
    let sampled = sizes.filter(|size| !size.samples.is_empty());
    sampled.map(|size| size.memory_mb).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::fixture;

    #[test]
    fn the_slowest_stand_first_and_the_sample_in_front_stays() {
        let run = fixture::run();
        let mut list = SampleList::open(&run, None).unwrap();
        list.step(1);
        assert_eq!(list.place(&list.rows()), 1);
        list.by_duration = true;
        let rows = list.rows();
        assert!(rows.is_sorted_by(|(_, one), (_, other)| one.duration_ms >= other.duration_ms));
        assert_eq!(rows[list.place(&rows)].0, 2, "the same sample");
        let first = list.size();
        list.change_size(-1);
        assert_eq!(list.size(), first);
        list.change_size(1);
        assert!(list.size() > first);
        assert_eq!(
            list.place(&list.rows()),
            list.rows()
                .iter()
                .position(|(number, _)| *number == 1)
                .unwrap()
        );
    }

    #[test]
    fn a_sample_leads_to_its_invocation_when_the_record_tells_it() {
        let mut run = fixture::run();
        let started = run.started;
        let sizes = &mut run.measured_mut().unwrap().sizes;
        for size in sizes.iter_mut() {
            for sample in &mut size.samples {
                sample.call.request_id = None;
            }
        }
        let list = SampleList::open(&run, None).unwrap();
        assert_eq!(list.log(started), None);
        let id = "8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f";
        run.measured_mut().unwrap().sizes[0].samples[0]
            .call
            .request_id = Some(id.to_owned());
        let list = SampleList::open(&run, None).unwrap();
        assert_eq!(list.log(started).unwrap().wanted, RequestId::parse(id));
    }
}
