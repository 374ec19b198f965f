//! What README and the tour print is what the program prints: on any day, in any folder, line by line. A line
//! of `…` stands for any lines. What takes time and room may take another: `in 0.2 s.`.

use std::fs;
use std::path::Path;

use crate::harness::Newsroom;

#[test]
fn readme_is_true() {
    follow("README.md", 8);
}

#[test]
fn the_tour_is_true() {
    follow("docs/tour.md", 30);
}

/// Types every command of a page's console blocks, in their order, and compares.
fn follow(page: &str, at_least: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join(page)).unwrap();
    let room = Newsroom::new();
    let copied = room.in_home("cp").arg("-r").arg(root.join("sample_corpus")).arg("corpus").status().unwrap();
    assert!(copied.success());
    let commands = commands(&text);
    assert!(commands.len() >= at_least, "{page} has only {} commands", commands.len());
    for (command, expected) in commands {
        let printed = printed(&room, &command);
        assert!(
            is_as_expected(&expected, &printed.lines().collect::<Vec<_>>()),
            "{page} prints for `{command}`\n{}\nand the program\n{printed}",
            expected.join("\n")
        );
    }
}

/// The commands of a page, each with the lines below it.
fn commands(page: &str) -> Vec<(String, Vec<&str>)> {
    let mut commands: Vec<(String, Vec<&str>)> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        match (line, inside) {
            ("```console", _) => inside = true,
            ("```", _) => inside = false,
            (line, true) => match (line.strip_prefix("$ "), commands.last_mut()) {
                (Some(command), _) => commands.push((command.to_owned(), Vec::new())),
                (None, Some((_, expected))) => expected.push(line),
                (None, None) => panic!("`{line}` is below no command"),
            },
            _ => {}
        }
    }
    commands
}

/// What a command prints: what it answers, then what it remarks.
fn printed(room: &Newsroom, command: &str) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_newsearch")).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths(std::iter::once(binary.to_owned()).chain(std::env::split_paths(&path))).unwrap();
    let mut shell = room.in_home("sh");
    shell
        .current_dir(room.path("corpus"))
        .env("PATH", path)
        .env_remove("XDG_DATA_HOME")
        .args(["-c", command]);
    let output = shell.output().unwrap();
    let all = [output.stdout, output.stderr].concat();
    let home = room.path("").canonicalize().unwrap();
    let home = home.to_string_lossy().trim_end_matches('/').to_owned();
    String::from_utf8(all).unwrap().replace(&home, "~").trim_matches('\n').to_owned()
}

/// Whether the lines are those of the page.
fn is_as_expected(expected: &[&str], printed: &[&str]) -> bool {
    let end = expected.iter().rposition(|line| !line.is_empty()).map_or(0, |at| at + 1);
    match expected[..end].split_first() {
        None => printed.is_empty(),
        Some((&"…", rest)) => (0..=printed.len()).any(|at| is_as_expected(rest, &printed[at..])),
        Some((line, rest)) => printed.split_first().is_some_and(|(first, others)| {
            without_times(line) == without_times(first) && is_as_expected(rest, others)
        }),
    }
}

/// `in 0.2 s.` is as good as `in 0.3 s.`.
fn without_times(line: &str) -> String {
    match line.rsplit_once(", in ") {
        Some((before, time)) if time.ends_with(" s.") => before.to_owned(),
        _ => line.to_owned(),
    }
}
