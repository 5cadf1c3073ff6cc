//! The articles pane: browsing, reading, marking, searching, links.

use crate::app::fixture::*;
use crate::app::{
    App, Browser, Effect, Fetch, Job, Msg, PaneId, ReaderJob, ReaderReport, Report, Severity,
    Source,
};
use crate::articles::{ArticleId, FeedId, Mark, MarkScope};
use crate::panes::articles::{Focus, Over, Shelf};

fn reader() -> App {
    reader_with(context())
}

fn reader_with(context: crate::app::Context) -> App {
    let mut app = ready(context);
    read(&mut app, "1");
    app
}

fn selected(app: &App) -> &str {
    &app.articles.selected().unwrap().id.0
}

fn reading(app: &App) -> Option<&str> {
    app.articles
        .reading()
        .map(|reading| reading.article.id.0.as_str())
}

fn notice(app: &App) -> &str {
    &app.notices.current().unwrap().text
}

fn copied(effects: &[Effect]) -> Vec<&str> {
    let copies = effects.iter().filter_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    copies.collect()
}

#[test]
fn nothing_is_loaded_before_the_pane_is_looked_at() {
    let mut app = ready(context());
    let effects = press(&mut app, "1");
    let jobs: Vec<_> = reader_jobs(&effects)
        .into_iter()
        .map(|(_, job)| job)
        .collect();
    assert_eq!(jobs[0], &ReaderJob::Furnish);
    assert!(matches!(jobs[1], ReaderJob::List(filter) if filter.limit == Some(200)));
    assert_eq!(jobs.len(), 2, "the demo fetches nothing unasked");
    assert!(reader_jobs(&press(&mut app, "3 1")).is_empty());
}

#[test]
fn what_is_due_is_fetched_behind_what_is_stored() {
    let mut real = context();
    real.source = Source::Aws;
    let mut app = ready(real);
    let effects = press(&mut app, "1");
    let fetch = reader_jobs(&effects)
        .into_iter()
        .find(|(_, job)| matches!(job, ReaderJob::Fetch(_)));
    let (task, job) = fetch.unwrap();
    assert_eq!(job, &ReaderJob::Fetch(Fetch::Due));
    serve(&mut app, effects.clone());
    assert_eq!(app.articles.list.articles().len(), 5);
    let effects = app.update(Msg::Task(task, Report::Reader(ReaderReport::Fetched(2))));
    serve(&mut app, effects);
    assert_eq!(app.articles.fetching.unwrap().new, 2);
    let effects = app.update(Msg::Task(task, Report::Done));
    assert_eq!(reader_jobs(&effects).len(), 2, "feeds and list again");
    assert!(app.articles.fetching.is_none());
    assert_eq!(notice(&app), "There are 2 new articles.");
}

#[test]
fn an_offline_session_fetches_nothing_and_says_so() {
    let mut offline = context();
    offline.offline = true;
    let mut app = reader_with(offline);
    let left = read(&mut app, "r");
    assert!(reader_jobs(&left).is_empty(), "{left:?}");
    assert!(notice(&app).contains("--offline"));
}

#[test]
fn the_list_follows_the_tree() {
    let mut app = reader();
    read(&mut app, "h j");
    assert_eq!(app.articles.tree.shelf, Shelf::Starred);
    assert_eq!(selected(&app), "b");
    read(&mut app, "j");
    assert_eq!(app.articles.tree.shelf, Shelf::Feed(FeedId(1)));
    assert_eq!(app.articles.list.articles().len(), 3);
    read(&mut app, "l j");
    assert_eq!(selected(&app), "b");
    assert_eq!(app.articles.focus, Focus::List);
}

#[test]
fn an_overtaken_list_is_dropped() {
    let mut app = reader();
    let first = press(&mut app, "h j");
    let (old, _) = reader_jobs(&first)[0];
    let second = press(&mut app, "j");
    assert!(second.contains(&Effect::Cancel(old)));
    let late = ReaderReport::Listed(vec![article("late", 1, "Late", None)]);
    app.update(Msg::Task(old, Report::Reader(late)));
    serve(&mut app, second);
    assert!(
        app.articles
            .list
            .articles()
            .iter()
            .all(|article| article.id.0 != "late")
    );
}

#[test]
fn opening_marks_read_and_coming_back_keeps_the_place() {
    let mut app = reader();
    let effects = read(&mut app, "j enter");
    assert_eq!(reading(&app), Some("b"));
    assert!(effects.is_empty(), "{effects:?}");
    assert!(app.articles.list.articles()[1].read);
    read(&mut app, "esc");
    assert_eq!((reading(&app), selected(&app)), (None, "b"));
}

#[test]
fn a_text_that_cannot_be_loaded_is_told_and_the_list_stays() {
    let mut app = reader();
    let effects = press(&mut app, "enter");
    let (task, _) = reader_jobs(&effects)[0];
    app.update(Msg::Task(
        task,
        Report::Failed("article a is damaged".into()),
    ));
    assert_eq!(reading(&app), None);
    assert_eq!(app.notices.current().unwrap().severity, Severity::Error);
}

#[test]
fn next_unread_goes_down_the_list_and_then_to_any_feed() {
    let mut app = reader();
    read(&mut app, "n");
    assert_eq!(
        reading(&app),
        Some("a"),
        "the first of all, when nothing is read"
    );
    read(&mut app, "n");
    assert_eq!(reading(&app), Some("b"));
    read(&mut app, "n");
    assert_eq!(reading(&app), Some("e"), "c and d are read");
    let effects = press(&mut app, "n");
    assert!(
        matches!(reader_jobs(&effects)[0].1, ReaderJob::OpenUnread(filter) if filter.read == Some(false))
    );
    let (task, _) = reader_jobs(&effects)[0];
    app.update(Msg::Task(task, Report::Reader(ReaderReport::Nothing)));
    assert_eq!(notice(&app), "Nothing is unread, in no feed.");
    assert_eq!(reading(&app), Some("e"));
}

#[test]
fn reading_on_pages_and_goes_to_the_next_unread_at_the_end() {
    let mut app = reader();
    app.update(Msg::Resized(80, 24));
    read(&mut app, "enter");
    let mut pages = 0;
    while reading(&app) == Some("a") && pages < 20 {
        read(&mut app, "space");
        pages += 1;
    }
    assert!((2..6).contains(&pages), "{pages}");
    assert_eq!(reading(&app), Some("b"));
}

#[test]
fn neighbours_and_parts_are_a_key_away() {
    let mut app = reader();
    read(&mut app, "enter J");
    assert_eq!(reading(&app), Some("b"));
    read(&mut app, "(");
    assert_eq!(reading(&app), Some("c"));
    read(&mut app, ")");
    assert_eq!(reading(&app), Some("b"));
    read(&mut app, ")");
    assert_eq!(notice(&app), "No next part of this article is stored.");
    read(&mut app, "K K");
    assert_eq!(reading(&app), Some("a"));
    assert_eq!(notice(&app), "This is the first article of the list.");
}

#[test]
fn marks_show_at_once_and_can_be_undone() {
    let mut app = reader();
    let effects = press(&mut app, "m");
    assert!(app.articles.selected().unwrap().read);
    serve(&mut app, effects);
    let undone = press(&mut app, "u");
    assert_eq!(
        reader_jobs(&undone)[0].1,
        &ReaderJob::Mark(
            MarkScope::These(vec![ArticleId("a".into())]),
            Mark::Read(false)
        )
    );
    assert!(!app.articles.selected().unwrap().read);
    serve(&mut app, undone);
    read(&mut app, "s");
    assert!(app.articles.selected().unwrap().starred);
}

#[test]
fn all_and_above_are_marked_in_the_store_and_undone_as_one() {
    let mut app = reader();
    let effects = press(&mut app, "j M");
    let filter = Shelf::All.filter(false);
    assert_eq!(
        reader_jobs(&effects)[0].1,
        &ReaderJob::Mark(
            MarkScope::Above(filter.clone(), ArticleId("b".into())),
            Mark::Read(true)
        )
    );
    serve(&mut app, effects);
    let effects = press(&mut app, "A");
    assert_eq!(
        reader_jobs(&effects)[0].1,
        &ReaderJob::Mark(MarkScope::All(filter), Mark::Read(true))
    );
    serve(&mut app, effects);
    assert_eq!(notice(&app), "3 articles are read now; u undoes it.");
    assert!(
        app.articles
            .list
            .articles()
            .iter()
            .all(|article| article.read)
    );
    read(&mut app, "u");
    let unread = app
        .articles
        .list
        .articles()
        .iter()
        .filter(|article| !article.read);
    assert_eq!(unread.count(), 3);
}

#[test]
fn a_mark_the_store_refused_is_taken_back() {
    let mut app = reader();
    let effects = press(&mut app, "m");
    let (task, _) = reader_jobs(&effects)[0];
    let effects = app.update(Msg::Task(task, Report::Failed("The disk is full.".into())));
    assert_eq!(notice(&app), "The disk is full.");
    serve(&mut app, effects);
    assert!(
        !app.articles.selected().unwrap().read,
        "the list was loaded again"
    );
}

#[test]
fn only_unread_articles_can_be_listed_and_escape_shows_all() {
    let mut app = reader();
    read(&mut app, "U");
    assert_eq!(app.articles.list.articles().len(), 3);
    read(&mut app, "enter esc");
    assert_eq!(
        app.articles.list.articles().len(),
        3,
        "what was just read stays in its row"
    );
    read(&mut app, "esc");
    assert_eq!(app.articles.list.articles().len(), 5);
}

#[test]
fn each_letter_of_a_search_overtakes_the_search_before() {
    let mut app = reader();
    press(&mut app, "/");
    let first = press(&mut app, "q");
    let (old, _) = reader_jobs(&first)[0];
    let second = press(&mut app, "u");
    assert!(second.contains(&Effect::Cancel(old)));
    let late = Report::Reader(ReaderReport::Found(Vec::new()));
    app.update(Msg::Task(old, late));
    assert!(!app.articles.search.as_ref().unwrap().is_answered());
    serve(&mut app, second);
    assert_eq!(selected(&app), "a");
    read(&mut app, "down enter enter");
    assert_eq!(reading(&app), Some("b"));
    let find = app.articles.reading().unwrap().find();
    assert_eq!(
        find.count().unwrap().0,
        1,
        "the words searched for are found in the text"
    );
    read(&mut app, "esc esc esc");
    assert!(app.articles.search.is_none() && reading(&app).is_none());
}

#[test]
fn a_search_that_makes_no_sense_says_why_while_it_is_typed() {
    let mut app = reader();
    press(&mut app, "/");
    write(&mut app, "before:soon");
    let prompt = app.prompt.as_ref().unwrap();
    assert!(
        prompt
            .error
            .as_ref()
            .unwrap()
            .contains("'soon' is not a date")
    );
    press(&mut app, "esc");
    assert!(app.articles.search.is_none());
}

#[test]
fn words_are_found_in_the_article_that_is_read() {
    let mut app = reader();
    app.update(Msg::Resized(80, 24));
    read(&mut app, "enter /");
    write(&mut app, "LETTERS");
    press(&mut app, "enter");
    let count = |app: &App| app.articles.reading().unwrap().find().count();
    assert_eq!(
        count(&app),
        Some((1, 5)),
        "two in the title and three in the text"
    );
    press(&mut app, ". .");
    assert_eq!(count(&app), Some((3, 5)));
    press(&mut app, ",");
    assert_eq!(count(&app), Some((2, 5)));
    press(&mut app, "esc");
    assert_eq!((count(&app), reading(&app)), (None, Some("a")));
}

#[test]
fn headings_and_code_blocks_are_jumped_to() {
    let mut app = reader();
    app.update(Msg::Resized(80, 24));
    read(&mut app, "enter ]");
    let text = |app: &App| {
        let reading = app.articles.reading().unwrap();
        reading.page().headings[reading.heading_in_front().unwrap()]
            .text
            .clone()
    };
    assert_eq!(text(&app), "Receive");
    press(&mut app, "]");
    assert_eq!(text(&app), "Clean up");
    press(&mut app, "]");
    assert_eq!(notice(&app), "There is no heading below.");
    press(&mut app, "t k enter");
    assert_eq!(text(&app), "Receive");
    let left = read(&mut app, "} c");
    assert_eq!(
        copied(&left),
        [
            "def receive(queue):\n    return client.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=20, VisibilityTimeout=120)"
        ]
    );
    let left = read(&mut app, "} c");
    assert_eq!(copied(&left), ["aws sqs purge-queue"]);
    assert!(
        read(&mut app, "{ z c")
            .iter()
            .any(|effect| matches!(effect, Effect::Copy(text) if text.starts_with("def"))),
        "wrapped, the copy is whole"
    );
}

#[test]
fn a_link_to_a_stored_article_opens_in_place_and_leads_back() {
    let mut app = reader();
    read(&mut app, "enter f a");
    assert_eq!(reading(&app), Some("c"));
    read(&mut app, "esc");
    assert_eq!(reading(&app), Some("a"));
    read(&mut app, "esc");
    assert_eq!(reading(&app), None);
}

#[test]
fn a_link_elsewhere_goes_to_the_browser_as_one_argument() {
    let mut desktop = context();
    desktop.browser =
        Browser::detect(&[("BROWSER".to_owned(), "firefox --new-tab".to_owned())].into());
    let mut app = reader_with(desktop);
    let left = read(&mut app, "enter f s");
    let command = ["firefox", "--new-tab", "https://docs.example/sqs"].map(str::to_owned);
    assert_eq!(
        reader_jobs(&left)[0].1,
        &ReaderJob::Browse(command.to_vec())
    );
    let (task, _) = reader_jobs(&left)[0];
    app.update(Msg::Task(task, Report::Reader(ReaderReport::Browsing)));
    assert_eq!(notice(&app), "Opened in firefox.");
    app.update(Msg::Task(task, Report::Done));
}

#[test]
fn without_a_browser_a_link_is_copied_and_capitals_copy_any() {
    let mut app = reader();
    let left = read(&mut app, "enter o");
    assert_eq!(copied(&left), ["https://ada.example/a"]);
    let left = read(&mut app, "f s");
    assert_eq!(copied(&left), ["https://docs.example/sqs"]);
    let left = read(&mut app, "f A");
    assert_eq!(copied(&left), ["https://ada.example/c"]);
}

#[test]
fn a_script_or_a_file_is_never_opened() {
    let mut app = reader();
    app.update(Msg::Resized(120, 60));
    read(&mut app, "enter L");
    let reading = app.articles.reading().unwrap();
    let script = reading
        .page()
        .links
        .iter()
        .position(|link| link.url.starts_with("javascript"));
    let Some(script) = script else {
        return; // The layout gave no such link in the first place.
    };
    for _ in 0..script {
        press(&mut app, "j");
    }
    let left = read(&mut app, "g");
    assert!(left.is_empty());
    for _ in 0..script {
        press(&mut app, "j");
    }
    let left = read(&mut app, "enter");
    assert!(left.is_empty(), "{left:?}");
    assert!(
        notice(&app).contains("is no web address"),
        "{}",
        notice(&app)
    );
}

#[test]
fn a_link_to_a_heading_goes_there() {
    let mut app = reader();
    app.update(Msg::Resized(80, 24));
    read(&mut app, "enter f d");
    let reading = app.articles.reading().unwrap();
    let heading = reading.heading_in_front().unwrap();
    assert_eq!(reading.page().headings[heading].text, "Clean up");
}

#[test]
fn a_power_tuning_link_opens_the_chart_of_the_run_it_holds() {
    let mut app = reader();
    read(&mut app, "enter L");
    let position = |app: &App| {
        let links = &app.articles.reading().unwrap().page().links;
        links
            .iter()
            .position(|link| link.kind == crate::articles::LinkKind::PowerTuning)
            .unwrap()
    };
    for _ in 0..position(&app) {
        press(&mut app, "j");
    }
    let left = read(&mut app, "enter");
    assert_eq!(app.pane, PaneId::Tuning);
    assert!(
        left.is_empty(),
        "the bundled run has these figures: {left:?}"
    );
    assert_eq!(app.tuning.selected().unwrap().run.name, "matrix-inversion");
    press(&mut app, "1");
    assert_eq!(reading(&app), Some("a"), "the article is still there");
}

#[test]
fn a_power_tuning_link_of_an_unknown_run_is_imported() {
    let mut app = reader();
    let curve = run("x", "2026-11-21T09:30:00Z").curve(crate::power::BillingStep::AsMeasured);
    let effects = app.with_outbox(|app, out| {
        let _ = &app;
        out.visit(crate::app::Visit::Chart(curve.link()));
    });
    assert_eq!(jobs(&effects)[0].1, &Job::ImportRun(curve.link()));
    assert_eq!(app.pane, PaneId::Tuning);
}

#[test]
fn an_undated_article_has_no_link_to_open() {
    let mut app = reader();
    let left = read(&mut app, "G o");
    assert!(left.is_empty());
    assert!(notice(&app).contains("has no link"));
}

#[test]
fn a_feed_is_added_by_a_prompt_and_shown() {
    let mut app = reader();
    press(&mut app, "a");
    write(&mut app, "https://new.example");
    let effects = press(&mut app, "enter");
    let (task, job) = reader_jobs(&effects)[0];
    assert_eq!(job, &ReaderJob::Follow("https://new.example".into()));
    let report = Report::Reader(ReaderReport::Followed(FeedId(2), true));
    let effects = app.update(Msg::Task(task, report));
    serve(&mut app, effects);
    assert_eq!(app.articles.tree.feed().unwrap().id, FeedId(2));
    press(&mut app, "a");
    write(&mut app, "nowhere");
    let effects = press(&mut app, "enter");
    let (task, _) = reader_jobs(&effects)[0];
    app.update(Msg::Task(
        task,
        Report::Failed("'nowhere' was not added: there is no such file".into()),
    ));
    assert!(notice(&app).contains("was not added"));
}

#[test]
fn a_feed_is_removed_after_a_yes() {
    let mut app = reader();
    read(&mut app, "D");
    assert!(notice(&app).contains("Choose the feed"));
    read(&mut app, "h j j D");
    assert!(app.overlay.is_some());
    let effects = press(&mut app, "y");
    let (task, job) = reader_jobs(&effects)[0];
    assert_eq!(job, &ReaderJob::Unfollow(FeedId(1)));
    let effects = app.update(Msg::Task(task, Report::Done));
    assert_eq!(reader_jobs(&effects).len(), 2);
}

#[test]
fn health_is_shown_for_the_feed_in_front_and_fetches_only_that() {
    let mut app = reader();
    read(&mut app, "r");
    assert!(notice(&app).contains("The demo has no network"));
    app.context.source = Source::Aws;
    read(&mut app, "h G k i");
    assert_eq!(app.articles.shows_health_of().unwrap().0, FeedId(2));
    let left = read(&mut app, "r");
    assert_eq!(
        reader_jobs(&left)[0].1,
        &ReaderJob::Fetch(Fetch::One(FeedId(2)))
    );
    press(&mut app, "esc");
    assert!(app.articles.shows_health_of().is_none());
}

#[test]
fn a_tag_makes_a_shelf_of_its_own() {
    let mut app = reader();
    press(&mut app, "T");
    assert_eq!(app.prompt.as_ref().unwrap().text(), "aws");
    let effects = press(&mut app, "enter");
    serve(&mut app, effects);
    assert_eq!(app.articles.tree.shelf, Shelf::Tag("aws".into()));
    read(&mut app, "h k j");
    assert_eq!(
        app.articles.tree.shelf,
        Shelf::Tag("aws".into()),
        "it stays in the tree"
    );
}

#[test]
fn an_article_is_written_where_the_user_says() {
    let mut app = reader();
    press(&mut app, "w");
    assert_eq!(
        app.prompt.as_ref().unwrap().text(),
        "dead-letters-are-letters-too.md"
    );
    let effects = press(&mut app, "enter");
    let (task, job) = reader_jobs(&effects)[0];
    assert!(matches!(job, ReaderJob::Save(id, path) if id.0 == "a" && path.starts_with("dead-")));
    app.update(Msg::Task(task, Report::Exported("/home/a/dead.md".into())));
    assert_eq!(notice(&app), "Wrote /home/a/dead.md.");
}

#[test]
fn the_next_page_of_a_long_list_is_loaded_on_the_way_down() {
    let mut app = ready(context());
    let effects = press(&mut app, "1");
    let page = |from: usize| {
        let one = |number: usize| article(&format!("x{number}"), 1, "X", Some("2026-01-01"));
        Report::Reader(ReaderReport::Listed((from..from + 200).map(one).collect()))
    };
    let list = |effects: &[Effect]| {
        reader_jobs(effects)
            .into_iter()
            .find_map(|(id, job)| match job {
                ReaderJob::List(filter) => Some((id, filter.offset)),
                _ => None,
            })
    };
    let (task, _) = list(&effects).unwrap();
    app.update(Msg::Task(task, page(0)));
    assert!(list(&press(&mut app, "j j j")).is_none());
    let effects = press(&mut app, "G");
    let (task, offset) = list(&effects).unwrap();
    assert_eq!(offset, 200);
    app.update(Msg::Task(task, page(199)));
    assert_eq!(
        app.articles.list.articles().len(),
        399,
        "what came twice is there once"
    );
}

#[test]
fn the_text_at_the_top_stays_there_when_the_width_changes() {
    let mut app = reader();
    app.update(Msg::Resized(120, 24));
    read(&mut app, "enter ] ]");
    let heading = |app: &App| {
        let reading = app.articles.reading().unwrap();
        reading.heading_in_front()
    };
    let before = heading(&app);
    app.update(Msg::Resized(44, 12));
    assert_eq!(heading(&app), before);
    app.update(Msg::Resized(120, 40));
    assert_eq!(heading(&app), before);
}

#[test]
fn labels_take_letters_and_anything_else_takes_them_away() {
    let mut app = reader();
    read(&mut app, "enter f");
    assert!(matches!(
        app.articles.reading().unwrap().over,
        Some(Over::Hints(_))
    ));
    press(&mut app, "esc");
    assert!(app.articles.reading().unwrap().over.is_none());
    assert_eq!(reading(&app), Some("a"));
}
