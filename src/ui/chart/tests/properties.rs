//! Whatever the curve and the area: no panic, nothing outside of the area, no line too wide.

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::lambda::Architecture;
use crate::power::{Interval, Picks};

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => 0.0..1e6,
        2 => 1e-12..1e-3,
        1 => any::<f64>(),
        1 => Just(0.0),
    ]
}

fn size() -> impl Strategy<Value = MemoryMb> {
    (128u32..=10_240).prop_map(mb)
}

fn interval() -> impl Strategy<Value = Option<Interval>> {
    proptest::option::of((number(), number()).prop_map(|(low, high)| Interval { low, high }))
}

fn point() -> impl Strategy<Value = Point> {
    (
        size(),
        number(),
        number(),
        interval(),
        interval(),
        0usize..2000,
    )
        .prop_map(
            |(memory_mb, duration_ms, cost_usd, duration_interval, cost_interval, samples)| Point {
                memory_mb,
                duration_ms,
                cost_usd,
                duration_interval,
                cost_interval,
                samples,
            },
        )
}

fn curve() -> impl Strategy<Value = Curve> {
    ("\\PC{0,30}", proptest::collection::vec(point(), 0..50)).prop_map(|(name, points)| Curve {
        name,
        architecture: Architecture::Arm64,
        region: "cn-north-1".to_owned(),
        points,
    })
}

#[derive(Debug)]
struct Marks {
    picks: Option<Picks>,
    recommended: Option<MemoryMb>,
    cursor: Option<MemoryMb>,
    baseline: Option<MemoryMb>,
    pending: Vec<MemoryMb>,
    infeasible: Vec<(MemoryMb, String)>,
    samples: Vec<(MemoryMb, f64)>,
    limit: Option<f64>,
}

impl Marks {
    fn infeasible(&self) -> Vec<(MemoryMb, &str)> {
        self.infeasible
            .iter()
            .map(|(size, why)| (*size, why.as_str()))
            .collect()
    }

    fn chart<'a>(
        &'a self,
        curve: &'a Curve,
        overlay: Option<&'a Curve>,
        infeasible: &'a [(MemoryMb, &'a str)],
    ) -> Chart<'a> {
        Chart {
            overlay,
            marks: ChartMarks {
                picks: self.picks,
                recommended: self.recommended,
                cursor: self.cursor,
                baseline: self.baseline,
                limits: self.limit.map(mean_within).unwrap_or_default(),
                ..ChartMarks::default()
            },
            pending: &self.pending,
            infeasible,
            samples: &self.samples,
            ..Chart::new(curve)
        }
    }
}

/// Marks, some of them on sizes the curve has.
fn marks(sizes: Vec<MemoryMb>) -> impl Strategy<Value = Marks> {
    let any_size = prop_oneof![
        size(),
        proptest::sample::select([sizes, vec![mb(512)]].concat())
    ];
    let maybe = proptest::option::of(any_size.clone());
    let picks = proptest::option::of([any_size.clone(), any_size.clone(), any_size]);
    (
        (picks, maybe.clone(), maybe.clone(), maybe),
        proptest::collection::vec(size(), 0..4),
        proptest::collection::vec((size(), "\\PC{0,60}"), 0..4),
        proptest::collection::vec((size(), number()), 0..40),
        proptest::option::of(number()),
    )
        .prop_map(
            |((picks, recommended, cursor, baseline), pending, infeasible, samples, limit)| Marks {
                picks: picks.map(|[cheapest, fastest, balanced]| Picks {
                    cheapest,
                    fastest,
                    balanced,
                }),
                recommended,
                cursor,
                baseline,
                pending,
                infeasible,
                samples,
                limit,
            },
        )
}

fn case() -> impl Strategy<Value = (Curve, Option<Curve>, Marks)> {
    (curve(), proptest::option::of(curve())).prop_flat_map(|(first, second)| {
        let sizes = first.points.iter().map(|point| point.memory_mb).collect();
        (Just(first), Just(second), marks(sizes))
    })
}

proptest! {
    #[test]
    fn nothing_is_drawn_outside_and_no_line_is_too_wide(
        (first, second, marks) in case(),
        form in proptest::sample::select(vec![ChartForm::Braille, ChartForm::Ascii, ChartForm::Table]),
        width in 0u16..200,
        height in 0u16..60,
    ) {
        let infeasible = marks.infeasible();
        let chart = Chart { form, ..marks.chart(&first, second.as_ref(), &infeasible) };
        let text = render_text(&chart, width, height);
        prop_assert!(text.lines().count() <= usize::from(height));
        for line in text.lines() {
            prop_assert!(line.width() <= usize::from(width), "{line:?}");
        }

        let around = Rect::new(0, 0, width + 4, height + 4);
        let mut buffer = Buffer::filled(around, ratatui::buffer::Cell::new("#"));
        let inside = Rect::new(2, 2, width, height);
        chart.render(inside, &mut buffer);
        for (index, cell) in buffer.content.iter().enumerate() {
            let (x, y) = buffer.pos_of(index);
            if !inside.contains((x, y).into()) {
                prop_assert_eq!(cell.symbol(), "#", "at {}, {}", x, y);
            }
        }
        chart.render(Rect::new(width, height, 200, 200), &mut buffer);
    }
}
