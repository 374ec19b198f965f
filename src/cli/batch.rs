//! `newsearch batch`: many queries at once; one that cannot be read stops none of the others.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Read as _, Write};
use std::path::Path;

use newsearch::corpus::format::csv::rows;
use newsearch::error::{Error, plain_io};
use newsearch::index::Snapshot;
use newsearch::search::{self, Account, SearchRequest, SearchResponse};

use super::arguments::{BatchArguments, BatchFormat};
use super::outcome::{CommandResult, Failure, Outcome};
use super::render::nothing::Nothing;
use super::render::words::{article_date, count};
use super::render::{csv, json};
use super::terminal::{Terminal, clean};
use super::{ask, nothing, pager, paths};

/// A file of queries is no larger than that.
const MOST_BYTES: u64 = 64 << 20;

/// A query of the file.
struct Line {
    number: usize,
    name: Option<String>,
    query: String,
}

/// What a query finds, or why it could not be asked.
struct Answered {
    line: Line,
    answer: Result<Answer, String>,
}

/// What a query finds.
struct Answer {
    read_as: String,
    account: Account,
    response: SearchResponse,
    nothing: Option<Nothing>,
}

pub fn run(arguments: &BatchArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let lines = lines(&arguments.file)?;
    let snapshot = Snapshot::open(dir)?;
    let roots = snapshot.roots();
    let format = if arguments.json { BatchFormat::Json } else { arguments.format };
    let mut out = pager::output(format == BatchFormat::Text, terminal);
    if format == BatchFormat::Csv {
        let names = ["line", "name", "query", "total", "id", "date", "headline", "path", "error"];
        csv::row(&mut out, names.map(Cow::Borrowed))?;
    }
    let (mut found, mut refused) = (false, 0_u64);
    for line in lines {
        let answered = answer(line, arguments, &snapshot)?;
        let said = match &answered.answer {
            Ok(answer) => answer.account.notices.as_slice(),
            Err(message) => std::slice::from_ref(message),
        };
        for message in said {
            ask::warn(&format!("line {}: {message}", answered.line.number), terminal)?;
        }
        let hits = answered.answer.as_ref().map(|answer| answer.response.hits.as_slice()).unwrap_or_default();
        refused += u64::from(answered.answer.is_err());
        found |= answered.answer.as_ref().is_ok_and(|answer| answer.response.total > 0);
        let paths = paths::of_hits(hits, &roots);
        match format {
            BatchFormat::Text => text(&mut out, &answered, terminal)?,
            BatchFormat::Csv => table(&mut out, &answered, &paths)?,
            BatchFormat::Json => json(&mut out, &answered, &paths)?,
        }
    }
    out.flush()?;
    match refused {
        0 if found => Ok(Outcome::Done),
        0 => Ok(Outcome::Nothing),
        1 => Err(Failure::Usage("a query could not be read; the others were asked".to_owned(), None)),
        n => Err(Failure::Usage(
            format!("{} queries could not be read; the others were asked", count(n)),
            None,
        )),
    }
}

fn answer(line: Line, arguments: &BatchArguments, snapshot: &Snapshot) -> Result<Answered, Failure> {
    let asked = match ask::ask_for(line.query.clone(), &arguments.narrowed, None) {
        Ok(asked) => asked,
        Err(Failure::Error(Error::Query(message)) | Failure::Usage(message, _)) => {
            let message = message.lines().next().unwrap_or_default().to_owned();
            return Ok(Answered { line, answer: Err(message) });
        }
        Err(failure) => return Err(failure),
    };
    let read_as = asked.read_as();
    let request = SearchRequest { limit: arguments.limit, ..asked.request };
    let response = search::search(snapshot, &request)?;
    let account = response.account(&asked.notices);
    let nothing = nothing::explain(snapshot, &request, response.total)?;
    Ok(Answered { line, answer: Ok(Answer { read_as, account, response, nothing }) })
}

fn lines(file: &Path) -> Result<Vec<Line>, Failure> {
    let read = || -> io::Result<String> {
        let mut text = String::new();
        if file == Path::new("-") {
            io::stdin().lock().take(MOST_BYTES).read_to_string(&mut text)?;
        } else {
            fs::File::open(file)?.take(MOST_BYTES).read_to_string(&mut text)?;
        }
        Ok(text)
    };
    let text = read().map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => {
            Error::Input(format!("`{}`: bytes that mean nothing in UTF-8", file.display()))
        }
        _ => Error::CannotRead { path: file.to_owned(), reason: plain_io(&error) },
    })?;
    let ending = file.extension().map(|ending| ending.to_ascii_lowercase()).unwrap_or_default();
    if ending == "csv" || ending == "tsv" {
        return table_lines(&text, file);
    }
    let text = text.trim_start_matches('\u{feff}');
    let numbered = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    let queries = numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    Ok(queries.map(|(number, line)| Line { number, name: None, query: line.to_owned() }).collect())
}

fn table_lines(text: &str, file: &Path) -> Result<Vec<Line>, Failure> {
    let mut rows = rows(text);
    let header = rows.next().map(|(_, cells)| cells).unwrap_or_default();
    let column = |name: &str| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    let Some(query) = column("query") else {
        return Err(Error::Input(format!("`{}` has no column `query`", file.display())).into());
    };
    let name = column("name");
    let cell = |cells: &[String], at: usize| cells.get(at).map(|cell| cell.trim().to_owned());
    let lines = rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    Ok(lines
        .map(|(number, cells)| Line {
            number,
            name: name.and_then(|at| cell(&cells, at)),
            query: cell(&cells, query).unwrap_or_default(),
        })
        .collect())
}

fn text(out: &mut impl Write, answered: &Answered, terminal: &Terminal) -> Result<(), Failure> {
    let styles = terminal.styles();
    let line = &answered.line;
    let shown = match &line.name {
        Some(name) if !name.is_empty() => format!("{name}: {}", line.query),
        _ => line.query.clone(),
    };
    let Answer { response, nothing, .. } = match &answered.answer {
        Ok(answer) => answer,
        Err(message) => {
            writeln!(out, "{:>9}  {}", "-", clean(&shown))?;
            writeln!(out, "{:11}{}not asked: {}{}", "", styles.bad, clean(message), styles.reset)?;
            return Ok(());
        }
    };
    let (headline, faint, reset) = (styles.headline, styles.faint, styles.reset);
    writeln!(out, "{:>9}  {headline}{}{reset}", count(response.total), clean(&shown))?;
    for hit in &response.hits {
        let date =
            hit.article.date.as_ref().map(|date| format!("{}  ", article_date(date))).unwrap_or_default();
        writeln!(
            out,
            "{:11}{date}{}  {faint}id {}{reset}",
            "",
            clean(&hit.article.title()),
            clean(&hit.article.id)
        )?;
    }
    nothing.as_ref().map_or(Ok(()), |nothing| nothing.parts(out, 11, terminal))
}

fn table(out: &mut impl Write, answered: &Answered, paths: &[String]) -> Result<(), Failure> {
    let line = &answered.line;
    let mut row = |total: String, hit: [&str; 4], error: &str| {
        let [id, date, headline, path] = hit;
        let name = line.name.as_deref().unwrap_or_default();
        let number = line.number.to_string();
        let cells = [&number, name, &line.query, &total, id, date, headline, path, error];
        csv::row(out, cells.map(Cow::Borrowed))
    };
    let response = match &answered.answer {
        Ok(answer) => &answer.response,
        Err(message) => return row(String::new(), [""; 4], message),
    };
    if response.hits.is_empty() {
        return row(response.total.to_string(), [""; 4], "");
    }
    response.hits.iter().zip(paths).try_for_each(|(hit, path)| {
        let date = hit.article.date.map(|date| date.to_string()).unwrap_or_default();
        row(response.total.to_string(), [&hit.article.id, &date, &hit.article.headline, path], "")
    })
}

fn json(out: &mut impl Write, answered: &Answered, paths: &[String]) -> Result<(), Failure> {
    let line = &answered.line;
    let about = json::BatchLine { number: line.number, name: line.name.as_deref(), query: &line.query };
    let (answer, response) = match &answered.answer {
        Ok(Answer { read_as, account, response, nothing }) => {
            (Ok((read_as.as_str(), account, nothing.as_ref())), Some(response))
        }
        Err(message) => (Err(message.as_str()), None),
    };
    json::batch(out, &about, answer, (response, paths))
}
