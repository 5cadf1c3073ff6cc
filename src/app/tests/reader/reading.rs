//! The article: opening, paging, neighbours and parts, jumps, words found in it.

use super::*;
use crate::effect::Problem;

#[test]
fn opening_marks_read_and_coming_back_keeps_the_place() {
    let mut app = reader();
    let effects = read(&mut app, "j enter");
    assert_eq!(reading(&app), Some("b"));
    assert!(effects.is_empty(), "{effects:?}");
    assert!(app.panes.articles.browsing().list().articles()[1].read);
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
        JobReport::Failed(Problem::other("article a is damaged")),
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
    app.update(Msg::Task(task, JobReport::Reader(ReaderReport::Nothing)));
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
fn words_are_found_in_the_article_that_is_read() {
    let mut app = reader();
    app.update(Msg::Resized(80, 24));
    read(&mut app, "enter /");
    write(&mut app, "LETTERS");
    press(&mut app, "enter");
    let count = |app: &App| app.panes.articles.reading().unwrap().find().count();
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
        let reading = app.panes.articles.reading().unwrap();
        reading.page().headings()[reading.page().heading_in_front().unwrap()]
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
    app.update(Msg::Task(
        task,
        JobReport::Exported("/home/a/dead.md".into()),
    ));
    assert_eq!(notice(&app), "Wrote /home/a/dead.md.");
}

#[test]
fn the_text_at_the_top_stays_there_when_the_width_changes() {
    let mut app = reader();
    app.update(Msg::Resized(120, 24));
    read(&mut app, "enter ] ]");
    let heading = |app: &App| {
        let reading = app.panes.articles.reading().unwrap();
        reading.page().heading_in_front()
    };
    let before = heading(&app);
    app.update(Msg::Resized(44, 12));
    assert_eq!(heading(&app), before);
    app.update(Msg::Resized(120, 40));
    assert_eq!(heading(&app), before);
}

#[test]
fn the_page_of_an_article_takes_the_place_of_the_feeds_text_and_gives_it_back() {
    let mut app = reader();
    read(&mut app, "enter");
    let effects = press(&mut app, "F");
    let (task, job) = reader_jobs(&effects)[0];
    assert_eq!(job, &ReaderJob::OpenFullText(ArticleId("a".to_owned())));
    let mut full = opened("a");
    full.article.is_full = true;
    let report = ReaderReport::Opened(Box::new(full));
    app.update(Msg::Task(task, JobReport::Reader(report)));
    let layout = |app: &App| {
        let reading = app.panes.articles.reading().unwrap();
        let spans = reading
            .page()
            .layout()
            .lines
            .iter()
            .flat_map(|line| &line.spans);
        spans
            .map(|span| span.text.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert!(layout(&app).contains("the text of its page; F goes back to the feed's"));
    let effects = press(&mut app, "F");
    let (_, job) = reader_jobs(&effects)[0];
    assert_eq!(job, &ReaderJob::OpenOwnText(ArticleId("a".to_owned())));
}

#[test]
fn an_article_without_a_link_has_no_page_to_fetch() {
    let mut app = reader();
    read(&mut app, "G enter");
    assert_eq!(reading(&app), Some("e"));
    assert!(reader_jobs(&press(&mut app, "F")).is_empty());
    assert!(
        notice(&app).starts_with("This article has no link"),
        "{}",
        notice(&app)
    );
}
