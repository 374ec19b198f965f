//! Answers for programs, from structs of their own: what is renamed in the library renames nothing here.
//! `docs/json.md` lists the keys. Keys are added, never renamed, within a version; all are always there:
//! `null` where a value is not known, was not asked for or does not apply, `[]` where a list has nothing in
//! it.

mod answer;
mod archive;
mod article;
mod common;
mod head;
mod hit;
mod nothing;
mod timeline;

pub use answer::{Answer, BatchLine, batch, related, response};
pub use archive::{changes, problems, status};
pub use article::{analysis, article};
pub use common::{OFFSETS, Offsets, document, in_characters, object};
pub use head::Head;
pub use hit::{ArticleHead, HitJson, exported, hits};
pub use timeline::timeline;
