//! Validation of a notation.

use std::collections::HashSet;

use super::{AddedService, Evidence, LearnedFrom, Notation, PairDependency, VoiceSetting};
use crate::source::{Options, Source};
use crate::topology::{Role, namespace};
use crate::xml::{Document, Node, escape, is_ncname};

/// A problem in a notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotationProblem {
    /// The path of the value in the file, such as `service.0.role`.
    pub path: String,
    /// What is wrong there.
    pub fault: String,
}

/// Roles that an unpaired Front End pool has.
const OWN_ROLES: [&str; 5] = ["Registrar", "UserServices", "UserStore", "WebServices", "FileStore"];
/// Attributes of a Registrar's role element with another meaning.
const RESERVED_ATTRIBUTES: [&str; 3] = ["IsDirector", "IsPoolEnabledForSAOnEdge", "xmlns"];
/// The message for evidence without documents or origin.
const MISSING_EVIDENCE: &str =
    "a learned notation requires `learned-from` with the SHA-256 of the documents and `origin = \"topology-builder\"`";
const MAX_NAME: usize = 128;
const MAX_TEXT: usize = 512;
const MAX_XML: usize = 1 << 16;
const MAX_SERVICES: usize = 32;
const MAX_DEPENDENCIES: usize = 64;

impl Notation {
    /// All problems that prevent this notation from being written into documents.
    pub fn problems(&self) -> Vec<NotationProblem> {
        let mut found = Problems(Vec::new());
        found.text("name", &self.name, MAX_NAME);
        found.evidence(self.evidence, self.learned_from.as_ref());
        found.text("backup-registrar.usage", &self.backup_registrar.usage, MAX_TEXT);
        found.settings(self);
        found.dependencies(&self.dependencies);
        found.services(&self.services);
        found.0
    }
}

struct Problems(Vec<NotationProblem>);

impl Problems {
    fn add(&mut self, path: &str, fault: impl Into<String>) {
        self.0.push(NotationProblem { path: path.to_owned(), fault: fault.into() });
    }

    fn add_too_long(&mut self, path: &str, limit: usize) {
        self.add(path, format!("this has more than {limit} characters"));
    }

    fn limit(&mut self, path: &str, count: usize, limit: usize) {
        if count > limit {
            self.add(path, format!("more than {limit} entries"));
        }
    }

    fn evidence(&mut self, evidence: Evidence, learned_from: Option<&LearnedFrom>) {
        if evidence == Evidence::Learned && learned_from.map(LearnedFrom::evidence) != Some(Evidence::Learned) {
            self.add("evidence", MISSING_EVIDENCE);
        }
        let is_hash =
            |text: &String| text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if let Some(LearnedFrom { documents, .. }) = learned_from
            && !(matches!(documents.len(), 1 | 2) && documents.iter().all(is_hash))
        {
            self.add(
                "learned-from.documents",
                "this is not the SHA-256 of one or two documents, in lower-case hexadecimal digits",
            );
        }
    }

    fn settings(&mut self, notation: &Notation) {
        let mut names = HashSet::new();
        for setting in VoiceSetting::ALL {
            let (name, path) = (notation.attribute(setting), format!("{}.attribute", setting.key()));
            self.name(&path, name);
            if RESERVED_ATTRIBUTES.contains(&name) {
                self.add(&path, format!("the attribute `{name}` of a Registrar has another meaning"));
            }
            if !names.insert(name) {
                self.add(&path, format!("the attribute `{name}` is used for two settings"));
            }
            let unpaired = match notation.interval(setting) {
                Some(interval) => interval.unpaired.as_deref(),
                None => notation.automatic_failover.unpaired.as_deref(),
            };
            if let Some(unpaired) = unpaired {
                self.writable(&format!("{}.unpaired", setting.key()), unpaired, MAX_TEXT);
            }
        }
        let order = notation.placement.settings_order;
        if !VoiceSetting::ALL.iter().all(|setting| order.contains(setting)) {
            self.add("placement.settings-order", "each of the three settings must be listed once");
        }
    }

    fn dependencies(&mut self, dependencies: &[PairDependency]) {
        self.limit("dependency", dependencies.len(), MAX_DEPENDENCIES);
        let mut seen = HashSet::new();
        for (number, dependency) in dependencies.iter().enumerate() {
            let PairDependency { role, usage, names, .. } = dependency;
            let path = |key: &str| format!("dependency.{number}.{key}");
            self.name(&path("role"), role);
            self.text(&path("usage"), usage, MAX_TEXT);
            self.name(&path("names"), names);
            // The dependency between the Registrars has its own table.
            if role == Role::REGISTRAR && names == Role::REGISTRAR {
                self.add(&path("role"), "the dependency of a Registrar on its partner's belongs in `backup-registrar`");
            }
            if !seen.insert((role, usage, names)) {
                self.add(&path("role"), format!("a second dependency of `{role}` of this kind"));
            }
        }
    }

    fn services(&mut self, services: &[AddedService]) {
        self.limit("service", services.len(), MAX_SERVICES);
        let mut roles = HashSet::new();
        for (number, service) in services.iter().enumerate() {
            let path = |key: &str| format!("service.{number}.{key}");
            if !roles.insert(&service.role) {
                self.add(&path("role"), format!("a second service `{}`", service.role));
            }
            self.service(service, path);
        }
    }

    fn service(&mut self, service: &AddedService, path: impl Fn(&str) -> String) {
        self.name(&path("role"), &service.role);
        if OWN_ROLES.contains(&service.role.as_str()) {
            self.add(&path("role"), format!("a Front End pool has a service `{}` without being paired", service.role));
        }
        if service.role_version.parse::<u32>().is_err() {
            self.add(&path("role-version"), format!("`{}` is not a whole number", service.role_version.escape_debug()));
        }
        if let Some(service_type) = &service.service_type {
            self.text(&path("type"), service_type, MAX_TEXT);
        }
        self.limit(&path("dependency"), service.dependencies.len(), MAX_DEPENDENCIES);
        for (number, dependency) in service.dependencies.iter().enumerate() {
            self.text(&path(&format!("dependency.{number}.usage")), &dependency.usage, MAX_TEXT);
            self.name(&path(&format!("dependency.{number}.role")), &dependency.role);
        }
        self.element(&path("ports"), &service.ports, |root| {
            (!root.is(namespace::ROLES, "Ports"))
                .then(|| format!("this is not a `Ports` element of the namespace `{}`", namespace::ROLES))
        });
        if let Some(body) = &service.body {
            self.element(&path("body"), body, |root| {
                let name = root.local_name();
                let generic = ["ServiceId", "DependsOn", "InstalledOn", "Ports"].contains(&name);
                generic.then(|| format!("`{name}` cannot be the role element of a service"))
            });
        }
    }

    fn name(&mut self, path: &str, name: &str) {
        if name.chars().count() > MAX_NAME {
            self.add_too_long(path, MAX_NAME);
        } else if !is_ncname(name) {
            self.add(path, format!("`{}` is not an XML name", name.escape_debug()));
        }
    }

    fn text(&mut self, path: &str, text: &str, limit: usize) {
        if text.trim().is_empty() {
            self.add(path, "this is empty");
        }
        self.writable(path, text, limit);
    }

    fn writable(&mut self, path: &str, text: &str, limit: usize) {
        if text.chars().count() > limit {
            self.add_too_long(path, limit);
        } else if let Err(unwritable) = escape::text(text) {
            self.add(path, unwritable.to_string());
        }
    }

    fn element(&mut self, path: &str, text: &str, check: impl FnOnce(Node<'_>) -> Option<String>) {
        if text.len() > MAX_XML {
            return self.add_too_long(path, MAX_XML);
        }
        match parse(text) {
            Ok(document) => {
                if let Some(fault) = check(document.root()) {
                    self.add(path, fault);
                }
                if document.root().descendants().any(is_mixed) {
                    self.add(path, "text next to elements cannot be preserved");
                }
            }
            Err(reason) => self.add(path, format!("this is not a well-formed XML element: {reason}")),
        }
    }
}

/// Whether an element contains both text and elements.
fn is_mixed(node: Node<'_>) -> bool {
    node.children().next().is_some() && !node.text().trim().is_empty()
}

/// Parses a fragment of a notation as a document.
pub(super) fn parse(text: &str) -> Result<Document, String> {
    let options = Options::default();
    let source =
        Source::from_bytes("notation", text.as_bytes().to_vec(), &options).map_err(|error| error.to_string())?;
    Document::parse(source, &options.limits).map_err(|error| error.to_string())
}
