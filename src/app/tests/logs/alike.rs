//! Alike neighbours folded into one row.

use super::*;

/// A session with three kinds of rows, many of them alike.
fn repeating() -> (App, TaskId) {
    let (mut app, task) = following(5);
    let rows = (0..300).map(|n| {
        event(
            GROUP,
            "web/2",
            10_000 + n,
            &format!("WARN retry {n} of 300"),
        )
    });
    events(&mut app, task, rows.collect());
    events(
        &mut app,
        task,
        vec![event(GROUP, "web/1", 11_000, "INFO gave up")],
    );
    (app, task)
}

#[test]
fn alike_neighbours_become_one_row_with_a_count_and_unfold() {
    let (mut app, task) = repeating();
    press_and_scan(&mut app, "z");
    let expected = [
        "[5 alike] INFO request 0 answered",
        "[300 alike] WARN retry 0 of 300",
        "INFO gave up",
    ];
    assert_eq!(texts(&app), expected);
    press(&mut app, "k enter");
    assert_eq!(cursor(&app), expected[1]);
    press(&mut app, "j j");
    assert_eq!(cursor(&app), "WARN retry 1 of 300");
    press(&mut app, "G k");
    assert_eq!(cursor(&app), "WARN retry 299 of 300");
    press(&mut app, "k esc");
    assert_eq!((cursor(&app), texts(&app).len()), (expected[1], 3));
    events(&mut app, task, numbered(GROUP, 20..22));
    assert_eq!(texts(&app).len(), 4);
    press_and_scan(&mut app, "z G");
    assert_eq!(texts(&app).len(), height(&app));
}

#[test]
fn a_row_that_stands_for_others_is_copied_with_them_and_a_match_in_it_is_shown() {
    let (mut app, _) = repeating();
    press_and_scan(&mut app, "z");
    let effects = press(&mut app, "k y");
    let Some(crate::effect::Effect::Copy(text)) = effects.first() else {
        panic!("{effects:?}");
    };
    assert_eq!(text.lines().count(), 300);
    submit(&mut app, "/", "retry 77 ");
    assert_eq!(cursor(&app), "WARN retry 77 of 300");
}

#[test]
fn alike_rows_are_folded_beside_filters_and_not_beside_rows_around_others() {
    let (mut app, _) = repeating();
    press_and_scan(&mut app, "z");
    submit(&mut app, "f", "retry|request");
    assert_eq!(texts(&app).len(), 2);
    press_and_scan(&mut app, "+");
    assert!(!tail(&app).rows().folds_alike());
    press_and_scan(&mut app, "-");
    assert_eq!(texts(&app).len(), 2);
    press_and_scan(&mut app, "V");
    assert_eq!(texts(&app).len(), 3);
}
