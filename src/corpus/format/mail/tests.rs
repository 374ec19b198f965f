//! Messages as programs write them, and what is made of them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use proptest::prelude::*;

const PROSE: &str = "The bridge over the Ruska was closed on Monday after engineers found cracks in two of its piers, the city said.\n\
    \nIt will stay closed for at least three weeks, and buses will take the long way round.\n";

const TWO: [&str; 2] = [
    "The bridge over the Ruska was closed on Monday after engineers found cracks in two of its piers, the city said.",
    "It will stay closed for at least three weeks, and buses will take the long way round.",
];

fn mail(head: &str, body: &str) -> String {
    format!(
        "From: Ana Sousa <ana@courier.example>\nSubject: Bridge closed\nDate: Tue, 2 Dec 2025 23:30:00 -0500\n{head}\n{body}"
    )
}

fn context() -> Context<'static> {
    Context { path: "a.eml", modified: None, latest: None, map: None, day_month: None }
}

#[track_caller]
fn one(message: &str) -> RawArticle {
    match read(message.as_bytes(), &context()).pop() {
        Some(Record::Article(article)) => *article,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_header_says_who_when_and_what() {
    let article = one(&mail(
        "Message-ID: <b-1@courier.example>\nList-Id: \"World briefing\" <world.courier.example>\n",
        PROSE,
    ));
    assert_eq!(
        (article.headline.as_str(), article.id.as_deref()),
        ("Bridge closed", Some("b-1@courier.example"))
    );
    assert_eq!(
        (article.bylines.as_slice(), article.section.as_deref()),
        (&["Ana Sousa".to_string()][..], Some("World briefing"))
    );
    assert_eq!(article.date.unwrap().to_string(), "2025-12-02T23:30:00-05:00");
    assert_eq!(article.paragraphs, TWO);
}

#[test]
fn the_text_knows_better_who_wrote_it() {
    let article = one(&mail("", &format!("BRIDGE CLOSED\n\nBy Jo Ek\n\n{PROSE}")));
    assert_eq!(
        (article.headline.as_str(), article.bylines.as_slice()),
        ("Bridge closed", &["By Jo Ek".to_string()][..])
    );
    assert_eq!(article.paragraphs, TWO);
    let bare = mail("", PROSE).replace("Ana Sousa <ana@courier.example>", "desk@courier.example");
    assert_eq!(one(&bare).bylines, [""; 0]);
    let slug = mail("", &format!("City shuts its bridge over the Ruska\n\nBy Jo Ek\n\n{PROSE}"))
        .replace("Bridge closed", "BRIDGE-2");
    assert_eq!(one(&slug).headline, "City shuts its bridge over the Ruska");
}

#[test]
fn encodings_of_words_and_of_parts() {
    let message = "From: =?utf-8?Q?In=C3=A9s_Ibarra?= <i@x.example>\nSubject: =?iso-8859-1?B?QnL8Y2tlIGdlc3BlcnJ0?=\nMIME-Version: 1.0\n\
        Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n\n\
        Die Br=FCcke =FCber die Ruska wurde am Montag gesperrt, =84zu gef=E4hrlich=93, =\nsagte die Stadt.\n";
    let article = one(message);
    assert_eq!(
        (article.headline.as_str(), article.bylines.as_slice()),
        ("Brücke gesperrt", &["Inés Ibarra".to_string()][..])
    );
    assert_eq!(
        article.paragraphs,
        ["Die Brücke über die Ruska wurde am Montag gesperrt, „zu gefährlich“, sagte die Stadt."]
    );
}

#[test]
fn what_no_header_declares_is_told_from_the_bytes() {
    let mut bytes = mail("", "The caf").into_bytes();
    bytes.extend_from_slice(
        b"\xe9 by the bridge over the Ruska was closed on Monday, said M\xf6ller, who owns it.\n",
    );
    let Some(Record::Article(article)) = read(&bytes, &context()).pop() else { panic!() };
    assert_eq!(
        article.paragraphs,
        ["The café by the bridge over the Ruska was closed on Monday, said Möller, who owns it."]
    );
    let page = mail("", &format!("<html><body><p>{}</p><p>{}</p></body></html>", TWO[0], TWO[1]));
    assert_eq!(one(&page).paragraphs, TWO);
}

#[test]
fn the_page_is_read_where_it_says_as_much_as_the_text() {
    let both = |plain: &str, page: &str| {
        mail(
            "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n",
            &format!(
                "--b\nContent-Type: text/plain\n\n{plain}\n--b\nContent-Type: text/html; charset=utf-8\n\n{page}\n--b--\n"
            ),
        )
    };
    let page = format!(
        "<html><body><table><tr><td><p>{}</p><p>{}</p><p>Unsubscribe here</p></td></tr></table>",
        TWO[0], TWO[1]
    );
    let poor = "View this email in your browser: https://x.example/1234567890\n";
    assert_eq!(one(&both(poor, &page)).paragraphs, TWO);
    assert_eq!(one(&both(PROSE, "<p>Your program cannot show this.</p>")).paragraphs, TWO);
    let only = mail("MIME-Version: 1.0\nContent-Type: text/html\n", &page);
    assert_eq!(one(&only).paragraphs, TWO);
}

#[test]
fn what_is_not_the_senders_text_goes() {
    for (above, below) in [
        ("", "\n-- \nAna Sousa\nThe Courier\n+1 555 0100\n"),
        ("", "\nOn Mon, 1 Dec 2025 at 10:00, Jo Ek <jo@x.example> wrote:\n> Is it closed?\n> Really?\n"),
        (
            "",
            "\nOn Mon, 1 Dec 2025 at 10:00, Jo Ek <jo.ek.the.reporter@x.example>\nwrote:\n> Is it closed?\n",
        ),
        (
            "View this email in your browser\n\n",
            "\nYou are receiving this because you signed up.\n\nThe Courier, 1 Quay Street\n",
        ),
        ("", "\nUnsubscribe: https://x.example/u?1\n"),
    ] {
        assert_eq!(one(&mail("", &format!("{above}{PROSE}{below}"))).paragraphs, TWO, "{below}");
    }
    let article = one(&mail("", PROSE).replace("Subject: ", "Subject: Re: [desk] AW: Fwd: "));
    assert_eq!(article.headline, "Bridge closed");
    let quoted: String = PROSE.lines().map(|line| format!("> {line}\n")).collect();
    assert_eq!(one(&mail("", &quoted)).paragraphs, TWO);
}

#[test]
fn a_message_sent_on_is_what_it_holds() {
    let inner = format!(
        "For tomorrow's page. Jo\n\n---------- Forwarded message ---------\nFrom: Mirela Katz <m@x.example>\nDate: Sun, 30 Nov 2025 at 09:15\n\
         Subject: Bridge over the Ruska may close\nTo: <desk@courier.example>\n\n\n{PROSE}"
    );
    let article = one(&mail("", &inner).replace("Subject: ", "Subject: Fwd: "));
    assert_eq!(
        (article.headline.as_str(), article.bylines.as_slice()),
        ("Bridge over the Ruska may close", &["Mirela Katz".to_string()][..])
    );
    assert_eq!(article.paragraphs, TWO);
    let reply = format!(
        "{PROSE}{PROSE}{PROSE}\n-----Original Message-----\nFrom: Jo Ek\nSubject: Bridge?\n\nIs it closed?\n"
    );
    assert_eq!(one(&mail("", &reply)).paragraphs.len(), 6);
    let block = "\n________________________________\nFrom: Jo Ek\nSent: Monday, December 1, 2025 9:00 AM\nTo: x\nSubject: bridge\n\nIs it?\n";
    let answer = mail("", &format!("{PROSE}{block}")).replace("Subject: ", "Subject: Re: ");
    assert_eq!(one(&answer).paragraphs, TWO);
    let page = format!(
        "<p>{}</p><p>{}</p><div class=\"gmail_quote\">On Monday Jo Ek wrote: <blockquote>{PROSE}</blockquote></div>",
        TWO[0], TWO[1]
    );
    assert_eq!(one(&mail("Content-Type: text/html\n", &page)).paragraphs, TWO);
}

#[test]
fn a_mailbox_is_read_message_by_message() {
    let body = format!("{PROSE}\n>From the river came a noise.\n>>From afar.\n\n");
    let mailbox = format!(
        "From ana@x.example Tue Dec  2 14:05:00 2025\n{}From jo@x.example Tue Dec  2 15:05:00 2025\n{}",
        mail("", &body),
        mail("", PROSE)
    );
    let records = read(mailbox.as_bytes(), &context());
    let [Record::Article(first), Record::Article(_)] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!(first.paragraphs.last().unwrap(), "From the river came a noise.");
}

#[test]
fn what_is_attached_is_handed_out() {
    let message = mail(
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n",
        "--b\nContent-Type: text/plain\n\nThe story is attached.\n\
         --b\nContent-Type: application/octet-stream; name=\"=?utf-8?Q?br=C3=BCcke.txt?=\"\nContent-Transfer-Encoding: base64\n\nQnJpZGdl\n\
         --b\nContent-Type: image/png; name=logo.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n\
         --b\nContent-Type: message/rfc822\n\nFrom: Jo Ek <jo@x.example>\nSubject: Inner\n\nInner text.\n\
         --b--\n",
    );
    let found = attached(message.as_bytes());
    let names: Vec<(&str, &[u8])> =
        found.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
    let [(first, text), ("logo.png", b""), (second, inner)] = names.as_slice() else { panic!("{names:?}") };
    assert_eq!((*first, *text), ("brücke.txt", &b"Bridge"[..]));
    assert_eq!(*second, "part-3.eml");
    assert!(inner.starts_with(b"From: Jo Ek"), "{:?}", String::from_utf8_lossy(inner));
    assert_eq!(found.iter().map(|file| file.is_decoration).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(found.first().unwrap().sent.unwrap().to_string(), "2025-12-03T04:30:00Z");
    assert!(attached(mail("", PROSE).as_bytes()).is_empty());
}

#[test]
fn what_cannot_be_read_says_so() {
    let of = |text: &str| read(text.as_bytes(), &context()).pop().unwrap();
    assert_eq!(of(&mail("", "")), Record::Skipped("a mail without text".into()));
    assert!(matches!(of("no header\n\nat all"), Record::Unreadable(_)));
    let mut nested = mail("", "");
    for _ in 0..50_000 {
        nested.push_str("Content-Type: message/rfc822\n\n");
    }
    assert_eq!(of(&nested), Record::Unreadable("more than 500 messages inside one another".into()));
    let date = mail("", PROSE).replace("2 Dec 2025", "31 Feb 2025");
    assert_eq!((one(&date).date, one(&date).problems.len()), (None, 1));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, &context());
        let _ = attached(&bytes);
    }

    #[test]
    fn no_likely_message_makes_it_panic(text in "(From |From: |a@x|Subject: |\n|\n\n|--b|--|Content-Type: |multipart/mixed; boundary=b|text/html|message/rfc822|name=a|> |wrote:|Forwarded message|<p>|é|=\\?utf-8\\?B\\?|\\?=|14:05){0,30}") {
        let _ = read(text.as_bytes(), &context());
        let _ = attached(text.as_bytes());
    }
}

#[test]
fn messages_of_a_mailbox_whatever_their_header() {
    let headlines = |mailbox: &str| -> Vec<String> {
        let records = read(mailbox.as_bytes(), &context());
        records
            .into_iter()
            .map(|record| match record {
                Record::Article(article) => article.headline,
                other => panic!("{other:?}"),
            })
            .collect()
    };
    let from = "From ana@x.example Tue Dec  2 14:05:00 2025";
    let one = |header: &str, text: &str| format!("{from}\n{header}\n\n{text}\n\n");
    let both = one("Subject: Bridge closed", PROSE) + &one("Subject: Ferry sails\nX-Folder: World", PROSE);
    assert_eq!(headlines(&both), ["Bridge closed", "Ferry sails"]);
    assert_eq!(headlines(&both.replace('\n', "\r\n")), ["Bridge closed", "Ferry sails"]);
    assert_eq!(headlines(&format!("\u{feff}\n\n{both}")), ["Bridge closed", "Ferry sails"]);
    let relayed = both.replace("\nSubject", "\n>From relay Tue Dec  2 14:05:00 2025\nSubject");
    assert_eq!(headlines(&relayed), ["Bridge closed", "Ferry sails"]);
    // Whose `From ` line says no time, and what its text says is no message.
    let quoting = one(
        "Subject: Bridge closed",
        &format!("{PROSE}\n\n{from}\nthe bridge was closed.\n\nFrom 14:05 on it is."),
    );
    assert_eq!(headlines(&quoting), ["Bridge closed"]);
    assert_eq!(headlines(&quoting.replace(from, "From ana")), ["Bridge closed"]);
}
