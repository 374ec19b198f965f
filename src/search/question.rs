//! What a question is about: its words without what only frames it, any of which may be missing.

use crate::analysis::is_another_word_in_capitals;
use crate::query::analysis::is_in_capitals;
use crate::query::{Field, Node, NodeKind};

use super::rank::Ranking;

/// A question of so many words may have a frame; a shorter one is its words.
const SHORTEST_FRAMED: usize = 5;

/// Words that say nothing of what a text is about, besides those of [`crate::query::analysis`]: pronouns,
/// prepositions, auxiliary verbs, adverbs of degree.
#[rustfmt::skip]
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "above", "across", "after", "again", "against", "all", "also", "although", "am", "among", "an", "and",
    "another", "any", "are", "as", "at", "be", "because", "been", "before", "being", "between", "both", "but", "by", "can",
    "cannot", "could", "did", "do", "does", "doing", "done", "due", "during", "each", "either", "else", "especially", "etc",
    "ever", "every", "few", "for", "from", "further", "get", "had", "has", "have", "having", "he", "her", "here", "hers",
    "him", "his", "how", "however", "i", "if", "in", "into", "is", "it", "its", "itself", "just", "like", "made", "make",
    "many", "may", "me", "might", "more", "most", "much", "must", "my", "neither", "no", "none", "nor", "not", "of", "off",
    "often", "on", "once", "one", "only", "or", "other", "our", "out", "over", "own", "per", "perhaps", "rather", "same",
    "several", "shall", "she", "should", "since", "so", "some", "such", "than", "that", "the", "their", "them", "then",
    "there", "these", "they", "this", "those", "though", "through", "thus", "to", "too", "toward", "towards", "under",
    "until", "up", "upon", "us", "use", "used", "using", "very", "was", "we", "well", "were", "what", "when", "where",
    "whether", "which", "while", "who", "whom", "whose", "why", "will", "with", "within", "without", "would", "yet", "you",
    "your",
];

/// Words with which people frame a question to an archive, in whatever case.
#[rustfmt::skip]
const FRAMING_WORDS: &[&str] = &[
    "anyone", "anything", "article", "articles", "available", "concerning", "concerns", "dealing", "deals", "describe",
    "described", "describes", "describing", "description", "descriptions", "discuss", "discussed", "discusses",
    "discussing", "discussion", "discussions", "example", "examples", "exist", "find", "give", "how", "i", "i'd", "i'm",
    "i've", "include", "included", "includes", "including", "interest", "interested", "list", "looking", "paper", "papers",
    "particular", "particularly", "please", "related", "relating", "what", "which",
];

/// Whether a folded word says nothing of what a text is about.
pub(super) fn is_function_word(folded: &str) -> bool {
    FUNCTION_WORDS.binary_search(&folded).is_ok()
}

/// The query with its words made optional: any may be missing. What is excluded or filtered by (date, length,
/// author, section, publication, url, path, id) stays.
pub fn any_of(query: Node, ranking: &Ranking) -> Node {
    let span = query.span.clone();
    let in_capitals = is_in_capitals(&query);
    let nodes = match query.kind {
        NodeKind::And(nodes) => nodes,
        kind => vec![Node::new(kind, query.span)],
    };
    let (stay, optional): (Vec<Node>, Vec<Node>) = nodes.into_iter().partition(stays);
    let optional = if ranking.framing { without_frame(optional, in_capitals) } else { optional };
    let optional = Node::or(optional).into_iter();
    Node::and(optional.chain(stay).collect()).unwrap_or(Node::new(NodeKind::And(Vec::new()), span))
}

fn stays(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Not(_) | NodeKind::Date(_) | NodeKind::Length(_) | NodeKind::Narrow(_) => true,
        NodeKind::Field(field, _) => !matches!(field, Field::Headline | Field::Body),
        NodeKind::Or(nodes) => nodes.iter().all(|node| match &node.kind {
            NodeKind::Not(inner) => matches!(inner.kind, NodeKind::Narrow(_)),
            kind => matches!(
                kind,
                NodeKind::Narrow(_) | NodeKind::Field(Field::Author | Field::Section | Field::Publication, _)
            ),
        }),
        _ => false,
    }
}

/// The words that are left without the frame; all of them where nothing would be left. What is another word
/// in capitals (`US`) is no frame, unless all is in capitals.
fn without_frame(words: Vec<Node>, in_capitals: bool) -> Vec<Node> {
    let long = words.len() >= SHORTEST_FRAMED;
    let frames = |node: &Node| match &node.kind {
        NodeKind::Word { text, exact: false } => {
            let word = text.trim_matches(|c: char| !c.is_alphanumeric());
            let folded = word.replace('’', "'").to_lowercase();
            let is_meant = !in_capitals && is_another_word_in_capitals(word);
            !is_meant
                && (is_function_word(&folded)
                    || (long && FRAMING_WORDS.binary_search(&folded.as_str()).is_ok()))
        }
        _ => false,
    };
    if words.iter().all(frames) {
        return words;
    }
    words.into_iter().filter(|word| !frames(word)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jiff::civil::date;

    use super::*;
    use crate::query::{ParseOptions, parse};

    fn read(text: &str) -> String {
        let node = parse(text, &ParseOptions { today: date(2026, 1, 1) }).ast.unwrap();
        any_of(node, &Ranking::default()).to_string()
    }

    #[test]
    fn what_frames_a_question_is_left_out() {
        for (typed, read_as) in [
            ("peace plan", "peace OR plan"),
            ("I am interested in articles on the peace plan", "peace OR plan"),
            ("What is being done about floods in Wexcombe?", "floods OR Wexcombe"),
            ("the who", "the OR who"),
            ("The Who", "The OR Who"),
            ("WHAT IS BEING DONE ABOUT FLOODS IN WEXCOMBE", "FLOODS OR WEXCOMBE"),
            ("What does the US say about floods", "US OR say OR floods"),
            ("WHAT DOES THE US SAY ABOUT FLOODS", "SAY OR FLOODS"),
            ("interest rates", "interest OR rates"),
            ("what are they", "what OR are OR they"),
            ("peace plan -war", "(peace OR plan) AND NOT war"),
            ("flood", "flood"),
        ] {
            let read_as = read_as.to_owned();
            assert_eq!(read(typed), read_as, "{typed}");
        }
    }

    #[test]
    fn the_lists_are_sorted() {
        assert!(FUNCTION_WORDS.is_sorted() && FRAMING_WORDS.is_sorted());
    }
}
