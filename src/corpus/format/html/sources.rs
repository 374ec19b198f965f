//! What the readers of a page's fields and of its text are given.

use super::dom::Page;
use super::jsonld::{self, Object};
use super::meta::Meta;
use super::site::Site;

/// The places in which a page says something of its article.
pub struct Sources<'s, 'a> {
    /// The page.
    pub page: &'s Page<'a>,
    /// Its `meta` elements.
    pub meta: &'s Meta<'a>,
    /// Its JSON-LD.
    pub graph: &'s jsonld::Graph<'s>,
    /// The article in its JSON-LD.
    pub article: Option<&'s Object>,
    /// The site's own names.
    pub site: Site,
}

impl Sources<'_, '_> {
    /// Whether a name is the site's own.
    pub fn is_site(&self, name: &str) -> bool {
        self.site.is_named(name)
    }

    /// A text property of the JSON-LD article.
    pub fn property(&self, name: &str) -> Option<String> {
        self.article?.get(name).and_then(jsonld::text).map(|t| t.trim().to_owned())
    }
}

/// What the page declares of its article, which its text repeats or leaves out.
#[derive(Debug, Default)]
pub struct Declared<'m> {
    /// The headline.
    pub headline: &'m str,
    /// The summaries, as written for search engines and other sites.
    pub descriptions: &'m [String],
    /// The names in the byline.
    pub authors: &'m [String],
    /// Whether people are among them: then no line of the text is read as a byline.
    pub names_people: bool,
}
