//! The progress bar of `newsearch index`; the only place that knows there is one.

use std::time::Duration;

use indicatif::{DecimalBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use newsearch::ingest::Event;

/// A bar on standard error where that is a terminal, else nothing.
pub struct Progress(ProgressBar);

impl Progress {
    /// Shown where somebody looks.
    pub fn new(is_shown: bool) -> Self {
        let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        bar.set_style(style("{spinner} {msg}"));
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    pub fn show(&self, event: Event) {
        match event {
            Event::Found { files } => self.0.set_message(format!("looking for files: {}", HumanCount(files))),
            Event::Reading { bytes, .. } => {
                self.0.set_length(bytes);
                self.0.set_style(style(
                    "{percent:>3}% {wide_bar} {msg} · {decimal_bytes_per_sec} · {eta} left",
                ));
            }
            Event::Read { files, bytes, articles } => {
                self.0.set_position(bytes);
                let (files, articles) = (HumanCount(files), HumanCount(articles));
                self.0.set_message(format!("{files} files · {articles} articles · {}", DecimalBytes(bytes)));
            }
            Event::Writing => {
                self.0.set_style(style("{spinner} {msg}"));
                self.0.set_message("writing the index");
            }
        }
    }

    /// Takes the bar away, so that something can be written.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }

    pub fn finish(self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
