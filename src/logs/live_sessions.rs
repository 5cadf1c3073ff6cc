//! How groups are shared out to live sessions, and what those cost.

use super::Home;

/// Groups one session may have.
pub const SESSION_GROUPS: usize = 10;
/// Sessions an account may have in a region at once, those of everybody together.
pub const MOST_SESSIONS: usize = 15;
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

/// What so many sessions cost an hour, in USD.
#[must_use]
pub fn hourly_usd(sessions: usize) -> f64 {
    60.0 * MINUTE_USD * sessions as f64
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
        assert!((hourly_usd(3) - 1.8).abs() < 1e-9);
    }
}
