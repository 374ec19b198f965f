//! Finds the story's text among a page's blocks: the element that holds it, and which of its blocks belong to
//! it.

use super::authors;
use super::blocks::{self, Block};
use super::boilerplate::Boilerplate;
use super::class_hints::{self, Cue, Words};
use super::dom::{NodeId, Page};
use super::site::key;
use super::sources::Declared;
use super::tag::Tag;

/// As much prose as few pieces of boilerplate have.
const LONG_STORY: usize = 500;

/// The story's text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// Its paragraphs, in order.
    pub paragraphs: Vec<String>,
    /// How many headlines of other stories the page shows, and how many of them stand among the story's
    /// paragraphs.
    pub teasers: (usize, usize),
    /// The name that its first or last line is, where nobody is declared.
    pub byline: Option<String>,
}

/// Reads the story; it has no paragraphs where the page has no text.
pub fn read(page: &Page, declared: &Declared) -> Story {
    let cues = class_hints::cues(page);
    let blocks = blocks::blocks(page, &cues);
    // Every language calls cookies cookies, and on some pages the longest text is of them.
    let is_of_cookies = |text: &str| text.contains("cookie") || text.contains("Cookie");
    let about_cookies = is_of_cookies(declared.headline);
    let is_consent = |b: &Block| !about_cookies && is_of_cookies(&b.text);
    let prose: Vec<usize> = blocks.iter().map(|b| if is_consent(b) { 0 } else { prose(b) }).collect();
    let sums = Sums::new(page, &blocks, &prose);
    let (dropped, sums) = without_hinted(page, &blocks, &prose, &cues, &sums, declared);
    let scope = first_article(page, &sums);
    let container = container(page, scope, &cues, &sums);
    let mut parts = lead(page, &blocks, &dropped, container, declared);
    parts.extend(story(page, &blocks, &dropped, container));
    if parts.is_empty() {
        parts.extend(blocks.iter().filter(|b| !dropped[b.at] && is_plain(page, b)));
    }
    let mut parts = without_boilerplate(parts, declared);
    while parts.len() > 1 && parts.last().is_some_and(|b| is_title(page, b)) {
        parts.pop();
    }
    let byline = if declared.names_people { None } else { take_byline(page, &mut parts) };
    Story {
        teasers: (teasers(page, &blocks, 0), teasers(page, &blocks, container)),
        paragraphs: parts.into_iter().map(|b| b.text.clone()).collect(),
        byline,
    }
}

/// Leaves out the lines that are not the story although they stand in it.
fn without_boilerplate<'b>(parts: Vec<&'b Block>, declared: &Declared) -> Vec<&'b Block> {
    let boilerplate = Boilerplate::new(declared);
    // Bylines and dates stand in the first lines, before the first long paragraph.
    let begin = parts.iter().take(4).position(|b| b.weight >= 100).unwrap_or(0);
    let is_boilerplate =
        |at: usize, b: &Block| boilerplate.is_repeated(b) || (at < begin && boilerplate.is_byline_or_date(b));
    parts.into_iter().enumerate().filter(|(at, b)| !is_boilerplate(*at, b)).map(|(_, b)| b).collect()
}

/// How many headlines that lead elsewhere stand inside an element.
fn teasers(page: &Page, blocks: &[Block], id: NodeId) -> usize {
    let is_teaser = |b: &&Block| is_title(page, b) && b.weight >= 20 && b.link_density() > 0.8;
    blocks.iter().filter(|b| b.at > id && b.at < page.nodes[id].end).filter(is_teaser).count()
}

/// Whether a block is text and no title: all that can be asked of a page with a line or two.
fn is_plain(page: &Page, block: &Block) -> bool {
    block.link_density() < 0.5 && !page.nodes[block.node].tag.is_heading()
}

/// Takes the first or the last line out of the text where it is nothing but a name in bold type or capitals.
fn take_byline(page: &Page, parts: &mut Vec<&Block>) -> Option<String> {
    if parts.len() < 3 {
        return None;
    }
    let is_name = |block: &Block| {
        let bold =
            page.ancestors(block.at).take(3).any(|id| matches!(page.nodes[id].tag, Tag::B | Tag::Strong));
        let in_line = matches!(page.nodes[block.node].tag, Tag::P | Tag::Div);
        let capitals = !block.text.chars().any(char::is_lowercase);
        in_line && (bold || capitals) && authors::is_full_name(&block.text)
    };
    let at = if is_name(parts[0]) { 0 } else { parts.len() - 1 };
    is_name(parts[at]).then(|| parts.remove(at).text.clone())
}

/// The blocks inside the story's element that are the story's.
fn story<'b>(page: &Page, blocks: &'b [Block], dropped: &[bool], container: NodeId) -> Vec<&'b Block> {
    let inside = page.nodes[container].end;
    let mut story: Vec<&Block> = Vec::new();
    for block in blocks.iter().filter(|b| b.at > container && b.at < inside) {
        if !dropped[block.at] && (belongs(page, block) || continues(&story, block)) {
            story.push(block);
            continue;
        }
        // The title of links goes with them.
        if block.link_density() > 0.5 && !page.nodes[block.node].tag.is_heading() {
            while story.last().is_some_and(|b| is_title(page, b) || b.text.ends_with(':') && b.weight < 40) {
                story.pop();
            }
        }
    }
    while story.last().is_some_and(|b| is_title(page, b)) {
        story.pop();
    }
    story
}

/// Whether a block is the next line of the same element's text.
fn continues(story: &[&Block], block: &Block) -> bool {
    block.link_density() < 0.5
        && block.weight > 10
        && story.last().is_some_and(|last| last.node == block.node && prose(last) > 0)
}

/// Whether a block is the title of what follows it.
fn is_title(page: &Page, block: &Block) -> bool {
    page.nodes[block.node].tag.is_heading() && block.weight < 80
}

/// The standfirst: the sentences between the headline and the element that holds the story.
fn lead<'b>(
    page: &Page,
    blocks: &'b [Block],
    dropped: &[bool],
    container: NodeId,
    declared: &Declared,
) -> Vec<&'b Block> {
    let Some(headline) = (1..container).rev().find(|&id| page.nodes[id].tag == Tag::H1) else {
        return Vec::new();
    };
    let after = page.nodes[headline].end;
    let starts: Vec<String> =
        declared.descriptions.iter().map(|d| start(d)).filter(|s| s.len() > 20).collect();
    let in_figure = |b: &Block| {
        page.ancestors(b.at).any(|id| matches!(page.nodes[id].tag, Tag::Figure | Tag::Figcaption))
    };
    // Where the page says exactly what the article's body is, a line above it is none of it.
    let is_marked =
        std::iter::once(container).chain(page.ancestors(container)).any(|id| is_article_body(page, id));
    let is_described = |b: &Block| starts.contains(&start(&b.text)) && !in_figure(b);
    blocks
        .iter()
        .filter(|b| b.at >= after && b.at < container && (!dropped[b.at] || is_described(b)))
        .filter(|b| {
            b.weight >= 40
                && b.link_density() < 0.3
                && (b.weight >= 80
                    || is_described(b)
                    || !is_marked && (b.ends_sentence() || is_lead(page, b)))
        })
        .take(4)
        .collect()
}

/// The first letters of a text, to tell it again.
fn start(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).take(30).flat_map(char::to_lowercase).collect()
}

/// Whether a block's element calls itself a standfirst.
fn is_lead(page: &Page, block: &Block) -> bool {
    std::iter::once(block.node).chain(page.ancestors(block.node)).take(3).any(|id| {
        page.attribute(id, "class").is_some_and(|class| {
            let class = class.to_ascii_lowercase();
            ["lead", "excerpt", "standfirst", "subtitle", "sub-title", "subhead", "summary", "dek", "intro"]
                .iter()
                .any(|w| class.contains(w))
        })
    })
}

/// Marks what stands inside boilerplate, and sums the prose that is left. Where none would be left, the names
/// say nothing of the layout, and nothing is boilerplate.
fn without_hinted(
    page: &Page,
    blocks: &[Block],
    prose: &[usize],
    cues: &[Cue],
    sums: &Sums,
    declared: &Declared,
) -> (Vec<bool>, Sums) {
    let dropped = dropped(page, cues, sums, declared);
    let kept: Vec<usize> =
        blocks.iter().zip(prose).map(|(b, &p)| if dropped[b.at] { 0 } else { p }).collect();
    let kept = Sums::new(page, blocks, &kept);
    if kept.inside(page, 0) == 0 && sums.inside(page, 0) >= LONG_STORY {
        return (vec![false; page.nodes.len()], Sums::new(page, blocks, prose));
    }
    (dropped, kept)
}

/// Marks what stands inside boilerplate.
fn dropped(page: &Page, cues: &[Cue], sums: &Sums, declared: &Declared) -> Vec<bool> {
    let false_alarms = false_alarms(page, cues, sums);
    let headline = headline(page, declared);
    // What holds the page's headline and much prose is the story, whatever else it is called.
    let holds_story = |id: NodeId| page.inside(id).contains(&headline) && sums.inside(page, id) >= LONG_STORY;
    let mut dropped = vec![false; page.nodes.len()];
    for id in 1..page.nodes.len() {
        let boilerplate = cues[id].boilerplate.without(false_alarms);
        dropped[id] = (!boilerplate.is_empty() && !holds_story(id)) || dropped[page.nodes[id].parent];
    }
    dropped
}

/// The `h1` that is the headline, else the first of the page; the root where there is none.
fn headline(page: &Page, declared: &Declared) -> NodeId {
    let mut headings = (0..page.nodes.len()).filter(|&id| page.nodes[id].tag == Tag::H1).take(8);
    let wanted = key(declared.headline);
    let first = headings.clone().next().unwrap_or(0);
    headings.find(|&id| key(&page.text(id, 600)) == wanted).unwrap_or(first)
}

/// The words that would drop most of the page's prose: they mean something else there.
fn false_alarms(page: &Page, cues: &[Cue], sums: &Sums) -> Words {
    let all = sums.inside(page, 0);
    // For each word: the prose it would drop, and where the last element ends that it drops.
    let mut tallies: Vec<(Words, usize, usize)> = Vec::new();
    for (id, cue) in cues.iter().enumerate() {
        let prose = sums.inside(page, id);
        if cue.boilerplate.is_empty() || prose == 0 {
            continue;
        }
        for (word, _) in cue.boilerplate.each() {
            match tallies.iter_mut().find(|(w, _, _)| *w == word) {
                Some((_, _, end)) if id < *end => {}
                Some((_, sum, end)) => {
                    *sum += prose;
                    *end = page.nodes[id].end;
                }
                None => tallies.push((word, prose, page.nodes[id].end)),
            }
        }
    }
    let mut false_alarms = Words::default();
    for (word, sum, _) in tallies {
        let is_certain = word.each().any(|(_, certain)| certain);
        if sum * 100 > all * if is_certain { 90 } else { 50 } {
            false_alarms.add(word);
        }
    }
    false_alarms
}

/// The first of several whole articles with headlines of their own, which a page that scrolls on without end
/// has; else the page.
fn first_article(page: &Page, sums: &Sums) -> NodeId {
    let headlines: Vec<NodeId> = (0..page.nodes.len()).filter(|&id| page.nodes[id].tag == Tag::H1).collect();
    let has_headline = |range: std::ops::Range<NodeId>| {
        let first = headlines.partition_point(|&id| id < range.start);
        headlines.get(first).is_some_and(|&id| id < range.end)
    };
    let mut found: Vec<NodeId> = Vec::new();
    let mut at = 1;
    while at < page.nodes.len() {
        let node = &page.nodes[at];
        if node.tag == Tag::Article && sums.inside(page, at) > 500 && has_headline(page.inside(at)) {
            found.push(at);
            at = node.end;
        } else {
            at += 1;
        }
    }
    if found.len() > 1 { found[0] } else { 0 }
}

/// How much a block looks like running text: its weight, or 0.
fn prose(block: &Block) -> usize {
    let long = block.weight >= 80 || (block.weight >= 25 && block.ends_sentence());
    if long && block.link_density() < 0.4 { block.weight - block.link_weight } else { 0 }
}

/// Sums of a quantity of blocks, for any element at once.
struct Sums {
    before: Vec<usize>,
}

impl Sums {
    fn new(page: &Page, blocks: &[Block], values: &[usize]) -> Self {
        let mut before = vec![0; page.nodes.len() + 1];
        for (block, value) in blocks.iter().zip(values) {
            before[block.at + 1] += value;
        }
        for i in 1..before.len() {
            before[i] += before[i - 1];
        }
        Self { before }
    }

    fn inside(&self, page: &Page, id: NodeId) -> usize {
        self.before[page.nodes[id].end] - self.before[id]
    }
}

/// Whether an element is marked as the article's body in microdata.
fn is_article_body(page: &Page, id: NodeId) -> bool {
    page.attribute(id, "itemprop").is_some_and(|p| p.split_ascii_whitespace().any(|p| p == "articleBody"))
}

/// The element that holds the story.
fn container(page: &Page, scope: NodeId, cues: &[Cue], sums: &Sums) -> NodeId {
    let all = sums.inside(page, scope);
    let is_marked =
        |id: &NodeId| is_article_body(page, *id) && sums.inside(page, *id) >= LONG_STORY.max(all / 5);
    let mut best = page.inside(scope).find(is_marked).map_or((scope, 0), |id| (id, sums.inside(page, id)));
    for id in page.inside(scope) {
        let s = sums.inside(page, id);
        if cues[id].body && page.nodes[id].tag != Tag::P && s * 10 >= all * 4 && s >= best.1 * 8 / 10 {
            best = (id, s);
        }
    }
    let mut at = best.0;
    while let Some(next) = main_child(page, cues, sums, at) {
        at = next;
    }
    at
}

/// The child that holds nearly all prose of an element; none where the prose is divided among several, or is
/// its own.
fn main_child(page: &Page, cues: &[Cue], sums: &Sums, at: NodeId) -> Option<NodeId> {
    let here = sums.inside(page, at);
    let mut main = None;
    let mut with_prose: Vec<NodeId> = Vec::new();
    let mut child = at + 1;
    while child < page.nodes[at].end {
        let prose = sums.inside(page, child);
        if prose > 0 {
            with_prose.push(child);
        }
        if prose * 100 >= here * 66 && here > 0 {
            main = Some(child);
        }
        child = page.nodes[child].end.max(child + 1);
    }
    let main = main?;
    // An element with many paragraphs of its own holds the story, however long the captions of a gallery in
    // it are.
    let is_own = |id: &NodeId| page.nodes[*id].tag == Tag::P && *id != main;
    if with_prose.iter().copied().filter(is_own).map(|id| sums.inside(page, id)).sum::<usize>() >= LONG_STORY
    {
        return None;
    }
    let tag = page.nodes[main].tag;
    let holds_blocks = tag != Tag::P && (tag.is_block() || tag == Tag::Other);
    let class = page.attribute(main, "class").filter(|c| !c.is_empty());
    let has_parallel = class.is_some()
        && with_prose.iter().any(|&other| other != main && page.attribute(other, "class") == class);
    let nearly_all = sums.inside(page, main) * 100 >= here * 80;
    // Inside what calls itself the story there are long captions and lists too.
    (holds_blocks && (nearly_all || !(has_parallel || cues[at].body))).then_some(main)
}

/// Whether a block inside the story's element is the story's.
fn belongs(page: &Page, block: &Block) -> bool {
    let links = block.link_density();
    let is_sentence = block.weight >= 40 && block.ends_sentence();
    match page.nodes[block.node].tag {
        Tag::H1 => false,
        tag if tag.is_heading() => links < 0.5,
        Tag::P | Tag::Blockquote | Tag::Pre | Tag::Li => links < 0.6 || (is_sentence && links < 0.95),
        Tag::Tr | Tag::Table | Tag::Tbody => links < 0.5,
        _ => links < 0.5 && (block.ends_sentence() || block.weight > 80),
    }
}
