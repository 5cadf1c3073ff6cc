//! How much something holds, in the unit AWS bills in: 1 GB is 10^9 bytes.

/// A number of bytes with a decimal unit: `640 B`, `1.2 MB`, `12 GB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["kB", "MB", "GB", "TB", "PB", "EB"];
    if bytes < 1_000 {
        return format!("{bytes} B");
    }
    let mut figure = bytes as f64;
    let mut unit = "B";
    for next in UNITS {
        if figure < 999.5 {
            break;
        }
        figure /= 1_000.0;
        unit = next;
    }
    if figure < 9.95 {
        format!("{figure:.1} {unit}")
    } else {
        format!("{figure:.0} {unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_told_in_a_unit_of_fitting_size() {
        let cases = [
            (0, "0 B"),
            (999, "999 B"),
            (1_234, "1.2 kB"),
            (12_345, "12 kB"),
            (999_700, "1.0 MB"),
            (8_300_000_000, "8.3 GB"),
            (u64::MAX, "18 EB"),
        ];
        for (count, words) in cases {
            assert_eq!(size(count), words);
        }
    }
}
