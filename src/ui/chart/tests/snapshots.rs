//! The chart at the sizes people have, in all three forms.

use insta::assert_snapshot;

use super::*;

#[test]
fn a_wide_terminal() {
    let curve = measured("prime-numbers", 0.05);
    assert_snapshot!("wide-braille", render_text(&full(&curve), 118, 37));
    let ascii = Chart {
        form: ChartForm::Ascii,
        ..full(&curve)
    };
    assert_snapshot!("wide-ascii", render_text(&ascii, 118, 37));
    let table = Chart {
        form: ChartForm::Table,
        ..full(&curve)
    };
    assert_snapshot!("wide-table", render_text(&table, 118, 37));
}

#[test]
fn the_pane_of_an_80x24_terminal() {
    let curve = bundled("dynamodb-reads");
    assert_snapshot!("pane-braille", render_text(&full(&curve), 54, 18));
    let ascii = Chart {
        form: ChartForm::Ascii,
        ..full(&curve)
    };
    assert_snapshot!("pane-ascii", render_text(&ascii, 54, 18));
    let table = Chart {
        form: ChartForm::Table,
        ..full(&curve)
    };
    assert_snapshot!("pane-table", render_text(&table, 54, 18));
}

#[test]
fn a_small_terminal_gets_the_table() {
    let curve = bundled("prime-numbers");
    let braille = render_text(&full(&curve), 40, 12);
    assert_snapshot!("small-braille", braille);
    let ascii = Chart {
        form: ChartForm::Ascii,
        ..full(&curve)
    };
    assert_snapshot!("small-ascii", render_text(&ascii, 40, 12));
    let table = Chart {
        form: ChartForm::Table,
        ..full(&curve)
    };
    assert_eq!(render_text(&table, 40, 12), braille);
}

#[test]
fn a_tiny_terminal_gets_one_line() {
    let curve = bundled("prime-numbers");
    let text = render_text(&full(&curve), 30, 3);
    assert_snapshot!(text, @"1536 MB 2.44 s $62.40 /M");
}

#[test]
fn forty_six_sizes() {
    let curve = bundled("prime-numbers-all");
    assert_snapshot!("all-sizes-wide", render_text(&full(&curve), 118, 37));
    assert_snapshot!("all-sizes-pane", render_text(&full(&curve), 54, 18));
    let table = Chart {
        form: ChartForm::Table,
        ..full(&curve)
    };
    assert_snapshot!("all-sizes-table", render_text(&table, 80, 14));
}

#[test]
fn two_runs_compared() {
    let curve = bundled("s3-download-threads");
    let behind = bundled("s3-download");
    let chart = Chart {
        overlay: Some(&behind),
        ..full(&curve)
    };
    assert_snapshot!("compared", render_text(&chart, 80, 24));
    assert_snapshot!("compared-pane", render_text(&chart, 54, 18));
    let table = Chart {
        form: ChartForm::Table,
        ..chart
    };
    assert_snapshot!("compared-table", render_text(&table, 80, 24));
}

#[test]
fn a_run_under_way() {
    let mut curve = measured("prime-numbers", 0.05);
    curve.points.drain(..1);
    curve.points.truncate(3);
    let samples: Vec<(MemoryMb, f64)> = curve
        .points
        .iter()
        .flat_map(|point| {
            (-6..=6).map(|n| {
                (
                    point.memory_mb,
                    point.duration_ms * (1.0 + f64::from(n) * 0.02),
                )
            })
        })
        .collect();
    let mut chart = Chart {
        pending: &[mb(1536), mb(3008)],
        infeasible: &[(mb(128), "ran out of memory")],
        samples: &samples,
        ..full(&curve)
    };
    chart.marks.limits = mean_within(15_000.0);
    assert_snapshot!("under-way", render_text(&chart, 80, 24));
}
