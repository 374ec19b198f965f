//! The query language: text → a tree with notices. Nothing in here knows of an index or an engine, and no query is
//! ever refused whole: what cannot be read is searched as words, with a notice.

pub mod ast;
pub mod dates;
pub mod notice;

pub use ast::{DateRange, Field, LengthRange, Node, NodeKind, Pattern, PatternPart, Proximity, Span};
pub use dates::{parse_date_range, parse_day_range};
pub use notice::{Notice, NoticeKind};
