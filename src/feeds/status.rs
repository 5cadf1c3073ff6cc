//! What a status of HTTP means for who follows a feed, and what to do about it.

/// Whether the same request may well get another answer later.
pub(super) const fn may_pass(status: u16) -> bool {
    matches!(status, 408 | 421 | 425 | 500..)
}

/// Why a server refuses for now.
pub(super) const fn refusal(status: u16) -> &'static str {
    match status {
        503 => "it is overloaded or being mended",
        _ => "it wants to be left alone for a while",
    }
}

/// What an answer without a feed means, and what to do.
pub(super) const fn advice(status: u16) -> &'static str {
    match status {
        ..300 => "there is no feed in such an answer; check the address",
        300..400 => {
            "it leads nowhere from here; open the address in a browser and follow what it leads to"
        }
        401 | 407 => {
            "it wants a login and got none that it takes; follow an address that needs none"
        }
        402 => "the feed is for those who pay; follow an address that is open",
        403 => {
            "it does not let this program read the feed; see whether a browser may, and ask its author"
        }
        404 => "there is nothing at this address; check it, for the feed may have moved",
        451 => "the law forbids to show the feed there; it is nothing you could mend",
        408 | 421 | 425 => "it did not take the request this time; it is asked again later",
        400..500 => "it does not take the request; check the address",
        500.. => "the server has a problem, the address may well be right; it is asked again later",
    }
}

#[cfg(test)]
mod tests {
    use crate::feeds::FeedError;

    #[test]
    fn a_fault_of_the_server_is_not_blamed_on_the_address() {
        for status in [500, 501, 502, 504, 507, 520, 599, 408, 425] {
            let told = FeedError::Status(status);
            let sentence = told.to_string();
            assert!(!sentence.contains("check"), "{sentence}");
            assert!(sentence.contains("asked again later"), "{sentence}");
            assert!(!told.is_final(), "{sentence}");
        }
        for status in [204, 304, 400, 401, 403, 404, 405, 451] {
            let told = FeedError::Status(status);
            assert!(!told.to_string().contains("later"), "{told}");
            assert!(told.is_final(), "{told}");
        }
    }

    #[test]
    fn every_class_has_its_advice() {
        for (error, words) in [
            (FeedError::Status(204), "answers 204: there is no feed"),
            (FeedError::Status(401), "answers 401: it wants a login"),
            (
                FeedError::Status(403),
                "answers 403: it does not let this program",
            ),
            (
                FeedError::Status(404),
                "answers 404: there is nothing at this address",
            ),
            (
                FeedError::Status(500),
                "answers 500: the server has a problem",
            ),
            (
                FeedError::Busy(429),
                "answers 429: it wants to be left alone",
            ),
            (FeedError::Busy(503), "answers 503: it is overloaded"),
        ] {
            assert!(error.to_string().contains(words), "{error}");
        }
    }
}
