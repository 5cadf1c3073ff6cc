//! Charts with little in them, or with odd things.

use super::*;

fn nothing() -> Curve {
    Curve {
        points: Vec::new(),
        ..bundled("no-op")
    }
}

#[test]
fn no_points_are_said_in_words() {
    let curve = nothing();
    let chart = Chart::new(&curve);
    for (width, height) in [(100, 30), (54, 18), (40, 12), (24, 5), (19, 1)] {
        let text = render_text(&chart, width, height);
        assert!(
            text.contains("No sizes measured."),
            "{width}x{height}: {text}"
        );
    }
}

#[test]
fn sizes_to_come_are_counted() {
    let curve = nothing();
    let chart = Chart {
        pending: &[mb(128), mb(256)],
        ..Chart::new(&curve)
    };
    assert!(render_text(&chart, 80, 20).contains("No size measured yet; 2 to go."));
}

#[test]
fn reasons_are_shown_when_every_size_failed() {
    let curve = nothing();
    let chart = Chart {
        infeasible: &[(mb(128), "ran out of memory"), (mb(256), "timed out")],
        ..Chart::new(&curve)
    };
    let text = render_text(&chart, 80, 20);
    assert!(text.contains("All 2 sizes are infeasible."), "{text}");
    assert!(text.contains("256 MB: timed out"), "{text}");
}

#[test]
fn a_second_run_is_drawn_even_when_the_first_has_no_points() {
    let curve = nothing();
    let behind = bundled("no-op");
    let chart = Chart {
        overlay: Some(&behind),
        ..Chart::new(&curve)
    };
    let text = render_text(&chart, 80, 20);
    assert!(text.matches(['○', '◇', '◈']).count() >= 6, "{text}");
}

#[test]
fn points_that_are_not_finite_are_left_out() {
    let mut curve = bundled("no-op");
    curve.points[1].duration_ms = f64::NAN;
    curve.points[2].cost_usd = f64::INFINITY;
    let buffer = draw(&Chart::new(&curve), 100, 30);
    let in_the_title = 1;
    assert_eq!(cells_with(&buffer, "●").len(), 4 + in_the_title);
}

#[test]
fn equal_values_and_zeros_are_level() {
    let mut curve = bundled("no-op");
    for point in &mut curve.points {
        point.duration_ms = 100.0;
        point.cost_usd = 0.0;
    }
    let text = render_text(&Chart::new(&curve), 80, 20);
    let rows_with = |glyph| {
        text.lines()
            .skip(1)
            .filter(|line| line.contains(glyph))
            .count()
    };
    assert_eq!((rows_with('●'), rows_with('◆')), (1, 1), "{text}");
}

#[test]
fn escape_sequences_and_line_feeds_in_names_and_reasons_do_not_get_through() {
    let mut curve = bundled("no-op");
    curve.name = "red\u{1b}[31m\nname".to_owned();
    let mut chart = Chart {
        infeasible: &[(mb(192), "bad\u{1b}]0;title\u{7}\r\nreason")],
        ..Chart::new(&curve)
    };
    chart.marks.cursor = Some(mb(192));
    for form in [ChartForm::Braille, ChartForm::Table] {
        let text = render_text(&Chart { form, ..chart }, 100, 30);
        assert!(!text.contains(['\u{1b}', '\u{7}', '\r']), "{text}");
        assert!(text.contains("reason"), "{text}");
    }
}

#[test]
fn wide_characters_in_a_name_keep_the_columns_in_line() {
    let mut curve = bundled("no-op");
    curve.name = "素数计算".to_owned();
    let text = render_text(&Chart::new(&curve), 80, 20);
    let title = text.lines().next().unwrap();
    assert!(title.contains("素数计算"), "{title}");
    assert_eq!(unicode_width::UnicodeWidthStr::width(title), 80, "{title}");
}

#[test]
fn a_quarter_of_an_hour_and_a_tenth_of_a_millisecond_have_short_labels() {
    let ends = |ms: f64, cost: f64| {
        let mut curve = bundled("no-op");
        curve.points.truncate(2);
        curve.points[1].memory_mb = MemoryMb::MAX;
        for point in &mut curve.points {
            (point.duration_ms, point.cost_usd) = (ms, cost);
        }
        render_text(&full(&curve), 60, 18)
    };
    let long = ends(900_000.0, 0.15);
    assert!(
        long.contains("900.0 s") && long.contains("$ per thousand"),
        "{long}"
    );
    assert!(long.contains("$150,000 /M · $0.15"), "{long}");
    let short = ends(0.1, 2.1e-10);
    assert!(
        short.contains("0.1000 ms") && short.contains("$0.000210 /M"),
        "{short}"
    );
}

#[test]
fn axes_that_are_not_linear_from_zero_say_so() {
    let curve = bundled("prime-numbers");
    let chart = Chart {
        axes: ChartAxes {
            log_time: true,
            cut_cost: true,
        },
        ..Chart::new(&curve)
    };
    let wide = render_text(&chart, 100, 30);
    assert!(wide.contains("● duration (log), s"), "{wide}");
    assert!(
        wide.contains("cost (not from 0), $ per million ◆"),
        "{wide}"
    );
    let narrow = render_text(&chart, 50, 20);
    assert!(narrow.contains("not from 0, $ ◆"), "{narrow}");
    let plain = render_text(&Chart::new(&curve), 100, 30);
    assert!(!plain.contains("log") && !plain.contains("not from 0"));
    // Values that lie close together are not pulled apart.
    let flat = Curve {
        points: vec![
            Point::new(mb(128), 100.0, 1e-6),
            Point::new(mb(256), 101.0, 1e-6),
        ],
        ..curve.clone()
    };
    let chart = Chart {
        axes: chart.axes,
        ..Chart::new(&flat)
    };
    let flat = render_text(&chart, 100, 30);
    assert!(
        !flat.contains("log") && !flat.contains("not from 0"),
        "{flat}"
    );
}

#[test]
fn bars_and_dots_are_explained_where_there_are_some() {
    let curve = bundled("no-op");
    let mut measured = curve.clone();
    for point in &mut measured.points {
        let (low, high) = (point.duration_ms * 0.8, point.duration_ms * 1.2);
        point.duration_interval = Some(crate::power::Interval { low, high });
    }
    let chart = Chart {
        samples: &[(mb(128), 4.0), (mb(128), 4.5)],
        ..full(&measured)
    };
    let text = render_text(&chart, 120, 40);
    let words = "│ 95 % interval (◉ ❖ within the cell)  ⠂ samples";
    assert!(text.contains(words), "{text}");
    assert!(!render_text(&full(&curve), 120, 40).contains("95 %"));
}

#[test]
fn an_interval_within_the_cell_of_its_point_is_seen_all_the_same() {
    let mut narrow = bundled("no-op");
    for point in &mut narrow.points {
        let (low, high) = (point.duration_ms * 0.999, point.duration_ms * 1.001);
        point.duration_interval = Some(crate::power::Interval { low, high });
    }
    let drawn = render_text(&full(&narrow), 120, 40);
    let points = |text: &str, sign: char| text.matches(sign).count();
    // One of them is in the legend.
    assert!(points(&drawn, '◉') > points(&drawn, '❖'), "{drawn}");
    let without = render_text(&full(&bundled("no-op")), 120, 40);
    assert_eq!(points(&without, '◉'), 0, "{without}");
}
