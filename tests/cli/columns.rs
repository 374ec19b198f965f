//! Texts whose lines a page broke: printed columns, narrow and wide.

use serde_json::json;

use crate::harness::Newsroom;

const NARROW: &str = "\
The treasury had paid for the
widening of the old harbour
at Carnholt, the river com-
mission said on Monday. It
had asked the watchman of
the upper weir to keep the
steam engine under fire un-
til the last barge had gone
through the lock.

Bus drivers in Carnholt
voted to accept a roster of
four days, ending a dispute
that had emptied the depart¬
ment of its foremen.
";

fn finds(room: &Newsroom, query: &str) {
    assert_eq!(room.answer(&[query]).total(), 1, "{query}");
}

#[test]
fn words_phrases_and_sentences_cross_the_lines_of_a_narrow_column() {
    let json = json!({"headline": "Harbour widened at last", "body": NARROW}).to_string();
    let text = format!("Harbour widened at last\n\n{NARROW}");
    for (name, file) in [("a.txt", &text), ("a.json", &json)] {
        let room = Newsroom::indexed(&[(name, file)]);
        for query in [
            "commission",
            "department",
            "until",
            "\"treasury had paid for the widening of the old harbour\"",
            "\"river commission said on Monday\"",
            "watchman W/S engine",
            "treasury W/P lock",
            "roster NEAR/6 dispute",
        ] {
            finds(&room, query);
        }
        for query in ["treasury W/S watchman", "lock W/P roster", "treasury NEAR/99 roster"] {
            assert_eq!(room.answer(&[query]).total(), 0, "{name} {query}");
        }
    }
}

#[test]
fn lines_that_stand_for_themselves_stay_apart() {
    let table =
        "Results\n\nHarrow Town 2, Lisle Rovers 1\nCarnholt 0, Ruska United 0\nMarden 3, Penny Hill 4\n";
    let room = Newsroom::indexed(&[("a.txt", table)]);
    finds(&room, "Carnholt W/P Ruska");
    assert_eq!(room.answer(&["Lisle W/P Carnholt"]).total(), 0);
}
