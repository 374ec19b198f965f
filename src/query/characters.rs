//! What single characters do in a query: which part words, which quote, which can be searched for.

/// Kinds of double quotation marks; a phrase ends with a mark of the kind it began with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QuoteKind {
    /// `″…″`, typed for `"`; after a number they are inches or seconds.
    Prime,
    /// `"`, `“…”`, `„…“` and their like: which side a mark is for depends on the language.
    Double,
    /// `«…»`, `»…«`.
    Guillemet,
    /// `‹…›`, `›…‹`.
    Angle,
    /// `「…」`, `『…』`.
    Corner,
    /// `《…》`, `〈…〉`.
    Title,
}

impl QuoteKind {
    pub(super) const ALL: [Self; 6] =
        [Self::Prime, Self::Double, Self::Guillemet, Self::Angle, Self::Corner, Self::Title];
}

/// The kind of a double quotation mark.
pub(super) fn quote_kind(c: char) -> Option<QuoteKind> {
    Some(match c {
        '"' | '“' | '”' | '„' | '‟' | '⹂' | '〝' | '〞' | '〟' | '＂' | '❝' | '❞' | '❠' | '🙶' | '🙷' | '🙸'
        | '״' => QuoteKind::Double,
        '″' | '‶' => QuoteKind::Prime,
        '«' | '»' | '⟪' | '⟫' => QuoteKind::Guillemet,
        '‹' | '›' | '❮' | '❯' => QuoteKind::Angle,
        '「' | '」' | '『' | '』' | '｢' | '｣' | '﹁' | '﹂' | '﹃' | '﹄' => QuoteKind::Corner,
        '《' | '》' | '〈' | '〉' | '⟨' | '⟩' => QuoteKind::Title,
        _ => return None,
    })
}

/// Single quotation marks that may open a phrase, as `'` does in `'peace plan'`.
pub(super) fn opens_single_quote(c: char) -> bool {
    matches!(c, '\'' | '‘' | '‚' | '‛' | '`' | '´' | '′' | '❛')
}

/// Single quotation marks that may close one.
pub(super) fn closes_single_quote(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '´' | '′' | '❜')
}

/// Hyphens, dashes and the minus sign.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－')
}

/// What parts words and means nothing itself. A comma between digits (`25,000`) is told apart by the reader.
pub(super) fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            ',' | ';' | '[' | ']' | '{' | '}' | '，' | '、' | '。' | '；' | '！' | '？' | '،' | '؛' | '।'
        )
}

/// Whether a text of this character alone can be searched for: letters, digits, emoji and currency signs can,
/// punctuation and marks of layout cannot.
pub(super) fn is_searchable(c: char) -> bool {
    if c.is_alphanumeric() {
        return true;
    }
    if c.is_ascii() || c.is_whitespace() || c.is_control() {
        return false;
    }
    let is_punctuation = matches!(c,
        '\u{80}'..='\u{a1}' | '\u{a6}'..='\u{a9}' | '\u{ab}'..='\u{b4}' | '\u{b6}'..='\u{b8}' | '\u{bb}' | '\u{bf}'
        | '\u{2b0}'..='\u{36f}' | '\u{55a}'..='\u{55f}' | '\u{589}'..='\u{5c7}' | '\u{5f3}'..='\u{5f4}'
        | '\u{600}'..='\u{61f}' | '\u{64b}'..='\u{65f}' | '\u{66a}'..='\u{66d}' | '\u{6d4}' | '\u{964}'..='\u{965}'
        | '\u{2000}'..='\u{209f}' | '\u{20d0}'..='\u{20ff}' | '\u{2e00}'..='\u{2e7f}' | '\u{3000}'..='\u{3003}'
        | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{30fb}' | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe6f}' | '\u{feff}'
        | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}'
        | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{10ffff}');
    !is_punctuation
}

/// Signs of money, arrows, emoji and their like, which somebody may think are searched for.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '$' | '\u{a2}'..='\u{a7}' | '\u{a9}' | '\u{ae}' | '\u{b0}' | '\u{b1}' | '\u{b6}' | '\u{d7}' | '\u{f7}'
        | '\u{20a0}'..='\u{20cf}' | '\u{2122}' | '\u{2190}'..='\u{2426}' | '\u{2500}'..='\u{2767}'
        | '\u{2794}'..='\u{27e5}' | '\u{27f0}'..='\u{2bff}' | '\u{fdfc}' | '\u{ff04}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f000}'..='\u{1f675}' | '\u{1f679}'..='\u{1faff}')
        && quote_kind(c).is_none()
        && !c.is_alphanumeric()
}

/// Double quotation marks that stand inside Hebrew acronyms.
pub(super) fn is_quote_in_hebrew(c: char) -> bool {
    matches!(c, '"' | '״')
}

/// Letters of the Hebrew alphabet, between which `"` and `'` belong to the word (`צה"ל`).
pub(super) fn is_hebrew(c: char) -> bool {
    matches!(c, '\u{5d0}'..='\u{5ea}')
}
