//! The tables of the reader.
//!
//! `words` holds no text of its own: the snippet of a hit is cut from `bodies.plain`, and the file stays small.

/// Format 1 to 2.
pub(super) const FEEDS_AND_ARTICLES: &str = "
CREATE TABLE feeds (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: an answer may come after its feed was removed
    source TEXT NOT NULL UNIQUE,
    near INTEGER NOT NULL DEFAULT 0, -- whether the user named this machine or a private network
    address TEXT, -- where permanent redirects led
    title TEXT NOT NULL,
    named INTEGER NOT NULL, -- whether the user gave the title
    etag TEXT,
    last_modified TEXT,
    last_fetch TEXT,
    next_fetch TEXT,
    status INTEGER,
    error TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER,
    warnings TEXT NOT NULL DEFAULT '[]' -- JSON
) STRICT;

-- What was done once and for all, such as following the default feeds.
CREATE TABLE milestones (name TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    feed INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    author TEXT,
    published TEXT,
    link TEXT,
    tags TEXT NOT NULL, -- JSON
    place INTEGER NOT NULL, -- in its feed, as delivered last
    fingerprint TEXT NOT NULL,
    version BLOB NOT NULL, -- differs when anything of the body or of the words does
    essence TEXT,
    same_as INTEGER REFERENCES articles (number) ON DELETE SET NULL, -- the one that is shown for it
    read INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX articles_by_date ON articles (published IS NULL, published DESC, feed, place, number) WHERE same_as IS NULL;
CREATE INDEX articles_by_feed ON articles (feed, published IS NULL, published DESC, place, number) WHERE same_as IS NULL;
CREATE INDEX articles_by_state ON articles (feed, read) WHERE same_as IS NULL;
CREATE INDEX articles_by_essence ON articles (essence) WHERE essence IS NOT NULL;
CREATE INDEX articles_by_principal ON articles (same_as) WHERE same_as IS NOT NULL;
CREATE INDEX articles_by_link ON articles (link) WHERE link IS NOT NULL;

CREATE TABLE bodies (
    article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
    markup TEXT NOT NULL, -- html or plain
    base TEXT,
    source BLOB NOT NULL, -- zstd
    plain BLOB NOT NULL -- zstd
) STRICT;

CREATE VIRTUAL TABLE words USING fts5 (
    title, author, tags, body,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2',
    prefix = '3' -- as many letters as the beginning of a word has in a large library
);
CREATE TRIGGER forget_words AFTER DELETE ON articles BEGIN
    DELETE FROM words WHERE rowid = old.number;
END;
";

/// Format 4 to 5.
pub(super) const ANSWERS: &str = "
ALTER TABLE feeds ADD COLUMN validated TEXT; -- the address that gave etag and last_modified
ALTER TABLE feeds ADD COLUMN ttl INTEGER; -- minutes, of the last document
";

/// Where articles were left (behind which heading or code block, and how many characters behind it), searches that are
/// kept, and folders of feeds.
pub(super) const READER_CHOICES: &str = "
CREATE TABLE searches (name TEXT NOT NULL PRIMARY KEY, query TEXT NOT NULL) STRICT, WITHOUT ROWID;
ALTER TABLE feeds ADD COLUMN folder TEXT; -- the names of folders inside each other, parted by '/'
CREATE TABLE places (
    article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
    stretch INTEGER NOT NULL,
    characters INTEGER NOT NULL
) STRICT;
";

/// What pages of articles say, where that was asked for; it is shown and searched in place of the body.
pub(super) const FULL_TEXTS: &str = "
CREATE TABLE full_texts (
    article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
    base TEXT NOT NULL, -- the address of the page
    source BLOB NOT NULL, -- HTML, zstd
    plain BLOB NOT NULL -- zstd
) STRICT;

-- For how long articles are kept that were read. What was read before counts from today.
ALTER TABLE articles ADD COLUMN read_on TEXT; -- the day, in UTC
UPDATE articles SET read_on = date('now') WHERE read;
CREATE TRIGGER note_day_of_reading AFTER UPDATE OF read ON articles WHEN new.read <> old.read BEGIN
    UPDATE articles SET read_on = iif(new.read, date('now'), NULL) WHERE number = new.number;
END;
-- Articles that are kept no longer, so that they do not come anew from feeds that still have them.
CREATE TABLE forgotten (
    id TEXT NOT NULL PRIMARY KEY,
    feed INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX forgotten_by_feed ON forgotten (feed);

-- Articles with characters of scripts that have no blanks between words were found by the beginnings of sentences only.
INSERT OR REPLACE INTO words (rowid, title, author, tags, body)
SELECT number, parted(title), parted(author), parted((SELECT group_concat(value, ' ') FROM json_each(tags))), parted(text)
FROM (SELECT number, title, author, tags, unpacked(plain) AS text FROM articles JOIN bodies ON article = number)
WHERE text IS NOT NULL AND (parted(text) <> text OR parted(title) <> title);
";

/// Format 7 to 8. What was stored undated before keeps its place behind the others.
pub(super) const ENCLOSURES: &str = "
ALTER TABLE bodies ADD COLUMN enclosures TEXT NOT NULL DEFAULT '[]'; -- JSON
ALTER TABLE articles ADD COLUMN sort_time TEXT; -- when it was published, else when it came first
UPDATE articles SET sort_time = published WHERE published IS NOT NULL;
DROP INDEX articles_by_date;
DROP INDEX articles_by_feed;
CREATE INDEX articles_by_date ON articles (sort_time IS NULL, sort_time DESC, feed, place, number) WHERE same_as IS NULL;
CREATE INDEX articles_by_feed ON articles (feed, sort_time IS NULL, sort_time DESC, place, number) WHERE same_as IS NULL;
";
