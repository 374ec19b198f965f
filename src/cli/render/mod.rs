//! How answers look. It draws values that the library gives; it looks nothing up.

pub mod json;
pub mod layout;
pub mod text;
pub mod words;
