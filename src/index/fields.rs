//! The schema as the engine knows it: one handle per field, and how each is indexed.

use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, Schema as EngineSchema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::TokenizerManager;

use crate::field;
use crate::schema::{FieldKind, FieldSpec, Schema};

use super::tokenizer::{Analyzers, COMBINED, FieldTokenizer, SEPARATE};

/// The engine's handles of the fields, by name.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct Fields {
    pub id: Field,
    pub id_alias: Field,
    pub headline: Field,
    pub body: Field,
    pub author: Field,
    pub section: Field,
    pub publication: Field,
    pub url: Field,
    pub date: Field,
    pub date_text: Field,
    pub date_precision: Field,
    pub date_known: Field,
    pub date_zone: Field,
    pub dateline: Field,
    pub path: Field,
    pub root: Field,
    pub record: Field,
    pub file: Field,
    pub format: Field,
    pub language: Field,
    pub words: Field,
    pub content: Field,
    pub copy_text: Field,
    pub copy_sketch: Field,
    pub problems: Field,
    pub text: Field,
    pub headline_words: Field,
    pub author_words: Field,
    pub section_words: Field,
    pub publication_words: Field,
    pub url_words: Field,
}

impl Fields {
    /// The handles in an engine's schema; the missing field's name where it is not ours.
    pub fn resolve(schema: &EngineSchema) -> Result<Self, String> {
        let field = |name: &str| schema.get_field(name).map_err(|_| format!("it has no field `{name}`"));
        Ok(Self {
            id: field("id")?,
            id_alias: field("id_alias")?,
            headline: field("headline")?,
            body: field("body")?,
            author: field("author")?,
            section: field("section")?,
            publication: field("publication")?,
            url: field("url")?,
            date: field("date")?,
            date_text: field("date_text")?,
            date_precision: field("date_precision")?,
            date_known: field("date_known")?,
            date_zone: field("date_zone")?,
            dateline: field("dateline")?,
            path: field("path")?,
            root: field("root")?,
            record: field("record")?,
            file: field("file")?,
            format: field("format")?,
            language: field("language")?,
            words: field("words")?,
            content: field("content")?,
            copy_text: field("copy_text")?,
            copy_sketch: field("copy_sketch")?,
            problems: field("problems")?,
            text: field("text")?,
            headline_words: field(&words_field("headline"))?,
            author_words: field(&words_field("author"))?,
            section_words: field(&words_field("section"))?,
            publication_words: field(&words_field("publication"))?,
            url_words: field(&words_field("url"))?,
        })
    }

    /// Where the words of one of our fields stand, or those of the default ones together; `None` where it has
    /// no words.
    pub fn words_of(&self, field: Option<field::Field>) -> Option<Field> {
        use field::Field as Ours;
        match field {
            None | Some(Ours::Body) => Some(self.text),
            Some(Ours::Headline) => Some(self.headline_words),
            Some(Ours::Author) => Some(self.author_words),
            Some(Ours::Section) => Some(self.section_words),
            Some(Ours::Publication) => Some(self.publication_words),
            Some(Ours::Url) => Some(self.url_words),
            Some(Ours::Path | Ours::Source | Ours::Id) => None,
        }
    }
}

/// The engine's schema for ours.
pub fn engine_schema(schema: &Schema) -> EngineSchema {
    let mut builder = EngineSchema::builder();
    for spec in &schema.fields {
        add_field(&mut builder, spec);
    }
    builder.build()
}

/// The tokenizers that the engine's schema names.
pub fn tokenizers(analyzers: &Analyzers) -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(COMBINED, FieldTokenizer::combined(analyzers));
    manager.register(SEPARATE, FieldTokenizer::separate(analyzers));
    manager
}

fn add_field(builder: &mut SchemaBuilder, spec: &FieldSpec) {
    let analyzed = |tokenizer: &str| {
        TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
    };
    let mut text = TextOptions::default();
    if spec.stored {
        text = text.set_stored();
    }
    match spec.kind {
        FieldKind::Combined => {
            builder.add_text_field(&spec.name, text.set_indexing_options(analyzed(COMBINED)));
        }
        FieldKind::Text if spec.name == "body" => {
            // Its words lie in the combined field; it is only stored.
            builder.add_text_field(&spec.name, text);
        }
        FieldKind::Text => {
            // The value as it is shown and the words it is found by are two: words depend on the language
            // too.
            builder.add_text_field(&spec.name, text_options(spec, text));
            builder.add_text_field(
                &words_field(&spec.name),
                TextOptions::default().set_indexing_options(analyzed(SEPARATE)),
            );
        }
        FieldKind::Keyword => {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_index_option(IndexRecordOption::Basic)
                .set_fieldnorms(false);
            builder.add_text_field(&spec.name, text_options(spec, text.set_indexing_options(indexing)));
        }
        FieldKind::Stored => {
            builder.add_text_field(&spec.name, text_options(spec, text));
        }
        FieldKind::Date => {
            builder.add_i64_field(&spec.name, number_options(spec, NumericOptions::default()));
        }
        FieldKind::Number => {
            builder.add_u64_field(&spec.name, number_options(spec, NumericOptions::default()));
        }
        FieldKind::Key => {
            builder.add_u64_field(&spec.name, number_options(spec, NumericOptions::default().set_indexed()));
        }
    }
}

/// The engine's field that holds the words of a text field.
fn words_field(name: &str) -> String {
    format!("{name}_words")
}

fn text_options(spec: &FieldSpec, options: TextOptions) -> TextOptions {
    if spec.fast { options.set_fast("raw") } else { options }
}

fn number_options(spec: &FieldSpec, mut options: NumericOptions) -> NumericOptions {
    if spec.stored {
        options = options.set_stored();
    }
    if spec.fast {
        options = options.set_fast();
    }
    options
}
