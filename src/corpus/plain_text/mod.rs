//! What plain text is made of, whatever the format: lines, paragraphs, words, character references, pieces of
//! HTML in it.

pub(crate) mod budget;
pub(crate) mod clean;
pub(crate) mod entity;
pub(crate) mod fragment;
pub(crate) mod lines;
pub(crate) mod paragraphs;
pub(crate) mod word_list;
