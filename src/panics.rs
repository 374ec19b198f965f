//! Panics that were caught: what happened and where, so that somebody can report it.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};
use std::sync::{Mutex, PoisonError};

/// What a panic said, and where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panic {
    /// What it said.
    pub message: String,
    /// File and line, where they are known: `src/search/plan.rs:12`, `tantivy-0.27.0/src/…` in a dependency.
    pub place: Option<String>,
}

/// The crates that read and write the index.
const ENGINE: &[&str] = &["tantivy", "ownedbytes", "bitpacking", "lz4_flex"];

/// The last one, if [`remember`] was called.
static LAST: Mutex<Option<Panic>> = Mutex::new(None);

/// From now on no panic of this process prints anything, and those that are caught know where they were.
pub fn remember() {
    set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        let place = info.location().map(|at| format!("{}:{}", without_registry(at.file()), at.line()));
        let panic = Panic { message: message_of(info.payload()), place };
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(panic);
    }));
}

/// What `action` returns, or its panic.
pub fn catch<T>(action: impl FnOnce() -> T) -> Result<T, Panic> {
    catch_unwind(AssertUnwindSafe(action)).map_err(|payload| Panic::of(payload.as_ref()))
}

impl Panic {
    /// Of what a panic left behind.
    pub fn of(payload: &(dyn Any + Send)) -> Self {
        let message = message_of(payload);
        let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).clone();
        last.filter(|last| last.message == message).unwrap_or(Self { message, place: None })
    }

    /// Whether it was in the engine that reads and writes the index.
    pub fn is_in_engine(&self) -> bool {
        self.place.as_ref().is_some_and(|place| ENGINE.iter().any(|name| place.starts_with(name)))
    }
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message.lines().next().unwrap_or_default())?;
        self.place.as_ref().map_or(Ok(()), |place| write!(f, " ({place})"))
    }
}

fn message_of(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}

/// A dependency's file by its name and version, wherever it lies.
fn without_registry(file: &str) -> &str {
    let after = file.split_once("registry/src/").and_then(|(_, after)| after.split_once('/'));
    after.map_or(file, |(_, file)| file)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_panic_says_what_happened_and_where() {
        assert_eq!(catch(|| 3), Ok(3));
        let kept = std::panic::take_hook();
        remember();
        let number = std::hint::black_box(7);
        let caught = [catch(|| panic!("a fixed text")), catch(|| panic!("number {number}"))];
        std::panic::set_hook(kept);
        let shown = caught.map(|caught: Result<(), Panic>| caught.unwrap_err().to_string());
        assert!(shown[0].starts_with("a fixed text (") && shown[0].contains("panics.rs:"), "{}", shown[0]);
        assert!(shown[1].starts_with("number 7"), "{}", shown[1]);
        assert_eq!(
            without_registry("/home/x/.cargo/registry/src/index.crates.io-1/tantivy-0.1/src/a.rs"),
            "tantivy-0.1/src/a.rs"
        );
    }
}
