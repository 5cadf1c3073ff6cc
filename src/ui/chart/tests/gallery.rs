//! Every bundled run in every form, for a look.

use super::*;

#[test]
#[ignore = "prints every bundled run for a look: cargo test --lib gallery -- --ignored --nocapture"]
#[expect(clippy::print_stdout, reason = "printing is its purpose")]
fn gallery() {
    for name in [
        "no-op",
        "matrix-inversion",
        "prime-numbers",
        "prime-numbers-all",
        "third-party-api",
        "dynamodb-reads",
        "s3-download",
        "s3-download-threads",
    ] {
        let curve = measured(name, 0.06);
        for (form, width, height) in [
            (ChartForm::Braille, 118, 36),
            (ChartForm::Braille, 54, 18),
            (ChartForm::Ascii, 54, 18),
            (ChartForm::Braille, 40, 12),
            (ChartForm::Table, 100, 20),
        ] {
            let chart = Chart {
                form,
                ..full(&curve)
            };
            println!("--- {name} {form:?} {width}x{height}");
            println!("{}", render_text(&chart, width, height));
        }
    }
}
