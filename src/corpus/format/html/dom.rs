//! A page as one flat tree: nodes in the order of the document, each with the place where its content ends.
//!
//! Tolerant as browsers are where news pages need it (implied ends, stray end tags, formatting closed across
//! blocks), but not the standard's full tree construction: no foster parents, no formatting reopened. Nothing
//! recurses over the tree, and the tree is never deeper than [`MAX_DEPTH`].

use std::borrow::Cow;
use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::markup::{Attribute, Token, Tokens};
use super::tag::Tag;
use crate::corpus::plain_text::entity;

/// Elements nested deeper than this lie beside each other; browsers flatten at the same depth.
const MAX_DEPTH: usize = 512;

/// A page with more nodes, or with more attributes, is cut: no story is that long, and memory is bounded.
const MOST_NODES: usize = 1_000_000;

/// The two kinds of search for an element to end.
const IMPLIED: usize = 0;
const END_TAG: usize = 1;

/// The index of a node in [`Page`].
pub type NodeId = usize;

/// An element or a run of text.
#[derive(Debug)]
pub struct Node<'a> {
    /// What it is.
    pub tag: Tag,
    /// The element around it; the root's is itself.
    pub parent: NodeId,
    /// One past the last node inside it.
    pub end: NodeId,
    /// The text as it stands in the file (`Text`, and the content of raw-text elements), else the element's
    /// name.
    pub source: &'a str,
    attributes: (u32, u32),
}

/// A parsed page.
#[derive(Debug)]
pub struct Page<'a> {
    /// Every node, parents before children, in document order; the root is the first.
    pub nodes: Vec<Node<'a>>,
    attributes: Vec<Attribute<'a>>,
    /// Whether it has more nodes than are read.
    pub is_cut: bool,
    /// Whether it breaks off: it never ends, and elements are open that no page may leave so (HTML 13.1.2.4).
    pub breaks_off: bool,
}

impl<'a> Page<'a> {
    /// Parses a page; there is no text that cannot be parsed. Linear in the input.
    pub fn parse(html: &'a str) -> Self {
        let mut builder = Builder::new(html.len());
        let mut tokens = Tokens::new(html);
        while let Some(token) = tokens.next(&mut builder.page.attributes) {
            if builder.page.nodes.len().max(builder.page.attributes.len()) > MOST_NODES {
                builder.page.is_cut = true;
                break;
            }
            match token {
                Token::Text(text) => builder.text(text),
                Token::Start { name, attributes, self_closing } => {
                    let tag = Tag::named(name);
                    if tag.is_raw_text() && !self_closing {
                        let content = tokens.raw_text(name);
                        builder.raw(tag, attributes, content);
                    } else {
                        builder.start(tag, name, attributes, self_closing);
                    }
                }
                Token::End(name) => builder.end(Tag::named(name), name),
            }
        }
        builder.finish()
    }

    /// An element's attributes, names as they are written.
    pub fn attributes(&self, id: NodeId) -> &[Attribute<'a>] {
        let (from, to) = self.nodes[id].attributes;
        &self.attributes[from as usize..to as usize]
    }

    /// An attribute's value with its entities decoded.
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<Cow<'a, str>> {
        self.attributes(id)
            .iter()
            .find(|a| a.name.eq_ignore_ascii_case(name))
            .map(|a| entity::decode(a.value))
    }

    /// The nodes inside an element, in document order.
    pub fn inside(&self, id: NodeId) -> std::ops::Range<NodeId> {
        id + 1..self.nodes[id].end
    }

    /// All text inside an element, white space collapsed, without scripts and styles; at most about `limit`
    /// bytes of it.
    pub fn text(&self, id: NodeId, limit: usize) -> String {
        let mut out = String::new();
        let mut at = id;
        while at < self.nodes[id].end && out.len() < limit {
            let node = &self.nodes[at];
            match node.tag {
                Tag::Text | Tag::Title => push_collapsed(&mut out, &entity::decode(node.source)),
                Tag::Script | Tag::Style | Tag::Template | Tag::Noscript | Tag::Svg | Tag::Iframe => {
                    at = node.end;
                    continue;
                }
                Tag::Br => push_collapsed(&mut out, " "),
                tag if tag.is_block() => push_collapsed(&mut out, " "),
                _ => {}
            }
            at += 1;
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// The elements around a node, the nearest first.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut at = id;
        std::iter::from_fn(move || {
            let parent = self.nodes[at].parent;
            (parent != at).then(|| {
                at = parent;
                parent
            })
        })
    }
}

/// Appends text, each run of white space as one space, none at the start.
pub fn push_collapsed(out: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '\0' | '\u{200b}' | '\u{feff}') {
            if c != '\u{200b}'
                && c != '\u{feff}'
                && !out.is_empty()
                && !out.ends_with(' ')
                && !out.ends_with('\n')
            {
                out.push(' ');
            }
        } else if c != '\u{ad}' {
            out.push(c);
        }
    }
}

/// The hash of a name in any case.
fn name_hash(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    for byte in name.bytes() {
        hasher.write_u8(byte.to_ascii_lowercase());
    }
    hasher.finish()
}

struct Builder<'a> {
    page: Page<'a>,
    open: Vec<NodeId>,
    /// How many elements of each tag are open: most end tags need not be looked for.
    counts: [u16; Tag::COUNT],
    /// How many elements of each name without a tag of its own are open, by the name's hash.
    others: FxHashMap<u64, u16>,
    /// Whether the end of the body, or of the page, has come.
    has_end: bool,
    /// How many elements have been opened beyond [`MAX_DEPTH`] and wait for their end tags.
    beyond: usize,
    /// For each tag, the innermost element and the depth at which the last search for an element to end found
    /// none: where its end is implied, and at its end tag.
    fruitless: [[(NodeId, usize); Tag::COUNT]; 2],
}

impl<'a> Builder<'a> {
    fn new(bytes: usize) -> Self {
        let mut nodes = Vec::with_capacity((bytes / 40 + 16).min(MOST_NODES));
        nodes.push(Node { tag: Tag::Document, parent: 0, end: 0, source: "", attributes: (0, 0) });
        Self {
            page: Page {
                nodes,
                attributes: Vec::with_capacity((bytes / 60 + 16).min(MOST_NODES)),
                is_cut: false,
                breaks_off: false,
            },
            open: vec![0],
            counts: [0; Tag::COUNT],
            others: FxHashMap::default(),
            has_end: false,
            beyond: 0,
            fruitless: [[(0, 0); Tag::COUNT]; 2],
        }
    }

    fn top(&self) -> NodeId {
        self.open.last().copied().unwrap_or(0)
    }

    fn push(&mut self, tag: Tag, source: &'a str, attributes: (u32, u32)) -> NodeId {
        let id = self.page.nodes.len();
        self.page.nodes.push(Node { tag, parent: self.top(), end: id + 1, source, attributes });
        id
    }

    fn text(&mut self, text: &'a str) {
        if self.page.nodes[self.top()].tag == Tag::Head {
            if text.trim_ascii().is_empty() {
                return;
            }
            self.pop_to(self.open.len() - 1);
        }
        self.push(Tag::Text, text, (0, 0));
    }

    fn raw(&mut self, tag: Tag, attributes: (u32, u32), content: &'a str) {
        if self.page.nodes[self.top()].tag == Tag::Head && !tag.is_head_content() {
            self.pop_to(self.open.len() - 1);
        }
        self.push(tag, content, attributes);
    }

    fn start(&mut self, tag: Tag, name: &'a str, attributes: (u32, u32), self_closing: bool) {
        if matches!(tag, Tag::Html | Tag::Body) && self.open.iter().any(|&id| self.page.nodes[id].tag == tag)
        {
            return;
        }
        if self.page.nodes[self.top()].tag == Tag::Head && !tag.is_head_content() {
            self.pop_to(self.open.len() - 1);
        }
        self.imply_ends(tag);
        let id = self.push(tag, name, attributes);
        let foreign = self_closing && matches!(tag, Tag::Svg | Tag::Math | Tag::Other);
        if tag.is_void() || foreign {
            return;
        }
        if self.open.len() < MAX_DEPTH {
            self.open.push(id);
            self.counts[tag as usize] += 1;
            if tag == Tag::Other {
                *self.others.entry(name_hash(name)).or_default() += 1;
            }
        } else {
            self.beyond += 1;
        }
    }

    /// Closes what a start tag closes although its end tag is left out.
    fn imply_ends(&mut self, tag: Tag) {
        if tag.closes_paragraph() {
            self.close_within(&[Tag::P], |t| t.is_scope() || t == Tag::Button);
        }
        match tag {
            Tag::Li => self.close_within(&[Tag::Li], |t| {
                t.is_scope() || matches!(t, Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir)
            }),
            Tag::Dt | Tag::Dd => self.close_within(&[Tag::Dt, Tag::Dd], |t| t.is_scope() || t == Tag::Dl),
            Tag::Tr => {
                self.close_within(&[Tag::Tr], |t| matches!(t, Tag::Document | Tag::Table | Tag::Template))
            }
            Tag::Td | Tag::Th => {
                self.close_within(&[Tag::Td, Tag::Th], |t| {
                    matches!(t, Tag::Document | Tag::Tr | Tag::Table | Tag::Template)
                });
            }
            Tag::Tbody | Tag::Thead | Tag::Tfoot => self
                .close_within(&[Tag::Tbody, Tag::Thead, Tag::Tfoot], |t| {
                    matches!(t, Tag::Document | Tag::Table | Tag::Template)
                }),
            Tag::Option | Tag::Optgroup => self.close_within(&[Tag::Option], |t| t != Tag::Option),
            Tag::A => self.close_within(&[Tag::A], |t| t.is_block()),
            _ => {}
        }
    }

    /// Closes the innermost open element of `tags` and all inside it, unless a barrier stands before it.
    fn close_within(&mut self, tags: &[Tag], is_barrier: impl Fn(Tag) -> bool) {
        let looked_for = tags.first().map_or(0, |&tag| tag as usize);
        if tags.iter().all(|&tag| self.counts[tag as usize] == 0) || self.is_fruitless(IMPLIED, looked_for) {
            return;
        }
        for at in (1..self.open.len()).rev() {
            let tag = self.page.nodes[self.open[at]].tag;
            if tags.contains(&tag) {
                self.pop_to(at);
                return;
            }
            if is_barrier(tag) {
                break;
            }
        }
        self.fruitless[IMPLIED][looked_for] = (self.top(), self.open.len());
    }

    /// Whether the same elements are open as when a tag was last looked for and not found. Without this, end
    /// tags that end nothing would cost the depth of the page each.
    fn is_fruitless(&self, search: usize, tag: usize) -> bool {
        self.fruitless[search][tag] == (self.top(), self.open.len())
    }

    /// Whether an element that the end tag could end is open anywhere.
    fn may_end(&self, tag: Tag, name: &str) -> bool {
        match tag {
            Tag::Other => self.others.get(&name_hash(name)).is_some_and(|&open| open > 0),
            _ if tag.is_heading() => Tag::HEADINGS.iter().any(|&h| self.counts[h as usize] > 0),
            _ => self.counts[tag as usize] > 0,
        }
    }

    fn end(&mut self, tag: Tag, name: &str) {
        if self.beyond > 0 && !tag.is_void() {
            self.beyond -= 1;
            return;
        }
        match tag {
            Tag::Html | Tag::Body => {
                self.has_end = true;
                return;
            }
            Tag::Br => {
                self.push(Tag::Br, "br", (0, 0));
                return;
            }
            _ => {}
        }
        if !self.may_end(tag, name) || (tag != Tag::Other && self.is_fruitless(END_TAG, tag as usize)) {
            return;
        }
        let crosses_blocks = tag.is_formatting();
        for at in (1..self.open.len()).rev() {
            let id = self.open[at];
            let node = &self.page.nodes[id];
            if node.tag == tag && (tag != Tag::Other || node.source.eq_ignore_ascii_case(name)) {
                self.close(at, crosses_blocks);
                return;
            }
            if tag.is_heading() && node.tag.is_heading() {
                self.pop_to(at);
                return;
            }
            let table_part = matches!(tag, Tag::Table | Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot);
            let barrier =
                if table_part { matches!(node.tag, Tag::Table | Tag::Template) } else { node.tag.is_scope() };
            let inline_stop = !tag.is_block()
                && !crosses_blocks
                && node.tag.is_block()
                && tag != Tag::Other
                && tag != Tag::Head;
            if barrier || inline_stop {
                break;
            }
        }
        self.fruitless[END_TAG][tag as usize] = (self.top(), self.open.len());
    }

    /// Ends the open element at a place in the stack: with everything inside it, or, for formatting around
    /// open blocks, alone.
    fn close(&mut self, at: usize, crosses_blocks: bool) {
        let around_block = self.open[at + 1..].iter().any(|&id| self.page.nodes[id].tag.is_block());
        if crosses_blocks && around_block {
            let id = self.open.remove(at);
            self.ended(id);
        } else {
            self.pop_to(at);
        }
    }

    fn pop_to(&mut self, len: usize) {
        while self.open.len() > len.max(1)
            && let Some(id) = self.open.pop()
        {
            self.ended(id);
        }
        self.beyond = 0;
    }

    /// Notes that an element is no longer open.
    fn ended(&mut self, id: NodeId) {
        let end = self.page.nodes.len();
        let node = &mut self.page.nodes[id];
        node.end = end;
        self.counts[node.tag as usize] -= 1;
        if node.tag == Tag::Other
            && let Some(open) = self.others.get_mut(&name_hash(node.source))
        {
            *open -= 1;
        }
    }

    fn finish(mut self) -> Page<'a> {
        let is_open = |tag: &Tag| self.counts[*tag as usize] > 0;
        let is_page = [Tag::Html, Tag::Body].iter().any(is_open);
        let closed_by_all = [Tag::Div, Tag::Article, Tag::Main, Tag::Section, Tag::Table];
        self.page.breaks_off = is_page && !self.has_end && closed_by_all.iter().any(is_open);
        self.pop_to(1);
        self.page.nodes[0].end = self.page.nodes.len();
        self.page
    }
}
