//! Formats, encodings and hostile bytes, made by hand.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::Write;
use std::ops::ControlFlow;

use base::{BlockKind, Language, Timestamp};
use text::read::{Article, Origin, ReadError, again, each};

fn origin() -> Origin {
    Origin {
        name: "test".to_string(),
        url: None,
        media_type: None,
        outlet: None,
        available: Timestamp(1_780_000_000),
    }
}

type Read = (Vec<Article>, Vec<String>);

fn read(bytes: &[u8]) -> Read {
    let (mut articles, mut refused) = (Vec::new(), Vec::new());
    let ended = each(bytes, &origin(), &mut |article: Result<
        Article,
        ReadError,
    >| {
        match article {
            Ok(article) => articles.push(article),
            Err(error) => refused.push(error.to_string()),
        }
        ControlFlow::Continue(())
    });
    refused.extend(ended.err().map(|e| e.to_string()));
    for article in &articles {
        let same = again(&article.original, &article.media_type, &origin()).unwrap();
        assert_eq!(
            same.document.text(),
            article.document.text(),
            "reading again"
        );
    }
    (articles, refused)
}

fn one(bytes: &[u8]) -> Article {
    let (mut articles, refused) = read(bytes);
    assert!(refused.is_empty(), "{refused:?}");
    assert_eq!(articles.len(), 1);
    articles.remove(0)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

const PAGE: &str = r#"<!doctype html><html lang="ar" dir="rtl"><head><title>موقع | زيارة</title>
<meta property="og:site_name" content="صحيفة المثال"><meta property="og:title" content="الوزير يصل إلى باكو">
<script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],"datePublished":"2024-08-20T23:30:00+03:00","author":[{"name":"ليلى"}]}]}</script></head>
<body><nav><a href="/">الرئيسية</a></nav><article><h1>الوزير يصل إلى باكو</h1>
<p>وصل وزير الخارجية إلى باكو يوم الثلاثاء في زيارة رسمية تستمر يومين، وبحث مع نظيره العلاقات بين البلدين.</p>
<figure><img src="x"><figcaption>الوزير في المطار</figcaption></figure>
<p>وقال الوزير إن بلاده ترحب بالاتفاق، وإن المحادثات ستستمر في الأسابيع المقبلة في العاصمة.</p></article>
<aside class="related"><p>قد يعجبك أيضا: عشر وصفات للصيف</p></aside><script>alert(1)</script></body></html>"#;

#[test]
fn a_page_gives_its_main_text_and_what_it_says_of_itself() {
    let document = one(PAGE.as_bytes()).document;
    assert_eq!(document.language, Language::Arabic);
    assert_eq!(document.outlet.as_deref(), Some("صحيفة المثال"));
    assert_eq!(document.author.as_deref(), Some("ليلى"));
    assert_eq!(document.published.unwrap().day.to_string(), "2024-08-20");
    assert_eq!(
        document.slice(document.title().unwrap()),
        "الوزير يصل إلى باكو"
    );
    let kinds = |kind| document.blocks().iter().filter(|b| b.kind == kind).count();
    assert_eq!(kinds(BlockKind::Paragraph), 2);
    assert!(!document.text().contains("alert") && !document.text().contains("الرئيسية"));
    let read = document.blocks().iter().filter(|b| b.kind.is_read());
    let read: String = read.map(|b| document.slice(b.span)).collect();
    assert!(
        !read.contains("المطار") && !read.contains("وصفات"),
        "{read}"
    );
}

#[test]
fn one_text_in_many_encodings_is_one_text() {
    let text = "الوزير يصل إلى باكو\n\nوصل وزير الخارجية إلى باكو يوم الثلاثاء في زيارة رسمية.\n";
    let plain = one(text.as_bytes()).document.text().to_string();
    let (old, _, _) = encoding_rs::WINDOWS_1256.encode(text);
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let marked = ["\u{FEFF}", text].concat();
    for bytes in [
        old.to_vec(),
        wide,
        marked.into_bytes(),
        gzip(text.as_bytes()),
        text.replace('\n', "\r\n").into_bytes(),
    ] {
        assert_eq!(one(&bytes).document.text(), plain);
    }
}

#[test]
fn every_kind_of_feed_gives_its_entries() {
    let rss = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><item><title>Talks &amp; visits</title><link>https://e.org/1</link><pubDate>Tue, 20 Aug 2024 10:00:00 GMT</pubDate><description><![CDATA[<p>The minister arrived in Baku on Tuesday.</p><p>He left on Wednesday.</p>]]></description></item><item><title>B</title><description>Second entry of the feed.</description></item></channel></rss>"#;
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>Talks &amp; visits</title><link rel="alternate" href="https://e.org/1"/><updated>2024-08-20T10:00:00Z</updated><content type="html">&lt;p&gt;The minister arrived in Baku on Tuesday.&lt;/p&gt;&lt;p&gt;He left on Wednesday.&lt;/p&gt;</content></entry></feed>"#;
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Wire","items":[{"id":"1","title":"Talks & visits","url":"https://e.org/1","date_published":"2024-08-20T10:00:00Z","content_html":"<p>The minister arrived in Baku on Tuesday.</p><p>He left on Wednesday.</p>"}]}"#;
    for (feed, count) in [(rss, 2), (atom, 1), (json, 1)] {
        let (articles, refused) = read(feed.as_bytes());
        assert!(refused.is_empty(), "{refused:?}");
        assert_eq!(articles.len(), count, "{feed}");
        let document = &articles[0].document;
        assert_eq!(document.slice(document.title().unwrap()), "Talks & visits");
        assert_eq!(document.published.unwrap().day.to_string(), "2024-08-20");
        assert_eq!(document.url.as_deref(), Some("https://e.org/1"));
        assert_eq!(document.outlet.as_deref(), Some("Wire"));
        assert!(document.text().contains("arrived in Baku") && document.text().contains("He left"));
    }
}

fn record(kind: &str, url: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-08-21T06:00:00Z\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

#[test]
fn an_archive_gives_its_pages_and_says_where_it_was_cut() {
    let answer = |status: &str, kind: &str, body: &str| {
        format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{body}").into_bytes()
    };
    let warc = [
        record("warcinfo", "", b"software: x"),
        record(
            "response",
            "https://e.org/a",
            &answer("200 OK", "text/html; charset=utf-8", PAGE),
        ),
        record(
            "response",
            "https://e.org/b",
            &answer("404 Not Found", "text/html", PAGE),
        ),
        record(
            "response",
            "https://e.org/c",
            &answer("200 OK", "image/png", "...."),
        ),
    ]
    .concat();
    for bytes in [warc.clone(), gzip(&warc)] {
        let article = one(&bytes);
        assert_eq!(article.document.url.as_deref(), Some("https://e.org/a"));
        assert_eq!(article.document.available, Timestamp(1_724_220_000));
    }
    let (articles, refused) = read(&warc[..warc.len() - 200]);
    assert_eq!(articles.len(), 1);
    assert!(
        refused.len() == 1 && refused[0].contains("ends too early"),
        "{refused:?}"
    );
}

#[test]
fn lines_of_json_are_read_under_many_names_and_bad_ones_told() {
    let lines = "{\"headline\":\"A\",\"articleBody\":\"Russia condemned Armenia on Monday.\",\"datePublished\":\"2024-08-20\",\"publisher\":{\"name\":\"Wire\"}}\n{oops\n{\"title\":\"B\",\"text\":\"Turkey praised Azerbaijan on Monday.\",\"date\":1724155200}\n";
    let (articles, refused) = read(lines.as_bytes());
    assert_eq!((articles.len(), refused.len()), (2, 1));
    assert!(refused[0].contains("line 2"));
    assert_eq!(articles[0].document.outlet.as_deref(), Some("Wire"));
    assert_eq!(
        articles[1].document.published.unwrap().day.to_string(),
        "2024-08-20"
    );
    let list = format!(
        "[{},{}]",
        "{\"title\":\"A\",\"text\":\"One two three.\"}",
        "{\"title\":\"B\",\"text\":\"Four five.\"}"
    );
    assert_eq!(read(list.as_bytes()).0.len(), 2);
}

#[test]
fn hostile_bytes_are_refused_with_a_reason() {
    let deep = format!("<html><body>{}", "<div>".repeat(50_000));
    let laughs = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"{}\">]><rss><channel><item><title>&a;&a;</title><description>Plain words here.</description></item></channel></rss>",
        "ha".repeat(1000)
    );
    let nested = format!(
        "{{\"text\":{}1{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let bomb = gzip(&vec![b'a'; 80 << 20]);
    for (bytes, word) in [
        (deep.into_bytes(), "nested"),
        (nested.into_bytes(), "JSON"),
        (bomb, "bytes once unpacked"),
        (b"%PDF-1.7 x".to_vec(), "PDF"),
        (Vec::new(), "no text"),
    ] {
        let (articles, refused) = read(&bytes);
        assert!(
            articles.is_empty() && refused.len() == 1 && refused[0].contains(word),
            "{word}: {refused:?}"
        );
    }
    assert!(one(laughs.as_bytes()).document.text().len() < 100);
    let cut = gzip("كلمات ".repeat(5000).as_bytes());
    assert!(!read(&cut[..cut.len() / 2]).1.is_empty());
}

#[test]
fn steering_marks_never_reach_the_text() {
    let document =
        one("Title \u{202e}evil\u{202c}\n\nThe minister\u{0} left\u{2028}on Monday.".as_bytes())
            .document;
    assert!(
        document
            .text()
            .chars()
            .all(|c| !('\u{202a}'..='\u{202e}').contains(&c) && c != '\u{0}' && c != '\u{2028}')
    );
}
