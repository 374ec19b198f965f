//! The progress bar of `newsearch index`; the only place that knows there is one.

use std::time::Duration;

use indicatif::{DecimalBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use newsearch::ingest::Event;

/// A bar on standard error where that is a terminal, else nothing.
pub struct Progress {
    bar: ProgressBar,
    /// Whether there is room for a bar and all that is said beside it.
    is_wide: bool,
}

/// In fewer columns less is said.
const WIDE: usize = 90;

impl Progress {
    /// Shown where somebody looks.
    pub fn new(is_shown: bool, columns: usize) -> Self {
        let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        bar.set_style(style("{spinner} {msg}"));
        bar.enable_steady_tick(Duration::from_millis(120));
        Self { bar, is_wide: columns >= WIDE }
    }

    pub fn show(&self, event: Event) {
        match event {
            Event::Found { files } => {
                self.bar.set_message(format!("looking for files: {}", HumanCount(files)))
            }
            Event::Reading { bytes, .. } => {
                self.bar.set_length(bytes);
                self.bar.set_style(style(match self.is_wide {
                    true => "{percent:>3}% {wide_bar} {msg} · {decimal_bytes_per_sec} · {eta} left",
                    false => "{percent:>3}% {wide_bar} {msg} · {eta} left",
                }));
            }
            Event::Read { files, bytes, articles } => {
                self.bar.set_position(bytes);
                let (files, articles) = (HumanCount(files), HumanCount(articles));
                self.bar.set_message(match self.is_wide {
                    true => format!("{files} files · {articles} articles · {}", DecimalBytes(bytes)),
                    false => format!("{articles} articles"),
                });
            }
            Event::Writing => {
                self.bar.set_style(style("{spinner} {msg}"));
                self.bar.set_message("writing the index");
            }
        }
    }

    /// Takes the bar away, so that something can be written.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }

    pub fn finish(self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
