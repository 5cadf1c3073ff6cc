//! How groups are shared out to live sessions, and what those cost.

use std::fmt;

use super::Home;

/// Groups one session may have.
pub const SESSION_GROUPS: usize = 10;
/// Sessions an account may have in a region at once, those of everybody together.
const MOST_SESSIONS: usize = 15;
/// What a minute of a session costs beyond the 1,800 that are free each month, in USD. Source: the price list of
/// `CloudWatch`; it is the same in most regions.
const MINUTE_USD: f64 = 0.01;

/// The groups of each session: none mixes regions, or groups known by their names with those known by their ARNs.
#[must_use]
pub fn shared_out(groups: &[String]) -> Vec<Vec<String>> {
    let mut regions: Vec<(Option<String>, Vec<String>)> = Vec::new();
    for key in groups {
        let region = Home::of_arn(key).map(|home| home.region);
        match regions.iter_mut().find(|(known, _)| *known == region) {
            Some((_, keys)) => keys.push(key.clone()),
            None => regions.push((region, vec![key.clone()])),
        }
    }
    let regions = regions
        .iter()
        .flat_map(|(_, keys)| keys.chunks(SESSION_GROUPS));
    regions.map(<[String]>::to_vec).collect()
}

/// The live sessions that groups take, beside what their account may have of them in each region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionNeed {
    /// How many in each region, in the order of the groups; `None` is the region the session works in, where that is not
    /// known.
    regions: Vec<(Option<String>, usize)>,
}

impl SessionNeed {
    /// What the groups of these keys take, for a session that works in the region `own`, as far as that is known.
    #[must_use]
    pub fn of(keys: &[String], own: Option<&str>) -> Self {
        let mut regions: Vec<(Option<String>, usize)> = Vec::new();
        for shared in shared_out(keys) {
            let far = shared.first().and_then(|key| Home::of_arn(key));
            let region = far.map(|home| home.region).or(own.map(str::to_owned));
            match regions.iter_mut().find(|(known, _)| *known == region) {
                Some((_, sessions)) => *sessions += 1,
                None => regions.push((region, 1)),
            }
        }
        Self { regions }
    }

    /// How many in all regions.
    #[must_use]
    pub fn sessions(&self) -> usize {
        self.regions.iter().map(|(_, sessions)| sessions).sum()
    }

    /// What they cost an hour, in USD.
    #[must_use]
    pub fn hourly_usd(&self) -> f64 {
        60.0 * MINUTE_USD * self.sessions() as f64
    }
}

impl fmt::Display for SessionNeed {
    /// In words: `3 live sessions of the 15 an account may have in a region`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sessions = self.sessions();
        if self.regions.len() < 2 {
            return write!(
                f,
                "{sessions} live sessions of the {MOST_SESSIONS} an account may have in a region"
            );
        }
        let told = self.regions.iter().map(|(region, sessions)| {
            let region = region.as_deref().unwrap_or("this region");
            format!("{sessions} in {region}")
        });
        let told = told.collect::<Vec<_>>().join(", ");
        write!(
            f,
            "{sessions} live sessions ({told}; an account may have {MOST_SESSIONS} in each)"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_session_has_more_than_ten_groups_or_groups_of_two_regions() {
        let mut groups: Vec<String> = (0..23).map(|n| format!("/g/{n}")).collect();
        groups.insert(3, "arn:aws:logs:eu-west-1:1:log-group:/x".to_owned());
        let sessions = shared_out(&groups);
        let sizes: Vec<usize> = sessions.iter().map(Vec::len).collect();
        assert_eq!(sizes, [10, 10, 3, 1]);
        assert_eq!(sessions[3], [groups[3].clone()]);
    }

    #[test]
    fn an_hour_of_a_session_costs_sixty_cents() {
        let groups: Vec<String> = (0..23).map(|n| format!("/g/{n}")).collect();
        assert!((SessionNeed::of(&groups, None).hourly_usd() - 1.8).abs() < 1e-9);
    }

    #[test]
    fn sessions_are_counted_for_each_region() {
        let arn = |region: &str, n: usize| format!("arn:aws:logs:{region}:1:log-group:/g/{n}");
        let mut groups: Vec<String> = (0..11).map(|n| format!("/g/{n}")).collect();
        let need = SessionNeed::of(&groups, Some("us-east-1"));
        let one = "2 live sessions of the 15 an account may have in a region";
        assert_eq!(need.to_string(), one);
        // A linked account's group in the region itself takes one there too.
        groups.push(arn("us-east-1", 0));
        groups.extend((0..12).map(|n| arn("eu-west-1", n)));
        let need = SessionNeed::of(&groups, Some("us-east-1"));
        assert_eq!(
            need.to_string(),
            "5 live sessions (3 in us-east-1, 2 in eu-west-1; an account may have 15 in each)"
        );
    }
}
