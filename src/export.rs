//! A document and the topology read from it.

use std::borrow::Cow;

use miette::Diagnostic;
use thiserror::Error;

use crate::source::{Edits, Options, Source, SourceError, Span, sha256};
use crate::topology::{self, Dialect, PoolIndex, Role, Topology};
use crate::xml::{self, Document};

/// A document and the topology read from it.
#[derive(Debug)]
pub struct Export {
    /// The document, byte for byte.
    pub document: Document,
    /// The topology that it describes.
    pub topology: Topology,
}

/// Why an export cannot be read.
#[derive(Debug, Error, Diagnostic)]
pub enum ReadError {
    /// The bytes are not text.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Source(#[from] SourceError),
    /// The text is not well-formed XML.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Xml(#[from] xml::Error),
    /// The XML is not a topology.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Topology(#[from] topology::Error),
}

impl Export {
    /// Reads an export from bytes; `name` identifies it in messages.
    ///
    /// # Errors
    ///
    /// When the bytes are not a topology; never because a pairing rule is broken.
    pub fn read(name: &str, bytes: Vec<u8>, options: &Options) -> Result<Self, ReadError> {
        Self::from_source(Source::from_bytes(name, bytes, options)?, options)
    }

    /// Reads an export from a source.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    pub fn from_source(source: Source, options: &Options) -> Result<Self, ReadError> {
        let document = Document::parse(source, &options.limits)?;
        let topology = Topology::read(&document)?;
        Ok(Self { document, topology })
    }

    /// Applies `edits` to the document and reads the whole result.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    pub fn edited(&self, edits: &Edits, options: &Options) -> Result<Self, ReadError> {
        Self::read(self.source().name(), self.source().edited(edits), options)
    }

    /// The text of the topology: the whole document, or the part of a configuration export that contains it.
    pub fn topology_text(&self) -> &str {
        match self.topology.dialect {
            Dialect::Published | Dialect::TopologyBuilder => self.source().text(),
            Dialect::ConfigurationExport => self.source().slice(self.document.node(self.topology.element).span()),
        }
    }

    /// The `Owner` attribute of an application's first port on a pool's application server.
    pub fn application(&self, pool: PoolIndex, owner: &str) -> Option<Span> {
        let service = self.topology.service_on(pool, Role::APPLICATION_SERVER)?;
        let element = self.document.node(self.topology[service].element);
        let mut ports = element.descendants().filter(|node| node.local_name() == "Port");
        ports.find_map(|port| port.attribute("Owner").filter(|found| found.value() == owner)).map(|found| found.span())
    }

    /// The topology as a standalone file, in the encoding of the document.
    pub fn topology_bytes(&self) -> Cow<'_, [u8]> {
        match self.topology.dialect {
            Dialect::Published | Dialect::TopologyBuilder => self.source().bytes().into(),
            Dialect::ConfigurationExport => self.source().encode(self.topology_text()).into(),
        }
    }

    /// SHA-256 of [`topology_bytes`](Self::topology_bytes), in lower-case hex.
    pub fn topology_sha256(&self) -> String {
        match self.topology.dialect {
            Dialect::Published | Dialect::TopologyBuilder => self.source().sha256(),
            Dialect::ConfigurationExport => sha256(&self.topology_bytes()),
        }
    }

    /// The source of the document.
    pub fn source(&self) -> &Source {
        self.document.source()
    }
}
