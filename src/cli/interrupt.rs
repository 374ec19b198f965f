//! Signals: Ctrl-C asks the run to stop, so that it can leave the index as it was; a limit on file sizes is
//! an error.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A flag that becomes true when the user presses Ctrl-C. Pressing it again ends the program at once, which
/// is safe too.
pub fn stop_flag() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    // Where no handler can be set, Ctrl-C ends the program at once.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            #[expect(clippy::exit, reason = "the user insists; what was committed is safe")]
            std::process::exit(130);
        }
    });
    stop
}

/// Goes on at Ctrl-C: another program, which has the terminal, answers it.
pub fn leave_to_others() {
    let _ = ctrlc::set_handler(|| {});
}

/// Makes a limit on the size of files (`ulimit -f`) an error like a full disk: the system's own answer is to
/// end the program.
pub fn outlive_file_size_limits() {
    // Where the signal cannot be caught the program ends there, and what was committed is safe.
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)));
}
