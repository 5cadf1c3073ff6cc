//! How large the `dist` binary is.
//!
//! `cargo bench --bench size`; `IACSTONE_BINARY=PATH` measures another build. Goal: below 25 MB (10^6 bytes) stripped, for it is copied to bastion hosts.

mod measure;

use measure::{Goal, binary, report};

fn main() -> std::io::Result<()> {
    let file = std::fs::metadata(binary())?;
    let megabytes = file.len() as f64 / 1e6;
    report(
        "size of the stripped dist binary",
        megabytes,
        "MB",
        Goal::Below(25.0),
    );
    Ok(())
}
