//! Passwords that an older iacstone left in the store: they move to their own file.

use super::{FeedError, FeedSource, Passwords};
use crate::articles::{FeedId, Subscription};
use crate::store::{Store, StoreError};
use crate::task::Blocking;

/// What the store notes once there are none any more.
const MOVED: &str = "passwords-moved";

/// Why passwords were not moved. The store is as it was then, or without some of them.
#[derive(Debug, thiserror::Error)]
pub enum PasswordMoveError {
    /// The file with the passwords cannot be used.
    #[error(transparent)]
    Passwords(#[from] FeedError),
    /// The store refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Moves the passwords that stand in sources of feeds out of the store. Those that are kept already stay.
///
/// # Errors
/// [`PasswordMoveError`].
pub async fn move_passwords(store: &Store, passwords: &Passwords) -> Result<(), PasswordMoveError> {
    if !passwords.are_kept() || store.feeds().was_done(MOVED).await? {
        return Ok(());
    }
    let feeds = store.feeds().subscriptions().await?;
    let found: Vec<_> = feeds.iter().filter_map(with_password).collect();
    let kept = found
        .iter()
        .map(|(_, source, password)| (source.clone(), password.clone()));
    let (kept, passwords) = (kept.collect(), passwords.clone());
    // First to the file: in between they stand twice, and never nowhere.
    let moved = Blocking::OnThreads
        .run(move || passwords.keep_new(kept))
        .await;
    moved.map_err(FeedError::from)??;
    for (feed, source, _) in found {
        store.feeds().rename(feed, source).await?;
    }
    // No newer iacstone leaves one there.
    store.feeds().follow_once(MOVED, Vec::new()).await?;
    Ok(())
}

/// A feed with a password in its source: the source without it, and the password.
fn with_password(feed: &Subscription) -> Option<(FeedId, String, String)> {
    let (source, password) = FeedSource::stored(&feed.source).ok()?.apart();
    Some((feed.feed, source.to_string(), password?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn old_passwords_move_out_of_the_store() {
        let folder = tempfile::tempdir().unwrap();
        let passwords = Passwords::beside(folder.path());
        let store = Store::in_memory().unwrap();
        let old = "https://jane:secret@a.example/feed";
        let new = "https://jane@a.example/feed";
        for source in [old, new, "https://b.example/"] {
            store.feeds().follow(source, None).await.unwrap();
        }
        move_passwords(&store, &Passwords::default()).await.unwrap();
        assert_eq!(store.feeds().all().await.unwrap().len(), 3);
        for _ in 0..2 {
            move_passwords(&store, &passwords).await.unwrap();
            let feeds = store.feeds().all().await.unwrap();
            let known = feeds.iter().map(|feed| (&*feed.source, &*feed.title));
            let same = |text| (text, text);
            assert_eq!(
                known.collect::<Vec<_>>(),
                [same(new), same("https://b.example/")]
            );
            assert_eq!(passwords.find(new), Ok(Some("secret".to_owned())));
        }
    }
}
