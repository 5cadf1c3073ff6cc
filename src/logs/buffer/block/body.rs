//! The text of a block: open while rows come, then compressed with LZ4. Raw messages are compressed on their own with
//! the safe text as dictionary, so that a search never unpacks them.

use lz4_flex::block::{
    CompressTable, compress_into_with_table, compress_with_dict, decompress_into,
    decompress_with_dict, get_maximum_output_size,
};

use super::super::row::{Row, RowId};
use super::super::safe::StoredMessage;
use crate::logs::facts::head;

/// A place to unpack text into, used again and again. Remembers what it holds.
#[derive(Debug, Clone, Default)]
pub(in crate::logs::buffer) struct Unpacked {
    bytes: Vec<u8>,
    /// The first row of the block it holds.
    first: Option<RowId>,
    /// Its raw messages, once one was asked for.
    raw: Option<(RowId, Vec<u8>)>,
}

/// What packing needs, used for one block after another.
pub(in crate::logs::buffer) struct Packer {
    table: CompressTable,
    room: Vec<u8>,
}

impl std::fmt::Debug for Packer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Packer").finish_non_exhaustive()
    }
}

impl Default for Packer {
    fn default() -> Self {
        Self {
            table: CompressTable::small(),
            room: Vec::new(),
        }
    }
}

impl Packer {
    fn packed(&mut self, text: &str) -> Box<[u8]> {
        let most = get_maximum_output_size(text.len());
        if self.room.len() < most {
            self.room.resize(most, 0);
        }
        let written = compress_into_with_table(text.as_bytes(), &mut self.room, &mut self.table);
        debug_assert!(written.is_ok(), "there is room for the longest output");
        let packed = written.ok().and_then(|length| self.room.get(..length));
        let packed = packed.unwrap_or_default().into();
        if self.room.len() > get_maximum_output_size(super::TEXT) {
            // One row alone may be long; the next blocks need no such room.
            self.room = Vec::new();
        }
        packed
    }
}

/// The text of a block.
#[derive(Debug, Clone)]
pub(super) enum BlockBody {
    /// Rows may come.
    Open {
        text: String,
        raw: String,
        raw_ends: Vec<(u16, u32)>,
    },
    /// Compressed.
    Sealed {
        text: Box<[u8]>,
        text_len: usize,
        raw: Box<[u8]>,
        raw_len: usize,
        raw_ends: Box<[(u16, u32)]>,
        head: Option<Box<str>>,
    },
}

impl Default for BlockBody {
    fn default() -> Self {
        Self::Open {
            text: String::new(),
            raw: String::new(),
            raw_ends: Vec::new(),
        }
    }
}

impl BlockBody {
    /// Bytes of text.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Open { text, .. } => text.len(),
            Self::Sealed { text_len, .. } => *text_len,
        }
    }

    /// Bytes of raw messages.
    pub(super) fn raw_len(&self) -> usize {
        match self {
            Self::Open { raw, .. } => raw.len(),
            Self::Sealed { raw_len, .. } => *raw_len,
        }
    }

    /// Whether it takes no more rows.
    pub(super) const fn is_sealed(&self) -> bool {
        matches!(self, Self::Sealed { .. })
    }

    /// Adds the text of the row in `slot`; returns where it ends. Does nothing once sealed.
    pub(super) fn push(&mut self, slot: usize, stored: &StoredMessage<'_>) -> usize {
        let Self::Open {
            text,
            raw,
            raw_ends,
        } = self
        else {
            return 0;
        };
        if slot > 0 {
            text.push('\n');
        }
        text.push_str(&stored.text);
        if let Some(message) = stored.raw {
            raw.push_str(message);
            raw_ends.push((super::narrow(slot), narrow(raw.len())));
        }
        text.len()
    }

    /// Compresses the text; of a row that is alone the beginning stays at hand when it is long.
    pub(super) fn seal(&mut self, is_alone: bool, packer: &mut Packer) {
        let Self::Open {
            text,
            raw,
            raw_ends,
        } = self
        else {
            return;
        };
        let packed_raw = if raw.is_empty() {
            Vec::new()
        } else {
            compress_with_dict(raw.as_bytes(), text.as_bytes())
        };
        let keeps_head = is_alone && text.len() > super::TEXT;
        *self = Self::Sealed {
            text: packer.packed(text),
            text_len: text.len(),
            raw: packed_raw.into_boxed_slice(),
            raw_len: raw.len(),
            raw_ends: std::mem::take(raw_ends).into_boxed_slice(),
            head: keeps_head.then(|| head(text, Row::TEXT).into()),
        };
    }

    /// Bytes of memory it takes.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Open {
                text,
                raw,
                raw_ends,
            } => text.capacity() + raw.capacity() + raw_ends.capacity() * size_of::<(u16, u32)>(),
            Self::Sealed {
                text,
                raw,
                raw_ends,
                head,
                ..
            } => {
                let head = head.as_ref().map_or(0, |head| head.len());
                text.len() + raw.len() + head + size_of_val(&**raw_ends)
            }
        }
    }

    /// The whole text; `first` names the block.
    pub(super) fn text<'a>(&'a self, first: RowId, unpacked: &'a mut Unpacked) -> &'a [u8] {
        match self {
            Self::Open { text, .. } => text.as_bytes(),
            Self::Sealed { text, text_len, .. } => unpacked.fill(first, text, *text_len),
        }
    }

    /// The beginning of a text that is too long to unpack for a line on the screen.
    pub(super) fn head(&self) -> Option<&str> {
        match self {
            Self::Open { .. } => None,
            Self::Sealed { head, .. } => head.as_deref(),
        }
    }

    /// The raw message kept for a slot.
    pub(super) fn raw(&self, first: RowId, slot: usize, unpacked: &mut Unpacked) -> Option<String> {
        let slot = super::narrow(slot);
        let (ends, all) = match self {
            Self::Open { raw, raw_ends, .. } => (raw_ends.as_slice(), raw.as_bytes()),
            Self::Sealed {
                raw,
                raw_len,
                raw_ends,
                ..
            } => {
                if !unpacked.holds_raw(first) {
                    let dictionary = self.text(first, unpacked);
                    let raw = decompress_with_dict(raw, *raw_len, dictionary).ok()?;
                    unpacked.raw = Some((first, raw));
                }
                let (_, raw) = unpacked.raw.as_ref()?;
                (&**raw_ends, raw.as_slice())
            }
        };
        let at = ends.binary_search_by_key(&slot, |(slot, _)| *slot).ok()?;
        let end = |at: usize| ends.get(at).map_or(0, |(_, end)| *end as usize);
        let start = at.checked_sub(1).map_or(0, end);
        Some(String::from_utf8_lossy(all.get(start..end(at))?).into_owned())
    }
}

impl Unpacked {
    /// Whether it holds the block that begins with this row.
    pub(in crate::logs::buffer) fn holds(&self, first: RowId) -> bool {
        self.first == Some(first)
    }

    /// Whether it holds the raw messages of that block.
    fn holds_raw(&self, first: RowId) -> bool {
        self.raw.as_ref().is_some_and(|(of, _)| *of == first)
    }

    /// Unpacks `packed`, which is `length` bytes when unpacked, unless it is here already.
    fn fill(&mut self, first: RowId, packed: &[u8], length: usize) -> &[u8] {
        if self.bytes.len() < length {
            self.bytes.resize(length, 0);
        }
        let Some(room) = self.bytes.get_mut(..length) else {
            return &[];
        };
        if self.first.replace(first) == Some(first) {
            return room;
        }
        let written = decompress_into(packed, room);
        debug_assert_eq!(written.ok(), Some(length), "what was packed is unpacked");
        room
    }
}

/// A place in a text; no block comes near 4 GiB.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::buffer::safe::store;

    #[test]
    fn raw_messages_are_unpacked_once_for_all_rows_of_a_block() {
        let mut body = BlockBody::default();
        for slot in 0..50 {
            body.push(slot, &store(&format!("\u{1b}[1m{slot}\u{1b}[0m")));
        }
        body.seal(false, &mut Packer::default());
        let mut unpacked = Unpacked::default();
        let mut places = Vec::new();
        for slot in 0..50 {
            let raw = body.raw(RowId(7), slot, &mut unpacked);
            assert_eq!(raw, Some(format!("\u{1b}[1m{slot}\u{1b}[0m")));
            places.push(unpacked.raw.as_ref().map(|(_, raw)| raw.as_ptr()));
        }
        places.dedup();
        assert_eq!(places.len(), 1);
    }
}
