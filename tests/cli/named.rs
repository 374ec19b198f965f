//! Which article is meant: by its id, the beginning of one, its place in the last answer, or its path.

use crate::harness::{Newsroom, markdown};

fn room() -> Newsroom {
    let room = Newsroom::new();
    for (number, name) in ["Mill sold", "Ferry sails", "Weir breaks"].into_iter().enumerate() {
        let text =
            markdown(name, "Nell Aske", "Local", &format!("2025-01-0{}", number + 1), "All of Lorne came.");
        room.write(format!("2025/{}.md", name.replace(' ', "-").to_lowercase()), text);
    }
    room.write("tables.csv", "id,headline,body\n17,Seventeen,A table of Harrow.\n2,Two,A table of Harrow.\n");
    room.run(&["index", "corpus"]).done();
    room
}

#[test]
fn a_number_is_its_place_in_the_last_answer() {
    let room = room();
    room.run(&["show", "2"]).done().prints("Two");
    room.run(&["show", "1"]).fails().says("no article with the id `1`").says("its number in the last answer");
    room.run(&["query", "lorne", "--sort", "newest"]).done();
    room.run(&["show", "1"]).done().prints("Weir breaks").says("article 1 of the last answer, to `lorne`");
    room.run(&["show", "3"]).done().prints("Mill sold");
    // An id goes first; `@` says that a place is meant.
    room.run(&["show", "2"]).done().prints("Two").quiet();
    room.run(&["show", "@2"]).done().prints("Ferry sails");
    room.run(&["cite", "1", "@2", "--style", "mla"]).done().prints("“Weir breaks.”").prints("“Ferry sails.”");
    room.run(&["related", "1"]).nothing().says("article 1 of the last answer");
    room.run(&["show", "4"]).fails().says("the last answer, to `lorne`, shows no article 4, only 1 to 3");
    // The next page counts on.
    room.run(&["query", "lorne", "--sort", "newest", "--offset", "2"]).done();
    room.run(&["show", "3"]).done().prints("Mill sold");
    room.run(&["show", "1"]).fails().says("only 3 to 3");
    // What programs ask for is nobody's last answer, and an empty one shows nothing.
    room.run(&["query", "harrow", "--json"]).done();
    room.run(&["query", "voltarra"]).nothing();
    room.run(&["show", "3"]).done().prints("Mill sold");
    // Another index has another answer.
    room.run(&["index", "corpus", "--index", "other"]).done();
    room.run(&["show", "3", "--index", "other"]).fails().says("no article with the id `3`");
}

#[test]
fn the_beginning_of_an_id_will_do_where_no_other_begins_so() {
    let room = room();
    let answer = room.answer(&["mill"]);
    let id = answer.ids()[0];
    room.run(&["show", &id[..8]]).done().prints("Mill sold").quiet();
    room.run(&["show", &id[..2]]).fails().says("no article with the id");
    for number in 0..40 {
        room.write(
            format!("more/{number}.json"),
            format!("{{\"id\":\"int-{number}\",\"headline\":\"H{number}\",\"body\":\"One of many.\"}}"),
        );
    }
    room.run(&["index"]).done();
    room.run(&["show", "int-3"]).done().prints("H3\n").quiet();
    room.run(&["show", "int-"])
        .fails()
        .says("more than one id begins with `int-`")
        .says("name one: int-0 int-1 int-10 int-11 int-12 …");
    room.remove("more/39.json");
    room.run(&["index"]).done();
    room.run(&["show", "int-39"]).fails();
}

#[test]
fn a_path_will_do_where_one_article_is_in_it() {
    let room = room();
    for path in ["corpus/2025/mill-sold.md", "./corpus/2025/mill-sold.md", "2025/mill-sold.md", "mill-sold"] {
        room.run(&["show", path]).done().prints("Mill sold").quiet();
    }
    let absolute = room.path("corpus/2025/mill-sold.md").canonicalize().unwrap();
    room.run(&["show".as_ref(), absolute.as_os_str()]).done().prints("Mill sold");
    room.run(&["cite", "ferry-sails.md"]).done().prints("Ferry sails");
    room.run(&["show", "tables.csv"]).fails().says("more than one article has a path with `tables.csv`");
    // A path that is all of one and a piece of another is the one.
    room.write(
        "2025/mill-sold.md.md",
        markdown("Twice", "Nell Aske", "Local", "2025-02-01", "All of Orme came."),
    );
    room.run(&["index"]).done();
    room.run(&["show", "corpus/2025/mill-sold.md"]).done().prints("Mill sold");
}

#[test]
fn many_are_read_from_standard_input() {
    let room = room();
    let ids = room.run(&["export", "lorne", "--format", "ids"]).done().stdout;
    let cited = room.given(&ids, &["cite", "-", "--style", "ris"]).done().stdout;
    assert_eq!(cited.matches("\nER  -").count(), 3);
    let null = room.run(&["export", "lorne", "--format", "ids", "-0"]).done().stdout;
    assert_eq!(room.given(&null, &["cite", "-", "--style", "ris"]).done().stdout, cited);
    let shown = room.given(&ids, &["show", "-", "--json"]).done().stdout;
    assert_eq!(shown.lines().count(), 3);
    room.given("nobody\n", &["cite", "-"]).fails().says("no article with the id `nobody`");
    room.given("\n", &["cite", "-"]).done().prints("");
}
