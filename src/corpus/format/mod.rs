//! One file per format; what the formats share lives one level up.

pub mod csv;
pub mod export;
pub mod html;
pub mod json;
pub mod markdown;
pub mod sgml;
pub mod text;
pub mod wire;
pub mod xml;
