//! NewsML-G2 (IPTC, items alone and in messages) and NewsML 1.2. What is no text (pictures, concepts,
//! planning) is named and left.

use super::tree::Element;
use super::{article_or_skipped, language, nitf};
use crate::corpus::fields::publication;
use crate::corpus::plain_text::{fragment, paragraphs};
use crate::corpus::{Context, RawArticle, Record, read_date};

pub(super) fn read(root: &Element, context: &Context<'_>) -> Vec<Record> {
    match root.name.to_ascii_lowercase().as_str() {
        "newsmessage" => {
            let items: Vec<&Element> = root.all("itemSet").flat_map(Element::elements).collect();
            if items.is_empty() {
                return vec![Record::Skipped("a message without items: no article".to_string())];
            }
            items.into_iter().map(|item| read_item(item, context)).collect()
        }
        "newsml" => {
            let items: Vec<&Element> = root.all("NewsItem").collect();
            if items.is_empty() {
                return vec![Record::Skipped("NewsML without an item: no article".to_string())];
            }
            items.into_iter().map(|item| read_1_2(item, context)).collect()
        }
        _ => vec![read_item(root, context)],
    }
}

/// One item of NewsML-G2 (specification 2.x, `newsItem`).
fn read_item(item: &Element, context: &Context<'_>) -> Record {
    let kind = match item.name.to_ascii_lowercase().as_str() {
        "newsitem" => None,
        "packageitem" => Some("a package of items"),
        "conceptitem" => Some("a concept"),
        "knowledgeitem" => Some("a list of concepts"),
        "planningitem" => Some("a planning item"),
        "catalogitem" => Some("a catalogue of codes"),
        _ => Some("an item of another kind"),
    };
    if let Some(kind) = kind {
        return Record::Skipped(format!("{kind}: not an article"));
    }
    let class = item
        .at("itemMeta/itemClass")
        .and_then(|c| c.attribute("qcode").or_else(|| c.attribute("uri")))
        .unwrap_or_default();
    let class = class.rsplit([':', '/']).next().unwrap_or_default();
    if !class.is_empty() && !matches!(class, "text" | "composite") {
        return Record::Skipped(format!("of class `{class}`: not an article"));
    }
    let status =
        item.at("itemMeta/pubStatus").and_then(|s| s.attribute("qcode").or_else(|| s.attribute("uri")));
    if let Some(status) = status.and_then(|s| s.rsplit([':', '/']).next()).filter(|s| *s != "usable") {
        return Record::Skipped(format!("its publisher says that it is `{status}`: not an article"));
    }
    let meta = item.at("contentMeta");
    let mut article = RawArticle { id: item.attribute("guid").map(str::to_string), ..RawArticle::default() };
    article.language = meta
        .and_then(|m| m.at("language"))
        .and_then(|l| l.attribute("tag"))
        .map(str::to_string)
        .or_else(|| language(item));
    if let Some(meta) = meta {
        article.headline = headline(meta);
        article.bylines = meta.all("by").map(Element::text).filter(|b| !b.is_empty()).collect();
        article.dateline = meta.text_at("dateline");
        article.section = meta.all("subject").filter(|s| is_topic(s)).find_map(|s| s.text_at("name"));
    }
    article.publication = [item.at("itemMeta/provider"), meta.and_then(|m| m.at("infoSource"))]
        .into_iter()
        .flatten()
        .find_map(party);
    article.address = item
        .all("link")
        .chain(item.at("itemMeta").into_iter().flat_map(|m| m.all("link")))
        .find_map(|link| {
            let is_page = link
                .attribute("rel")
                .is_some_and(|rel| rel.ends_with("alternate") || rel.ends_with("canonical"));
            link.attribute("href").filter(|_| is_page).map(str::to_string)
        });
    let date = item
        .text_at("itemMeta/firstCreated")
        .or_else(|| item.text_at("itemMeta/versionCreated"))
        .or_else(|| meta.and_then(|m| m.text_at("contentCreated")));
    if let Some(date) = date {
        article.date = read_date(&date, context, article.language.as_deref(), &mut article.problems);
    }
    if let Some(content) = item.at("contentSet") {
        read_content(content, &mut article, context);
    }
    if article.bylines.is_empty()
        && let Some(meta) = meta
    {
        article.bylines = meta.all("creator").filter_map(|c| c.text_at("name")).collect();
    }
    if article.paragraphs.is_empty() {
        if item.at("contentSet/inlineXML/events").is_some() || item.at("contentSet/inlineXML/event").is_some()
        {
            return Record::Skipped("events: not an article".to_string());
        }
        if article.headline.is_empty() {
            return Record::Skipped("no headline and body: not an article".to_string());
        }
        if class != "text" {
            return Record::Skipped("a headline without a text: not an article".to_string());
        }
        // A flash is news too; its story may come as another item.
        article.problems.push("the item has a headline and no text".to_string().into());
        return Record::Article(Box::new(article));
    }
    article_or_skipped(article)
}

/// The name of a provider or source: written out, else as its code has it.
fn party(party: &Element) -> Option<String> {
    let code = || party.attribute("qcode").and_then(|code| code.rsplit(':').next());
    let named = party.text_at("name").and_then(|name| publication::name(&name));
    named
        .or_else(|| party.attribute("literal").and_then(publication::name))
        .or_else(|| publication::name(&party.text()))
        .or_else(|| code().and_then(publication::name))
}

/// The main headline: not the one for a phone or the kicker.
fn headline(meta: &Element) -> String {
    let all: Vec<&Element> = meta.all("headline").collect();
    let main = all
        .iter()
        .find(|h| h.attribute("role").is_none_or(|r| r.ends_with(":main") || r.ends_with(":title")));
    main.or(all.first()).map(|h| h.text()).unwrap_or_default()
}

/// A subject of the Media Topics rather than a person, place, event or team.
fn is_topic(subject: &Element) -> bool {
    let code = subject.attribute("qcode").or_else(|| subject.attribute("uri")).unwrap_or_default();
    code.contains("medtop")
        || code.starts_with("subj:")
        || code.starts_with("cat")
        || subject.attribute("type").is_some_and(|t| t.ends_with("abstract") || t.ends_with("category"))
}

fn read_content(content: &Element, article: &mut RawArticle, context: &Context<'_>) {
    for inline in content.all("inlineXML") {
        if let Some(nitf) = inline.at("nitf") {
            nitf::fill(nitf, article, context);
        } else if let Some(html) = inline.at("html") {
            let body = html.at("body").unwrap_or(html);
            article.paragraphs = body.paragraphs(&["script", "style", "figure"]);
            // The headline stands in the page, too.
            if article.paragraphs.first().is_some_and(|first| *first == article.headline) {
                article.paragraphs.remove(0);
            }
        } else if inline
            .elements()
            .any(|e| matches!(e.name.as_str(), "article" | "body" | "div" | "p" | "section"))
        {
            article.paragraphs = inline.paragraphs(&["script", "style", "figure"]);
        }
        if !article.paragraphs.is_empty() {
            return;
        }
    }
    for data in content.all("inlineData") {
        let plain = data.attribute("contenttype").is_none_or(|t| t.starts_with("text/"));
        let encoded = data.attribute("encoding").is_some();
        if plain && !encoded {
            article.paragraphs = of_text(&data.raw_text());
        }
        if !article.paragraphs.is_empty() {
            return;
        }
    }
}

fn of_text(text: &str) -> Vec<String> {
    if fragment::is_markup(text) { fragment::paragraphs(text) } else { paragraphs::split(text) }
}

/// One item of NewsML 1.2 (IPTC, `NewsItem`): the component whose content is text.
fn read_1_2(item: &Element, context: &Context<'_>) -> Record {
    let mut article = RawArticle::default();
    let identifier = item.at("Identification/NewsIdentifier");
    article.id = identifier.and_then(|i| i.text_at("PublicIdentifier").or_else(|| i.text_at("NewsItemId")));
    let management = item.at("NewsManagement");
    let mut components = Vec::new();
    item.find_all("NewsComponent", &mut components);
    article.language = item
        .find("Language")
        .and_then(|l| l.attribute("FormalName"))
        .map(str::to_string)
        .or_else(|| language(item));
    // The item's own source, then its provider.
    article.publication = ["Source", "Provider"].into_iter().find_map(|role| {
        let party = item.find(role)?.find("Party")?;
        party.attribute("FormalName").and_then(publication::name).or_else(|| publication::name(&party.text()))
    });
    for component in components {
        read_component(component, &mut article, context, 0);
    }
    let date = identifier
        .and_then(|i| i.text_at("DateId"))
        .filter(|d| d.len() > 8)
        .or_else(|| management.and_then(|m| m.text_at("FirstCreated")))
        .or_else(|| management.and_then(|m| m.text_at("ThisRevisionCreated")))
        .or_else(|| identifier.and_then(|i| i.text_at("DateId")));
    if let Some(date) = date {
        article.date = read_date(&date, context, article.language.as_deref(), &mut article.problems);
    }
    if article.paragraphs.is_empty() {
        let kind = item.find("MediaType").and_then(|m| m.attribute("FormalName")).filter(|k| *k != "Text");
        return Record::Skipped(match kind {
            Some(kind) => format!("of media type `{kind}`: not an article"),
            None => "no text: not an article".to_string(),
        });
    }
    article_or_skipped(article)
}

fn read_component(component: &Element, article: &mut RawArticle, context: &Context<'_>, depth: usize) {
    if let Some(lines) = component.at("NewsLines") {
        if article.headline.is_empty() {
            article.headline = lines.text_at("HeadLine").unwrap_or_default();
        }
        if article.bylines.is_empty() {
            article.bylines = lines.all("ByLine").map(Element::text).filter(|b| !b.is_empty()).collect();
        }
        article.dateline = article.dateline.take().or_else(|| lines.text_at("DateLine"));
    }
    if article.section.is_none() {
        article.section = component
            .find("Subject")
            .and_then(|s| s.attribute("FormalName"))
            .filter(|n| n.chars().any(char::is_alphabetic))
            .map(str::to_string);
    }
    for content in component.all("ContentItem").filter(|_| article.paragraphs.is_empty()).collect::<Vec<_>>()
    {
        let media = content.at("MediaType").and_then(|m| m.attribute("FormalName")).unwrap_or("Text");
        let Some(data) = content.at("DataContent").filter(|_| media == "Text") else { continue };
        if !article.paragraphs.is_empty() {
            break;
        }
        if let Some(nitf) = data.at("nitf") {
            nitf::fill(nitf, article, context);
        } else if let Some(body) = data.find("body") {
            article.paragraphs = body.paragraphs(&["script", "style"]);
        } else if data.elements().next().is_some() {
            article.paragraphs = data.paragraphs(&[]);
        } else {
            article.paragraphs = of_text(&data.raw_text());
        }
    }
    if depth < 8 {
        for inner in component.all("NewsComponent") {
            read_component(inner, article, context, depth + 1);
        }
    }
}
