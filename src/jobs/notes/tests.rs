//! What the notes say is what the program has: figures of the bundled runs, keys, links.

use super::*;
use crate::articles::{Document, LayoutOptions, LinkKind};

use crate::power::{BillingStep, CurvePattern, Weight, examples, link};

fn note(name: &str) -> Text {
    let found = notes().into_iter().find(|note| note.name == name);
    found.unwrap_or_else(|| panic!("no note '{name}'")).text
}

/// What stands between two marks, as often as it does.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let pieces = text.split(open).skip(1);
    pieces
        .map(|piece| piece.split(close).next().unwrap())
        .collect()
}

fn without_tags(text: &str) -> String {
    let mut words = String::new();
    for piece in text.split('<') {
        words.push_str(piece.split_once('>').map_or(piece, |(_, rest)| rest));
    }
    words
}

#[test]
fn the_tables_of_the_shapes_hold_the_figures_of_the_bundled_runs() {
    let source = note("six-patterns").source;
    let mut seen = Vec::new();
    for section in source.split("<p><code>").skip(1) {
        let name = section.split("</code>, cheapest").next().unwrap();
        let Some(example) = examples::find(name) else {
            continue;
        };
        let curve = example.run.curve(BillingStep::AsMeasured);
        let picks = curve.picks(Weight::default()).unwrap();
        let said = format!(
            ", cheapest at {} MB, fastest at {} MB:",
            picks.cheapest, picks.fastest
        );
        assert!(section.contains(&said), "{name}: {said}");
        let table = between(section, "<table>", "</table>")[0];
        let rows: Vec<&str> = between(table, "<tr><td>", "</td></tr>");
        for row in &rows {
            let cells: Vec<&str> = row.split("</td><td>").collect();
            let point = curve
                .points
                .iter()
                .find(|it| format!("{} MB", it.memory_mb) == cells[0]);
            let point = point.unwrap_or_else(|| panic!("{name} has no {}", cells[0]));
            assert_eq!(
                cells[1],
                format!("{} ms", point.duration_ms),
                "{name} {}",
                cells[0]
            );
            let million: f64 = cells[2].strip_suffix(" USD").unwrap().parse().unwrap();
            let exact = point.cost_usd * 1e6;
            assert!(
                (million - exact).abs() < 1e-9 * exact,
                "{name} {}: {exact}",
                cells[0]
            );
        }
        if curve.points.len() == 6 {
            assert_eq!(rows.len(), 6, "{name}");
        }
        seen.push(name.to_owned());
    }
    assert_eq!(seen.len(), examples::all().len(), "{seen:?}");
}

#[test]
fn the_comparisons_in_the_shapes_are_those_of_the_runs() {
    let source = note("six-patterns").source.replace('\n', " ");
    for (name, from, to, speed, cost) in [
        (
            "prime-numbers",
            128,
            1536,
            "14.16 times faster",
            "13.3 % cheaper",
        ),
        (
            "prime-numbers",
            128,
            3008,
            "17.18 times faster",
            "42.6 % more money",
        ),
        (
            "matrix-inversion",
            128,
            1024,
            "7.68 times faster",
            "9.5 % more",
        ),
        (
            "dynamodb-reads",
            128,
            512,
            "7.48 times faster",
            "the very same money",
        ),
        (
            "third-party-api",
            128,
            3008,
            "1.21 times faster",
            "17.6 times dearer",
        ),
        (
            "s3-download-threads",
            512,
            3008,
            "3.90 times faster",
            "53.3 % more",
        ),
    ] {
        assert!(
            source.contains(speed) && source.contains(cost),
            "{name}: {speed}, {cost}"
        );
        let curve = examples::find(name)
            .unwrap()
            .run
            .curve(BillingStep::AsMeasured);
        let at = |mb: u32| {
            curve
                .points
                .iter()
                .find(|point| point.memory_mb.megabytes() == mb)
                .unwrap()
        };
        let ratio = at(from).duration_ms / at(to).duration_ms;
        assert_eq!(format!("{ratio:.2} times faster"), speed, "{name}");
        let times = at(to).cost_usd / at(from).cost_usd;
        let percent = (times - 1.0) * 100.0;
        let words = match () {
            () if percent.abs() < 1e-3 => "the very same money".to_owned(),
            () if times > 2.0 => format!("{times:.1} times dearer"),
            () if percent < 0.0 => format!("{:.1} % cheaper", -percent),
            () => format!("{percent:.1} % more"),
        };
        assert!(cost.starts_with(&words), "{name}: {words}");
    }
}

#[test]
fn each_link_of_the_shapes_opens_its_run() {
    let layout = Document::read(&note("six-patterns")).lay_out(80, &LayoutOptions::default());
    let charts: Vec<_> = layout
        .links
        .iter()
        .filter(|link| link.kind == LinkKind::PowerTuning)
        .collect();
    assert_eq!(charts.len(), examples::all().len());
    for chart in charts {
        let curves = link::curves(&chart.url).unwrap();
        let known = examples::all()
            .iter()
            .any(|example| example.run.curve(BillingStep::AsMeasured).link() == curves[0].link());
        assert!(known, "{}", chart.url);
    }
}

#[test]
fn the_shapes_are_told_by_the_programs_own_rules() {
    let source = note("six-patterns").source;
    let mut shape = String::new();
    for piece in source.split("<h2>").skip(1) {
        let (heading, rest) = piece.split_once("</h2>").unwrap();
        heading.clone_into(&mut shape);
        for section in rest.split("<p><code>").skip(1) {
            let name = section.split("</code>").next().unwrap();
            let run = &examples::find(name).unwrap().run;
            let found = CurvePattern::of(&run.curve(BillingStep::AsMeasured).points).unwrap();
            let wanted = match shape.as_str() {
                "Cheaper and faster" | "All sizes at once" => "cheaper-and-faster",
                "Faster at the same cost" => "faster-at-same-cost",
                "Diminishing returns" => "diminishing",
                "Flat" => "flat",
                "Trade-off" => "trade-off",
                other => panic!("'{other}' has a run"),
            };
            assert_eq!(found.pattern.name(), wanted, "{name}");
        }
    }
}

#[test]
fn the_keys_are_those_of_the_keymap() {
    let source = note("keys").source;
    let keymap = crate::app::keymap();
    let mut told = 0;
    for row in between(&source, "<tr><td>", "</td></tr>") {
        let cells: Vec<&str> = row.split("</td><td>").collect();
        let name = without_tags(cells[2]);
        let actions = keymap.actions();
        let action = *actions.iter().find(|it| it.name == name).unwrap();
        let keys: Vec<String> = keymap
            .chords(action)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(between(cells[0], "<kbd>", "</kbd>"), keys, "{name}");
        assert_eq!(cells[1], action.help, "{name}");
        told += 1;
    }
    let scopes = ["global", "move", "articles", "article"];
    let all = keymap
        .actions()
        .iter()
        .filter(|action| scopes.contains(&action.scope.name))
        .count();
    assert_eq!(told, all);
}

#[test]
fn every_note_is_laid_out_whole_at_every_width() {
    for note in notes() {
        let document = Document::read(&note.text);
        for width in [36, 76, 88] {
            let layout = document.lay_out(width, &LayoutOptions::default());
            for line in layout.lines.iter().filter(|line| !line.wide) {
                let columns: usize = line
                    .spans
                    .iter()
                    .map(|span| crate::text::width(&span.text))
                    .sum();
                assert!(columns <= width, "{} at {width}: {line:?}", note.name);
            }
        }
    }
}

#[tokio::test]
async fn the_first_start_has_the_notes_and_what_is_removed_stays_removed() {
    let store = Store::in_memory().unwrap();
    furnish(&store, false).await.unwrap();
    let feeds = store.feeds().all().await.unwrap();
    let notes = feeds
        .iter()
        .find(|feed| feed.source == feeds::NOTES)
        .unwrap();
    assert_eq!(notes.articles, NOTES.len());
    assert_eq!(feeds.len(), 5);
    store.feeds().unfollow(notes.id).await.unwrap();
    furnish(&store, false).await.unwrap();
    assert_eq!(store.feeds().all().await.unwrap().len(), 4);
}
