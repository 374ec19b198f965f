//! Which language a text is in: by its commonest words, then, where they do not decide, by its letters. A
//! text too short or too mixed has none.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::corpus::plain_text::word_list::in_lower_case;

/// How much of a text is looked at, in bytes: for its words, and where they do not decide, for its letters.
const WORDS_SAMPLE: usize = 450;
const LETTERS_SAMPLE: usize = 700;

/// The commonest words of the languages in the Latin script, which seldom stand in another language's text.
const COMMON: &[(&str, &str)] = &[
    (
        "en",
        "the of and to in a is that for it was on with as by at from said his he not have be which this will has are an its but they \
        were had who their been would after about more than",
    ),
    (
        "de",
        "der die das und ist nicht den von zu mit sich des auf für dem ein eine im auch wird bei nach aus sie werden hat dass als wurde \
        über einen haben sind war oder noch zum zur",
    ),
    (
        "fr",
        "le la les des et est pour dans une du que qui pas sur au avec ce il sont par plus ne se aux mais ont été cette ses elle nous",
    ),
    (
        "es",
        "el la los las de que y en un una por con para se del su al es como más lo fue pero sus ha este está entre sobre también desde",
    ),
    (
        "it",
        "il di che è la per un non una in del della con le si dei sono da nel anche più alla gli ha come dal delle al ma ai questo stato",
    ),
    (
        "pt",
        "o a de que e do da em um uma para com não os no na por mais as dos como se foi ao das à pelo pela são também ou seu sua",
    ),
    (
        "nl",
        "de het een van en in is dat op te zijn voor met niet aan er om ook als maar door bij naar wordt werd heeft hij nog uit zich",
    ),
    (
        "sv",
        "och att det som en på är av för med den till har inte om ett var de från vid sig men kan han eller efter också",
    ),
    (
        "no",
        "og i det som en på er av for med den til har ikke om et var de fra ved seg men kan han eller etter også ble å",
    ),
    (
        "da",
        "og i det som en på er af for med den til har ikke om et var de fra ved sig men kan han eller efter også blev at",
    ),
    ("fi", "ja on ei että se oli hän mutta myös kun ovat joka sen mukaan ole kuin vuoden sekä jo nyt voi"),
    (
        "pl",
        "w i na z się nie że do jest to o jak po co przez od dla ma są był jego oraz które który za ale tym",
    ),
    (
        "cs",
        "a v na se je že s z o do k i ale za by pro jako po od jsou byl podle která který také bude své není",
    ),
    (
        "tr",
        "ve bir bu da de için ile olarak daha çok olan en ne kadar sonra gibi var oldu ancak ise dedi yıl",
    ),
    (
        "id",
        "yang dan di dengan untuk dari pada ini itu dalam tidak akan ke oleh juga telah karena ada mereka adalah sudah",
    ),
    ("hu", "a az és hogy nem egy is van volt meg csak már ezt mint még de azt szerint után lett"),
    ("ro", "și în de la cu pe nu din care că pentru este un o au fost mai a fi sau prin după"),
];

static WORDS: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut words: FxHashMap<&'static str, u32> = FxHashMap::default();
    for (bit, (_, list)) in COMMON.iter().enumerate() {
        for word in list.split_ascii_whitespace() {
            *words.entry(word).or_default() |= 1 << bit;
        }
    }
    words
});

/// The language of a body: its ISO 639-1 code.
pub(crate) fn of_text(body: &str) -> Option<String> {
    if let Some(code) = by_common_words(start_of(body, WORDS_SAMPLE)) {
        return Some(code.to_string());
    }
    let sample = start_of(body, LETTERS_SAMPLE);
    let info = whatlang::detect(sample)?;
    if sample.chars().count() < 40 || !info.is_reliable() {
        return None;
    }
    code_of(info.lang().code())
}

fn start_of(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

fn by_common_words(sample: &str) -> Option<&'static str> {
    let mut votes = [0u32; COMMON.len()];
    let mut words = 0u32;
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        words += 1;
        let known = if word.bytes().all(|b| b.is_ascii_lowercase()) {
            WORDS.get(word)
        } else {
            in_lower_case(word, |lower| WORDS.get(lower))
        };
        let mut languages = known.copied().unwrap_or(0);
        while languages != 0 {
            if let Some(vote) = votes.get_mut(languages.trailing_zeros() as usize) {
                *vote += 1;
            }
            languages &= languages - 1;
        }
    }
    let best = (0..votes.len()).max_by_key(|i| votes.get(*i))?;
    let most = *votes.get(best)?;
    let second = votes.iter().enumerate().filter(|(i, _)| *i != best).map(|(_, v)| *v).max()?;
    let clear = (most * 8 >= words && most * 2 >= second * 3) || most >= second * 2;
    let sure = most >= 4 && clear;
    sure.then(|| COMMON.get(best).map(|(code, _)| *code)).flatten()
}

/// ISO 639-3, as the letters' library says it → ISO 639-1, as everyone writes it.
fn code_of(three: &str) -> Option<String> {
    const CODES: &str = "eng:en deu:de fra:fr spa:es ita:it por:pt nld:nl swe:sv nob:no dan:da fin:fi pol:pl ces:cs tur:tr ind:id \
        hun:hu ron:ro rus:ru ukr:uk bul:bg bel:be srp:sr hrv:hr slk:sk slv:sl ell:el ara:ar heb:he pes:fa hin:hi ben:bn tam:ta tel:te \
        mar:mr guj:gu kan:kn mal:ml pan:pa urd:ur tha:th vie:vi jpn:ja kor:ko cmn:zh cat:ca est:et lav:lv lit:lt kat:ka hye:hy aze:az \
        mkd:mk nep:ne sin:si khm:km mya:my uzb:uz tgl:tl afr:af lat:la epo:eo yid:yi amh:am jav:jv sna:sn zul:zu aka:ak tuk:tk ori:or";
    CODES
        .split_ascii_whitespace()
        .filter_map(|pair| pair.split_once(':'))
        .find(|(from, _)| *from == three)
        .map(|(_, to)| to.to_string())
}

/// The ISO 639-1 code of a language tag or name that a file declares (`en-GB`, `pt_BR`, `deu`, `English`).
pub(crate) fn declared(tag: &str) -> Option<String> {
    let first = tag.trim().split(['-', '_', ' ', ',', ';']).next()?.to_lowercase();
    match first.len() {
        2 if first.bytes().all(|b| b.is_ascii_alphabetic()) => {
            Some(if first == "nb" || first == "nn" { "no".into() } else { first })
        }
        3 => code_of(&first),
        _ => {
            const NAMES: &str = "english:en german:de deutsch:de french:fr français:fr spanish:es español:es italian:it italiano:it \
                portuguese:pt português:pt dutch:nl nederlands:nl swedish:sv norwegian:no danish:da finnish:fi polish:pl czech:cs \
                turkish:tr russian:ru ukrainian:uk japanese:ja korean:ko chinese:zh arabic:ar indonesian:id";
            NAMES
                .split_ascii_whitespace()
                .filter_map(|pair| pair.split_once(':'))
                .find(|(name, _)| *name == first)
                .map(|(_, code)| code.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    #[test]
    fn languages_are_told() {
        for (code, text) in [
            (
                "en",
                "The bridge over the river was closed on Monday after engineers found cracks in two of its piers, the city said.",
            ),
            (
                "de",
                "Die Brücke über den Fluss wurde am Montag gesperrt, nachdem Ingenieure Risse in zwei der Pfeiler gefunden hatten.",
            ),
            (
                "fr",
                "Le pont sur la rivière est fermé depuis lundi, après que des ingénieurs ont trouvé des fissures dans les piles.",
            ),
            (
                "es",
                "El puente sobre el río fue cerrado el lunes después de que los ingenieros hallaran grietas en dos de los pilares.",
            ),
            (
                "ru",
                "Мост через реку закрыли в понедельник, после того как инженеры нашли трещины в двух опорах, сообщила мэрия.",
            ),
            (
                "ja",
                "橋は月曜日に閉鎖された。技術者が二つの橋脚にひび割れを見つけたためだと市は述べた。少なくとも三週間は閉鎖される見通しだという。",
            ),
        ] {
            assert_eq!(of_text(text).as_deref(), Some(code), "{text}");
        }
    }

    #[test]
    fn what_is_too_short_or_no_language_has_none() {
        assert_eq!(of_text(""), None);
        assert_eq!(of_text("42"), None);
        assert_eq!(of_text("Oslo 3 Bergen 2"), None);
    }

    #[test]
    fn declared_tags() {
        assert_eq!(declared("en-GB").as_deref(), Some("en"));
        assert_eq!(declared("pt_BR").as_deref(), Some("pt"));
        assert_eq!(declared("deu").as_deref(), Some("de"));
        assert_eq!(declared("English").as_deref(), Some("en"));
        assert_eq!(declared("nb").as_deref(), Some("no"));
        assert_eq!(declared("?"), None);
    }
}
