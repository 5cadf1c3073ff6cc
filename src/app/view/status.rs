//! The tabs, and the status line: where the program works, as whom, and how its store and network are.

use ratatui::layout::Rect;

use crate::app::{AccountLookup, App, PaneId};
use crate::effect::Backend;
use crate::panes::Load;
use crate::theme::Role;
use crate::ui::{Painter, Piece, columns};

/// Draws the tabs; the pane in front stands out.
pub(super) fn tabs(painter: &mut Painter<'_>, app: &App, area: Rect) {
    let mut pieces: Vec<Piece> = Vec::new();
    for pane in PaneId::ALL {
        let here = pane == app.pane;
        let key = app.context.keymap.hint(pane.action());
        let text = format!(" {} ", format!("{key} {}", pane.title()).trim_start());
        pieces.push((if here { Role::Selected } else { Role::Muted }, text));
    }
    let used = painter.line(area, &pieces);
    let rest = Rect {
        x: area.x + used,
        width: area.width.saturating_sub(used),
        ..area
    };
    painter.right(rest, &[(Role::Muted, "iacstone ".to_owned())]);
}

/// Draws the status line; what matters least is left out first.
pub(super) fn draw(painter: &mut Painter<'_>, app: &App, area: Rect) {
    painter.tint(area, Role::Status);
    let mut facts = facts(app);
    while width(&facts) > area.width && facts.len() > 1 {
        let Some(least) = (0..facts.len()).max_by_key(|&at| facts.get(at).map(|fact| fact.0))
        else {
            break;
        };
        facts.remove(least);
    }
    let mut pieces: Vec<Piece> = vec![(Role::Status, " ".to_owned())];
    for (at, (_, role, text)) in facts.into_iter().enumerate() {
        if at > 0 {
            pieces.push((Role::Status, "  ".to_owned()));
        }
        pieces.push((role, text));
    }
    painter.line(area, &pieces);
}

/// A fact: how early it is left out (larger goes first), its role, its words.
type Fact = (u8, Role, String);

fn width(facts: &[Fact]) -> u16 {
    let pieces: Vec<Piece> = facts.iter().map(|fact| (fact.1, fact.2.clone())).collect();
    let gaps = u16::try_from(facts.len() * 2).unwrap_or(u16::MAX);
    columns(&pieces).saturating_add(gaps)
}

fn facts(app: &App) -> Vec<Fact> {
    let mut facts = vec![source(app)];
    if let Some(profile) = &app.context.profile {
        facts.push((5, Role::Status, format!("profile {profile}")));
    }
    facts.extend(account(app));
    let region = app.account.region().or(app.context.region.as_deref());
    facts.extend(region.map(|region| (1, Role::Status, region.to_owned())));
    if app.context.read_only {
        facts.push((2, Role::Warning, "read-only".to_owned()));
    }
    facts.extend(surroundings(app));
    facts.push(network(app));
    facts.push(store(app));
    facts
}

fn source(app: &App) -> Fact {
    let (role, text) = match &app.context.source {
        Backend::Demo => (Role::Success, "demo".to_owned()),
        Backend::Endpoint(url) => (Role::Warning, url.clone()),
        Backend::Aws => (Role::Status, "aws".to_owned()),
    };
    (0, role, text)
}

fn account(app: &App) -> Vec<Fact> {
    match &app.account {
        AccountLookup::Unasked => Vec::new(),
        AccountLookup::Asking(_) => vec![(3, Role::Muted, "identity ...".to_owned())],
        AccountLookup::Failed(_) if !app.front().needs_account() => Vec::new(),
        AccountLookup::Failed(_) => vec![(1, Role::Error, "no identity".to_owned())],
        AccountLookup::Known { .. } => {
            let known = [(3, app.account.number()), (4, app.account.role())];
            known
                .into_iter()
                .filter_map(|(rank, word)| Some((rank, Role::Status, word?.to_owned())))
                .collect()
        }
    }
}

/// The branch and the environments here. They leave before all that tells of the account, unless they do not go together.
fn surroundings(app: &App) -> Option<Fact> {
    let around = app.panes.stacks.around.known();
    let (rank, role) = if around.is_conflict() {
        (5, Role::Warning)
    } else {
        (8, Role::Status)
    };
    (!around.is_empty()).then(|| (rank, role, around.text()))
}

/// How the last questions to the account went.
fn network(app: &App) -> Fact {
    let functions = app.panes.tuning.functions.list.load();
    match (&app.account, functions) {
        _ if app.context.offline => (1, Role::Warning, "offline".to_owned()),
        (AccountLookup::Failed(_), _) | (_, Load::Failed(_)) if app.front().needs_account() => {
            (2, Role::Error, "call failed".to_owned())
        }
        (AccountLookup::Asking(_), _) | (_, Load::Loading(_)) => {
            (6, Role::Muted, "network ...".to_owned())
        }
        _ => (7, Role::Status, "network ok".to_owned()),
    }
}

fn store(app: &App) -> Fact {
    match &app.panes.tuning.runs.library.load {
        Load::Unasked | Load::Loading(_) => (6, Role::Muted, "store ...".to_owned()),
        Load::Failed(_) => (1, Role::Error, "store failed".to_owned()),
        Load::Loaded(_) => (7, Role::Status, "store ok".to_owned()),
    }
}
