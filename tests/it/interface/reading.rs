//! The reader in the demo: files of this machine are read, and the network is not asked.

use std::io::ErrorKind;
use std::net::TcpListener;

use super::{SIZE, demo};

#[test]
fn the_demo_follows_feeds_without_a_word_to_the_network() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let source = format!("http://{}/feed", listener.local_addr().unwrap());
    let file = tempfile::Builder::new().suffix(".txt").tempfile().unwrap();
    std::fs::write(file.path(), "some words of a file").unwrap();
    let mut session = demo(SIZE, Vec::new());
    session.send("1");
    session.wait_for("Notes on iacstone");
    for (named, expected) in [
        (source.as_str(), "the demo reaches"),
        (file.path().to_str().unwrap(), "fetched just now"),
    ] {
        session.send("a");
        session.wait_for("Follow:");
        session.send(named);
        session.send("\r");
        session.wait_for(expected);
    }
    let asked = listener.accept().map(|(_, from)| from);
    assert_eq!(asked.unwrap_err().kind(), ErrorKind::WouldBlock);
}
