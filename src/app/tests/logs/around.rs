//! Rows around those that pass the filters, and values that are followed through all groups.

use super::*;
use crate::effect::Effect;

const ID: &str = "8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f";

#[test]
fn rows_around_a_hit_are_shown_with_rulers_between() {
    let (mut app, _) = following(40);
    press(&mut app, "+");
    let words = &app.notices.current().unwrap().text;
    assert_eq!(words, "No filter leaves events out; f adds one.");
    submit(&mut app, "f", "request .7");
    press_and_scan(&mut app, "+");
    let expected = [
        "INFO request 16 answered",
        "ERROR request 17 answered",
        "INFO request 18 answered",
        "7 events left out",
        "INFO request 26 answered",
        "ERROR request 27 answered",
        "INFO request 28 answered",
        "7 events left out",
        "INFO request 36 answered",
        "ERROR request 37 answered",
        "INFO request 38 answered",
    ];
    assert_eq!(texts(&app), expected);
    let lines = tail(&app).reader().lines();
    assert_eq!(lines[0].kind, ScreenLineKind::Around);
    assert_eq!(lines[1].kind, ScreenLineKind::Event);
    press_and_scan(&mut app, "-");
    assert_eq!(texts(&app).len(), 3);
}

#[test]
fn the_cursor_moves_over_rows_around_hits_and_they_are_opened_and_copied() {
    let (mut app, task) = following(40);
    submit(&mut app, "f", "request .7");
    press_and_scan(&mut app, "+ +");
    press(&mut app, "g");
    assert_eq!(cursor(&app), "INFO request 15 answered");
    press(&mut app, "j j j j j");
    assert_eq!(cursor(&app), "INFO request 25 answered");
    press(&mut app, "k k s k k");
    assert_eq!(tail(&app).place().unwrap().0, 2);
    let effects = press(&mut app, "y");
    let Some(Effect::Copy(text)) = effects.first() else {
        panic!("{effects:?}");
    };
    let rows = "INFO request 16 answered\nERROR request 17 answered\nINFO request 18 answered";
    assert_eq!(text, rows);
    events(&mut app, task, numbered(GROUP, 40..48));
    press(&mut app, "G");
    assert_eq!(*texts(&app).last().unwrap(), "ERROR request 47 answered");
    assert_eq!(
        texts(&app)[texts(&app).len() - 2],
        "INFO request 46 answered"
    );
}

/// Three services that name one request, and one row that does not.
fn three_groups() -> App {
    let mut app = ready(context());
    app.update(Msg::Resized(80, 24));
    let groups = [
        "/ecs/alpha/gunicorn",
        "/ecs/alpha/beat",
        "/aws/lambda/hash-bun",
    ];
    let task = followed(&mut app, &groups);
    let json = format!(r#"{{"level":"error","msg":"no stock","requestId":"{ID}","sku":"A-17"}}"#);
    let mut rows = vec![
        event(
            groups[0],
            "web/1",
            0,
            "INFO nothing to do with it, sku A-18",
        ),
        event(groups[0], "web/1", 10, &format!("INFO order for {ID}")),
        event(groups[1], "beat/1", 20, &json),
    ];
    rows.extend(invocation(groups[2], "f/1", 30, ID));
    rows.push(event(
        groups[1],
        "beat/1",
        90,
        "INFO sku=A-17 is out of stock",
    ));
    events(&mut app, task, rows);
    app
}

#[test]
fn one_key_follows_the_request_of_a_row_through_all_groups_and_back() {
    let mut app = three_groups();
    press_and_scan(&mut app, "g j *");
    assert_eq!(tail(&app).filters().followed_value(), Some(ID));
    assert_eq!(texts(&app).len(), 6, "{:?}", texts(&app));
    assert!(texts(&app).contains(&"hashed 50 times"));
    press_and_scan(&mut app, "*");
    assert_eq!(tail(&app).filters().followed_value(), None);
    assert_eq!(cursor(&app), format!("INFO order for {ID}"));
    press_and_scan(&mut app, "*");
    press_and_scan(&mut app, "esc");
    assert_eq!(tail(&app).filters().followed_value(), None);
    press_and_scan(&mut app, "g *");
    let words = &app.notices.current().unwrap().text;
    assert!(words.starts_with("The row names no request"), "{words}");
}

#[test]
fn a_folded_invocation_is_followed_by_its_request_and_filters_are_kept_aside() {
    let mut app = three_groups();
    submit(&mut app, "f", "REPORT");
    press_and_scan(&mut app, "G k j *");
    assert_eq!(texts(&app).len(), 6);
    press_and_scan(&mut app, "*");
    assert_eq!(texts(&app).len(), 1);
    assert_eq!(tail(&app).filters().list().len(), 1);
}

#[test]
fn any_value_of_an_event_is_followed_whatever_its_field_is_called() {
    let mut app = three_groups();
    press(&mut app, "g j j enter j j j j");
    press_and_scan(&mut app, "*");
    assert_eq!(tail(&app).filters().followed_value(), Some("A-17"));
    let last = *texts(&app).last().unwrap();
    assert_eq!(
        (texts(&app).len(), last),
        (2, "INFO sku=A-17 is out of stock")
    );
}

#[test]
fn of_a_line_of_text_the_id_in_it_is_followed_with_the_whole_invocation() {
    let mut app = ready(context());
    app.update(Msg::Resized(120, 40));
    let lambda = "/aws/lambda/hash-bun";
    let task = followed(&mut app, &[lambda]);
    let plain = event(lambda, "a", 1, "plain words");
    events(&mut app, task, vec![plain]);
    events(&mut app, task, invocation(lambda, "a", 10, ID));
    press_and_scan(&mut app, "i g enter *");
    let words = &app.notices.current().unwrap().text;
    assert_eq!(words, "There is no id here to follow.");
    press_and_scan(&mut app, "esc j enter *");
    assert_eq!(tail(&app).filters().followed_value(), Some(ID));
    let of_invocation = ["START", "hashed", "END", "REPORT"];
    let told = texts(&app);
    assert!(
        told.len() == 4
            && of_invocation
                .iter()
                .zip(&told)
                .all(|(word, text)| text.starts_with(word)),
        "{told:?}"
    );
}
