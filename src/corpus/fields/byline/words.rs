//! The words that bylines are made of, beside names: labels, roles, agencies, the words that join. All
//! folded: lower case, no accents. Lists are separated by `|` where their items have spaces, else by spaces.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::corpus::plain_text::word_list::{Beginnings, WordList, items};

/// Labels in front of the names, folded; longest first where one begins another. By their first letter.
pub(super) static LABELS: LazyLock<FxHashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let labels = items(
        "written and reported by | additional reporting by | reporting and writing by | reported by | reporting by | \
    written by | compiled by | story by | words by | report by | analysis by | interview by | review by | \
    opinion by | posted by | published by | article by | text by | created by | author by | escrito por | \
    publicado por | redactado por | geschrieben von | ein bericht von | ein artikel von | eine analyse von | \
    ein interview von | propos recueillis par | ecrit par | publie par | scritto da | a cura di | \
    geschreven door | by | par | por | door | authors | author | auteurs | auteur | autoren | \
    autorin | autor | autore | autori | autora | autores | byline | text | texte | texto | testo | tekst | yazan | \
    yazar | автор | авторы | текст | автори | oleh | penulis | reporter | redaktion | kirjoittaja | skrivet | \
    kirjoittanut | 作者 | 文 | 記者 | 记者 | 撰文 | 執筆 | 글 | بقلم | كتب | كتبت",
    );
    let mut by_letter: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
    for (first, label) in labels.filter_map(|label| label.chars().next().zip(Some(label))) {
        by_letter.entry(first).or_default().push(label);
    }
    by_letter
});

/// Labels that are also the first word of family names.
pub(super) static PARTICLES: WordList = WordList::new("von de di af av");

/// What follows one of these made something else than the text.
pub(super) static OTHERS_WORK: Beginnings = Beginnings::new(
    "photographs by|photograph by|photography by|photos by|photo by|photo:|photos:|pictures by|picture by|illustrations by|\
    illustration by|graphics by|graphic by|video by|videos by|produced by|foto:|fotos:|foto von|fotos von|photo :|photos :|\
    fotografie:|edited by|editing by|translated by|reviewed by|fact-checked by|bild:|fotos de|foto de|foto di|photos de",
);

/// Words that join names, in any case.
pub(super) static JOINING: WordList = WordList::new("and und et with och og и та dan mit avec con ve و és");

/// Words that join names only between two whole names: inside one they are part of it (`Ortega y Gasset`).
pub(super) static JOINING_WHOLE_NAMES: WordList = WordList::new("y e i en a ja as com");

/// Words that end a name: what follows says where or for whom.
pub(super) static ENDING: WordList =
    WordList::new("in at for from reporting reports writes is aus für à en pour desde para da special about");

/// Words that only a role, a desk or an address holds, folded.
pub(super) static ROLES: WordList = WordList::new(
    "editor editors reporter reporters correspondent correspondents writer writers columnist staff producer \
    contributor contributors contributing bureau desk photographer critic journalist journalists analyst chief \
    newsroom intern freelance freelancer senior managing associate special redakteur redakteurin redaktion \
    korrespondent korrespondentin reporterin chefredakteur chefredakteurin journaliste correspondant \
    correspondante redacteur redactrice envoye envoyee envoyes envoyees speciaux speciales redaccion redactor redactora corresponsal periodista \
    enviado enviada redazione giornalista corrispondente inviato inviata redacao jornalista correspondente \
    redactie verslaggever redakcja redakce redaktor redaktør journalistin toimittaja muhabir muhabiri \
    корреспондент редактор журналист обозреватель кореспондент wartawan spokesperson professor lecturer fellow \
    host anchor presenter unknown anonymous admin administrator webmaster guest undefined null none",
);

/// Agencies, folded: part of a byline that is a credit, and the whole of one where nobody else is named.
pub(super) static AGENCIES: WordList = WordList::new(
    "reuters | ap | associated press | the associated press | afp | agence france-presse | dpa | upi | \
    united press international | ansa | efe | epa | tass | itar-tass | ria novosti | interfax | xinhua | kyodo | \
    jiji | jiji press | yonhap | pa | pa media | press association | bloomberg | bloomberg news | belga | anp | \
    apa | ats | keystone-sda | sda | ntb | tt | ritzau | stt | lusa | pap | ctk | mti | agerpres | tanjug | hina | \
    anadolu | anadolu agency | aa | dha | iha | pti | press trust of india | ani | ians | antara | bernama | aap | \
    canadian press | the canadian press | cp | cnn | bbc | bbc news | sid | kna | epd | unian | ukrinform | \
    adnkronos | agi | lapresse | europa press | agencia brasil | estadao conteudo | dow jones | \
    dow jones newswires | prnewswire | pr newswire | business wire | globe newswire | news agencies | agencies | \
    agency | wire reports | wire services | agenturen | agences | agencias | agenzie | agencie",
);

/// Words that only an organisation's name holds, folded.
pub(super) static ORGANISATION: WordList = WordList::new(
    "news times post press media magazine agency service services network tribune journal herald gazette guardian \
    telegraph chronicle courier examiner inquirer sentinel advertiser dispatch argus bulletin university college institute newspaper newspapers online digital tv radio team group inc \
    ltd llc staff newswires newswire today daily weekly observer zeitung nachrichten presse agencia agence \
    agenzia international editorial board company corporation foundation",
);

/// Suffixes of a person's or a firm's name that a comma may set off.
pub(super) static SUFFIXES: WordList =
    WordList::new("jr sr ii iii iv phd md esq inc ltd llc corp co plc gmbh");

/// The days on which bylines say that a story was written.
pub(super) static WEEKDAYS: WordList =
    WordList::new("Monday Tuesday Wednesday Thursday Friday Saturday Sunday");

/// Degrees behind a name, which say what somebody has learnt: no part of the name, and only in capitals (`Ma`
/// is a family).
pub(super) static DEGREES: WordList = WordList::new(
    "MA BA BS BSc MSc MS MBA MD RN JD LLB LLM MPH MPhil DPhil DVM DDS CPA CFA CFP RD RDN PharmD KC QC MP MBE OBE CBE",
);

/// Titles and honorifics in Korean, Japanese and Chinese that follow the name without belonging to it.
pub(super) static REPORTER_ENDINGS: List =
    LazyLock::new(|| items("선임기자 특파원 기자 記者 记者 通讯员 編集委員 論説委員").collect());

/// A list that is gone through.
pub(super) type List = LazyLock<Vec<&'static str>>;
