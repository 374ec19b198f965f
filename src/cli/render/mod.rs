//! How answers look. It draws values that the library gives; it looks nothing up.

pub mod article;
pub mod coverage;
pub mod csv;
pub mod curves;
pub mod json;
pub mod layout;
pub mod markdown;
pub mod nothing;
pub mod page;
pub mod sheet;
pub mod svg;
pub mod text;
pub mod timeline;
pub mod trec;
pub mod words;
