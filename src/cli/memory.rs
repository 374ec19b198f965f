//! How memory is asked for: a command that answers one question is over before huge pages would pay.

/// Asks for memory in small pages from now on: the system fills a page with zeros before it is used, and of
/// two megabytes a short command uses little. A twentieth of the time of a query.
pub fn small_pages() {
    set(true);
}

/// As the system does it, for a command that works for long.
pub fn usual_pages() {
    set(false);
}

#[cfg(target_os = "linux")]
fn set(small: bool) {
    // Where the system cannot, all is as it was.
    let _ = rustix::thread::disable_transparent_huge_pages(small);
}

#[cfg(not(target_os = "linux"))]
fn set(_: bool) {}
