//! Bytes as text, whatever their encoding is said to be: byte order mark, valid UTF-8, the XML label, the HTTP label,
//! windows-1252, in this order. What cannot be decoded becomes U+FFFD; nothing fails.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much of a document is searched for the label of its encoding, in bytes.
const LABEL_WITHIN: usize = 1024;

/// The text of a document. `http_label` is the charset of its content type.
pub(super) fn decode(bytes: &[u8], http_label: Option<&str>) -> String {
    if let Some(text) = utf_32(bytes) {
        return text;
    }
    let encoding = encoding(bytes, http_label);
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    text.into_owned()
}

/// A text in four bytes a character, which no standard of the web knows and some feeds are in all the same.
fn utf_32(bytes: &[u8]) -> Option<String> {
    let number: fn([u8; 4]) -> u32 = match bytes {
        [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, b'<', ..] => u32::from_be_bytes,
        [0xff, 0xfe, 0, 0, ..] | [b'<', 0, 0, 0, ..] => u32::from_le_bytes,
        _ => return None,
    };
    let (quads, _) = bytes.as_chunks::<4>();
    let character =
        |quad: &[u8; 4]| char::from_u32(number(*quad)).unwrap_or(char::REPLACEMENT_CHARACTER);
    Some(
        quads
            .iter()
            .map(character)
            .filter(|c| *c != '\u{feff}')
            .collect(),
    )
}

fn encoding(bytes: &[u8], http_label: Option<&str>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    match bytes {
        [b'<' | b'{', 0, ..] => return UTF_16LE,
        [0, b'<' | b'{', ..] => return UTF_16BE,
        _ => {}
    }
    let xml = xml_label(bytes).and_then(Encoding::for_label);
    // Its bytes are valid UTF-8, too.
    if xml == Some(ISO_2022_JP) {
        return ISO_2022_JP;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let http = http_label.and_then(|label| Encoding::for_label(label.as_bytes()));
    let eight_bit = |encoding: &&'static Encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding);
    xml.into_iter()
        .chain(http)
        .find(eight_bit)
        .unwrap_or_else(|| mostly_utf8(bytes))
}

/// A text with few bad bytes among much UTF-8 is UTF-8 with faults.
fn mostly_utf8(bytes: &[u8]) -> &'static Encoding {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good > bad { UTF_8 } else { WINDOWS_1252 }
}

/// The encoding an XML declaration names.
fn xml_label(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..bytes.len().min(LABEL_WITHIN))?;
    let start = find(head, b"<?xml")?;
    let declaration = head.get(start..)?;
    let declaration = declaration.get(..find(declaration, b"?>")?)?;
    let value = declaration.get(find(declaration, b"encoding")? + b"encoding".len()..)?;
    let open = value.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    let quote = value.get(open)?;
    let value = value.get(open + 1..)?;
    value.get(..value.iter().position(|byte| byte == quote)?)
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

/// The charset of a content type such as `text/xml; charset="utf-8"`.
pub(super) fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_byte_order_mark_beats_every_label() {
        assert_eq!(
            decode(b"\xef\xbb\xbf<a>\xc3\xa9", Some("iso-8859-1")),
            "<a>é"
        );
        assert_eq!(decode(b"\xfe\xff\0<\0a\0>", Some("utf-8")), "<a>");
        assert_eq!(decode(b"\xff\xfe<\0a\0>\0", None), "<a>");
        assert_eq!(decode(b"\0<\0?\0x", None), "<?x", "without a mark");
        assert_eq!(decode(b"\0\0\0<\0\0\0x", None), "<x");
        assert_eq!(decode(b"\xff\xfe\0\0<\0\0\0x\0\0\0", None), "<x");
    }

    #[test]
    fn valid_utf_8_beats_a_wrong_label() {
        let text = "<?xml version='1.0' encoding='windows-1252'?><a>é</a>";
        assert_eq!(decode(text.as_bytes(), Some("iso-8859-1")), text);
    }

    #[test]
    fn labels_count_for_what_is_no_utf_8() {
        let xml = b"<?xml version=\"1.0\" encoding=\"koi8-r\"?><a>\xd0\xd2</a>";
        assert!(decode(xml, Some("iso-8859-1")).contains("пр"));
        assert_eq!(decode(b"\xe9t\xe9", Some("utf-8")), "été");
        assert_eq!(decode(b"\x83\x65\x83\x58", Some("shift_jis")), "テス");
        let jis = b"<?xml version='1.0' encoding='iso-2022-jp'?>\x1b$B$\"\x1b(B";
        assert!(decode(jis, None).ends_with('あ'));
    }

    #[test]
    fn one_bad_byte_does_not_make_a_text_windows_1252() {
        assert_eq!(
            decode("日本語\u{1}".replace('\u{1}', "").as_bytes(), None),
            "日本語"
        );
        let mut bytes = "日本語".as_bytes().to_vec();
        bytes.push(0xff);
        assert_eq!(decode(&bytes, None), "日本語\u{fffd}");
    }

    #[test]
    fn the_charset_of_a_content_type_is_found() {
        assert_eq!(charset("text/xml; Charset=\"utf-8\"; x=y"), Some("utf-8"));
        assert_eq!(charset("text/xml"), None);
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..200), label in ".{0,12}") {
            decode(&bytes, Some(&label));
        }
    }
}
