//! What `SQLite` does not know by itself.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

/// Registers `lowered(text)`: lower case of every script, where `SQLite`'s own `lower` knows only that of English.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("lowered", 1, flags, |call| {
        let text: Option<String> = call.get(0)?;
        Ok(text.map(|text| text.to_lowercase()))
    })
}
