//! `iacstone articles show ID`.

use serde::Serialize;

use super::super::args::{ArticleFormat, ShowArgs};
use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::page::{print, width};
use super::super::{CommandExit, CommandFailure};
use super::links;
use crate::articles::{
    Anchor, Article, Document, Feed, LayoutOptions, Line, PageLayout, Text, TextRole,
};
use crate::text;

/// Prints an article.
///
/// # Errors
/// When it is not there, or the store refuses.
pub(super) async fn run(
    args: &ShowArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let (article, text) = super::find(&args.article, context).await?;
    let feed = feed(&article, context).await?;
    let format = if context.json() {
        ArticleFormat::Json
    } else {
        args.format
    };
    match format {
        ArticleFormat::Text => output.data(&page(&article, feed.as_ref(), &text, args, context))?,
        ArticleFormat::Markdown => output.data(&article.markdown(&Document::read(&text)))?,
        ArticleFormat::Json => {
            let document = Document::read(&text);
            let layout = document.lay_out(width(args.width), &options(args, context, false));
            output.json(&Printed::of(&article, feed.as_ref(), &layout))?;
        }
    }
    Ok(CommandExit::Done)
}

/// The feed an article came by.
async fn feed(article: &Article, context: &CommandContext) -> Result<Option<Feed>, CommandFailure> {
    let feeds = context
        .store()?
        .feeds()
        .all()
        .await
        .map_err(CommandFailure::work)?;
    Ok(feeds.into_iter().find(|feed| feed.id == article.feed))
}

/// The article as the reader shows it, its title above.
fn page(
    article: &Article,
    feed: Option<&Feed>,
    text: &Text,
    args: &ShowArgs,
    context: &CommandContext,
) -> String {
    let width = width(args.width);
    let options = options(args, context, true);
    let rule = if options.ascii { "=" } else { "═" };
    let title: Vec<String> = text::wrap(&text::prose(&article.title), width).collect();
    let widest = title.iter().map(|line| text::width(line)).max();
    let under = rule.repeat(widest.unwrap_or_default());
    let mut page = format!("{}\n{under}\n", title.join("\n"));
    let of_page = article.is_full.then(|| "the text of its page".to_owned());
    let facts = article.title_note(feed).into_iter().chain(article.facts());
    let facts = facts.chain(of_page);
    let facts = facts.flat_map(|fact| {
        let fact = text::prose(&fact);
        text::wrap(&fact, width).collect::<Vec<_>>()
    });
    // Addresses stay whole: one in pieces cannot be copied.
    let addresses = addresses(article).map(|line| text::neutralise(&line).into_owned());
    for line in facts.chain(addresses) {
        page.push_str(&line);
        page.push('\n');
    }
    page.push('\n');
    page + &print(&Document::read(text), width, options)
}

/// Where it is, and where else.
fn addresses(article: &Article) -> impl Iterator<Item = String> {
    let also = article
        .also
        .iter()
        .map(|link| format!("also published as {link}"));
    article.link.clone().into_iter().chain(also)
}

fn options(args: &ShowArgs, context: &CommandContext, marks: bool) -> LayoutOptions {
    LayoutOptions {
        wrap_code: args.wrap_code,
        ascii: context.settings().ascii,
        marks,
    }
}

/// An article in JSON.
#[derive(Serialize)]
struct Printed<'a> {
    id: &'a str,
    title: &'a str,
    title_by: Option<&'static str>,
    author: Option<&'a str>,
    published: Option<String>,
    link: Option<&'a str>,
    tags: &'a [String],
    full_text: bool,
    lines: Vec<PrintedLine<'a>>,
    headings: Vec<PrintedAnchor<'a>>,
    code: Vec<PrintedAnchor<'a>>,
    formulas: Vec<PrintedAnchor<'a>>,
    links: Vec<links::LinkJson<'a>>,
}

#[derive(Serialize)]
struct PrintedLine<'a> {
    wide: bool,
    spans: Vec<PrintedSpan<'a>>,
}

#[derive(Serialize)]
struct PrintedSpan<'a> {
    text: &'a str,
    role: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<usize>,
}

/// A heading with its level, or code with its language; lines count from 0, the last is left out.
#[derive(Serialize)]
struct PrintedAnchor<'a> {
    text: &'a str,
    lines: [usize; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

impl<'a> Printed<'a> {
    fn of(article: &'a Article, feed: Option<&Feed>, layout: &'a PageLayout) -> Self {
        Self {
            id: &article.id.0,
            title: &article.title,
            title_by: article.title_by(feed),
            author: article.author.as_deref(),
            published: article.published.map(|time| time.to_string()),
            link: article.link.as_deref(),
            tags: &article.tags,
            full_text: article.is_full,
            lines: layout.lines.iter().map(PrintedLine::of).collect(),
            headings: layout.headings.iter().map(PrintedAnchor::of).collect(),
            code: layout.code.iter().map(PrintedAnchor::of).collect(),
            formulas: layout.formulas.iter().map(PrintedAnchor::of).collect(),
            links: layout.links.iter().map(links::LinkJson::of).collect(),
        }
    }
}

impl<'a> PrintedLine<'a> {
    fn of(line: &'a Line) -> Self {
        let spans = line.spans.iter().map(|span| PrintedSpan {
            text: &span.text,
            role: role(span.role),
            link: span.link,
        });
        Self {
            wide: line.wide,
            spans: spans.collect(),
        }
    }
}

impl<'a> PrintedAnchor<'a> {
    fn of(anchor: &'a Anchor) -> Self {
        Self {
            text: &anchor.text,
            lines: [anchor.lines.start, anchor.lines.end],
            level: Some(anchor.level).filter(|level| *level > 0),
            language: anchor.language.as_deref(),
        }
    }
}

/// The name of a look, in the words of the theme.
fn role(role: TextRole) -> String {
    if let TextRole::Heading(level) = role {
        return format!("heading-{level}");
    }
    let name = match role {
        TextRole::Body | TextRole::Heading(_) => "body",
        TextRole::Strong => "strong",
        TextRole::Emphasis => "emphasis",
        TextRole::Deleted => "deleted",
        TextRole::Link => "link",
        TextRole::Keyboard => "keyboard",
        TextRole::Literal => "literal",
        TextRole::Formula(_) => "formula",
        TextRole::Code => "code",
        TextRole::CodeKeyword => "code-keyword",
        TextRole::CodeString => "code-string",
        TextRole::CodeNumber => "code-number",
        TextRole::CodeComment => "code-comment",
        TextRole::CodeName => "code-name",
        TextRole::CodeType => "code-type",
        TextRole::CodeOperator => "code-operator",
        TextRole::CodeInserted => "code-inserted",
        TextRole::CodeDeleted => "code-deleted",
        TextRole::Frame => "frame",
    };
    name.to_owned()
}
