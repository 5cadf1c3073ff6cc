//! Small bars: how much of something there is, a character each.

/// Bars from nothing to the highest.
pub const BARS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/// The same without Unicode.
pub const BARS_ASCII: [&str; 9] = [" ", ".", ".", ":", ":", "+", "+", "#", "#"];

/// A bar for each count, the highest for the greatest. What is not 0 is never nothing.
#[must_use]
pub fn bars(counts: &[u32], ascii: bool) -> String {
    let most = counts.iter().copied().max().unwrap_or_default().max(1);
    let signs = if ascii { BARS_ASCII } else { BARS };
    let sign = |count: &u32| {
        let eighths = (u64::from(*count) * 8).div_ceil(u64::from(most));
        let eighths = usize::try_from(eighths).unwrap_or(8);
        signs.get(eighths).copied().unwrap_or(" ")
    };
    counts.iter().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::bars;

    #[test]
    fn bars_are_as_high_as_their_share_of_the_greatest() {
        assert_eq!(bars(&[0, 1, 50, 100], false), " ▁▄█");
        assert_eq!(bars(&[0, 1, 50, 100], true), " .:#");
        assert_eq!(bars(&[0, 0], false), "  ");
        assert_eq!(bars(&[u32::MAX, 1], false), "█▁");
        assert_eq!(bars(&[], false), "");
    }
}
