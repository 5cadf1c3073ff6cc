//! Pictures of the articles pane in every state.

use super::pictures::pictures;
use super::{SIZES, draw, lines};
use crate::app::App;
use crate::app::fixture::*;
use crate::effect::{JobReport, Msg, Problem, ReaderReport};

fn reader() -> App {
    let mut app = ready(context());
    read(&mut app, "1");
    app
}

#[test]
fn articles_loading_and_failed() {
    let mut app = ready(context());
    let effects = press(&mut app, "1");
    pictures("articles-loading", &mut app, false);
    for (id, _) in reader_jobs(&effects) {
        app.update(Msg::Task(
            id,
            JobReport::Failed(Problem::other(
                "The store '/home/a/iacstone.db' is damaged: page 7.",
            )),
        ));
    }
    pictures("articles-failed", &mut app, false);
}

#[test]
fn articles_without_a_feed() {
    let mut app = ready(context());
    let effects = press(&mut app, "1");
    let jobs: Vec<_> = reader_jobs(&effects)
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    let feeds = ReaderReport::Feeds(Vec::new(), 0);
    app.update(Msg::Task(jobs[0], JobReport::Reader(feeds)));
    app.update(Msg::Task(
        jobs[1],
        JobReport::Reader(ReaderReport::Listed(Vec::new())),
    ));
    pictures("articles-no-feed", &mut app, false);
}

#[test]
fn articles_listed() {
    let mut app = reader();
    read(&mut app, "j");
    pictures("articles", &mut app, true);
}

#[test]
fn articles_tree() {
    let mut app = reader();
    read(&mut app, "h j j");
    pictures("articles-tree", &mut app, true);
}

#[test]
fn articles_of_a_feed_that_fails() {
    let mut app = reader();
    read(&mut app, "h G k l");
    pictures("articles-stale", &mut app, false);
    read(&mut app, "i");
    pictures("articles-health", &mut app, true);
}

#[test]
fn articles_nothing_unread_and_nothing_starred() {
    let mut app = reader();
    let effects = press(&mut app, "U");
    let (id, _) = reader_jobs(&effects)[0];
    app.update(Msg::Task(
        id,
        JobReport::Reader(ReaderReport::Listed(Vec::new())),
    ));
    pictures("articles-nothing-unread", &mut app, false);
    read(&mut app, "U h");
    let effects = press(&mut app, "j");
    let (id, _) = reader_jobs(&effects)[0];
    app.update(Msg::Task(
        id,
        JobReport::Reader(ReaderReport::Listed(Vec::new())),
    ));
    press(&mut app, "l");
    pictures("articles-nothing-starred", &mut app, false);
}

#[test]
fn articles_searched() {
    let mut app = reader();
    press(&mut app, "/");
    pictures("articles-search-empty", &mut app, false);
    for key in ["q", "u", "e", "u", "e"] {
        read(&mut app, key);
    }
    pictures("articles-search", &mut app, true);
    let effects = press(&mut app, "x");
    pictures("articles-searching", &mut app, false);
    let (id, _) = reader_jobs(&effects)[0];
    app.update(Msg::Task(
        id,
        JobReport::Reader(ReaderReport::Found(Vec::new())),
    ));
    press(&mut app, "enter");
    pictures("articles-no-hit", &mut app, false);
}

#[test]
fn article_read() {
    let mut app = reader();
    read(&mut app, "j enter");
    pictures("article", &mut app, true);
    read(&mut app, "space");
    pictures("article-second-page", &mut app, false);
    read(&mut app, "g } l l");
    pictures("article-sideways", &mut app, false);
    read(&mut app, "z");
    pictures("article-wrapped", &mut app, false);
    read(&mut app, "G");
    pictures("article-end", &mut app, false);
}

#[test]
fn article_panels() {
    let mut app = reader();
    read(&mut app, "j enter t");
    pictures("article-outline", &mut app, false);
    read(&mut app, "esc L j j j");
    pictures("article-links", &mut app, true);
    read(&mut app, "esc f");
    pictures("article-hints", &mut app, false);
}

#[test]
fn links_narrowed() {
    let mut app = reader();
    read(&mut app, "j enter L /");
    write(&mut app, "ada");
    pictures("article-links-narrowed", &mut app, false);
    write(&mut app, " zebra");
    press(&mut app, "enter");
    let text = lines(&draw(&mut app, 80, 24)).join("\n");
    assert!(text.contains("Links, none with 'ada zebra'"), "{text}");
    assert!(text.contains("Nothing here has these words."), "{text}");
}

#[test]
fn the_whole_address_of_a_chosen_link_is_shown() {
    let mut app = reader();
    read(&mut app, "j enter L j");
    let text = lines(&draw(&mut app, 80, 24)).join("\n");
    assert!(text.contains("─ https://docs.example/sqs ─"), "{text}");
}

#[test]
fn an_offline_session_offers_no_fetch() {
    let mut context = context();
    context.offline = true;
    let mut app = ready(context);
    let effects = press(&mut app, "1");
    let listed = JobReport::Reader(ReaderReport::Listed(Vec::new()));
    for (id, job) in reader_jobs(&effects) {
        let report = match job {
            crate::effect::ReaderJob::List(_) => listed.clone(),
            _ => JobReport::Reader(ReaderReport::Feeds(feeds(), 0)),
        };
        app.update(Msg::Task(id, report));
    }
    let text = lines(&draw(&mut app, 120, 40)).join("\n");
    assert!(text.contains("This session is offline"), "{text}");
    assert!(!text.contains("Press r to fetch"), "{text}");
}

#[test]
fn a_long_error_leaves_room_for_the_keys_that_help() {
    let mut app = ready(context());
    let effects = press(&mut app, "1");
    let mut broken = feeds();
    broken[0].health.error = Some("many words ".repeat(40));
    for (id, job) in reader_jobs(&effects) {
        let report = match job {
            crate::effect::ReaderJob::List(_) => ReaderReport::Listed(articles()),
            _ => ReaderReport::Feeds(broken.clone(), 0),
        };
        app.update(Msg::Task(id, JobReport::Reader(report)));
    }
    read(&mut app, "h j j");
    let drawn = lines(&draw(&mut app, 80, 24)).join("\n");
    assert!(drawn.contains("(r tries again, i tells more)"), "{drawn}");
    assert!(drawn.contains('…'), "{drawn}");
}

#[test]
fn only_feeds_that_answered_make_the_articles_fresh() {
    let mut app = ready(context());
    let effects = press(&mut app, "1");
    let mut broken = feeds();
    broken[0].health.error = Some("the server answers 503".to_owned());
    for (id, job) in reader_jobs(&effects) {
        let report = match job {
            crate::effect::ReaderJob::List(_) => ReaderReport::Listed(articles()),
            _ => ReaderReport::Feeds(broken.clone(), 0),
        };
        app.update(Msg::Task(id, JobReport::Reader(report)));
    }
    let drawn = lines(&draw(&mut app, 120, 40)).join("\n");
    assert!(
        drawn.contains("2 feeds fail") && !drawn.contains("fetched"),
        "{drawn}"
    );
}

#[test]
fn a_long_title_that_is_cut_says_so() {
    let mut app = reader();
    let long = article("a", 1, &"many words ".repeat(30), Some("2026-01-01"));
    let effects = press(&mut app, "U");
    let (id, _) = reader_jobs(&effects)[0];
    app.update(Msg::Task(
        id,
        JobReport::Reader(ReaderReport::Listed(vec![long])),
    ));
    let drawn = lines(&draw(&mut app, 80, 24));
    let mut below = drawn.iter().skip_while(|line| !line.contains("│────"));
    let second = below.nth(2).unwrap();
    assert!(second.trim_end().ends_with('…'), "{drawn:#?}");
}

#[test]
fn article_with_hits() {
    let mut app = reader();
    read(&mut app, "enter /");
    write(&mut app, "letters");
    press(&mut app, "enter .");
    pictures("article-hits", &mut app, false);
}

#[test]
fn articles_in_ascii() {
    let mut context = context();
    context.ascii = true;
    let mut app = ready(context);
    read(&mut app, "1");
    for (columns, rows) in SIZES {
        let listed = lines(&draw(&mut app, columns, rows)).join("\n");
        assert!(listed.is_ascii(), "{listed}");
        insta::assert_snapshot!(format!("articles-ascii-{columns}x{rows}"), listed);
        read(&mut app, "j enter g }");
        let read_article = lines(&draw(&mut app, columns, rows)).join("\n");
        assert!(read_article.is_ascii(), "{read_article}");
        insta::assert_snapshot!(format!("article-ascii-{columns}x{rows}"), read_article);
        read(&mut app, "esc g");
    }
}

#[test]
fn the_reader_is_drawn_at_every_size_without_a_panic() {
    let mut app = reader();
    for keys in [
        "",
        "h",
        "i",
        "esc l enter",
        "f",
        "esc L",
        "/ z q z enter",
        "esc esc t",
        "esc G",
        "} l l l l",
        "esc /",
    ] {
        read(&mut app, keys);
        for columns in [1, 39, 40, 41, 60, 71, 72, 99, 130, 250] {
            for rows in [1, 5, 11, 12, 13, 17, 30, 50] {
                draw(&mut app, columns, rows);
            }
        }
    }
}

#[test]
fn escape_sequences_in_titles_tags_and_errors_never_reach_the_screen() {
    let mut app = ready(context());
    let effects = press(&mut app, "1");
    let jobs: Vec<_> = reader_jobs(&effects)
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    let mut evil = feeds();
    evil[0].title = "\u{1b}[31mred\u{7}".to_owned();
    evil[0].health.error = Some("\u{1b}]0;title\u{7}bad\r\nnews".to_owned());
    app.update(Msg::Task(
        jobs[0],
        JobReport::Reader(ReaderReport::Feeds(evil, 0)),
    ));
    let mut bad = article(
        "a",
        1,
        "\u{1b}]52;c;cm0gLXJm\u{7}x\u{202e}",
        Some("2026-01-01"),
    );
    bad.tags = vec!["\u{1b}[2J".to_owned()];
    bad.author = Some("\u{9b}31m".to_owned());
    app.update(Msg::Task(
        jobs[1],
        JobReport::Reader(ReaderReport::Listed(vec![bad])),
    ));
    read(&mut app, "h j j");
    let text = lines(&draw(&mut app, 120, 40)).join("\n");
    for piece in ["[31m", "0;title", "52;c", "[2J"] {
        assert!(!text.contains(piece), "{text}");
    }
}
