"""Prints how many entries feedparser finds in each document of a folder, one a line: the count, a tab, the path."""
import pathlib
import sys

import feedparser

folder = pathlib.Path(sys.argv[1])
for path in sorted(folder.rglob("*.xml")):
    try:
        count = len(feedparser.parse(path.read_bytes()).entries)
    except Exception:  # a document that it cannot read has no count
        continue
    print(count, path.relative_to(folder), sep="\t")
