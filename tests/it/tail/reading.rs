//! Reading without following, from a service that does not answer.

use iacstone::aws::AwsError;
use iacstone::logs::Tailing;
use iacstone::simulator::Account;
use iacstone::tail::read;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::*;

#[tokio::test(start_paused = true)]
async fn what_is_waited_for_is_told_once_and_in_the_end_why_it_did_not_come() {
    let account = Account::empty(options());
    let now_ms = account.now_ms();
    account.put_event(GROUP, "a", now_ms - 1, now_ms - 1, "before");
    account.set_faults(faults(&["FilterLogEvents=throttle"]));
    let logs = rig::logs(&account).await;
    let (sender, mut told) = mpsc::channel(8);
    let stop = CancellationToken::new();
    let ended = read(&logs, &wanted(), now_ms, &sender, &stop).await;
    let ended = ended.into_result();
    assert!(matches!(ended, Err(AwsError::Throttled(_))), "{ended:?}");
    drop(sender);
    let mut texts = Vec::new();
    while let Some(Tailing::Marker(marker)) = told.recv().await {
        texts.push(marker.text);
    }
    let words = "waiting for the events of '/test/numbers', for two minutes at most: ";
    assert!(
        matches!(&texts[..], [text] if text.starts_with(words)),
        "{texts:?}"
    );
}
