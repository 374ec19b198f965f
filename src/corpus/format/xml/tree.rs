//! An XML document as a tree of local names, attributes and text: enough for news formats. Entities of a DTD
//! are not followed, and a document that breaks off keeps what came before.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::corpus::plain_text::{budget, entity};

/// Elements nested deeper than this are read as part of the one at this depth.
const DEEPEST: usize = 200;

/// A document with more elements, attributes and texts than these is cut: no article has as many, and memory
/// is bounded.
const MOST_NODES: usize = 500_000;

/// A document of many items is read in parts of about so many.
const MANY_NODES: usize = 100_000;

/// More articles are not read from one document.
pub(super) const MOST_ITEMS: usize = 200_000;

/// An element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// The name without its prefix.
    pub name: String,
    /// The prefix, empty where there is none.
    pub prefix: String,
    /// Names (as written) and values.
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Child>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Child {
    Element(Element),
    Text(String),
}

/// A document: its root, and what is wrong with it.
#[derive(Debug)]
pub(super) struct Document {
    pub root: Element,
    pub fault: Option<String>,
    /// Whether no part of it was read before.
    pub is_whole: bool,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(n, _)| n == name)?;
        Some(found.1.trim()).filter(|value| !value.is_empty())
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// The children of a name.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.elements().filter(move |e| e.name.eq_ignore_ascii_case(name))
    }

    /// The first element at a path of names below this one.
    pub fn at(&self, path: &str) -> Option<&Element> {
        let mut element = self;
        for name in path.split('/') {
            element = element.elements().find(|e| e.name.eq_ignore_ascii_case(name))?;
        }
        Some(element)
    }

    /// The first descendant of a name, in the order of the document.
    pub fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|e| if e.name.eq_ignore_ascii_case(name) { Some(e) } else { e.find(name) })
    }

    /// All descendants of a name that are not inside another one.
    pub fn find_all<'e>(&'e self, name: &str, found: &mut Vec<&'e Element>) {
        for element in self.elements() {
            if element.name.eq_ignore_ascii_case(name) {
                found.push(element);
            } else {
                element.find_all(name, found);
            }
        }
    }

    /// Elements, attributes and texts, itself included.
    fn nodes(&self) -> usize {
        let inside = self.children.iter().map(|child| match child {
            Child::Element(element) => element.nodes(),
            Child::Text(_) => 1,
        });
        1 + self.attributes.len() + inside.sum::<usize>()
    }

    /// Whether one of the elements in it is an item.
    pub fn holds_item(&self, is_item: IsItem) -> bool {
        self.elements().any(|child| {
            is_item(child, self, self, 1) || child.elements().any(|inner| is_item(inner, self, child, 2))
        })
    }

    /// All text in it, on one line.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.push_text(&mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// All text in it, as it is.
    pub fn raw_text(&self) -> String {
        let mut text = String::new();
        self.push_text(&mut text);
        text
    }

    fn push_text(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(text) => out.push_str(text),
                Child::Element(element) => {
                    let block = is_block(&element.name);
                    if block {
                        out.push(' ');
                    }
                    element.push_text(out);
                    if block {
                        out.push(' ');
                    }
                }
            }
        }
    }

    /// The text at a path, where there is some.
    pub fn text_at(&self, path: &str) -> Option<String> {
        self.at(path).map(Element::text).filter(|text| !text.is_empty())
    }

    /// The text in it in paragraphs, without the elements whose names are left out.
    pub fn paragraphs(&self, left_out: &[&str]) -> Vec<String> {
        let mut out = Vec::new();
        let mut open = String::new();
        self.push_paragraphs(left_out, &mut open, &mut out);
        close(&mut open, &mut out);
        out
    }

    fn push_paragraphs(&self, left_out: &[&str], open: &mut String, out: &mut Vec<String>) {
        for child in &self.children {
            match child {
                Child::Text(text) => open.push_str(text),
                Child::Element(element) if left_out.iter().any(|n| element.name.eq_ignore_ascii_case(n)) => {}
                Child::Element(element) if is_block(&element.name) => {
                    close(open, out);
                    element.push_paragraphs(left_out, open, out);
                    close(open, out);
                }
                Child::Element(element) => element.push_paragraphs(left_out, open, out),
            }
        }
    }
}

fn is_block(name: &str) -> bool {
    const BLOCKS: &str = "p br div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 hl1 hl2 hl3 block blockquote bq pre table tr td th caption \
        section sec title fn list list-item disp-quote para paragraph lead body.content body.head body.end tagline";
    BLOCKS.split_ascii_whitespace().any(|block| name.eq_ignore_ascii_case(block))
}

fn close(open: &mut String, out: &mut Vec<String>) {
    let words: Vec<&str> = open.split_whitespace().collect();
    if !words.is_empty() {
        out.push(words.join(" "));
    }
    open.clear();
}

/// Whether an element is an item of its document, given the root, its parent, and how many elements are
/// around it.
pub(super) type IsItem = fn(element: &Element, root: &Element, parent: &Element, depth: usize) -> bool;

/// Reads a document. `None` where there is no element in it.
pub(super) fn parse(text: &str) -> Option<Document> {
    parse_in_parts(text, |_, _, _, _| false, |_| true)
}

/// Reads a document that may hold many items: each time that a part of it is read, `take` gets the document
/// with the items of that part, and says whether it wants more; what is returned holds the last ones.
pub(super) fn parse_in_parts(
    text: &str,
    is_item: IsItem,
    mut take: impl FnMut(&Element) -> bool,
) -> Option<Document> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut too_deep = 0usize;
    let mut fault = None;
    let mut nodes = 0usize;
    let mut is_whole = true;
    while root.is_none() {
        let read = usize::try_from(reader.buffer_position()).unwrap_or_default();
        if nodes > MOST_NODES {
            fault = Some(budget::cut(MOST_NODES, "elements, attributes and texts", read, text.len()));
            break;
        }
        let mut item_may_end = false;
        match reader.read_event() {
            Ok(Event::Start(tag)) if open.len() < DEEPEST => open.push(element(&tag, &mut nodes)),
            Ok(Event::Start(_)) => too_deep += 1,
            Ok(Event::Empty(tag)) if open.is_empty() => root = Some(element(&tag, &mut nodes)),
            Ok(Event::Empty(tag)) => {
                add(&mut open, Child::Element(element(&tag, &mut nodes)));
                item_may_end = true;
            }
            Ok(Event::End(_)) if too_deep > 0 => too_deep -= 1,
            Ok(Event::End(tag)) => {
                let name = tag.local_name();
                end(&mut open, name.as_ref(), &mut root);
                item_may_end = true;
            }
            Ok(Event::Text(text)) => add_text(&mut open, &text.into_inner(), &mut nodes),
            Ok(Event::CData(text)) => add_text(&mut open, &text.into_inner(), &mut nodes),
            Ok(Event::GeneralRef(name)) => {
                let reference = format!("&{};", name.into_inner());
                add_text(&mut open, &entity::decode(&reference), &mut nodes);
            }
            Ok(Event::Eof) => {
                fault = (!open.is_empty()).then(|| "its XML ends in the middle".to_string());
                break;
            }
            Ok(_) => {}
            Err(error) => {
                fault = Some(format!("its XML is not valid: {}", lowered(&error.to_string())));
                break;
            }
        }
        if item_may_end && nodes > MANY_NODES && item_ends(&open, is_item) {
            is_whole = false;
            if !hand_out(&mut open, is_item, &mut take) {
                let read = usize::try_from(reader.buffer_position()).unwrap_or_default();
                fault = Some(budget::cut(MOST_ITEMS, "articles", read, text.len()));
                break;
            }
            nodes = open.iter().map(Element::nodes).sum();
        }
    }
    // What was open when the text ended is closed in turn.
    while let Some(last) = open.pop() {
        if open.is_empty() {
            root = Some(last);
        } else {
            add(&mut open, Child::Element(last));
        }
    }
    root.map(|root| Document { root, fault, is_whole })
}

/// Whether what was closed last is an item.
fn item_ends(open: &[Element], is_item: IsItem) -> bool {
    let (Some(root), Some(parent)) = (open.first(), open.last()) else { return false };
    match parent.children.last() {
        Some(Child::Element(closed)) => is_item(closed, root, parent, open.len()),
        _ => false,
    }
}

/// Hands out the document as far as it was read, and goes on without the items in it; whether more is wanted.
fn hand_out(open: &mut Vec<Element>, is_item: IsItem, take: &mut impl FnMut(&Element) -> bool) -> bool {
    let depth = open.len();
    while open.len() > 1
        && let Some(inner) = open.pop()
    {
        add(open, Child::Element(inner));
    }
    let wants_more = open.first().is_some_and(take);
    while open.len() < depth
        && let Some(Child::Element(inner)) = open.last_mut().and_then(|around| around.children.pop())
    {
        open.push(inner);
    }
    for at in 0..open.len() {
        let children =
            open.get_mut(at).map(|parent| std::mem::take(&mut parent.children)).unwrap_or_default();
        let (Some(root), Some(parent)) = (open.first(), open.get(at)) else { break };
        let stays = |child: &Child| match child {
            Child::Element(element) => !is_item(element, root, parent, at + 1),
            Child::Text(_) => false,
        };
        let kept = children.into_iter().filter(stays).collect();
        if let Some(parent) = open.get_mut(at) {
            parent.children = kept;
        }
    }
    wants_more
}

/// Closes the element of a name, and those inside it that were never closed; an end that nothing opened is
/// passed over.
fn end(open: &mut Vec<Element>, name: &str, root: &mut Option<Element>) {
    let Some(at) = open.iter().rposition(|element| element.name == name) else { return };
    while open.len() > at {
        let Some(element) = open.pop() else { return };
        if open.is_empty() {
            *root = Some(element);
        } else {
            add(open, Child::Element(element));
        }
    }
}

fn add(open: &mut [Element], child: Child) {
    if let Some(last) = open.last_mut() {
        last.children.push(child);
    }
}

fn add_text(open: &mut [Element], text: &str, nodes: &mut usize) {
    let Some(last) = open.last_mut() else { return };
    if let Some(Child::Text(before)) = last.children.last_mut() {
        before.push_str(text);
    } else if !text.is_empty() {
        *nodes += 1;
        last.children.push(Child::Text(text.to_string()));
    }
}

fn element(tag: &BytesStart<'_>, nodes: &mut usize) -> Element {
    let name = tag.local_name().as_ref().to_string();
    let whole = tag.name().as_ref().to_string();
    let prefix = whole.strip_suffix(&name).unwrap_or_default().trim_end_matches(':').to_string();
    let attributes: Vec<(String, String)> = tag
        .attributes()
        .with_checks(false)
        .flatten()
        .take(100)
        .map(|a| {
            let key: &str = a.key.as_ref();
            (key.to_string(), entity::decode(&a.value).into_owned())
        })
        .collect();
    *nodes += 1 + attributes.len();
    Element { name, prefix, attributes, children: Vec::new() }
}

fn lowered(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}
