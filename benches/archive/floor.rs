//! The engine alone: its stock schema, analyzer, query parser and snippets, and nothing of newsearch in the
//! way.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::{Duration, Instant};

use frostem::{Algorithm, Stemmer};
use serde_json::Value as Json;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{
    DateOptions, FAST, INDEXED, IndexRecordOption, STORED, STRING, Schema, TEXT, TextFieldIndexing,
    TextOptions,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{
    LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer,
};
use tantivy::{DateTime, Index, TantivyDocument, doc};

const THREADS: usize = 2;
const MEMORY: usize = 256_000_000;

/// Indexes a file of JSON Lines.
pub fn index(dir: &Path, corpus: &Path) {
    let mut schema = Schema::builder();
    let words = |tokenizer: &str| TextFieldIndexing::default().set_tokenizer(tokenizer);
    let english = TextOptions::default()
        .set_stored()
        .set_indexing_options(words("en_stem").set_index_option(IndexRecordOption::WithFreqsAndPositions));
    let whole = TextOptions::default().set_stored().set_fast("raw").set_indexing_options(words("raw"));
    let id = schema.add_text_field("id", STRING | STORED);
    let headline = schema.add_text_field("headline", english.clone());
    let body = schema.add_text_field("body", english);
    let author = schema.add_text_field("author", TEXT | STORED);
    let section = schema.add_text_field("section", whole);
    let date = schema.add_date_field("date", DateOptions::from(FAST | STORED | INDEXED));
    fs::create_dir_all(dir).expect("a folder");
    let index = Index::create_in_dir(dir, schema.build()).expect("an index");
    register(&index);
    let mut writer = index.writer_with_num_threads(THREADS, MEMORY).expect("a writer");
    for line in BufReader::new(File::open(corpus).expect("a corpus")).lines() {
        let article: Json = serde_json::from_str(&line.expect("a line")).expect("JSON");
        let text = |key: &str| article[key].as_str().unwrap_or_default().to_owned();
        let day = text("date").get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
        let seconds = day.and_then(|day| day.to_zoned(jiff::tz::TimeZone::UTC).ok());
        let seconds = seconds.map_or(0, |day| day.timestamp().as_second());
        let document = doc!(
            id => text("id"), headline => text("headline"), body => text("body"), author => text("author"),
            section => text("section"), date => DateTime::from_timestamp_secs(seconds),
        );
        writer.add_document(document).expect("room");
    }
    writer.commit().expect("a commit");
    writer.wait_merging_threads().expect("merges");
}

/// Asks every query once, after one round to warm up: all words, the best ten, how many, the engine's
/// snippets.
pub fn query(dir: &Path, queries: &Path) -> Vec<Duration> {
    let index = Index::open_in_dir(dir).expect("an index");
    register(&index);
    let schema = index.schema();
    let [headline, body] = ["headline", "body"].map(|field| schema.get_field(field).expect("a field"));
    let searcher = index.reader().expect("a reader").searcher();
    let mut parser = QueryParser::for_index(&index, vec![headline, body]);
    parser.set_conjunction_by_default();
    parser.set_field_boost(headline, 2.0);
    let ask = |query: &str| {
        let start = Instant::now();
        let query = parser.parse_query(query).ok()?;
        let (top, _) =
            searcher.search(&query, &(TopDocs::with_limit(10).order_by_score(), Count)).expect("hits");
        let snippets = SnippetGenerator::create(&searcher, &*query, body).expect("snippets");
        for (_, address) in top {
            let article: TantivyDocument = searcher.doc(address).expect("an article");
            std::hint::black_box(snippets.snippet_from_doc(&article).to_html());
        }
        Some(start.elapsed())
    };
    let queries = fs::read_to_string(queries).expect("queries");
    queries.lines().for_each(|query| {
        ask(query);
    });
    queries.lines().filter_map(ask).collect()
}

/// The engine's own English analyzer, whose stemmer the program leaves out.
fn register(index: &Index) {
    let analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(40))
        .filter(LowerCaser)
        .filter(English)
        .build();
    index.tokenizers().register("en_stem", analyzer);
}

#[derive(Clone)]
struct English;

#[derive(Clone)]
struct Stemming<T>(T);

struct Stems<T> {
    tokens: T,
    stemmer: Stemmer,
}

impl TokenFilter for English {
    type Tokenizer<T: Tokenizer> = Stemming<T>;

    fn transform<T: Tokenizer>(self, tokenizer: T) -> Stemming<T> {
        Stemming(tokenizer)
    }
}

impl<T: Tokenizer> Tokenizer for Stemming<T> {
    type TokenStream<'a> = Stems<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        Stems { tokens: self.0.token_stream(text), stemmer: Stemmer::new(Algorithm::English) }
    }
}

impl<T: TokenStream> TokenStream for Stems<T> {
    fn advance(&mut self) -> bool {
        if !self.tokens.advance() {
            return false;
        }
        let token = self.tokens.token_mut();
        let stem = self.stemmer.stem(&token.text).into_owned();
        token.text = stem;
        true
    }

    fn token(&self) -> &Token {
        self.tokens.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.tokens.token_mut()
    }
}
