//! The groups that Lambda@Edge writes to, in all regions.

use futures::{FutureExt, StreamExt, stream};

use super::account::Connection;
use super::problem::failed;
use crate::aws::{GroupScope, LogsClient};
use crate::effect::JobReport;
use crate::logs::{EDGE_REGIONS, LogGroup, edge_group_of};
use crate::tail::list_groups;

/// Regions that are asked at once.
const AT_ONCE: usize = 4;

/// Looks for the groups that Lambda@Edge writes to for a function, in all regions but the session's.
pub(super) async fn find_edge_groups(connection: &Connection, function: &str) -> JobReport {
    let logs = match connection.session().await {
        Ok(session) => session.logs(),
        Err(error) => return failed(error),
    };
    let name = edge_group_of(function);
    let mut asked = Vec::new();
    for region in EDGE_REGIONS {
        if region != logs.region() {
            asked.push(named_in(logs.in_region(region), name.clone()).boxed());
        }
    }
    let answers: Vec<_> = stream::iter(asked).buffered(AT_ONCE).collect().await;
    let (mut found, mut unasked) = (Vec::new(), Vec::new());
    for answer in answers {
        match answer {
            Ok(groups) => found.extend(groups),
            Err(why) => unasked.push(why),
        }
    }
    JobReport::EdgeGroups(found, unasked)
}

/// The group of this name in a region, or why that could not be asked.
async fn named_in(there: LogsClient, name: String) -> Result<Vec<LogGroup>, String> {
    let listed = list_groups(&there, &name, GroupScope::Own).await;
    let mut groups = listed.map_err(|error| format!("{}: {error}", there.region()))?;
    let is_there = |group: &LogGroup| group.home().is_some_and(|it| it.region == there.region());
    groups.retain(|group| group.name == name && is_there(group));
    Ok(groups)
}
