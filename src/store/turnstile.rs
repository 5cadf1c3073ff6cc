//! What decides, in a simulation, when a call of the store is carried out and whether the disk takes it.

/// Lets the calls of a store pass one by one.
pub trait Turnstile: Send + 'static {
    /// Waits until the next call may be carried out; gives how it finds the disk.
    fn pass(&mut self) -> impl Future<Output = Disk> + Send;
}

/// How a call finds the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// It takes what is written.
    Writable,
    /// It can be read, but every write fails and changes nothing.
    Refusing,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::example::plain;
    use crate::store::{Store, StoreError};

    /// A disk that is as it is told.
    struct As(std::vec::IntoIter<Disk>);

    impl Turnstile for As {
        async fn pass(&mut self) -> Disk {
            self.0.next().unwrap_or(Disk::Writable)
        }
    }

    #[tokio::test]
    async fn a_disk_that_refuses_keeps_what_it_had_and_takes_more_later() {
        let dir = tempfile::tempdir().unwrap();
        let disk = As(vec![Disk::Writable, Disk::Refusing, Disk::Refusing].into_iter());
        let (store, serving) = Store::open_in_steps(dir.path(), disk).unwrap();
        let using = async {
            store.runs().save(&plain("r1")).await.unwrap();
            let refused = store.runs().save(&plain("r2")).await.unwrap_err();
            assert!(matches!(refused, StoreError::ReadOnly { .. }), "{refused}");
            assert!(
                store
                    .runs()
                    .with_id(&plain("r1").id)
                    .await
                    .unwrap()
                    .is_some()
            );
            store.runs().save(&plain("r3")).await.unwrap();
            assert_eq!(store.runs().all().await.unwrap().0.len(), 2);
            store.close().await.unwrap();
        };
        tokio::join!(serving, using);
    }
}
