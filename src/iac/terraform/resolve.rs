//! From an expression to the places where its value stands: through variables, locals, module arguments, maps.

mod functions;
mod names;

use std::borrow::Cow;

use hcl_edit::expr::{Expression, Object, ObjectKey, Traversal, TraversalOperator};
use hcl_edit::{Decorated, Ident};

use super::config::{HclFile, PlacedBlock, TerraformConfig, TerraformModule};
use crate::iac::edit::TextEdit;
use crate::iac::place::PlaceFinding;
use crate::iac::source_file::SourceFile;

/// How many steps a value is followed.
const MOST_STEPS: usize = 24;

/// A module on the way from the root to a resource, with the call that leads into it.
#[derive(Debug, Clone)]
pub(super) struct ModuleFrame<'c> {
    pub(super) module: &'c TerraformModule,
    /// The call in the module before it; none at the root.
    pub(super) call: Option<PlacedBlock<'c>>,
    /// The key of the instance of that call.
    pub(super) key: Option<String>,
}

/// An expression and what is known where it stands.
#[derive(Debug, Clone)]
pub(super) struct ResolveScope<'c> {
    pub(super) file: &'c SourceFile,
    /// How many frames of the way are around it, from 1.
    pub(super) depth: usize,
    /// The block whose `each` and `count` hold here.
    pub(super) block: Option<PlacedBlock<'c>>,
    /// The key of its instance.
    pub(super) key: Option<String>,
    /// The keys that lead into the value.
    pub(super) keys: Vec<String>,
    /// Whether one of them is that of the instance, so that no other instance has the value.
    pub(super) is_keyed: bool,
    pub(super) steps: usize,
}

impl<'c> ModuleFrame<'c> {
    /// The module at the top of a way.
    pub(super) const fn top(module: &'c TerraformModule) -> Self {
        Self {
            module,
            call: None,
            key: None,
        }
    }
}

impl<'c> ResolveScope<'c> {
    /// The inside of a block, an instance of which has this key.
    pub(super) fn of(block: PlacedBlock<'c>, depth: usize, key: Option<String>) -> Self {
        Self {
            file: &block.file.source,
            depth,
            block: Some(block),
            key,
            keys: Vec::new(),
            is_keyed: false,
            steps: 0,
        }
    }
}

/// A place in a file.
#[derive(Debug, Clone)]
pub(super) struct ValueSite<'c> {
    pub(super) file: Cow<'c, SourceFile>,
    pub(super) finding: PlaceFinding,
    /// Whether a key of the instance led here, so that no other instance has it.
    pub(super) is_keyed: bool,
}

/// Follows values in the modules of one project and one workspace.
pub(super) struct ValueResolver<'c> {
    pub(super) config: &'c TerraformConfig,
    pub(super) workspace: &'c str,
    pub(super) frames: Vec<ModuleFrame<'c>>,
    pub(super) shown_from: &'c std::path::Path,
    /// The value that is known from elsewhere: of several places, it tells which one decides.
    pub(super) known: Option<u32>,
    /// Who knows it, for sentences: `The state has`.
    pub(super) witness: &'static str,
    pub(super) to: u32,
}

impl<'c> ValueResolver<'c> {
    pub(super) fn sites(
        &self,
        value: &'c Expression,
        scope: ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        if scope.steps > MOST_STEPS {
            return vec![by_hand(
                value,
                &scope,
                "The value is led through too many names to follow.",
            )];
        }
        let scope = ResolveScope {
            steps: scope.steps + 1,
            ..scope
        };
        match value {
            Expression::Parenthesis(inner) => self.sites(inner.inner(), scope),
            Expression::Number(_) | Expression::String(_) if scope.keys.is_empty() => {
                vec![self.literal(value, &scope)]
            }
            Expression::Object(object) => self.in_object(value, object, scope),
            Expression::Array(items) => {
                let index = scope.keys.first().and_then(|key| key.parse::<usize>().ok());
                match index.and_then(|index| items.get(index)) {
                    Some(item) => self.sites(item, without_key(scope)),
                    None => vec![by_hand(value, &scope, "The list has no such item.")],
                }
            }
            Expression::Traversal(traversal) => self.traversal(value, traversal, scope),
            Expression::FuncCall(call) => self.call(value, call, scope),
            Expression::Conditional(it) => self.conditional(it, &scope),
            _ => vec![by_hand(value, &scope, "The value is computed here.")],
        }
    }

    fn literal(&self, value: &Expression, scope: &ResolveScope<'c>) -> ValueSite<'c> {
        let at = HclFile::at(value);
        let from = match value {
            Expression::Number(number) => number.value().as_u64().and_then(|it| it.try_into().ok()),
            other => other
                .as_str()
                .and_then(|text| text.trim().parse::<u32>().ok()),
        };
        let Some(from) = from else {
            return by_hand(value, scope, "The value here is no whole number.");
        };
        let quote = if value.is_str() { "\"" } else { "" };
        let with = format!("{quote}{}{quote}", self.to);
        let edit = TextEdit::replace(at.clone(), with);
        let finding = PlaceFinding::number(at, from, edit);
        ValueSite {
            file: Cow::Borrowed(scope.file),
            finding,
            is_keyed: scope.is_keyed,
        }
    }

    fn in_object(
        &self,
        whole: &'c Expression,
        object: &'c Object,
        scope: ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let Some(key) = scope.keys.first() else {
            return vec![by_hand(
                whole,
                &scope,
                "The value here is a map, no number.",
            )];
        };
        let named = |name: &ObjectKey| match name {
            ObjectKey::Ident(ident) => ident.as_str() == key,
            ObjectKey::Expression(Expression::Parenthesis(inner)) => {
                self.key_text(inner.inner(), &scope).as_deref() == Some(key)
            }
            ObjectKey::Expression(other) => self.key_text(other, &scope).as_deref() == Some(key),
        };
        let entry = object.iter().find(|(name, _)| named(name));
        let Some((_, value)) = entry else {
            let why = format!("The map here has no '{key}'.");
            return vec![by_hand(whole, &scope, &why)];
        };
        self.sites(value.expr(), without_key(scope))
    }

    /// `var.x`, `local.x`, `each.value` and what follows them.
    fn traversal(
        &self,
        whole: &'c Expression,
        traversal: &'c Traversal,
        scope: ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let root = traversal.expr.as_variable().map(Ident::as_str);
        let keys: Option<Vec<String>> = traversal
            .operators
            .iter()
            .map(|operator| self.operator_key(operator.value(), &scope))
            .collect();
        let (Some(root), Some(keys)) = (root, keys) else {
            return vec![by_hand(whole, &scope, "The value is computed here.")];
        };
        let mut keys = keys.into_iter();
        let Some(name) = keys.next() else {
            return vec![by_hand(whole, &scope, "The value is computed here.")];
        };
        let rest: Vec<String> = keys.chain(scope.keys.iter().cloned()).collect();
        let own = traversal.operators.iter();
        let is_keyed = scope.is_keyed || own.map(Decorated::value).any(is_instance_key);
        let scope = ResolveScope {
            keys: rest,
            is_keyed,
            ..scope
        };
        match (root, name.as_str()) {
            ("var", name) => self.variable(name, whole, &scope),
            ("local", name) => self.local(name, whole, &scope),
            ("each", "value") => self.each(whole, scope),
            _ => {
                let why = format!(
                    "The value comes from {root}.{name}, which is known only when it is applied."
                );
                vec![by_hand(whole, &scope, &why)]
            }
        }
    }

    fn operator_key(
        &self,
        operator: &TraversalOperator,
        scope: &ResolveScope<'c>,
    ) -> Option<String> {
        match operator {
            TraversalOperator::GetAttr(name) => Some(name.as_str().to_owned()),
            TraversalOperator::Index(index) => self.key_text(index, scope),
            TraversalOperator::LegacyIndex(index) => Some(index.to_string()),
            TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => None,
        }
    }

    /// The text of a key: a literal, `each.key`, `count.index`, `terraform.workspace`.
    fn key_text(&self, value: &Expression, scope: &ResolveScope<'c>) -> Option<String> {
        match value {
            Expression::String(text) => Some(text.value().clone()),
            Expression::Number(number) => Some(number.value().to_string()),
            Expression::Variable(name) => Some(name.as_str().to_owned()),
            Expression::Traversal(it) => {
                let root = it.expr.as_variable()?.as_str();
                let [operator] = it.operators.as_slice() else {
                    return None;
                };
                let TraversalOperator::GetAttr(name) = operator.value() else {
                    return None;
                };
                match (root, name.as_str()) {
                    ("each", "key") | ("count", "index") => scope.key.clone(),
                    ("terraform", "workspace") => Some(self.workspace.to_owned()),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// Whether an index is `each.key` or `count.index`.
fn is_instance_key(operator: &TraversalOperator) -> bool {
    let TraversalOperator::Index(Expression::Traversal(index)) = operator else {
        return false;
    };
    let root = index.expr.as_variable().map(Ident::as_str);
    matches!(root, Some("each" | "count"))
}

fn without_key(mut scope: ResolveScope<'_>) -> ResolveScope<'_> {
    scope.keys.remove(0);
    scope
}

fn by_hand<'c>(value: &Expression, scope: &ResolveScope<'c>, why: &str) -> ValueSite<'c> {
    ValueSite {
        file: Cow::Borrowed(scope.file),
        finding: PlaceFinding::by_hand(HclFile::at(value), why),
        is_keyed: false,
    }
}
