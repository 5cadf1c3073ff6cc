//! Texts of every kind pass through unchanged; who shows them makes them safe.

use iacstone::simulator::AccountOptions;

use super::*;

#[tokio::test(start_paused = true)]
async fn texts_of_every_kind_come_through_both_sources_unchanged() {
    let texts = [
        "x".repeat(1 << 20),
        format!("Traceback\n{}", "  at frame\n".repeat(5_000)),
        format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)),
        "\u{1b}]52;c;aGk=\u{7}\u{1b}[2J\u{9b}31m\u{90}q\u{9c}\r\u{8}\0".to_owned(),
        "e\u{301} 日本語 👨‍👩‍👧 \u{202e}gnp.exe \u{200b}\u{feff}\u{fffd}".to_owned(),
        String::new(),
    ];
    for fault in ["StartLiveTail=hollow:0", "StartLiveTail=hollow"] {
        let rig = Rig::start(options(), wanted()).await;
        rig.until_live().await;
        rig.set(&[fault]);
        for text in &texts {
            let now_ms = rig.account.now_ms();
            rig.account.put_event(GROUP, "a", now_ms, now_ms + 50, text);
            rig.pass(2).await;
        }
        rig.pass(20).await;
        let told = rig.sound().await;
        for text in &texts {
            let times = told.events.iter().filter(|(_, it)| it.message == *text);
            let start: String = text.chars().take(20).collect();
            assert_eq!(times.count(), 1, "{start:?} under {fault}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn texts_that_are_none_are_mended_in_both_sources_and_end_no_session() {
    for faults in [
        &["StartLiveTail=broken-text", "FilterLogEvents=throttle"][..],
        &["FilterLogEvents=broken-text", "StartLiveTail=hollow"],
    ] {
        let account = AccountOptions {
            faults: rig::faults(&faults[..1]),
            ..options()
        };
        let mut rig = Rig::start(account, wanted()).await;
        rig.until_live().await;
        rig.set(faults);
        rig.traffic(15, 10, "broken \\ and \"quoted\"").await;
        rig.pass(15).await;
        {
            let told = rig.told();
            assert!(told.events.len() > 150, "{faults:?}: {:?}", told.texts());
            assert!(told.ruled("gap").is_none(), "{:?}", told.texts());
            let texts = told.events.iter().map(|(_, event)| event.message.as_str());
            let mut texts = texts.filter(|text| text.starts_with("n="));
            assert!(texts.all(|text| text.ends_with("\u{fffd}\u{fffd}")));
        }
        rig.end().await.assert_whole(150);
    }
}
