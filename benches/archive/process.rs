//! Runs a command and says how long it took and how much memory it had.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a process took.
pub struct Run {
    pub took: Duration,
    /// The most memory that was resident, in bytes; 0 where the system does not say.
    pub resident: u64,
    /// The numbers that it printed, where it printed nothing else.
    pub figures: Vec<f64>,
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Run {
    let start = Instant::now();
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a process");
    let status = format!("/proc/{}/status", child.id());
    let watch = thread::spawn(move || {
        let mut most = 0;
        while let Some(now) = high_water(&status) {
            most = now;
            thread::sleep(Duration::from_millis(10));
        }
        most
    });
    let output = child.wait_with_output().expect("its end");
    let took = start.elapsed();
    let said = String::from_utf8_lossy(&output.stderr);
    // 1: a query that found nothing.
    assert!(output.status.code().is_some_and(|code| code <= 1), "{command:?}: {said}");
    let printed = String::from_utf8_lossy(&output.stdout);
    let figures = printed.split_whitespace().map(str::parse).collect::<Result<_, _>>().unwrap_or_default();
    Run { took, resident: watch.join().unwrap_or(0), figures }
}

fn high_water(status: &str) -> Option<u64> {
    let status = fs::read_to_string(status).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// How long `find` takes to list the files with their sizes and times.
pub fn find(folder: &Path) -> Run {
    run(Command::new("find").arg(folder).args(["-type", "f", "-printf", "%s %T@\\n"]))
}

/// The bytes of the files in a folder.
pub fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum()
}

/// The median.
pub fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
