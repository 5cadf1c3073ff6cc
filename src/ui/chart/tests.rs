//! Tests of the chart as drawn.

use ratatui::style::{Color, Modifier};

use super::sample_runs::{bundled, mb, mean_within, measured, picks};
use super::*;

mod gallery;
mod odd;
mod properties;
mod snapshots;

/// A chart with the picks, the cheapest recommended, the smallest size as baseline, the cursor on the balanced.
fn full(curve: &Curve) -> Chart<'_> {
    let chosen = picks(curve);
    Chart {
        marks: ChartMarks {
            picks: Some(chosen),
            recommended: Some(chosen.cheapest),
            baseline: curve.points.first().map(|point| point.memory_mb),
            cursor: Some(chosen.balanced),
            ..ChartMarks::default()
        },
        ..Chart::new(curve)
    }
}

fn draw(chart: &Chart<'_>, width: u16, height: u16) -> Buffer {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    chart.render(area, &mut buffer);
    buffer
}

fn colours() -> ChartStyles {
    let colour = |colour| Style::new().fg(colour);
    ChartStyles {
        duration: colour(Color::Cyan),
        cost: colour(Color::Yellow),
        overlay: colour(Color::Blue),
        cursor: colour(Color::White),
        baseline: colour(Color::Magenta),
        pick: colour(Color::Green),
        muted: colour(Color::DarkGray),
        text: colour(Color::Gray),
    }
}

/// The cells that show a glyph.
fn cells_with<'b>(buffer: &'b Buffer, glyph: &str) -> Vec<&'b ratatui::buffer::Cell> {
    buffer
        .content
        .iter()
        .filter(|cell| cell.symbol() == glyph)
        .collect()
}

#[test]
fn every_part_has_the_colour_of_its_role() {
    let curve = bundled("prime-numbers");
    let behind = bundled("matrix-inversion");
    let chart = Chart {
        styles: colours(),
        overlay: Some(&behind),
        ..full(&curve)
    };
    let buffer = draw(&chart, 118, 38);
    for (glyph, colour, least) in [
        ("●", Color::Cyan, 6),
        ("◆", Color::Yellow, 6),
        ("○", Color::Blue, 6),
        ("◇", Color::Blue, 6),
        ("┃", Color::White, 10),
        ("★", Color::Green, 3),
        ("┤", Color::DarkGray, 3),
    ] {
        let cells = cells_with(&buffer, glyph);
        assert!(cells.len() >= least, "{glyph}: {}", cells.len());
        let other = cells.iter().filter(|cell| cell.fg != colour).count();
        assert_eq!(other, 0, "{glyph}");
    }
}

#[test]
fn the_size_under_the_cursor_stands_out_without_colour() {
    let curve = bundled("s3-download");
    let buffer = draw(&full(&curve), 100, 30);
    let bold = |glyph| {
        cells_with(&buffer, glyph)
            .iter()
            .filter(|cell| cell.modifier.contains(Modifier::BOLD))
            .count()
    };
    assert_eq!(bold("●"), 1);
    assert_eq!(bold("◆"), 1);
    let table = draw(
        &Chart {
            form: ChartForm::Table,
            ..full(&curve)
        },
        60,
        12,
    );
    let reversed = table
        .content
        .iter()
        .any(|cell| cell.modifier.contains(Modifier::REVERSED));
    assert!(reversed);
}

#[test]
fn the_ascii_form_is_ascii_only() {
    let mut curve = measured("s3-download", 0.1);
    curve.region = "cn-north-1".to_owned();
    let behind = measured("s3-download-threads", 0.1);
    let marked = full(&curve).marks;
    let chart = Chart {
        form: ChartForm::Ascii,
        overlay: Some(&behind),
        infeasible: &[(mb(128), "out of memory")],
        pending: &[mb(256)],
        marks: ChartMarks {
            limits: mean_within(5000.0),
            ..marked
        },
        samples: &[(mb(512), 6000.0), (mb(512), 6100.0)],
        ..full(&curve)
    };
    for (width, height) in [(118, 38), (54, 18), (40, 12), (19, 3)] {
        let text = render_text(&chart, width, height);
        assert!(text.is_ascii(), "{text}");
        assert!(!text.trim().is_empty());
    }
}

#[test]
fn the_name_of_the_limit_is_whole_or_not_there() {
    let curve = measured("prime-numbers-all", 0.05);
    for limit in [
        1_500.0, 2_000.0, 2_500.0, 5_000.0, 12_500.0, 20_000.0, 34_000.0,
    ] {
        for (width, height) in [(42, 14), (54, 18), (80, 24), (118, 37)] {
            let mut chart = full(&curve);
            chart.marks.limits = mean_within(limit);
            let text = render_text(&chart, width, height);
            let name = format!("limit {}", format::duration_text(limit));
            assert!(text.contains(&name), "{limit} at {width}x{height}\n{text}");
        }
    }
}

#[test]
fn costs_in_another_currency_are_neither_drawn_nor_compared() {
    let curve = bundled("no-op");
    let mut behind = curve.clone();
    behind.region = "cn-north-1".to_owned();
    behind.points[2].cost_usd *= 40.0;
    let mut alone = Chart::new(&curve);
    alone.marks.cursor = Some(mb(256));
    let both = Chart {
        overlay: Some(&behind),
        ..alone
    };
    let text = render_text(&both, 118, 38);
    let only_among_the_values = 1;
    assert_eq!(text.matches('◇').count(), only_among_the_values, "{text}");
    assert!(text.contains("(its cost is in CNY: not drawn)"), "{text}");
    assert!(text.contains("cost not comparable"), "{text}");
    assert!(!text.contains("same cost"), "{text}");
    let label = |text: &str| {
        text.lines()
            .nth(1)
            .unwrap()
            .rsplit('├')
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(label(&text), label(&render_text(&alone, 118, 38)));
    let table = render_text(
        &Chart {
            form: ChartForm::Table,
            ..both
        },
        118,
        38,
    );
    assert!(table.contains("◇ ¥ /M"), "{table}");
}

#[test]
fn points_stand_where_their_values_say() {
    let mut curve = bundled("no-op");
    curve.points.truncate(3);
    for (point, (size, ms, cost)) in
        curve
            .points
            .iter_mut()
            .zip([(128, 100.0, 5e-6), (256, 50.0, 10e-6), (512, 25.0, 10e-6)])
    {
        (point.memory_mb, point.duration_ms, point.cost_usd) = (mb(size), ms, cost);
    }
    let buffer = draw(&Chart::new(&curve), 80, 18);
    let places = |glyph: &str| -> Vec<(u16, u16)> {
        let cells = buffer.content.iter().enumerate();
        cells
            .filter(|(_, cell)| cell.symbol() == glyph)
            .map(|(index, _)| buffer.pos_of(index))
            .filter(|(_, y)| *y > 0)
            .collect()
    };
    let (durations, costs) = (places("●"), places("◆"));
    let ticks = places("┤");
    assert_eq!(
        ticks.first().unwrap().1,
        durations[0].1,
        "100 ms is the top"
    );
    assert_eq!(costs[0].1, ticks[0].1, "10 per million is the top");
    assert!(durations[1].1 > durations[0].1 && durations[2].1 > durations[1].1);
    assert_eq!(durations[1].1, costs[2].1, "both are half of their axis");
    assert_eq!(
        durations[1].0 - durations[0].0,
        durations[2].0 - durations[1].0,
        "doublings are equally far apart"
    );
}

#[test]
fn points_in_the_same_cell_become_one_mark_of_both() {
    let mut curve = bundled("no-op");
    curve.points.truncate(1);
    curve.points[0].duration_ms = 5.0;
    curve.points[0].cost_usd = 5e-6;
    let buffer = draw(&Chart::new(&curve), 81, 20);
    assert_eq!(cells_with(&buffer, "◈").len(), 1);
}

#[test]
fn intervals_show_only_where_there_are_some() {
    let bars = |curve: &Curve| {
        let chart = Chart {
            styles: colours(),
            ..Chart::new(curve)
        };
        draw(&chart, 100, 40)
            .content
            .iter()
            .filter(|cell| ["│", "╷", "╵"].contains(&cell.symbol()))
            .filter(|cell| [Color::Cyan, Color::Yellow].contains(&cell.fg))
            .count()
    };
    assert_eq!(bars(&bundled("prime-numbers")), 0);
    assert!(bars(&measured("prime-numbers", 0.1)) >= 12);
}

#[test]
fn samples_are_drawn_as_dots_in_their_colour() {
    let mut curve = bundled("no-op");
    curve.points.truncate(1);
    let samples: Vec<(MemoryMb, f64)> = (0..20).map(|n| (mb(128), f64::from(n) * 0.2)).collect();
    let chart = Chart {
        samples: &samples,
        styles: colours(),
        ..Chart::new(&curve)
    };
    let dots = |chart: &Chart<'_>| {
        draw(chart, 81, 30)
            .content
            .iter()
            .filter(|cell| {
                cell.symbol()
                    .starts_with(|c| ('\u{2801}'..='\u{28ff}').contains(&c))
            })
            .filter(|cell| cell.fg == Color::DarkGray)
            .count()
    };
    assert!(dots(&chart) >= 10, "{}", dots(&chart));
    let without = Chart {
        samples: &[],
        ..chart
    };
    assert_eq!(dots(&without), 0);
    let outlier = Chart {
        samples: &[(mb(128), 4000.0)],
        ..chart
    };
    assert_eq!(cells_with(&draw(&outlier, 81, 30), "↑").len(), 1);
}

#[test]
fn a_limit_is_a_line_in_the_plot_or_a_word_at_its_top() {
    let curve = bundled("s3-download");
    let with = |limit| {
        let mut chart = Chart::new(&curve);
        chart.marks.limits = mean_within(limit);
        render_text(&chart, 100, 30)
    };
    assert!(with(5000.0).contains("╌╌╌"));
    assert!(with(5000.0).contains("limit 5.00 s"));
    assert!(with(60_000.0).contains("limit 60.0 s ↑"));
    assert!(!with(60_000.0).contains('╌'));
}

#[test]
fn each_limit_has_a_line_and_a_name_of_its_own() {
    let curve = bundled("s3-download");
    let mut chart = Chart::new(&curve);
    let limits = ["p90:4s", "max:6000"].map(|limit| limit.parse().unwrap());
    chart.marks.limits = mean_within(5000.0).with(limits[0]).with(limits[1]);
    let text = render_text(&chart, 100, 30);
    for name in ["limit 5.00 s", "limit p90 4.00 s", "limit max 6.00 s"] {
        assert_eq!(text.matches(name).count(), 1, "{name}\n{text}");
    }
    let lines = text.lines().filter(|line| line.contains("╌╌╌"));
    assert_eq!(lines.count(), 3, "{text}");
}

#[test]
fn the_cursor_tells_why_there_are_no_values() {
    let curve = bundled("s3-download");
    let at = |size| {
        let mut chart = Chart {
            infeasible: &[(mb(128), "ran out of memory")],
            pending: &[mb(640)],
            ..Chart::new(&curve)
        };
        chart.marks.cursor = Some(mb(size));
        render_text(&chart, 80, 20)
    };
    assert!(at(128).contains("infeasible: ran out of memory"));
    assert!(at(640).contains("still to measure"));
    assert!(at(896).contains("not measured"));
}
