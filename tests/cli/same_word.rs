//! What finds what, from the words of an article to the answer: the spellings of one thing, in articles and
//! in queries.

use crate::harness::Newsroom;

/// An archive of one article for each text, named by a number.
fn room(texts: &[&str]) -> Newsroom {
    let room = Newsroom::new();
    for (number, text) in texts.iter().enumerate() {
        room.write(format!("{number}.txt"), format!("Notice number {number} of the town clerk\n\n{text}\n"));
    }
    room.run(&["index", "corpus"]).done();
    room
}

/// The numbers of the articles that a query finds.
fn found(room: &Newsroom, query: &str) -> Vec<usize> {
    let run = room.run(&["export", query, "--format", "paths", "--copies", "all"]);
    let number =
        |line: &str| line.rsplit('/').next().and_then(|name| name.strip_suffix(".txt")?.parse().ok());
    let mut numbers: Vec<usize> = run.stdout.lines().filter_map(number).collect();
    numbers.sort_unstable();
    numbers
}

/// Each pair finds each other: a query for one finds the text of the other.
#[track_caller]
fn meet(pairs: &[(&str, &str)]) {
    let texts: Vec<String> =
        pairs.iter().map(|(_, text)| format!("The clerk wrote of {text} on his way home.")).collect();
    let room = room(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let missed: Vec<_> = pairs
        .iter()
        .enumerate()
        .filter(|(number, (query, _))| !found(&room, query).contains(number))
        .map(|(_, pair)| pair)
        .collect();
    assert!(missed.is_empty(), "not found: {missed:?}");
}

#[track_caller]
fn apart(pairs: &[(&str, &str)]) {
    let texts: Vec<String> =
        pairs.iter().map(|(_, text)| format!("The clerk wrote of {text} on his way home.")).collect();
    let room = room(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let wrong: Vec<_> = pairs
        .iter()
        .enumerate()
        .filter(|(number, (query, _))| found(&room, query).contains(number))
        .map(|(_, pair)| pair)
        .collect();
    assert!(wrong.is_empty(), "found: {wrong:?}");
}

#[test]
fn capitals() {
    meet(&[
        ("DUNMORE", "Dunmore and his plans"),
        ("dunmore", "DUNMORE"),
        ("PRESIDENT DE MARL", "the presidents and de Marl"),
        ("\"president de marl\"", "a PRESIDENT DE MARL"),
        ("ferries", "THE FERRY SANK"),
        ("FERRIES", "a ferry"),
        ("US", "THE US TROOPS LEFT TODAY, SAID THE ARMY"),
        ("us", "GIVE US BREAD, SAID THE SIGN"),
    ]);
    apart(&[
        ("US", "what was given to us"),
        ("us", "the US army"),
        ("WHO", "those who came"),
        ("AIDS", "what aids him"),
    ]);
}

#[test]
fn what_stands_in_capitals_was_typed_so() {
    let room = room(&["The clerk wrote to the US army on his way home."]);
    let run = room.run(&["query", "US"]).done();
    assert!(!run.stderr.contains("itself"), "{}", run.stderr);
    let run = room.run(&["query", "CLERK US ARMY"]).done();
    assert!(run.stderr.contains("`US` is looked for as `us` too"), "{}", run.stderr);
}

#[test]
fn plurals_of_acronyms_and_figures() {
    meet(&[
        ("MP", "two MPs"),
        ("MPs", "an MP"),
        ("mp", "the MPS"),
        ("TV", "old TVs"),
        ("DVD", "his DVDs"),
        ("GP", "the GPs"),
        ("PM", "three PMs"),
        ("NGO", "some NGOs"),
        ("F-16", "two F-16s"),
        ("F-16s", "an F-16"),
        ("B-52", "the B-52s"),
        ("737", "new 737s"),
        ("747s", "a 747"),
        ("1990s", "the 1990's"),
        ("1990's", "the 1990s"),
    ]);
    apart(&[("1990", "the 1990s"), ("ga", "the gas")]);
}

#[test]
fn initials_degrees_and_firms() {
    meet(&[
        ("US", "the U. S. army"),
        ("U. S.", "the US army"),
        ("\"J.K. Dunmore\"", "J. K. Dunmore"),
        ("J. K. Dunmore", "J.K. Dunmore"),
        ("\"J. K. Dunmore\"", "JK Dunmore"),
        ("PhD", "his Ph.D. thesis"),
        ("Ph.D.", "his PhD thesis"),
        ("MSc", "an M.Sc. in law"),
        ("AT & T", "AT&T"),
        ("AT&T", "AT & T"),
        ("at&t", "AT&T"),
        ("\"Larks and Penner\"", "Larks & Penner"),
        ("\"Larks & Penner\"", "Larks and Penner"),
        ("Larks & Penner", "Larks and Penner"),
    ]);
}

#[test]
fn marks_letters_and_scripts() {
    meet(&[
        ("Hawaii", "Hawaiʻi"),
        ("Hawai'i", "Hawaiʻi"),
        ("`o`brien`", "O’Brien"),
        ("Dangelo", "old D’Angelo"),
        ("D'Angelo", "old Dangelo"),
        ("\"Ada Dangelo\"", "Ada D’Angelo"),
        ("Dsouza", "Ada D'Souza"),
        ("L'Aquila", "il sindaco dell’Aquila"),
        ("l'aquila", "all’Aquila e nell’Aquila"),
        ("Mueller", "Herr Müller"),
        ("Müller", "Herr Mueller"),
        ("Goeran", "Göran"),
        ("\"Goeran Ek\"", "Göran Ek"),
        ("Haakon", "Håkon"),
        ("Malmoe", "Malmö"),
        ("Tromsø", "Tromsoe"),
        ("مدرسة", "المدرسة"),
        ("كتاب", "کتاب‌ها"),
        ("שלום", "שָׁלוֹם"),
        ("ירושלים", "לירושלים"),
        ("ユニコード", "ﾕﾆｺｰﾄﾞ"),
        ("台灣", "臺灣"),
        ("2025", "٢٠٢٥"),
    ]);
    apart(&[
        ("Muller", "Herr Mueller"),
        ("does", "the dos"),
        ("true", "the tru"),
        ("poets", "two pots"),
        ("guest", "a gust"),
        ("=Mueller", "Herr Müller"),
        ("L'Aquila", "an aquila"),
    ]);
    let french =
        "Les habitants de la ville ont dit que la maison est laide et que l’eau n’est pas bonne pour eux.";
    let others =
        "Les habitants de la ville ont demandé l’aide de la mairie pour que l’eau soit bonne pour eux.";
    let room = room(&[french, others]);
    assert_eq!(found(&room, "laide"), [0]);
    assert_eq!(found(&room, "l'aide"), [1]);
}

#[test]
fn british_and_american() {
    meet(&[
        ("color", "two colours"),
        ("colours", "a color"),
        ("defense minister", "the defence minister"),
        ("\"defence minister\"", "the defense minister"),
        ("organisation", "an organization"),
        ("organizing", "was organising"),
        ("travelling", "was traveling"),
        ("theatre", "two theaters"),
        ("programme", "a program"),
        ("tyre", "two tires"),
        ("curbs", "the kerb"),
        ("theatre-goers", "theatergoers"),
        ("adviser", "the advisors"),
    ]);
    apart(&[("tyre", "a tired man"), ("tired", "the tyres"), ("curbed", "the kerb")]);
    apart(&[("=color", "a colour"), ("advise", "an advize"), ("size", "a sise")]);
}

#[test]
fn numbers_and_days() {
    meet(&[
        ("401k", "a 401(k) plan"),
        ("401(k)", "a 401k plan"),
        ("501c3", "a 501(c)(3) group"),
        ("1000000", "1.000.000 crowns"),
        ("1000000", "1 000 000 crowns"),
        ("1,000,000", "1000000 crowns"),
        ("\"1 000 000 crowns\"", "1,000,000 crowns"),
        ("5 percent", "5% of it"),
        ("5%", "5 percent of it"),
        ("5 percent", "5 per cent of it"),
        ("\"5 per cent\"", "5% of it"),
        ("September 11", "Sept. 11"),
        ("\"September 11\"", "Sept. 11"),
        ("Sept. 11", "September 11"),
        ("September NEAR/2 11", "Sept. 11"),
        ("January 6", "Jan. 6"),
        ("2019-20", "2019/20"),
        ("9-11", "9/11"),
        ("B52", "a B-52"),
    ]);
    apart(&[("January", "Jan Ek"), ("9/11", "call 911"), ("1990", "19.90 crowns")]);
}

#[test]
fn words_that_a_line_has_broken() {
    meet(&[
        ("commission", "the com- mission"),
        ("\"royal commission\"", "the royal com- mission"),
        ("department", "the depart¬ ment"),
        ("\"sit-in at the run-up\"", "the sit-in at the run-up"),
        ("\"start-up start-up\"", "a start-up start-up"),
    ]);
    apart(&[("preand", "pre- and post-war"), ("postwar", "post and war")]);
}

#[test]
fn names_are_no_other_words() {
    let pairs = [
        ("Orly", "money or goods"),
        ("Wills", "what he will do"),
        ("Ares", "they are here"),
        ("mores", "one more thing"),
    ];
    apart(&pairs);
    let room = room(&[
        "The mayor thanked Chang for the bridge.",
        "They will change the bridge.",
        "The clerk wrote to Harding about it.",
        "It was a hard winter.",
    ]);
    for query in ["Chang", "chang", "CHANG"] {
        assert_eq!(found(&room, query), [0], "{query}");
    }
    assert_eq!(found(&room, "Harding"), [2]);
    assert!(found(&room, "changes").contains(&1));
}
