//! The imports of each module, parsed from the sources with `syn`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree};

/// The path from a crate's root to a module; empty for the root itself.
pub(crate) type ModulePath = Vec<String>;

/// The modules of a crate, each with the modules that it uses. Code that is compiled
/// only for tests is left out.
pub(crate) struct Crate {
    pub(crate) uses: BTreeMap<ModulePath, BTreeSet<ModulePath>>,
}

impl Crate {
    /// Reads the crate whose root is the file `root` in `directory`.
    pub(crate) fn read(directory: &Path, root: &str) -> Self {
        let mut files = BTreeMap::new();
        read_module(directory, &directory.join(root), Vec::new(), &mut files);
        let modules: BTreeSet<ModulePath> = files.keys().cloned().collect();
        let uses = files.iter().map(|(module, file)| {
            let mut reader = Reader { module, inside: Vec::new(), modules: &modules, used: BTreeSet::new() };
            reader.visit_file(file);
            reader.used.remove(module);
            (module.clone(), reader.used)
        });
        Self { uses: uses.collect() }
    }

    /// The groups of modules that import each other, directly or indirectly.
    pub(crate) fn circles(&self) -> Vec<Vec<&ModulePath>> {
        let mut circles = Vec::new();
        let mut seen = BTreeSet::new();
        for module in self.uses.keys() {
            let reachable = self.reachable(module);
            if !reachable.contains(module) || seen.contains(module) {
                continue;
            }
            let back = reachable.into_iter().filter(|other| self.reachable(other).contains(module));
            let circle: Vec<_> = back.collect();
            seen.extend(circle.iter().copied());
            circles.push(circle);
        }
        circles
    }

    fn reachable(&self, from: &ModulePath) -> BTreeSet<&ModulePath> {
        let mut reached = BTreeSet::new();
        let mut next: Vec<&ModulePath> = self.uses[from].iter().collect();
        while let Some(module) = next.pop() {
            if reached.insert(module) {
                next.extend(&self.uses[module]);
            }
        }
        reached
    }
}

/// Parses `file` and the files of all modules that it declares.
fn read_module(
    directory: &Path,
    file: &Path,
    module: ModulePath,
    found: &mut BTreeMap<ModulePath, syn::File>,
) {
    let source = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let parsed = syn::parse_file(&source).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    for item in &parsed.items {
        let Item::Mod(declared) = item else { continue };
        if declared.content.is_some() || is_for_tests(&declared.attrs) {
            continue;
        }
        let mut child = module.clone();
        child.push(declared.ident.to_string());
        let below: PathBuf = child.iter().collect();
        let alone = directory.join(&below).with_extension("rs");
        let folder = directory.join(&below).join("mod.rs");
        read_module(directory, if alone.exists() { &alone } else { &folder }, child, found);
    }
    found.insert(module, parsed);
}

/// Whether there is a `#[cfg(test)]`.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}

/// Collects the modules that the file of one module names.
struct Reader<'a> {
    module: &'a ModulePath,
    /// The path of the inline modules that are being read; empty at the file's top level.
    inside: ModulePath,
    modules: &'a BTreeSet<ModulePath>,
    used: BTreeSet<ModulePath>,
}

impl Reader<'_> {
    /// Records the module that `path` leads into, if it belongs to this crate.
    fn note(&mut self, path: &[String]) {
        let mut absolute = match path.first().map(String::as_str) {
            None => return,
            Some("crate") => Vec::new(),
            Some("self" | "super") => [self.module.as_slice(), &self.inside].concat(),
            Some(first) => {
                // A child module may be named without `self`.
                let mut child = self.module.clone();
                child.push(first.to_owned());
                if !self.modules.contains(&child) {
                    return;
                }
                self.module.clone()
            }
        };
        for name in path {
            match name.as_str() {
                "crate" | "self" => {}
                "super" => {
                    absolute.pop();
                }
                _ => absolute.push(name.clone()),
            }
        }
        // The segments after the module's path are items in it.
        while !self.modules.contains(&absolute) {
            absolute.pop();
        }
        self.used.insert(absolute);
    }

    fn note_tree(&mut self, before: &mut Vec<String>, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.note_tree(before, &path.tree);
                before.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|item| self.note_tree(before, item)),
            UseTree::Name(syn::UseName { ident }) | UseTree::Rename(syn::UseRename { ident, .. }) => {
                before.push(ident.to_string());
                self.note(before);
                before.pop();
            }
            UseTree::Glob(_) => self.note(before),
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_for_tests(&item.attrs) {
            self.inside.push(item.ident.to_string());
            visit::visit_item_mod(self, item);
            self.inside.pop();
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !is_for_tests(&item.attrs) {
            self.note_tree(&mut Vec::new(), &item.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if names.len() > 1 {
            self.note(&names);
        }
        visit::visit_path(self, path);
    }
}

#[test]
fn a_circle_of_modules_is_found() {
    let directory = tempfile::tempdir().unwrap();
    let write = |file: &str, source: &str| std::fs::write(directory.path().join(file), source).unwrap();
    write("lib.rs", "mod a; mod b; mod c; mod d;");
    write("a.rs", "use crate::b::{self, B};");
    write("b.rs", "fn f() { super::c::C::new(); }");
    write("c.rs", "#[cfg(test)] mod tests { use crate::d::D; }\npub use crate::a as other;");
    // In an inline module, `super` is the file's own module.
    write("d.rs", "use crate::a::A; mod inline { use super::D; }");
    let read = Crate::read(directory.path(), "lib.rs");
    let names: Vec<Vec<String>> =
        read.circles().iter().map(|circle| circle.iter().map(|module| module.join("::")).collect()).collect();
    assert_eq!(names, [["a", "b", "c"]]);
}
