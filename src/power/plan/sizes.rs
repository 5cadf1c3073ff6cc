//! Which memory sizes are measured: numbers, ranges, and words that stand for sizes.

use std::fmt;
use std::str::FromStr;

use super::PlanError;
use crate::lambda::MemoryMb;

/// What stands between the ends of a range.
const BETWEEN: &str = "..";

/// The memory sizes that were asked for, as they were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizeList(Vec<SizeItem>);

/// A part of the list; in the order in which a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum SizeItem {
    /// 128, 256, 512, 1024, 1536 and 3008 MB.
    Default,
    /// As the reference tool has it: the 46 sizes from 128 to 3008 MB in steps of 64.
    All,
    /// The range Lambda offers today: the 46 sizes of `ALL`, then 3584 to 9728 MB in steps of 512, and 10240 MB.
    /// 60 sizes: curves bend below 3 GB, and each size above costs the most.
    Full,
    /// The size the function has.
    Current,
    /// Every size from the first on, in steps, up to the last.
    Range {
        first: MemoryMb,
        last: MemoryMb,
        step: u32,
    },
    /// One size.
    One(MemoryMb),
}

impl Default for SizeList {
    fn default() -> Self {
        Self(vec![SizeItem::Default])
    }
}

impl SizeList {
    /// What is measured when nothing else is asked for: the default sizes and the one the function has, for a change is
    /// told against that.
    #[must_use]
    pub fn usual() -> Self {
        Self(vec![SizeItem::Default, SizeItem::Current])
    }

    /// The sizes in megabytes, ascending, none twice; without the one the function has, where that is asked for but not
    /// known.
    #[must_use]
    pub fn sizes(&self) -> Vec<MemoryMb> {
        let mut sizes: Vec<MemoryMb> = self.0.iter().flat_map(|item| item.sizes()).collect();
        sizes.sort_unstable();
        sizes.dedup();
        sizes
    }

    /// Whether the size that the function has is asked for, and not known.
    #[must_use]
    pub fn needs_current(&self) -> bool {
        self.0.contains(&SizeItem::Current)
    }

    /// The list for a function that has this size.
    #[must_use]
    pub(super) fn knowing(mut self, current: MemoryMb) -> Self {
        if self.needs_current() {
            self.0.retain(|item| *item != SizeItem::Current);
            if !self.sizes().contains(&current) {
                self.0.push(SizeItem::One(current));
            }
        }
        self
    }

    /// The sizes in megabytes, ascending, none twice, at least one.
    ///
    /// # Errors
    /// [`PlanError`] when there is none, a number is there twice, or the size that the function has is not known.
    pub fn checked(&self) -> Result<Vec<MemoryMb>, PlanError> {
        let numbers: Vec<MemoryMb> = self.0.iter().filter_map(|item| item.number()).collect();
        let mut rest = numbers.iter();
        while let Some(size) = rest.next() {
            if rest.as_slice().contains(size) {
                return Err(PlanError::SizeTwice(*size));
            }
        }
        let sizes = self.sizes();
        match (sizes.is_empty(), self.needs_current()) {
            (_, true) => Err(PlanError::CurrentUnknown),
            (true, false) => Err(PlanError::NoSizes),
            (false, false) => Ok(sizes),
        }
    }
}

impl SizeItem {
    fn sizes(self) -> Vec<MemoryMb> {
        match self {
            Self::Default => sizes([128, 256, 512, 1024, 1536, 3008]),
            Self::All => sizes((128..=3008).step_by(64)),
            Self::Full => sizes((128..=3008).step_by(64).chain((3584..=10_240).step_by(512))),
            Self::Current => Vec::new(),
            Self::Range { first, last, step } => {
                let range = first.megabytes()..=last.megabytes();
                // A step is at least 1.
                sizes(range.step_by(step as usize))
            }
            Self::One(size) => vec![size],
        }
    }

    const fn number(self) -> Option<MemoryMb> {
        match self {
            Self::One(size) => Some(size),
            _ => None,
        }
    }
}

fn sizes(megabytes: impl IntoIterator<Item = u32>) -> Vec<MemoryMb> {
    megabytes
        .into_iter()
        .filter_map(|size| MemoryMb::new(size).ok())
        .collect()
}

/// Numbers, in any order; one that is there twice is refused when a plan is built.
impl From<Vec<MemoryMb>> for SizeList {
    fn from(sizes: Vec<MemoryMb>) -> Self {
        sizes.into_iter().collect()
    }
}

impl FromIterator<MemoryMb> for SizeList {
    fn from_iter<I: IntoIterator<Item = MemoryMb>>(sizes: I) -> Self {
        let mut items: Vec<SizeItem> = sizes.into_iter().map(SizeItem::One).collect();
        items.sort_unstable();
        Self(items)
    }
}

/// All that the lists ask for.
impl FromIterator<Self> for SizeList {
    fn from_iter<I: IntoIterator<Item = Self>>(lists: I) -> Self {
        let mut items: Vec<SizeItem> = lists.into_iter().flat_map(|list| list.0).collect();
        items.sort_unstable();
        Self(items)
    }
}

/// Reads parts with commas between: whole megabytes, a range such as `512..2048/256`, and `default`, `ALL`, `FULL` and
/// `current` in any case.
impl FromStr for SizeList {
    type Err = PlanError;

    fn from_str(text: &str) -> Result<Self, PlanError> {
        if text.trim().is_empty() {
            return Err(PlanError::NoSizes);
        }
        let parts = text.split(',').map(|part| part.trim().parse());
        let mut items: Vec<SizeItem> = parts.collect::<Result<_, _>>()?;
        items.sort_unstable();
        let list = Self(items);
        // A slip is told where it is typed.
        list.clone().knowing(MemoryMb::MIN).checked()?;
        Ok(list)
    }
}

impl FromStr for SizeItem {
    type Err = PlanError;

    fn from_str(word: &str) -> Result<Self, PlanError> {
        match word.to_ascii_lowercase().as_str() {
            "default" => return Ok(Self::Default),
            "all" => return Ok(Self::All),
            "full" => return Ok(Self::Full),
            "current" => return Ok(Self::Current),
            _ => {}
        }
        match word.split_once(BETWEEN) {
            Some((first, rest)) => range(word, first, rest),
            None => Ok(Self::One(parse_size(word, word)?)),
        }
    }
}

fn range(word: &str, first: &str, rest: &str) -> Result<SizeItem, PlanError> {
    let no_range = || PlanError::SizeRange(word.to_owned());
    let (last, step) = rest.split_once('/').ok_or_else(no_range)?;
    let (first, last) = (parse_size(word, first)?, parse_size(word, last)?);
    let step: u32 = step.trim().parse().map_err(|_not_a_number| no_range())?;
    if step == 0 || first > last {
        return Err(no_range());
    }
    Ok(SizeItem::Range { first, last, step })
}

fn parse_size(word: &str, megabytes: &str) -> Result<MemoryMb, PlanError> {
    let megabytes: u32 = megabytes
        .trim()
        .parse()
        .map_err(|_not_a_number| PlanError::Size(word.to_owned()))?;
    Ok(MemoryMb::new(megabytes)?)
}

/// As it is read: words, then ranges, then numbers, ascending.
impl fmt::Display for SizeList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, item) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(",")?;
            }
            match item {
                SizeItem::Default => f.write_str("default")?,
                SizeItem::All => f.write_str("ALL")?,
                SizeItem::Full => f.write_str("FULL")?,
                SizeItem::Current => f.write_str("current")?,
                SizeItem::Range { first, last, step } => {
                    write!(f, "{first}{BETWEEN}{last}/{step}")?;
                }
                SizeItem::One(size) => write!(f, "{size}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> SizeList {
        text.parse().unwrap()
    }

    fn parsed(text: &str) -> Vec<u32> {
        let sizes = list(text).sizes();
        sizes.into_iter().map(MemoryMb::megabytes).collect()
    }

    #[test]
    fn words_stand_for_lists() {
        assert_eq!(parsed("default"), [128, 256, 512, 1024, 1536, 3008]);
        assert_eq!(SizeList::default(), list("default"));
        let all = parsed("ALL");
        assert_eq!((all.len(), all[0], all[45]), (46, 128, 3008));
        let full = parsed("full");
        assert_eq!(
            (full.len(), full[45], full[46], full[59]),
            (60, 3008, 3584, 10_240)
        );
    }

    #[test]
    fn numbers_are_sorted_and_join_words_and_ranges() {
        assert_eq!(parsed(" 512, 128,10240 "), [128, 512, 10_240]);
        assert_eq!(
            parsed("default, 1769"),
            [128, 256, 512, 1024, 1536, 1769, 3008]
        );
        // What a word holds already is measured once.
        assert_eq!(parsed("512,default").len(), 6);
        assert_eq!(parsed("512..2048/512"), [512, 1024, 1536, 2048]);
        assert_eq!(parsed("128,512 .. 1100 / 256"), [128, 512, 768, 1024]);
        assert_eq!(parsed("1024..1024/64"), [1024]);
    }

    #[test]
    fn the_size_a_function_has_is_put_in_when_it_is_known() {
        let sizes = list("current,1024");
        assert!(sizes.needs_current());
        assert_eq!(sizes.checked(), Err(PlanError::CurrentUnknown));
        let known = |megabytes| {
            let current = MemoryMb::new(megabytes).unwrap();
            sizes.clone().knowing(current).checked().unwrap()
        };
        assert_eq!(known(300).len(), 2);
        // It may be there already.
        assert_eq!(known(1024).len(), 1);
    }

    #[test]
    fn a_list_is_written_as_it_is_read() {
        for text in [
            "default",
            "ALL",
            "FULL",
            "current",
            "128,512,1024",
            "default,current,512..2048/256,1769",
        ] {
            assert_eq!(list(text).to_string(), text);
        }
        assert_eq!(list("1024, 128,Default").to_string(), "default,128,1024");
    }

    #[test]
    fn what_is_no_size_is_named() {
        for (text, part) in [
            ("", "no memory size"),
            ("128,", "'' is not a memory size"),
            ("128,Lots", "'Lots'"),
            ("128.5", "'128.5'"),
            ("-128", "'-128'"),
            ("64", "'64' MB is outside"),
            ("10241", "'10241' MB is outside"),
            ("128,256,128", "128 MB is given twice"),
            ("512..2048", "'512..2048' is no range"),
            ("512..2048/0", "'512..2048/0' is no range"),
            ("512..2048/much", "is no range"),
            ("2048..512/256", "is no range"),
            ("64..512/64", "'64' MB is outside"),
            ("..512/64", "'..512/64' is not a memory size"),
        ] {
            let error = text.parse::<SizeList>().unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
