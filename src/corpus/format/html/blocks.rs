//! Cuts a page into blocks of text: what stands between two line breaks of its own, a paragraph, a heading, a
//! list item.

use super::class_hints::Cue;
use super::dom::{NodeId, Page, push_collapsed};
use super::tag::Tag;
use crate::corpus::plain_text::entity;

/// One block.
#[derive(Debug)]
pub struct Block {
    /// The block-level element whose text it is.
    pub node: NodeId,
    /// The text node that holds most of it.
    pub at: NodeId,
    /// Its text, white space collapsed.
    pub text: String,
    /// Whether it is an item of a list.
    pub in_list: bool,
    /// How much text it is: letters and digits, those of scripts that write words in one or two signs counted
    /// more.
    pub weight: usize,
    /// How much of it is links.
    pub link_weight: usize,
}

impl Block {
    /// The part of its text that is links, 0 to 1.
    pub fn link_density(&self) -> f32 {
        if self.weight == 0 { 1.0 } else { self.link_weight as f32 / self.weight as f32 }
    }

    /// Whether it ends as a sentence does.
    pub fn ends_sentence(&self) -> bool {
        let end = self.text.trim_end_matches([
            '"', '\'', '”', '’', '»', ')', ']', '“', '」', '』', '）', '›', '‘', ' ', '\u{a0}',
        ]);
        end.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '।', '؟', '۔'])
    }
}

/// How much text a run of text is.
pub fn weight(text: &str) -> usize {
    text.chars()
        .map(|c| if c.is_alphanumeric() { if is_dense(c) { 3 } else { 1 } } else { usize::from(c == ' ') })
        .sum()
}

fn is_dense(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// A longer cell of a table is a text of its own, as in pages laid out with tables; shorter ones make up a
/// row.
const LONGEST_CELL: usize = 160;

/// The blocks of a page in order, without the text that `cues` say is not seen by readers.
pub fn blocks(page: &Page, cues: &[Cue]) -> Vec<Block> {
    let mut cutter = Cutter::default();
    let text_bytes = text_bytes(page);
    // The open block-level elements, and where each ends.
    let mut open: Vec<NodeId> = vec![0];
    let (mut link_end, mut pre_end) = (0, 0);
    let mut at = 1;
    while at < page.nodes.len() {
        while open.len() > 1 && page.nodes[open[open.len() - 1]].end <= at {
            cutter.cut(page, open[open.len() - 1]);
            open.pop();
        }
        let node = &page.nodes[at];
        let around = open[open.len() - 1];
        match node.tag {
            Tag::Text if at < pre_end => {
                for (i, piece) in pieces(node.source).enumerate() {
                    if i > 0 {
                        cutter.cut(page, around);
                    }
                    cutter.text(at, piece, at < link_end);
                }
            }
            Tag::Text => cutter.text(at, node.source, at < link_end),
            Tag::Br => cutter.line_break(page, around),
            Tag::Script
            | Tag::Style
            | Tag::Template
            | Tag::Noscript
            | Tag::Svg
            | Tag::Iframe
            | Tag::Textarea
            | Tag::Select
            | Tag::Title
            | Tag::Object
            | Tag::Audio
            | Tag::Video
            | Tag::Canvas
            | Tag::Math
            | Tag::Datalist
            | Tag::Head
            | Tag::Rt
            | Tag::Rp
            | Tag::Noframes
            | Tag::Noembed => {
                at = node.end;
                continue;
            }
            _ if !node.tag.is_block() && cues[at].boilerplate.is_aside_of_line() => {
                at = node.end;
                continue;
            }
            // `<a name=…>` is a place, and often left open.
            Tag::A if page.attribute(at, "href").is_some() => link_end = node.end,
            Tag::Td | Tag::Th if text_bytes[node.end] - text_bytes[at] <= LONGEST_CELL => cutter.space(),
            tag if tag.is_block() => {
                cutter.cut(page, around);
                if node.end > at + 1 {
                    open.push(at);
                }
                if tag == Tag::Pre {
                    pre_end = pre_end.max(node.end);
                }
            }
            _ => {}
        }
        at += 1;
    }
    while let Some(node) = open.pop() {
        cutter.cut(page, node);
    }
    cutter.blocks
}

/// Preformatted text, cut at its blank lines.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let whole = rest?;
        let mut at = 0;
        for line in whole.split_inclusive('\n') {
            if at > 0 && line.trim().is_empty() && line.ends_with('\n') {
                rest = whole.get(at + line.len()..);
                return whole.get(..at);
            }
            at += line.len();
        }
        rest = None;
        Some(whole)
    })
}

/// How many bytes of text stand before each node.
fn text_bytes(page: &Page) -> Vec<usize> {
    let mut sums = Vec::with_capacity(page.nodes.len() + 1);
    let mut sum = 0;
    sums.push(0);
    for node in &page.nodes {
        if node.tag == Tag::Text {
            sum += node.source.trim_ascii().len();
        }
        sums.push(sum);
    }
    sums
}

#[derive(Default)]
struct Cutter {
    blocks: Vec<Block>,
    text: String,
    /// The text node that holds most of the text, and how much that is.
    at: NodeId,
    most: usize,
    weight: usize,
    link_weight: usize,
    /// How many `br` stand at the end of the text.
    breaks: usize,
}

impl Cutter {
    fn text(&mut self, at: NodeId, source: &str, in_link: bool) {
        if source.trim_ascii().is_empty() && self.text.is_empty() {
            return;
        }
        let decoded = entity::decode(source);
        let before = self.text.len();
        push_collapsed(&mut self.text, &decoded);
        let weight = weight(&self.text[before..]);
        // A paragraph that begins with a dateline or a name in markup of their own is not one of these.
        if weight > self.most {
            (self.at, self.most) = (at, weight);
        }
        if weight > 0 {
            self.breaks = 0;
        }
        self.weight += weight;
        if in_link {
            self.link_weight += weight;
        }
    }

    fn line_break(&mut self, page: &Page, around: NodeId) {
        self.breaks += 1;
        if self.breaks >= 2 {
            self.cut(page, around);
        } else {
            self.space();
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() {
            push_collapsed(&mut self.text, " ");
        }
    }

    fn cut(&mut self, page: &Page, node: NodeId) {
        (self.breaks, self.most) = (0, 0);
        let (weight, link_weight) = (std::mem::take(&mut self.weight), std::mem::take(&mut self.link_weight));
        let text = std::mem::take(&mut self.text);
        if weight == 0 {
            return;
        }
        let text = text.trim_end().to_owned();
        let in_list = page.nodes[node].tag == Tag::Li || page.nodes[page.nodes[node].parent].tag == Tag::Li;
        self.blocks.push(Block { node, at: self.at, in_list, text, weight, link_weight });
    }
}
