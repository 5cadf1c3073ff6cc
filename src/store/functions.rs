//! What `SQLite` does not know by itself.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use super::compression::unpack;
use super::reading::parted;

/// Registers `lowered(text)`: lower case of every script, where `SQLite`'s own `lower` knows only that of English;
/// `parted(text)`: the text as the index of words takes it; and `unpacked(blob)`: a text as it was before it was
/// compressed, nothing for a damaged one.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("lowered", 1, flags, |call| {
        let text: Option<String> = call.get(0)?;
        Ok(text.map(|text| text.to_lowercase()))
    })?;
    connection.create_scalar_function("parted", 1, flags, |call| {
        let text: Option<String> = call.get(0)?;
        Ok(text.map(|text| parted(&text).into_owned()))
    })?;
    connection.create_scalar_function("unpacked", 1, flags, |call| {
        let packed: Vec<u8> = call.get(0)?;
        Ok(unpack(&packed, String::new).ok())
    })
}
