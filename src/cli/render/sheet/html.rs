//! A page that is whole in one file: no scripts, nothing from elsewhere.

use std::io::Write;

use super::super::super::outcome::Failure;
use super::{Line, Marked, Sheet, escape, is_link};

/// Looks alike on screens, light and dark, and on paper.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1.05rem/1.5 Georgia,'Times New Roman',serif;max-width:42rem;margin:2rem auto;padding:0 1rem}\
h1,h2,h3{line-height:1.25;font-family:system-ui,sans-serif}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:1.5rem 0}\
dt{color:GrayText}dd{margin:0;overflow-wrap:anywhere}\
article{margin-top:3rem}article h3{margin-bottom:.25rem}\
.entry{margin:.25rem 0}.about,.source,.doubt,.citation{color:GrayText;font:.9rem/1.4 system-ui,sans-serif;margin:.25rem 0;\
overflow-wrap:anywhere}.doubt{font-style:italic}\
.p{position:relative}.p .n{position:absolute;inset-inline-start:-3rem;width:2.4rem;text-align:end;color:GrayText;\
font:.75rem/2.1 system-ui,sans-serif;user-select:none}\
mark{background:#ffe66d;color:#000;font-weight:bold;padding:0 .1em}\
@media(max-width:50rem){.p .n{position:static;margin-inline-end:.5rem}}\
@media print{body{max-width:none;margin:0;color:#000}.dossier article{break-before:page}a{color:inherit;text-decoration:none}\
mark{background:none;text-decoration:underline}h3{break-after:avoid}}";

/// What is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Facts,
    Article,
}

pub struct Html<'o> {
    out: &'o mut dyn Write,
    is_dossier: bool,
    open: Open,
}

impl<'o> Html<'o> {
    pub fn new(out: &'o mut dyn Write, is_dossier: bool) -> Self {
        Self { out, is_dossier, open: Open::Nothing }
    }

    fn change_to(&mut self, open: Open) -> Result<(), Failure> {
        match self.open {
            Open::Facts if open != Open::Facts => writeln!(self.out, "</dl>")?,
            Open::Article => writeln!(self.out, "</article>")?,
            _ => {}
        }
        self.open = open;
        Ok(())
    }
}

fn marked(text: Marked<'_>) -> String {
    let piece = |(piece, marked)| match marked {
        true => format!("<mark>{}</mark>", escape(piece)),
        false => escape(piece),
    };
    text.pieces().map(piece).collect()
}

impl Sheet for Html<'_> {
    fn begin(&mut self, title: &str) -> Result<(), Failure> {
        let title = escape(title);
        writeln!(
            self.out,
            "<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"generator\" content=\"newsearch\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body{}>\n<h1 dir=\"auto\">{title}</h1>",
            if self.is_dossier { " class=\"dossier\"" } else { "" }
        )?;
        Ok(())
    }

    fn fact(&mut self, name: &str, text: &str) -> Result<(), Failure> {
        if self.open != Open::Facts {
            writeln!(self.out, "<dl>")?;
            self.change_to(Open::Facts)?;
        }
        writeln!(self.out, "<dt>{}</dt><dd dir=\"auto\">{}</dd>", escape(name), escape(text))?;
        Ok(())
    }

    fn heading(&mut self, text: &str) -> Result<(), Failure> {
        self.change_to(Open::Nothing)?;
        writeln!(self.out, "<h2>{}</h2>", escape(text))?;
        Ok(())
    }

    fn entry(&mut self, number: usize, title: &str, about: &str) -> Result<(), Failure> {
        let (title, about) = (escape(title), escape(about));
        let gap = if about.is_empty() { "" } else { " · " };
        writeln!(
            self.out,
            "<p class=\"entry\">{number}. <a href=\"#a{number}\"><bdi>{title}</bdi></a>{gap}<bdi>{about}</bdi></p>"
        )?;
        Ok(())
    }

    fn article(&mut self, number: usize, title: Marked<'_>, language: Option<&str>) -> Result<(), Failure> {
        self.change_to(Open::Article)?;
        let language = language.map(|language| format!(" lang=\"{}\"", escape(language))).unwrap_or_default();
        writeln!(
            self.out,
            "<article id=\"a{number}\"{language}>\n<h3 dir=\"auto\">{number}. {}</h3>",
            marked(title)
        )?;
        Ok(())
    }

    fn line(&mut self, line: Line, text: Marked<'_>) -> Result<(), Failure> {
        let text = marked(text);
        match line {
            Line::Paragraph(number) => {
                writeln!(
                    self.out,
                    "<p class=\"p\" dir=\"auto\"><span class=\"n\">{number}</span>{text}</p>"
                )?;
            }
            Line::Quote => writeln!(self.out, "<blockquote dir=\"auto\">{text}</blockquote>")?,
            Line::About => writeln!(self.out, "<p class=\"about\" dir=\"auto\">{text}</p>")?,
            Line::Citation => writeln!(self.out, "<p class=\"citation\" dir=\"auto\">{text}</p>")?,
            Line::Source => writeln!(self.out, "<p class=\"source\">{text}</p>")?,
            Line::Doubt => writeln!(self.out, "<p class=\"doubt\">{text}</p>")?,
        }
        Ok(())
    }

    fn address(&mut self, url: &str) -> Result<(), Failure> {
        let shown = escape(url);
        if is_link(url) {
            writeln!(self.out, "<p class=\"source\"><a href=\"{shown}\" rel=\"noreferrer\">{shown}</a></p>")?;
        } else {
            writeln!(self.out, "<p class=\"source\">{shown}</p>")?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Failure> {
        self.change_to(Open::Nothing)?;
        writeln!(self.out, "</body>\n</html>")?;
        Ok(())
    }
}
