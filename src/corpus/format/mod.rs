//! One file per format; what the formats share lives one level up.

pub mod csv;
pub mod detect;
mod document;
pub mod docx;
pub mod export;
pub mod html;
pub mod json;
pub mod mail;
pub mod markdown;
pub mod mhtml;
pub mod odt;
mod own;
mod package;
pub mod pdf;
pub mod rtf;
pub mod sgml;
pub mod text;
pub mod wire;
pub mod xml;
