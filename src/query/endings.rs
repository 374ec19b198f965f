//! Languages whose words have endings that the analysis does not know, told by letters that only they have.

/// The language of a word, where its letters tell and its endings are not known: its words are found only as
/// written.
pub(super) fn language_without_endings(text: &str) -> Option<&'static str> {
    text.chars().find_map(|c| {
        Some(match c {
            'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ' => "Ukrainian",
            'ў' | 'Ў' => "Belarusian",
            'ј' | 'љ' | 'њ' | 'џ' | 'Ј' | 'Љ' | 'Њ' | 'Џ' | 'ђ' | 'ћ' | 'Ђ' | 'Ћ' => "Serbian",
            'ѓ' | 'ќ' | 'ѕ' | 'Ѓ' | 'Ќ' | 'Ѕ' => "Macedonian",
            'қ' | 'ғ' | 'ә' | 'ң' | 'ұ' | 'Қ' | 'Ғ' | 'Ә' | 'Ң' | 'Ұ' => "Kazakh",
            'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی' => "Persian",
            'ٹ' | 'ڈ' | 'ڑ' | 'ں' | 'ے' | 'ھ' | 'ہ' => "Urdu",
            '\u{590}'..='\u{5ff}' => "Hebrew",
            '\u{530}'..='\u{58f}' => "Armenian",
            '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}' => "Georgian",
            '\u{900}'..='\u{97f}' => "Hindi",
            '\u{980}'..='\u{9ff}' => "Bengali",
            '\u{a00}'..='\u{a7f}' => "Punjabi",
            '\u{a80}'..='\u{aff}' => "Gujarati",
            '\u{b00}'..='\u{b7f}' => "Odia",
            '\u{b80}'..='\u{bff}' => "Tamil",
            '\u{c00}'..='\u{c7f}' => "Telugu",
            '\u{c80}'..='\u{cff}' => "Kannada",
            '\u{d00}'..='\u{d7f}' => "Malayalam",
            '\u{d80}'..='\u{dff}' => "Sinhala",
            '\u{1200}'..='\u{137f}' => "Amharic",
            _ => return None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_the_language() {
        for (text, language) in [
            ("Київ", Some("Ukrainian")),
            ("सड़क", Some("Hindi")),
            ("שלום", Some("Hebrew")),
            ("کتاب", Some("Persian")),
            ("Москва", None),
            ("مدرسة", None),
            ("ไทย", None),
            ("東京", None),
            ("plan", None),
        ] {
            assert_eq!(language_without_endings(text), language, "{text}");
        }
    }
}
