//! Ctrl-C: asks the run to stop, so that it can leave the index as it was.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A flag that becomes true when the user presses Ctrl-C. Pressing it again ends the program at once, which is safe too.
pub fn stop_flag() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    // Where no handler can be set, Ctrl-C ends the program at once.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            #[expect(clippy::exit, reason = "the user insists; what was committed is safe")]
            std::process::exit(2);
        }
    });
    stop
}
