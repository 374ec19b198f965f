//! The names of elements, and what the tree builder and the body need to know of each. Attributes and text
//! live in `dom`.

macro_rules! tags {
    ($($variant:ident => $name:literal),* $(,)?) => {
        /// An element's name, or what else a node can be.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Tag {
            /// The root, above `html`.
            Document,
            /// A run of text.
            Text,
            /// An element without a meaning of its own here, custom elements among them.
            Other,
            $(#[allow(missing_docs)] $variant),*
        }

        impl Tag {
            /// How many tags there are.
            pub const COUNT: usize = 3 + [$($name),*].len();

            fn from_lower(name: &str) -> Self {
                match name {
                    $($name => Self::$variant,)*
                    _ => Self::Other,
                }
            }
        }
    };
}

tags! {
    A => "a", Abbr => "abbr", Address => "address", Area => "area", Article => "article", Aside => "aside", Audio => "audio",
    B => "b", Base => "base", Big => "big", Blockquote => "blockquote", Body => "body", Br => "br", Button => "button",
    Canvas => "canvas", Caption => "caption", Center => "center", Cite => "cite", Code => "code", Col => "col",
    Datalist => "datalist", Dd => "dd", Details => "details", Dialog => "dialog", Dir => "dir", Div => "div", Dl => "dl",
    Dt => "dt", Em => "em", Embed => "embed", Fieldset => "fieldset", Figcaption => "figcaption", Figure => "figure",
    Font => "font", Footer => "footer", Form => "form", Frame => "frame", H1 => "h1", H2 => "h2", H3 => "h3", H4 => "h4",
    H5 => "h5", H6 => "h6", Head => "head", Header => "header", Hgroup => "hgroup", Hr => "hr", Html => "html", I => "i",
    Iframe => "iframe", Img => "img", Input => "input", Label => "label", Legend => "legend", Li => "li", Link => "link",
    Listing => "listing", Main => "main", Map => "map", Math => "math", Menu => "menu", Meta => "meta", Nav => "nav",
    Nobr => "nobr", Noembed => "noembed", Noframes => "noframes", Noscript => "noscript", Object => "object", Ol => "ol",
    Optgroup => "optgroup", Option => "option", P => "p", Param => "param", Picture => "picture", Pre => "pre", Q => "q",
    Rp => "rp", Rt => "rt", Ruby => "ruby", S => "s", Samp => "samp", Script => "script", Search => "search",
    Section => "section", Select => "select", Small => "small", Source => "source", Span => "span", Strike => "strike",
    Strong => "strong", Style => "style", Sub => "sub", Summary => "summary", Sup => "sup", Svg => "svg", Table => "table",
    Tbody => "tbody", Td => "td", Template => "template", Textarea => "textarea", Tfoot => "tfoot", Th => "th",
    Thead => "thead", Time => "time", Title => "title", Tr => "tr", Track => "track", Tt => "tt", U => "u", Ul => "ul",
    Video => "video", Wbr => "wbr", Xmp => "xmp",
}

impl Tag {
    /// `h1` to `h6`.
    pub const HEADINGS: [Self; 6] = [Self::H1, Self::H2, Self::H3, Self::H4, Self::H5, Self::H6];

    /// The tag of an element's name, in any case.
    pub fn named(name: &str) -> Self {
        let mut lower = [0_u8; 10];
        let Some(lower) = lower.get_mut(..name.len()) else { return Self::Other };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).map_or(Self::Other, Self::from_lower)
    }

    /// Elements that have no content and no end tag (HTML standard, §13.1.2, with the obsolete ones).
    pub fn is_void(self) -> bool {
        use Tag::{Area, Base, Br, Col, Embed, Frame, Hr, Img, Input, Link, Meta, Param, Source, Track, Wbr};
        matches!(
            self,
            Area | Base
                | Br
                | Col
                | Embed
                | Frame
                | Hr
                | Img
                | Input
                | Link
                | Meta
                | Param
                | Source
                | Track
                | Wbr
        )
    }

    /// Elements whose content is text up to their own end tag, whatever it looks like.
    pub fn is_raw_text(self) -> bool {
        use Tag::{Iframe, Noembed, Noframes, Script, Style, Textarea, Title, Xmp};
        matches!(self, Iframe | Noembed | Noframes | Script | Style | Textarea | Title | Xmp)
    }

    /// Elements that can stand in `head`; any other one begins the body.
    pub fn is_head_content(self) -> bool {
        use Tag::{Base, Head, Link, Meta, Noscript, Script, Style, Template, Title};
        matches!(self, Base | Head | Link | Meta | Noscript | Script | Style | Template | Title)
    }

    /// The formatting elements, which an end tag closes although a block is open inside them.
    pub fn is_formatting(self) -> bool {
        use Tag::{A, B, Big, Code, Em, Font, I, Nobr, S, Small, Strike, Strong, Tt, U};
        matches!(self, A | B | Big | Code | Em | Font | I | Nobr | S | Small | Strike | Strong | Tt | U)
    }

    /// `h1` to `h6`.
    pub fn is_heading(self) -> bool {
        use Tag::{H1, H2, H3, H4, H5, H6};
        matches!(self, H1 | H2 | H3 | H4 | H5 | H6)
    }

    /// Elements at whose start and end a line ends.
    pub fn is_block(self) -> bool {
        use Tag::{
            Address, Article, Aside, Blockquote, Body, Button, Caption, Center, Dd, Details, Dialog, Dir,
            Div, Dl, Document, Dt, Fieldset, Figcaption, Figure, Footer, Form, Header, Hgroup, Hr, Html,
            Legend, Li, Listing, Main, Menu, Nav, Ol, P, Pre, Search, Section, Summary, Table, Tbody, Td,
            Tfoot, Th, Thead, Tr, Ul, Xmp,
        };
        self.is_heading()
            || matches!(
                self,
                Address
                    | Article
                    | Aside
                    | Blockquote
                    | Body
                    | Button
                    | Caption
                    | Center
                    | Dd
                    | Details
                    | Dialog
                    | Dir
                    | Div
                    | Dl
                    | Document
                    | Dt
                    | Fieldset
                    | Figcaption
                    | Figure
                    | Footer
                    | Form
                    | Header
                    | Hgroup
                    | Hr
                    | Html
                    | Legend
                    | Li
                    | Listing
                    | Main
                    | Menu
                    | Nav
                    | Ol
                    | P
                    | Pre
                    | Search
                    | Section
                    | Summary
                    | Table
                    | Tbody
                    | Td
                    | Tfoot
                    | Th
                    | Thead
                    | Tr
                    | Ul
                    | Xmp
            )
    }

    /// Elements whose start closes an open `p` (HTML standard, §13.2.6.4.7).
    pub fn closes_paragraph(self) -> bool {
        use Tag::{Body, Button, Caption, Document, Html, Legend, Tbody, Td, Tfoot, Th, Thead, Tr};
        self.is_block()
            && !matches!(
                self,
                Button | Caption | Document | Html | Body | Legend | Tbody | Td | Tfoot | Th | Thead | Tr
            )
    }

    /// Elements that no end tag and no implied end reaches through.
    pub fn is_scope(self) -> bool {
        use Tag::{Caption, Document, Html, Object, Table, Td, Template, Th};
        matches!(self, Document | Html | Caption | Object | Table | Td | Template | Th)
    }
}
