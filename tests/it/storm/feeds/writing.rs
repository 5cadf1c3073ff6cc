//! A feed as its server writes it.

use serde_json::{Value, json};

use super::cast::{Format, Item, Site, State};

/// A document, and where each of its articles ends in it.
#[derive(Debug, Clone)]
pub(super) struct Document {
    pub(super) text: String,
    pub(super) ends: Vec<usize>,
    pub(super) content_type: &'static str,
}

impl Document {
    /// The feed of this site in this state.
    pub(super) fn of(site: &Site, state: &State) -> Self {
        match site.format {
            Format::Rss => rss(site, state),
            Format::Atom => atom(site, state),
            Format::Json => json(site, state),
        }
    }
}

fn rss(site: &Site, state: &State) -> Document {
    let ttl = site.ttl_minutes.map(|ttl| format!("<ttl>{ttl}</ttl>"));
    let head = format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Feed {}</title>{}",
        site.number,
        ttl.unwrap_or_default()
    );
    let item = |item: &Item| {
        let guid = element("guid", item.guid.as_deref());
        let date = item.published.strftime("%a, %d %b %Y %H:%M:%S +0000");
        format!(
            "<item><title>{}</title>{guid}{}<pubDate>{date}</pubDate><description>{}</description></item>",
            item.title,
            element("link", item.link.as_deref()),
            escaped(&item.text)
        )
    };
    document(head, state, item, "</channel></rss>", "application/rss+xml")
}

fn atom(site: &Site, state: &State) -> Document {
    let head = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><id>urn:f{0}</id><title>Feed {0}</title>",
        site.number
    );
    let item = |item: &Item| {
        let link = item.link.as_ref();
        let link = link.map(|link| format!("<link href='{link}'/>"));
        format!(
            "<entry>{}<title>{}</title>{}<published>{}</published><content type='html'>{}</content></entry>",
            element("id", item.guid.as_deref()),
            item.title,
            link.unwrap_or_default(),
            item.published,
            escaped(&item.text)
        )
    };
    document(head, state, item, "</feed>", "application/atom+xml")
}

fn json(site: &Site, state: &State) -> Document {
    let item = |item: &Item| {
        let mut object = json!({
            "title": item.title,
            "content_html": item.text,
            "date_published": item.published.to_string(),
        });
        let mut name = |field: &str, value: &Option<String>| {
            if let Some(value) = value {
                object[field] = Value::from(value.clone());
            }
        };
        name("id", &item.guid);
        name("url", &item.link);
        object
    };
    let items: Vec<Value> = state.items.iter().map(item).collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": format!("Feed {}", site.number),
        "items": items,
    });
    Document {
        text: feed.to_string(),
        // Half an object is none.
        ends: Vec::new(),
        content_type: "application/feed+json",
    }
}

fn document(
    head: String,
    state: &State,
    item: impl Fn(&Item) -> String,
    tail: &str,
    content_type: &'static str,
) -> Document {
    let (mut text, mut ends) = (head, Vec::new());
    for one in &state.items {
        text.push_str(&item(one));
        ends.push(text.len());
    }
    text.push_str(tail);
    Document {
        text,
        ends,
        content_type,
    }
}

fn element(name: &str, inside: Option<&str>) -> String {
    inside.map_or_else(String::new, |inside| format!("<{name}>{inside}</{name}>"))
}

fn escaped(html: &str) -> String {
    html.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
