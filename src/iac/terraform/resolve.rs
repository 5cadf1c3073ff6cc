//! From an expression to the places where its value stands: through variables, locals, module arguments, maps.

mod functions;
mod names;
mod site;
mod texts;

use std::cell::Cell;

use hcl_edit::Ident;
use hcl_edit::expr::{Expression, Object, ObjectKey, Traversal, TraversalOperator};

use super::config::{HclFile, PlacedBlock, TerraformConfig, TerraformModule};
use crate::iac::edit::TextEdit;
use crate::iac::place::PlaceFinding;
use crate::iac::source_file::SourceFile;
use functions::LoopBinding;
pub(super) use site::{ValueShape, ValueSite};
use texts::{key_text, list, template};
pub(super) use texts::{shape, text_of};

/// How many steps a value is followed.
const MOST_STEPS: usize = 24;
/// How many steps are made for one function, over all ways.
const MOST_WORK: usize = 20_000;

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
    /// The loop whose names hold here.
    pub(super) binding: Option<LoopBinding<'c>>,
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
            binding: None,
            steps: 0,
        }
    }

    /// The same place, with no keys into the value.
    fn whole(&self) -> Self {
        Self {
            keys: Vec::new(),
            ..self.clone()
        }
    }
}

/// The size that a function has, as far as it is known: of several places, it tells which one decides.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownSize {
    pub(super) size: Option<u32>,
    /// Who says so: `The state`.
    pub(super) of: &'static str,
}

/// Follows values in the modules of one project and one workspace.
pub(super) struct ValueResolver<'c> {
    pub(super) config: &'c TerraformConfig,
    pub(super) workspace: &'c str,
    pub(super) frames: Vec<ModuleFrame<'c>>,
    pub(super) known: KnownSize,
    pub(super) to: u32,
    /// How many steps were made.
    pub(super) work: Cell<usize>,
}

impl<'c> ValueResolver<'c> {
    pub(super) fn sites(
        &self,
        value: &'c Expression,
        scope: ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        self.work.set(self.work.get() + 1);
        if scope.steps > MOST_STEPS || self.work.get() > MOST_WORK {
            let why = "The value is led through too many names to follow.";
            return vec![by_hand(value, &scope, why)];
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
            Expression::StringTemplate(parts) if scope.keys.is_empty() => {
                vec![template(self, value, parts, &scope)]
            }
            Expression::Object(object) => self.in_object(value, object, scope),
            Expression::Array(items) => match scope.keys.first() {
                None => vec![list(self, value, items, &scope)],
                Some(key) => match key.parse().ok().and_then(|at: usize| items.get(at)) {
                    Some(item) => self.sites(item, without_key(scope)),
                    None => vec![by_hand(value, &scope, "The list has no such item.")],
                },
            },
            Expression::Variable(name) if scope.binding.is_some() => {
                self.bound(value, name.as_str(), &scope)
            }
            Expression::Traversal(traversal) => self.traversal(value, traversal, scope),
            Expression::FuncCall(call) => self.call(value, call, scope),
            Expression::Conditional(it) => self.conditional(it, &scope),
            Expression::ForExpr(it) => self.looped(value, it, &scope),
            _ => vec![by_hand(value, &scope, "The value is computed here.")],
        }
    }

    fn literal(&self, value: &Expression, scope: &ResolveScope<'c>) -> ValueSite<'c> {
        let (text, quote) = match value {
            Expression::Number(number) => (number.value().to_string(), ""),
            other => (other.as_str().unwrap_or_default().to_owned(), "\""),
        };
        let at = HclFile::at(value);
        let finding = match text.trim().parse() {
            Ok(from) => {
                let with = format!("{quote}{}{quote}", self.to);
                PlaceFinding::number(at.clone(), from, TextEdit::replace(at, with))
            }
            Err(_) => PlaceFinding::by_hand(at, "The value here is no whole number."),
        };
        ValueSite::at(scope.file, finding).shaped(ValueShape::Text(text))
    }

    fn in_object(
        &self,
        whole: &'c Expression,
        object: &'c Object,
        scope: ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let name_of = |name: &'c ObjectKey| match name {
            ObjectKey::Ident(ident) => Some(ident.as_str().to_owned()),
            ObjectKey::Expression(Expression::Parenthesis(inner)) => {
                key_text(self, inner.inner(), &scope)
            }
            ObjectKey::Expression(Expression::Variable(name)) => Some(name.as_str().to_owned()),
            ObjectKey::Expression(other) => key_text(self, other, &scope),
        };
        let Some(key) = scope.keys.first() else {
            let keys = object.iter().map(|(name, _)| name_of(name));
            let shape = ValueShape::Map(keys.flatten().collect());
            let why = "The value here is a map, no number.";
            return vec![by_hand(whole, &scope, why).shaped(shape)];
        };
        let mut entries = object.iter();
        let entry = entries.find(|(name, _)| name_of(name).as_ref() == Some(key));
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
        let computed = || vec![by_hand(whole, &scope, "The value is computed here.")];
        let root = traversal.expr.as_variable().map(Ident::as_str);
        let (Some(root), Some(keys)) = (root, self.operator_keys(traversal, &scope)) else {
            return computed();
        };
        if let Some(sites) = self.bound_part(root, &keys, &scope) {
            return sites;
        }
        let mut keys = keys.into_iter();
        let Some(name) = keys.next() else {
            return computed();
        };
        let rest: Vec<String> = keys.chain(scope.keys.iter().cloned()).collect();
        let scope = ResolveScope {
            keys: rest,
            ..scope
        };
        let mut sites = match (root, name.as_str()) {
            ("var", name) => self.variable(name, whole, &scope),
            ("local", name) => self.local(name, whole, &scope),
            ("each", "value") => self.each(whole, scope),
            _ => self.elsewhere(root, &name, whole, &scope),
        };
        if traversal
            .operators
            .iter()
            .any(|it| is_of_instance(it.value()))
        {
            sites.iter_mut().for_each(ValueSite::key_in);
        }
        sites
    }

    /// A name that leads to no place: some are known all the same.
    fn elsewhere(
        &self,
        root: &str,
        name: &str,
        whole: &'c Expression,
        scope: &ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let why =
            format!("The value comes from {root}.{name}, which is known only when it is applied.");
        let site = by_hand(whole, scope, &why);
        let text = match (root, name) {
            ("each", "key") | ("count", "index") => scope.key.clone(),
            ("terraform", "workspace") => Some(self.workspace.to_owned()),
            _ => None,
        };
        vec![match text {
            Some(text) => site.shaped(ValueShape::Text(text)),
            None => site,
        }]
    }

    fn operator_keys(
        &self,
        traversal: &'c Traversal,
        scope: &ResolveScope<'c>,
    ) -> Option<Vec<String>> {
        let operators = traversal.operators.iter();
        let keys = operators.map(|operator| self.operator_key(operator.value(), scope));
        keys.collect()
    }

    fn operator_key(
        &self,
        operator: &'c TraversalOperator,
        scope: &ResolveScope<'c>,
    ) -> Option<String> {
        match operator {
            TraversalOperator::GetAttr(name) => Some(name.as_str().to_owned()),
            TraversalOperator::Index(index) => key_text(self, index, scope),
            TraversalOperator::LegacyIndex(index) => Some(index.to_string()),
            TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => None,
        }
    }
}

/// Whether an index is another one for each instance of a block.
fn is_of_instance(operator: &TraversalOperator) -> bool {
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
    ValueSite::at(scope.file, PlaceFinding::by_hand(HclFile::at(value), why))
}
