//! Dates counted from the file's own time: `2 days ago`, `vor 3 Stunden`, `yesterday`, `5分钟前`.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::prose::find_time;
use super::tokens::Token;
use super::{Fault, Found, join};
use crate::article::{ArticleDate, DatePrecision};
use crate::corpus::plain_text::word_list::{WordList, WordMap};

/// How long ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ago {
    count: i64,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// The units' names, folded.
static UNITS: WordMap<Unit> = WordMap::new(&[
    (
        Unit::Second,
        "second seconds sec secs sekunde sekunden seconde secondes secondi secondo segundo segundos seconden \
        sekund sekunder sekunnin sekuntia sekund sekundy sekundami sekund saniye секунду секунды секунд секунди detik \
        ثانية ثواني ثوان",
    ),
    (
        Unit::Minute,
        "minute minutes min mins minuten minuto minutos minuti minuut minuter minut minutter minuutti \
        minuuttia minuty minute minut minutami dakika минуту минуты минут хвилину хвилини хвилин menit دقيقة دقائق m",
    ),
    (
        Unit::Hour,
        "hour hours hr hrs h stunde stunden heure heures hora horas ora ore uur uren timme timmar time timer \
        tunti tuntia godzine godziny godzin hodinu hodiny hodin hodinami saat час часа часов годину години годин jam \
        ساعة ساعات ساعتين",
    ),
    (
        Unit::Day,
        "day days d tag tage tagen jour jours dia dias giorno giorni dag dagen dagar dage dager paiva paivaa \
        dzien dni den dny dnem gun день дня дней дні днів hari يوم ايام يومين",
    ),
    (
        Unit::Week,
        "week weeks w woche wochen semaine semaines semana semanas settimana settimane weken vecka veckor uke \
        uker uge uger viikko viikkoa tydzien tygodnie tygodni tyden tydny tydnu hafta неделю недели недель тиждень тижні \
        тижнів minggu اسبوع اسابيع",
    ),
    (
        Unit::Month,
        "month months monat monate monaten mois mes meses mese mesi maand maanden manad manader maned maneder \
        kuukausi kuukautta miesiac miesiace miesiecy mesic mesice mesicu ay месяц месяца месяцев місяць місяці місяців \
        bulan شهر اشهر",
    ),
    (
        Unit::Year,
        "year years yr yrs jahr jahre jahren an ans annee annees ano anos anno anni jaar jaren ar vuosi vuotta \
        rok lata lat roky let yil год года лет рік роки років tahun سنة سنوات عام",
    ),
]);

/// The numbers that are written out.
static COUNTS: WordMap<i64> = WordMap::new(&[
    (
        1,
        "a an one ein eine einem einer eines un une una uno um uma een en ett et bir satu один одну одна yksi",
    ),
    (2, "two zwei deux dos due dois duas twee tva to dva dwa iki два две дві"),
    (3, "three drei trois tres tre drie tri trzy uc три"),
    (4, "four vier quatre cuatro quattro quatro"),
    (5, "five funf cinq cinco cinque vijf"),
    (6, "six sechs seis sei zes"),
    (7, "seven sieben sept siete sette zeven"),
    (8, "eight acht huit ocho otto"),
    (9, "nine neun neuf nueve nove"),
    (10, "ten zehn dix diez dieci"),
]);

/// Words that say "ago" behind the span, and before it.
static BEHIND: WordList =
    WordList::new("ago fa atras geleden sedan siden sitten temu once назад тому lalu earlier zpet");
static IN_FRONT: WordList = WordList::new("vor hace ha pred il منذ قبل siden for");

static YESTERDAY: WordList = WordList::new(
    "yesterday gestern hier ayer ieri ontem gisteren igar eilen wczoraj vcera dun вчера вчора kemarin \
    امس 昨天 昨日 어제",
);
static TODAY: WordList = WordList::new(
    "today heute aujourd hoy oggi hoje vandaag idag tanaan dzis dzisiaj dnes bugun сегодня сьогодні اليوم \
    今天 今日 오늘 now",
);

/// Chinese, Japanese and Korean units, longest first.
const CJK_UNITS: &[(&str, Unit)] = &[
    ("秒钟", Unit::Second),
    ("秒", Unit::Second),
    ("초", Unit::Second),
    ("分钟", Unit::Minute),
    ("分鐘", Unit::Minute),
    ("分", Unit::Minute),
    ("분", Unit::Minute),
    ("个小时", Unit::Hour),
    ("小时", Unit::Hour),
    ("小時", Unit::Hour),
    ("時間", Unit::Hour),
    ("시간", Unit::Hour),
    ("天", Unit::Day),
    ("日", Unit::Day),
    ("일", Unit::Day),
    ("週間", Unit::Week),
    ("周", Unit::Week),
    ("週", Unit::Week),
    ("주", Unit::Week),
    ("个月", Unit::Month),
    ("個月", Unit::Month),
    ("か月", Unit::Month),
    ("ヶ月", Unit::Month),
    ("개월", Unit::Month),
    ("달", Unit::Month),
    ("年", Unit::Year),
    ("년", Unit::Year),
];

fn count(token: &Token<'_>) -> Option<i64> {
    if let Some((value, digits)) = token.number() {
        return (digits <= 4).then_some(i64::from(value));
    }
    let word = token.word()?;
    COUNTS.get(word)
}

/// Whether the word belongs to a relative date.
pub(super) fn knows(word: &str) -> bool {
    UNITS.get(word).is_some()
        || [&BEHIND, &IN_FRONT, &YESTERDAY, &TODAY].iter().any(|list| list.has(word))
        || COUNTS.get(word).is_some()
        || word.ends_with(['前', '전'])
}

/// All words that belong to a relative date.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    let lists = [&BEHIND, &IN_FRONT, &YESTERDAY, &TODAY].into_iter().flat_map(WordList::all);
    lists.chain(UNITS.all()).chain(COUNTS.all())
}

/// The relative date in a text, if there is one.
pub(super) fn find(text: &str, tokens: &[Token<'_>]) -> Option<Ago> {
    // An absolute date beside it says more.
    if tokens.iter().any(|t| t.number().is_some_and(|(_, digits)| digits == 4)) {
        return None;
    }
    find_span(tokens).or_else(|| find_cjk(text)).or_else(|| find_day_word(tokens))
}

fn find_span(tokens: &[Token<'_>]) -> Option<Ago> {
    for i in 0..tokens.len() {
        let Some(token) = tokens.get(i) else { break };
        let Some((count, unit)) =
            count(token).zip(tokens.get(i + 1).and_then(Token::word).and_then(|word| UNITS.get(word)))
        else {
            continue;
        };
        if announced(tokens, i) || followed_by_ago(tokens, i + 2) {
            return Some(Ago { count, unit });
        }
    }
    None
}

/// `vor`, `hace`, `il y a` right before the count.
fn announced(tokens: &[Token<'_>], at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).and_then(|i| tokens.get(i)).and_then(Token::word);
    match word(1) {
        Some("a") => word(2) == Some("y"),
        Some("il") => false,
        Some(word) => IN_FRONT.has(word),
        None => false,
    }
}

/// `ago` behind the unit, with smaller units between (`2 hours, 5 minutes ago`).
fn followed_by_ago(tokens: &[Token<'_>], from: usize) -> bool {
    for token in tokens.iter().skip(from).take(6) {
        let Some(word) = token.word() else {
            if token.number().is_none() && !token.is_mark(',') && !token.is_mark('.') {
                return false;
            }
            continue;
        };
        if BEHIND.has(word) {
            return true;
        }
        if UNITS.get(word).is_none() && !matches!(word, "and" | "yang" | "und" | "e" | "y" | "tb") {
            return false;
        }
    }
    false
}

fn find_cjk(text: &str) -> Option<Ago> {
    let before = text.find(['前', '전']).and_then(|at| text.get(..at))?.trim_end();
    CJK_UNITS.iter().find_map(|(name, unit)| {
        let before = before.strip_suffix(name)?.trim_end();
        let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let count =
            before.get(before.len() - digits..).filter(|d| (1..=4).contains(&d.len()))?.parse().ok()?;
        Some(Ago { count, unit: *unit })
    })
}

fn find_day_word(tokens: &[Token<'_>]) -> Option<Ago> {
    let has = |list: &WordList| tokens.iter().any(|t| t.word().is_some_and(|word| list.has(word)));
    // `hier` is "here" in German, `hoy` and `now` stand in sentences: a day word counts only in a short text.
    if tokens.len() > 12 {
        return None;
    }
    if has(&YESTERDAY) {
        return Some(Ago { count: 1, unit: Unit::Day });
    }
    has(&TODAY).then_some(Ago { count: 0, unit: Unit::Day })
}

/// The day that is meant. Hours and smaller units leave a time of day, in UTC like the base.
pub(super) fn resolve(ago: Ago, tokens: &[Token<'_>], base: Timestamp) -> Result<ArticleDate, Fault> {
    let moment = base.to_zoned(TimeZone::UTC);
    let n = ago.count;
    let back = match ago.unit {
        Unit::Second => Span::new().try_seconds(n),
        Unit::Minute => Span::new().try_minutes(n),
        Unit::Hour => Span::new().try_hours(n),
        Unit::Day => Span::new().try_days(n),
        Unit::Week => Span::new().try_weeks(n),
        Unit::Month => Span::new().try_months(n),
        Unit::Year => Span::new().try_years(n),
    };
    let moment = back.and_then(|span| moment.checked_sub(span)).map_err(|_| Fault::DoesNotExist)?;
    let day: Date = moment.date();
    if !super::YEARS.contains(&day.year()) {
        return Err(Fault::DoesNotExist);
    }
    let found = Found { day, precision: DatePrecision::Approximate };
    if matches!(ago.unit, Unit::Second | Unit::Minute | Unit::Hour) {
        let time = moment.time().with().subsec_nanosecond(0).build().ok();
        return Ok(ArticleDate { time, offset_seconds: Some(0), ..join(found, None) });
    }
    Ok(join(found, find_time(tokens, &mut vec![false; tokens.len()])))
}
