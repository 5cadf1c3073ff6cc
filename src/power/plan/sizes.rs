//! Lists of memory sizes, by word or by number.

use super::PlanError;
use crate::lambda::MemoryMb;

/// The sizes measured when none are named: 128, 256, 512, 1024, 1536 and 3008 MB.
#[must_use]
pub fn default_sizes() -> Vec<MemoryMb> {
    sizes([128, 256, 512, 1024, 1536, 3008])
}

/// `ALL`, as the reference tool has it: the 46 sizes from 128 to 3008 MB in steps of 64.
#[must_use]
pub fn all_sizes() -> Vec<MemoryMb> {
    sizes((128..=3008).step_by(64))
}

/// `FULL`, the range Lambda offers today: the 46 sizes of `ALL`, then 3584 to 9728 MB in steps of 512, and 10240 MB.
/// 60 sizes: curves bend below 3 GB, and each size above costs the most.
#[must_use]
pub fn full_sizes() -> Vec<MemoryMb> {
    sizes((128..=3008).step_by(64).chain((3584..=10_240).step_by(512)))
}

fn sizes(megabytes: impl IntoIterator<Item = u32>) -> Vec<MemoryMb> {
    megabytes
        .into_iter()
        .filter_map(|size| MemoryMb::new(size).ok())
        .collect()
}

/// Reads `default`, `ALL`, `FULL` (in any case) or whole megabytes separated by commas.
///
/// # Errors
/// [`PlanError`] for anything else, sizes out of range, and an empty list. Order and repetition are left as they are.
pub fn parse_sizes(text: &str) -> Result<Vec<MemoryMb>, PlanError> {
    let text = text.trim();
    match text.to_ascii_lowercase().as_str() {
        "" => Err(PlanError::NoSizes),
        "default" => Ok(default_sizes()),
        "all" => Ok(all_sizes()),
        "full" => Ok(full_sizes()),
        _ => text
            .split(',')
            .map(|word| parse_size(word.trim()))
            .collect(),
    }
}

fn parse_size(word: &str) -> Result<MemoryMb, PlanError> {
    let megabytes: u32 = word
        .parse()
        .map_err(|_not_a_number| PlanError::Size(word.to_owned()))?;
    Ok(MemoryMb::new(megabytes)?)
}

/// Sizes in order: at least one, none twice.
pub(super) fn checked(mut sizes: Vec<MemoryMb>) -> Result<Vec<MemoryMb>, PlanError> {
    sizes.sort_unstable();
    if sizes.is_empty() {
        return Err(PlanError::NoSizes);
    }
    let mut pairs = sizes.iter().zip(sizes.iter().skip(1));
    match pairs.find(|(size, next)| size == next) {
        Some((&size, _)) => Err(PlanError::SizeTwice(size)),
        None => Ok(sizes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Vec<u32> {
        let sizes = parse_sizes(text).unwrap();
        sizes.into_iter().map(MemoryMb::megabytes).collect()
    }

    #[test]
    fn words_stand_for_lists() {
        assert_eq!(parsed("default"), [128, 256, 512, 1024, 1536, 3008]);
        let all = parsed("ALL");
        assert_eq!((all.len(), all[0], all[45]), (46, 128, 3008));
        let full = parsed("full");
        assert_eq!(
            (full.len(), full[45], full[46], full[59]),
            (60, 3008, 3584, 10_240)
        );
    }

    #[test]
    fn numbers_are_read_as_they_stand() {
        assert_eq!(parsed(" 512, 128,10240 "), [512, 128, 10_240]);
    }

    #[test]
    fn what_is_no_size_is_named() {
        for (text, part) in [
            ("", "no memory size"),
            ("128,", "''"),
            ("128,Lots", "'Lots'"),
            ("128.5", "'128.5'"),
            ("-128", "'-128'"),
            ("64", "'64' MB is outside"),
            ("10241", "'10241' MB is outside"),
        ] {
            let error = parse_sizes(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
