//! Layout against articles that are written here, in the two ways blogs write them: what they hold is known by counting
//! what was put in, so nothing can get lost or be invented unseen.

use iacstone::articles::{
    Audit, AuditCount, Document, LayoutOptions, LinkKind, Markup, PageLayout, Text,
};

use super::{audit, check_pages, solid};

/// Articles of each kind.
const ARTICLES: usize = 6;
/// Sections of an article.
const SECTIONS: usize = 4;

/// Code with all that is easily lost: entities, blank lines, indentation, tabs, what looks like markup.
fn code(article: usize, section: usize) -> String {
    format!(
        "def step_{article}_{section}(event):\n    if event[\"n\"] < {section} && event is not <VAR_NAME>:\n\n\
         \treturn \"a  b &amp; c\"  # {article}\n    return [x for x in event if x > 1]"
    )
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}

/// A word that stands in one place only.
fn mark(article: usize, section: usize, place: &str) -> String {
    format!("mark{article}x{section}{place}")
}

fn web(article: usize, section: usize) -> String {
    format!("https://blog.example/{article}/{section}?a=1&b=2")
}

const CHART: &str = "https://lambda-power-tuning.show/#gAAAAQ==;AACAPwAAAEA=;AACAPwAAAEA=";

/// A section as a platform for programmers writes it: anchors in headings, highlighted code, tables, tasks.
fn programmers(article: usize, section: usize) -> String {
    let mark = |place| mark(article, section, place);
    let lines =
        escaped(&code(article, section)).replace("return", "<span class=\"k\">return</span>");
    let link = escaped(&web(article, section));
    format!(
        "<h2>\n <a name=\"s{section}\" href=\"#s{section}\" class=\"anchor\">\n </a>\n {heading}\n</h2>\n\
         <p>{body} <a href=\"{link}\">a <em>link</em></a> and <code>literal &lt;x&gt;</code>.</p>\n\
         <div class=\"highlight\"><pre class=\"highlight python\"><code>{lines}\n</code></pre></div>\n\
         <ul>\n<li>{item}\n<ol><li>{inner}</li></ol>\n</li>\n<li><p>{last}</p></li>\n</ul>\n\
         <div class=\"table-wrapper-paragraph\"><table><thead><tr><th>Size</th><th>{head}</th></tr></thead>\
         <tbody><tr><td>128</td><td>{cell}</td></tr></tbody></table></div>\n\
         <p><a href=\"https://img.example/{article}-{section}.png\"><img src=\"https://img.example/{article}-{section}.png\" alt=\"Alt\"></a></p>\n\
         <div class=\"ltag_gist-liquid-tag\"></div>\n<p><iframe width=\"710\" src=\"https://www.youtube.com/embed/v{section}\"></iframe></p>\n",
        heading = mark("h"),
        body = mark("p"),
        item = mark("i"),
        inner = mark("o"),
        last = mark("l"),
        head = mark("t"),
        cell = mark("c"),
    )
}

/// A section as a platform for writers has it: figures, code with breaks for lines, frames, a dot that counts readers.
fn writers(article: usize, section: usize) -> String {
    let mark = |place| mark(article, section, place);
    let lines = escaped(&code(article, section)).replace('\n', "<br>");
    let link = escaped(&web(article, section));
    format!(
        "<h3>{heading}</h3><p>{body}<br>{second} <a href=\"{link}\"><strong>a link</strong></a></p>\
         <figure><img alt=\"\" src=\"https://cdn.example/max/1024/{article}-{section}.png\"><figcaption>{caption}</figcaption></figure>\
         <pre>{lines}</pre><blockquote>{quote}</blockquote>\
         <p>See <a href=\"{CHART}\">the chart {chart}</a>.</p>\
         <iframe src=\"https://cdn.example/embed/{section}\" width=\"700\" height=\"250\"></iframe>\
         <img src=\"https://blog.example/_/stat?event={section}\" width=\"1\" height=\"1\" alt=\"\">",
        heading = mark("h"),
        body = mark("p"),
        second = mark("b"),
        caption = mark("f"),
        quote = mark("q"),
        chart = mark("c"),
    )
}

fn written(section: fn(usize, usize) -> String) -> Vec<Text> {
    let one = |article| Text {
        markup: Markup::Html,
        source: (0..SECTIONS).map(|at| section(article, at)).collect(),
        base: Some(format!("https://blog.example/{article}")),
        enclosures: Vec::new(),
    };
    (0..ARTICLES).map(one).collect()
}

fn layout(text: &Text) -> PageLayout {
    Document::read(text).lay_out(80, &LayoutOptions::default())
}

/// Every section once, `each` times.
const fn tally(each: usize) -> AuditCount {
    let count = ARTICLES * SECTIONS * each;
    AuditCount {
        found: count,
        shown: count,
    }
}

/// All words that were put in are shown, once and in order; code and links are those that were put in.
fn check_contents(articles: &[Text], places: &[&str]) {
    for (number, text) in articles.iter().enumerate() {
        let words = Document::read(text).plain_text();
        let mut rest = words.as_str();
        for (section, place) in
            (0..SECTIONS).flat_map(|at| places.iter().map(move |place| (at, place)))
        {
            let mark = mark(number, section, place);
            let found = rest.split_once(&mark);
            rest = found
                .unwrap_or_else(|| panic!("{mark} is lost in {words}"))
                .1;
            assert!(!rest.contains(&mark), "{mark} is there twice");
        }
        let layout = layout(text);
        let wanted: Vec<String> = (0..SECTIONS).map(|at| code(number, at)).collect();
        let shown: Vec<&str> = layout.code.iter().map(|code| code.text.as_str()).collect();
        assert_eq!(shown, wanted);
        let urls = layout
            .links
            .iter()
            .filter(|link| link.kind == LinkKind::Web);
        let urls: Vec<&str> = urls.map(|link| link.url.as_str()).collect();
        for section in 0..SECTIONS {
            let wanted = web(number, section);
            assert!(
                urls.contains(&wanted.as_str()),
                "{wanted} is not in {urls:?}"
            );
        }
        assert_eq!(layout.headings.len(), SECTIONS);
    }
}

#[test]
fn everything_a_programmers_blog_holds_is_shown() {
    let articles = written(programmers);
    let sum = audit(&articles);
    let expected = Audit {
        articles: ARTICLES,
        code_lines: tally(4),
        links: tally(1),
        images: tally(1),
        embeds: tally(2),
        enclosures: tally(0),
        tables: tally(1),
    };
    assert_eq!(sum, expected);
    check_contents(&articles, &["h", "p", "i", "o", "l", "t", "c"]);
    check_pages(&articles);
    assert!(
        articles
            .iter()
            .all(|text| layout(text).tables.len() == SECTIONS)
    );
}

#[test]
fn everything_a_writers_blog_holds_is_shown() {
    let articles = written(writers);
    let sum = audit(&articles);
    let expected = Audit {
        articles: ARTICLES,
        code_lines: tally(4),
        links: tally(2),
        images: tally(1),
        embeds: tally(1),
        enclosures: tally(0),
        tables: tally(0),
    };
    assert_eq!(sum, expected);
    check_contents(&articles, &["h", "p", "b", "f", "q", "c"]);
    check_pages(&articles);
    for text in &articles {
        let links = layout(text).links;
        let charts = links
            .iter()
            .filter(|link| link.kind == LinkKind::PowerTuning);
        assert_eq!(charts.count(), SECTIONS);
    }
}

#[test]
fn every_word_of_a_plain_text_is_shown() {
    let section = |at: usize| {
        format!(
            "Section {at}\n\nA paragraph about {} that is long enough to be one, with <VAR_NAME> and a & b in it.\n\n\
             What you need:\n- a bucket called <object-name>\n- a queue\n\n{}\n",
            mark(0, at, "p"),
            code(0, at)
        )
    };
    let text = Text {
        markup: Markup::Plain,
        source: (0..50).map(section).collect(),
        base: None,
        enclosures: Vec::new(),
    };
    let shown = Document::read(&text).plain_text();
    assert_eq!(solid(&shown), solid(&text.source));
    let codes = layout(&text).code;
    assert!(codes.len() >= 50, "{} blocks of code", codes.len());
    check_pages(&[text]);
}
