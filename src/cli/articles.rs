//! `iacstone articles`.

mod audit;
mod links;
mod show;

use super::args::ArticlesCommand;
use super::office::Office;
use super::output::Output;
use super::{Answer, Failure};
use crate::articles::{Article, Text};

/// Works with the stored articles; asks nothing of the network.
///
/// # Errors
/// When an article or a feed is not there, or the store refuses.
pub(super) async fn run(
    command: ArticlesCommand,
    office: &Office,
    output: &mut Output,
) -> Result<Answer, Failure> {
    match command {
        ArticlesCommand::Show(args) => show::run(&args, office, output).await,
        ArticlesCommand::Links { article } => links::run(&article, office, output).await,
        ArticlesCommand::Audit { feed } => audit::run(&feed, office, output).await,
    }
}

/// The article a user means, with its text.
async fn find(words: &str, office: &Office) -> Result<(Article, Text), Failure> {
    let store = office.store()?;
    let article = store.find_article(words).await.map_err(Failure::work)?;
    store.article(&article.id).await.map_err(Failure::work)
}
