//! Links: followed in place, in the browser, in the chart; copied; labelled.

use super::*;

fn labels_links(app: &App) -> bool {
    let over = app.panes.articles.reading().unwrap().over();
    matches!(over, Some(Over::Hints(_)))
}

/// The list of links, which is open.
fn links(app: &App) -> &Choice {
    match app.panes.articles.reading().unwrap().over() {
        Some(Over::Links(choice)) => choice,
        other => panic!("{other:?}"),
    }
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
    app.update(Msg::Task(task, JobReport::Reader(ReaderReport::Browsing)));
    assert_eq!(notice(&app), "Opened in firefox.");
    app.update(Msg::Task(task, JobReport::Done));
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
    let reading = app.panes.articles.reading().unwrap();
    let script = reading
        .page()
        .links()
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
    let reading = app.panes.articles.reading().unwrap();
    let heading = reading.page().heading_in_front().unwrap();
    assert_eq!(reading.page().headings()[heading].text, "Clean up");
}

#[test]
fn a_power_tuning_link_opens_the_chart_of_the_run_it_holds() {
    let mut app = reader();
    read(&mut app, "enter L");
    let position = |app: &App| {
        let links = app.panes.articles.reading().unwrap().page().links();
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
    assert_eq!(
        app.panes.tuning.runs.selected().unwrap().run.name,
        "matrix-inversion"
    );
    press(&mut app, "1");
    assert_eq!(reading(&app), Some("a"), "the article is still there");
}

#[test]
fn the_way_back_from_a_chart_that_an_article_led_to_is_the_article() {
    let mut app = reader();
    read(&mut app, "enter L");
    while app.pane == PaneId::Articles {
        press(&mut app, "j");
        let links = app.panes.articles.reading().unwrap().page().links();
        let at = links
            .iter()
            .position(|link| link.kind == crate::articles::LinkKind::PowerTuning);
        for _ in 1..at.unwrap() {
            press(&mut app, "j");
        }
        read(&mut app, "enter");
    }
    // What hides something goes first.
    press(&mut app, "enter esc");
    assert_eq!(app.pane, PaneId::Tuning);
    press(&mut app, "esc");
    assert_eq!((app.pane, reading(&app)), (PaneId::Articles, Some("a")));
    // Who comes by the key of the pane has nowhere to go back to.
    press(&mut app, "3 esc");
    assert_eq!(app.pane, PaneId::Tuning);
}

#[test]
fn a_power_tuning_link_of_an_unknown_run_is_imported() {
    let mut app = reader();
    let curve = run("x", "2026-11-21T09:30:00Z").curve(crate::power::BillingStep::AsMeasured);
    let effects = app.with_outbox(|app, out| {
        let _ = &app;
        out.visit(crate::effect::Visit::Chart(curve.link()));
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
fn labels_take_letters_and_anything_else_takes_them_away() {
    let mut app = reader();
    read(&mut app, "enter f");
    assert!(matches!(
        app.panes.articles.reading().unwrap().over(),
        Some(Over::Hints(_))
    ));
    press(&mut app, "esc");
    assert!(app.panes.articles.reading().unwrap().over().is_none());
    assert_eq!(reading(&app), Some("a"));
}

#[test]
fn the_list_of_links_begins_where_the_reader_is_and_leads_back_there() {
    let mut app = reader();
    app.update(Msg::Resized(80, 24));
    read(&mut app, "enter L");
    let chosen = |app: &App| links(app).chosen().unwrap();
    assert_eq!(chosen(&app), 0);
    read(&mut app, "j j j enter 1 L");
    assert_eq!(chosen(&app), 3, "the chart that was just looked at");
    app.update(Msg::Resized(80, 10));
    read(&mut app, "esc G L");
    let last = app.panes.articles.reading().unwrap().page().links().len() - 1;
    assert_eq!(chosen(&app), last, "nothing but text is below");
}

#[test]
fn a_search_keeps_the_keys_when_they_go_sideways() {
    let mut app = reader();
    press(&mut app, "/");
    for key in ["q", "enter", "h"] {
        read(&mut app, key);
    }
    assert_eq!(app.panes.articles.browsing().focus(), Focus::List);
}

#[test]
fn a_fragment_that_is_no_heading_is_told_and_opens_nothing() {
    let mut app = reader();
    read(&mut app, "enter");
    let link = |url: &str| crate::articles::Link {
        text: "a note".to_owned(),
        url: url.to_owned(),
        kind: crate::articles::LinkKind::Web,
        line: 0,
    };
    let follow = |app: &mut App, url: &str| {
        app.with_outbox(|panes, out| panes.articles.follow(&link(url), out))
    };
    let effects = follow(&mut app, "https://ada.example/a#fn1");
    assert!(effects.is_empty(), "{effects:?}");
    assert_eq!(notice(&app), "This article has no heading 'fn1'.");
    read(&mut app, "G");
    assert!(follow(&mut app, "#").is_empty());
    assert!(app.panes.articles.reading().unwrap().page().is_at_start());
}

#[test]
fn a_note_is_jumped_to_and_the_way_back_leads_to_where_its_link_is() {
    let mut app = reader();
    app.update(Msg::Resized(80, 12));
    let mut note = opened("a");
    let filler = "<p>line</p>".repeat(40);
    note.document = std::sync::Arc::new(crate::articles::Document::read(&crate::articles::Text {
        markup: crate::articles::Markup::Html,
        source: format!(
            "<p>So<sup id=fnref1><a href='#fn1'>1</a></sup>.</p>{filler}<p id=fn1>Note <a href='#fnref1'>back</a></p>{filler}"
        ),
        base: None,
        enclosures: Vec::new(),
    }));
    let (task, _) = reader_jobs(&press(&mut app, "enter"))[0];
    app.update(Msg::Task(
        task,
        JobReport::Reader(ReaderReport::Opened(Box::new(note))),
    ));
    let follow = |app: &mut App, at: usize| {
        let link = app.panes.articles.reading().unwrap().page().links()[at].clone();
        app.with_outbox(|panes, out| panes.articles.follow(&link, out));
    };
    let top = |app: &App| {
        let page = app.panes.articles.reading().unwrap().page();
        let (_, line) = page.visible().next().unwrap();
        line.spans
            .iter()
            .map(|span| span.text.as_str())
            .collect::<String>()
    };
    follow(&mut app, 0);
    assert_eq!(top(&app), "Note back");
    follow(&mut app, 1);
    assert_eq!(top(&app), "So^1.");
    press(&mut app, "esc");
    assert_eq!(top(&app), "Note back");
    press(&mut app, "esc");
    assert!(app.panes.articles.reading().unwrap().page().is_at_start());
    press(&mut app, "esc");
    assert!(app.panes.articles.reading().is_none());
}

#[test]
fn a_link_to_a_heading_of_another_article_opens_it_there() {
    let mut app = reader();
    app.update(Msg::Resized(80, 24));
    read(&mut app, "enter");
    let (task, effects) = {
        let link = crate::articles::Link {
            text: "the end".to_owned(),
            url: "https://ada.example/c#clean-up".to_owned(),
            kind: crate::articles::LinkKind::Web,
            line: 0,
        };
        let effects = app.with_outbox(|panes, out| panes.articles.follow(&link, out));
        (reader_jobs(&effects)[0].0, effects)
    };
    assert_eq!(effects.len(), 1);
    let found = JobReport::Reader(ReaderReport::Opened(Box::new(opened("c"))));
    app.update(Msg::Task(task, found));
    let reading = app.panes.articles.reading().unwrap();
    let heading = reading.page().heading_in_front().unwrap();
    assert_eq!(reading.page().headings()[heading].text, "Clean up");
}

#[test]
fn labels_are_only_for_links_that_can_be_seen() {
    let mut app = reader();
    app.update(Msg::Resized(80, 10));
    read(&mut app, "enter G f");
    assert_eq!(notice(&app), "No link on the screen.");
    assert_eq!(app.notices.current().unwrap().severity, Severity::Info);
    assert!(app.panes.articles.reading().unwrap().over().is_none());
}

#[test]
fn a_link_that_code_moved_out_of_the_screen_gets_no_label() {
    let mut app = reader();
    let effects = press(&mut app, "enter");
    let (task, _) = reader_jobs(&effects)[0];
    let text = crate::articles::Text {
        markup: crate::articles::Markup::Html,
        source: format!(
            "<pre><code><a href='https://a.example/'>a</a> {}</code></pre>",
            "x".repeat(300)
        ),
        base: None,
        enclosures: Vec::new(),
    };
    let code = crate::effect::OpenedArticle {
        document: std::sync::Arc::new(crate::articles::Document::read(&text)),
        ..opened("a")
    };
    let report = JobReport::Reader(ReaderReport::Opened(Box::new(code)));
    app.update(Msg::Task(task, report));
    read(&mut app, "f");
    assert!(labels_links(&app), "it can be seen");
    read(&mut app, "esc l f");
    assert!(!labels_links(&app));
    assert_eq!(notice(&app), "No link on the screen.");
}

#[test]
fn words_narrow_the_list_of_links_while_they_are_typed_and_the_one_left_is_followed() {
    let mut app = reader();
    read(&mut app, "enter L /");
    let all = links(&app).shown().len();
    write(&mut app, "MANUAL sqs");
    assert_eq!(links(&app).shown(), [1], "of {all}");
    let left = read(&mut app, "enter enter");
    assert_eq!(copied(&left), ["https://docs.example/sqs"]);
}

#[test]
fn what_narrows_the_list_of_links_is_cleared_by_esc_before_the_list_is_closed() {
    let mut app = reader();
    read(&mut app, "enter L j j /");
    let all = links(&app).shown().len();
    write(&mut app, "manual");
    press(&mut app, "esc");
    assert_eq!(links(&app).shown().len(), all, "given up while typed");
    assert_eq!(links(&app).chosen(), Some(2), "the same is in front again");
    press(&mut app, "/");
    write(&mut app, "ada.example");
    read(&mut app, "down enter");
    assert_eq!(links(&app).filter(), "ada.example");
    press(&mut app, "esc");
    assert_eq!(links(&app).shown().len(), all);
    press(&mut app, "esc");
    assert!(app.panes.articles.reading().unwrap().over().is_none());
    assert_eq!(reading(&app), Some("a"), "only the list was closed");
}

#[test]
fn words_that_no_link_has_leave_nothing_to_follow() {
    let mut app = reader();
    read(&mut app, "enter L /");
    write(&mut app, "zebra");
    let left = read(&mut app, "enter enter y o j");
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(links(&app).chosen(), None);
}

#[test]
fn the_outline_is_narrowed_like_the_links() {
    let mut app = reader();
    app.update(Msg::Resized(80, 24));
    read(&mut app, "enter t /");
    write(&mut app, "clean");
    read(&mut app, "enter enter");
    let reading = app.panes.articles.reading().unwrap();
    assert!(reading.over().is_none());
    let heading = reading.page().heading_in_front().unwrap();
    assert_eq!(reading.page().headings()[heading].text, "Clean up");
}

#[test]
fn letters_do_not_run_through_the_list_of_links() {
    let mut app = reader();
    read(&mut app, "enter L");
    let before = app.panes.articles.reading().unwrap().article.clone();
    for key in ["n", "s", "m", "A", "B", "J", "w", "a", "T", "u"] {
        assert!(press(&mut app, key).is_empty(), "{key}");
        assert!(app.prompt.is_none(), "{key}");
    }
    assert_eq!(app.panes.articles.reading().unwrap().article, before);
    assert_eq!(links(&app).position(), 0);
}
