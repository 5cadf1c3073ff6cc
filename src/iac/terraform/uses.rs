//! Which blocks of a module use a variable or a local.

use hcl_edit::expr::{Traversal, TraversalOperator};
use hcl_edit::visit::{Visit, visit_block, visit_traversal};
use hcl_edit::{Decorated, Ident};

use super::config::{PlacedBlock, TerraformModule};

/// Looks for one name.
struct UseSearch<'n> {
    root: &'n str,
    name: &'n str,
    is_found: bool,
}

impl Visit for UseSearch<'_> {
    fn visit_traversal(&mut self, node: &Traversal) {
        let root = node.expr.as_variable().map(Ident::as_str);
        let first = node.operators.first().map(Decorated::value);
        if let (Some(root), Some(TraversalOperator::GetAttr(name))) = (root, first) {
            self.is_found |= root == self.root && name.as_str() == self.name;
        }
        visit_traversal(self, node);
    }
}

/// The addresses of the blocks in which `root.name` stands, such as `var.size`.
pub(super) fn uses(module: &TerraformModule, root: &str, name: &str) -> Vec<String> {
    let uses_it = |placed: &PlacedBlock<'_>| {
        let mut search = UseSearch {
            root,
            name,
            is_found: false,
        };
        visit_block(&mut search, placed.block);
        search.is_found
    };
    let found = module.blocks(&[]).into_iter().filter(uses_it);
    found.map(|placed| placed.address()).collect()
}
