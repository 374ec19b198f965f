//! The words of dates in the languages that news is written in: months, weekdays, zones, labels. All folded:
//! lower case, no accents.

use std::sync::LazyLock;

use jiff::civil::Weekday;
use rustc_hash::FxHashSet;

use super::Zone;
use super::tokens::Token;
use crate::corpus::plain_text::word_list::{WordList, WordMap, items};

/// The month's names, 1 to 12, full and short, of every language together.
pub(super) static MONTHS: WordMap<u8> = WordMap::new(&[
    (
        1,
        "january jan januar janner janvier janv enero ene gennaio gen janeiro januari tammikuu tammikuuta tammikuun \
     stycznia styczen sty ledna leden led ocak oca января январь янв січня січень січ يناير جانفي januarie \
     ianuarie ιανουαριου ιαν gener januara януари sausio janvaris",
    ),
    (
        2,
        "february feb februar febr feber fevrier fevr fev febrero febbraio fevereiro februari helmikuu helmikuuta \
     helmikuun lutego luty lut unora unor subat sub февраля февраль фев лютого лютии лют فبراير فيفري شباط \
     februarie φεβρουαριου φεβ febrer февруари vasario februaris",
    ),
    (
        3,
        "march mar marz marzo mars marco maart mrt marts maaliskuu maaliskuuta maaliskuun marca marzec brezna brezen \
     bre mart марта март мар березня березень бер مارس اذار maret martie μαρτιου μαρ marc kovo",
    ),
    (
        4,
        "april apr avril avr abril abr aprile huhtikuu huhtikuuta huhtikuun kwietnia kwiecien kwi dubna duben dub nisan \
     nis апреля апрель апр квітня квітень квіт أبريل ابريل افريل نيسان aprilie απριλιου απρ aprel balandzio aprilis",
    ),
    (
        5,
        "may mai mayo maggio mag maio mei maj toukokuu toukokuuta toukokuun maja kvetna kveten kve mayis мая маи травня \
     травень трав مايو ماي ايار μαιου μαι maig geguzes majs",
    ),
    (
        6,
        "june jun juni juin junio giugno giu junho kesakuu kesakuuta kesakuun czerwca czerwiec cze cervna cerven \
     haziran haz июня июнь июн червня червень черв يونيو جوان حزيران iunie ιουνιου ιουν junij jun juny birzelio junijs",
    ),
    (
        7,
        "july jul juli juillet juil julio luglio lug julho heinakuu heinakuuta heinakuun lipca lipiec lip cervence \
     cervenec temmuz tem июля июль июл липня липень лип يوليو جويلية تموز iulie ιουλιου ιουλ julij juliol liepos julijs",
    ),
    (
        8,
        "august aug aout agosto ago augustus augusti elokuu elokuuta elokuun sierpnia sierpien sie srpna srpen srp \
     agustos agu августа август авг серпня серпень серп اغسطس اوت اب agustus agt ags αυγουστου αυγ agost rugpjucio augusts",
    ),
    (
        9,
        "september sep sept septembre septiembre setiembre settembre sett set setembro syyskuu syyskuuta syyskuun \
     wrzesnia wrzesien wrz zari zar eylul eyl сентября сентябрь сен сент вересня вересень вер سبتمبر ايلول \
     septembrie σεπτεμβριου σεπ setembre szeptember rugsejo septembris",
    ),
    (
        10,
        "october oct oktober okt octobre octubre ottobre ott outubro out lokakuu lokakuuta lokakuun pazdziernika \
     pazdziernik paz rijna rijen rij ekim eki октября октябрь окт жовтня жовтень жовт اكتوبر octombrie οκτωβριου \
     οκτ spalio oktobris",
    ),
    (
        11,
        "november nov novembre noviembre novembro marraskuu marraskuuta marraskuun listopada listopad lis kasim kas \
     ноября ноябрь ноя нояб листопада листопад лист نوفمبر noiembrie nopember νοεμβριου νοε lapkricio novembris",
    ),
    (
        12,
        "december dec dezember dez decembre diciembre dic dicembre dezembro joulukuu joulukuuta joulukuun grudnia \
     grudzien gru prosince prosinec pro aralik ara декабря декабрь дек грудня грудень груд ديسمبر desember des \
     decembrie δεκεμβριου δεκ desembre gruodzio decembris",
    ),
]);

/// The Arabic month names of the Levant that are two words.
const MONTHS_OF_TWO_WORDS: [(&str, &str, u8); 4] =
    [("كانون", "الثاني", 1), ("تشرين", "الاول", 10), ("تشرين", "الثاني", 11), ("كانون", "الاول", 12)];

/// The month that a folded word names, 1 to 12.
pub(super) fn month(word: &str) -> Option<u8> {
    MONTHS.get(word)
}

/// The month that two folded words name together.
pub(super) fn month_of_two_words(first: &str, second: &str) -> Option<u8> {
    MONTHS_OF_TWO_WORDS.iter().find(|(a, b, _)| *a == first && *b == second).map(|(_, _, n)| *n)
}

/// The names of the weekdays, folded: those that are no other word of a date in any of the languages.
static WEEKDAYS: WordMap<Weekday> = WordMap::new(&[
    (
        Weekday::Monday,
        "monday mon montag lundi lunes lunedi maandag mandag maanantai maanantaina poniedzialek pondeli pazartesi \
     понедельник понеділок senin الاثنين 星期一 周一 月曜日 월요일 segunda",
    ),
    (
        Weekday::Tuesday,
        "tuesday tue tues dienstag mardi martes martedi dinsdag tirsdag tisdag tiistai tiistaina wtorek utery sali вторник \
     вівторок selasa الثلاثاء 星期二 周二 火曜日 화요일 terca",
    ),
    (
        Weekday::Wednesday,
        "wednesday wed weds mittwoch mercredi miercoles mercoledi woensdag onsdag keskiviikko keskiviikkona sroda streda \
     carsamba среда середа rabu الاربعاء 星期三 周三 水曜日 수요일 quarta",
    ),
    (
        Weekday::Thursday,
        "thursday thu thur thurs donnerstag jeudi jueves giovedi donderdag torsdag torstai torstaina czwartek ctvrtek \
     persembe четверг четвер kamis الخميس 星期四 周四 木曜日 목요일 quinta",
    ),
    (
        Weekday::Friday,
        "friday fri freitag vendredi viernes venerdi vrijdag fredag perjantai perjantaina piatek patek cuma пятница \
     п'ятниця jumat الجمعة 星期五 周五 金曜日 금요일 sexta",
    ),
    (
        Weekday::Saturday,
        "saturday sat samstag sonnabend samedi sabado sabato zaterdag lordag lørdag lauantai lauantaina sobota cumartesi \
     суббота субота sabtu السبت 星期六 周六 土曜日 토요일",
    ),
    (
        Weekday::Sunday,
        "sunday sun sonntag dimanche domingo domenica zondag sondag søndag sunnuntai sunnuntaina niedziela nedele pazar \
     воскресенье неділя minggu الاحد 星期日 星期天 周日 日曜日 일요일",
    ),
]);

/// The weekday that a folded word names.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.get(word)
}

/// Weekdays, the words between a date's parts and the words of its time: what may stand in a date without
/// saying more.
pub(super) static FILLERS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let rows = [
        // weekdays
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun",
        "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so",
        "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim",
        "lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom",
        "lunedi martedi mercoledi giovedi venerdi sabato domenica gio",
        "segunda terca quarta quinta sexta feira seg ter qua qui sex",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo",
        "mandag tirsdag onsdag torsdag fredag lordag sondag lørdag søndag man tir ons tor fre lor son",
        "måndag tisdag torsdag lordag mandag tis",
        "maanantai maanantaina tiistai tiistaina keskiviikko keskiviikkona torstai torstaina perjantai perjantaina \
     lauantai lauantaina sunnuntai sunnuntaina ti ke to pe la su",
        "poniedzialek wtorek sroda czwartek piatek sobota niedziela pon wt sr czw pt sob nd",
        "pondeli utery streda ctvrtek patek nedele po ut st ct pa ne",
        "pazartesi sali carsamba persembe cuma cumartesi pazar pzt sal car per cum cmt paz",
        "понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс г года",
        "понеділок вівторок середа четвер п'ятниця субота неділя нд р року",
        "senin selasa rabu kamis jumat sabtu minggu",
        "الاثنين الثلاثاء الاربعاء الخميس الجمعة السبت الاحد",
        "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 月 火 水 木 金 土 日 星期一 星期二 星期三 星期四 星期五 \
     星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日 월요일 화요일 수요일 목요일 금요일 토요일 일요일 \
     월 화 수 목 금 토 일 時 时 分 오전 오후 午前 午後 上午 下午",
        // what stands between
        "on at the of and in st nd rd th am pm a p m h hrs t z noon midnight local time ist den der dem am um uhr vom le a \
     er el de del las al il alle ore dia as da das do e op om uur kl klokka klo o godz godzina v ve saat pukul jam \
     г в о la y dated date datum fecha data dato tarih дата tanggal",
    ];
    rows.into_iter().flat_map(items).collect()
});

/// Labels that stand before the date of publication.
pub(super) static PUBLISHED: WordList = WordList::new(
    "published posted publication pubdate released issued first created veroffentlicht erschienen \
    erstellt publie publiee parution publicado publicada pubblicato pubblicata publicacion publicacao gepubliceerd \
    publicerad publicerat publisert udgivet offentliggjort julkaistu opublikowano dodano publikovano vydano \
    yayinlanma  опубликовано опубліковано diterbitkan dipublikasikan نشر نشرت 公開 発行 発表 掲載 配信 \
    发布 發布 입력 등록 작성 게시",
);

/// Labels that stand before the date of a change.
pub(super) static UPDATED: WordList = WordList::new(
    "updated update modified edited revised changed aktualisiert geandert stand zuletzt mis jour \
    modifie actualizado actualizada aggiornato aggiornata atualizado atualizada bijgewerkt gewijzigd uppdaterad \
    uppdaterat oppdatert opdateret paivitetty muokattu zaktualizowano aktualizacja aktualizovano guncelleme \
    guncellendi обновлено оновлено diperbarui تحديث 更新 수정",
);

/// Words that belong to one of the labels (`last update:`, `this article was published on`).
pub(super) static LABEL_PARTS: WordList = WordList::new(
    "last latest article story was by this article letzte derniere ultima last-modified mise maj a le zu",
);

/// The tokens of the date of publication: what stands after `Published`, and before `Updated` where that
/// comes second.
pub(super) fn published_part<'t, 'a>(tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let labelled = |list: &WordList| tokens.iter().position(|t| t.word().is_some_and(|w| list.has(w)));
    let published = labelled(&PUBLISHED);
    let updated = labelled(&UPDATED);
    let has_number = |part: &[Token<'_>]| part.iter().any(|t| t.number().is_some());
    match (published, updated) {
        (Some(p), Some(u)) if u < p => tokens.get(p..).filter(|part| has_number(part)).unwrap_or(tokens),
        (_, Some(u)) => tokens.get(..u).filter(|part| has_number(part)).unwrap_or(tokens),
        _ => tokens,
    }
}

/// Minutes east of UTC of the zone names that newsrooms print. `IST` and other names of several zones are
/// left out.
const ZONES: &[(&str, i32)] = &[
    ("Z", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("UT", 0),
    ("WET", 0),
    ("WEST", 60),
    ("BST", 60),
    ("CET", 60),
    ("MEZ", 60),
    ("CEST", 120),
    ("MESZ", 120),
    ("SAST", 120),
    ("CAT", 120),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("TRT", 180),
    ("EAT", 180),
    ("WAT", 60),
    ("PKT", 300),
    ("WIB", 420),
    ("WITA", 480),
    ("ICT", 420),
    ("HKT", 480),
    ("SGT", 480),
    ("PHT", 480),
    ("MYT", 480),
    ("AWST", 480),
    ("JST", 540),
    ("KST", 540),
    ("ACST", 570),
    ("ACDT", 630),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
    ("NST", -210),
    ("NDT", -150),
    ("BRT", -180),
    ("ART", -180),
    ("COT", -300),
    ("PET", -300),
];

/// The zones of the United States: standard and daylight minutes east of UTC are always these, so they also
/// tell whose date it is.
const UNITED_STATES: &[(&str, i32)] = &[
    ("EST", -300),
    ("EDT", -240),
    ("CST", -360),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
    ("AKST", -540),
    ("AKDT", -480),
    ("HST", -600),
];

/// The names without standard or daylight: standard minutes east of UTC.
const UNITED_STATES_BY_SEASON: &[(&str, i32)] = &[("ET", -300), ("CT", -360), ("MT", -420), ("PT", -480)];

/// The zone of a name as it is written; only capitals are one (`est` is French for `is`), but for `z` and
/// `gmt`.
pub(super) fn zone(name: &str) -> Option<Zone> {
    let of = |list: &[(&str, i32)], name: &str| list.iter().find(|(n, _)| *n == name).map(|(_, m)| m * 60);
    let name = match name {
        "z" => "Z",
        "gmt" | "Gmt" => "GMT",
        "utc" | "Utc" => "UTC",
        name => name,
    };
    of(ZONES, name)
        .or_else(|| of(UNITED_STATES, name))
        .map(Zone::Fixed)
        .or_else(|| of(UNITED_STATES_BY_SEASON, name).map(Zone::UnitedStates))
}

/// Whether the zone name is one of the United States.
pub(super) fn zone_of_united_states(name: &str) -> bool {
    UNITED_STATES.iter().chain(UNITED_STATES_BY_SEASON).any(|(n, _)| *n == name && *n != "CST")
}
