//! Where bytes come from: folders and what is left out of them, web archives, and what tells one file from
//! another.

pub(crate) mod content_hash;
pub(crate) mod file_time;
mod ignore_file;
pub(crate) mod path_text;
pub(crate) mod walk;
pub(crate) mod warc;

/// What a failed system call means, in the words of messages.
pub(crate) fn io_text(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_string(),
        ErrorKind::PermissionDenied => "cannot be opened: permission denied".to_string(),
        _ => {
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or_default();
            format!("cannot be read: {}", text.to_lowercase())
        }
    }
}
