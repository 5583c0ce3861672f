//! Pages: the main text without menus, and what the page says of itself.

use base::BlockKind;
use dom_query::{Document as Page, NodeRef};
use serde_json::Value;

use super::error::ReadError;
use super::{Article, Draft, HTML, Origin, clean, date, decode, json};

/// Elements nested deeper than this are refused.
const DEPTH: usize = 512;
/// Class and id words of what belongs to the page, not to the article.
const CHROME: [&str; 16] = [
    "share",
    "social",
    "related",
    "newsletter",
    "comment",
    "promo",
    "advert",
    "cookie",
    "sidebar",
    "recommend",
    "breadcrumb",
    "menu",
    "footer",
    "tags",
    "also-like",
    "most-read",
];

pub(super) fn article(original: Vec<u8>, origin: &Origin) -> Result<Article, ReadError> {
    let place = origin.place(None);
    let html = decode::decode(&original, origin.charset());
    if depth(&html) > DEPTH {
        return Err(ReadError::TooDeep {
            place,
            what: "this page",
            limit: DEPTH,
        });
    }
    let page = Page::from(html.as_str());
    let told = told_by(&page);
    let title = told.title.clone();
    let mut pieces: Vec<(BlockKind, String)> = title
        .iter()
        .map(|t| (BlockKind::Title, t.clone()))
        .collect();
    pieces.extend(main_blocks(&html, title.as_deref()));
    if let Some(author) = &told.author {
        pieces.retain(|(k, t)| *k == BlockKind::Title || t != author);
    }
    let draft = Draft { pieces, ..told };
    Ok(Article {
        document: draft.document(origin, place)?,
        original,
        media_type: HTML.to_string(),
    })
}

/// How deep the tags of a page are nested, by counting them without building anything.
fn depth(html: &str) -> usize {
    const VOID: [&str; 12] = [
        "br", "img", "meta", "link", "input", "hr", "source", "area", "wbr", "col", "embed", "p",
    ];
    let (mut now, mut most) = (0_usize, 0);
    for tag in html.split('<').skip(1) {
        let name: String = tag
            .chars()
            .take_while(|c| *c == '/' || c.is_ascii_alphanumeric())
            .collect();
        if let Some(closed) = name.strip_prefix('/') {
            now = now.saturating_sub(usize::from(
                !VOID.contains(&closed.to_ascii_lowercase().as_str()),
            ));
        } else if name.starts_with(|c: char| c.is_ascii_alphabetic())
            && !VOID.contains(&name.to_ascii_lowercase().as_str())
        {
            now += 1;
            most = most.max(now);
        }
    }
    most
}

/// The main text: by the reader's view of the page, else every paragraph of it.
fn main_blocks(html: &str, title: Option<&str>) -> Vec<(BlockKind, String)> {
    let config = dom_smoothie::Config {
        max_elements_to_parse: 60_000,
        ..dom_smoothie::Config::default()
    };
    let reader = dom_smoothie::Readability::new(html, None, Some(config));
    let content = reader
        .and_then(|mut r| r.parse())
        .map(|a| a.content.to_string());
    let mut blocks = content.map(|c| blocks_of(&c)).unwrap_or_default();
    let has_text = blocks.iter().any(|(k, _)| *k == BlockKind::Paragraph);
    if !has_text {
        blocks = blocks_of(html);
    }
    blocks.retain(|(_, t)| Some(t.as_str()) != title);
    blocks
}

/// The blocks of a piece of HTML, in reading order.
pub(super) fn blocks_of(html: &str) -> Vec<(BlockKind, String)> {
    let page = Page::from(html);
    let mut found: Vec<(BlockKind, String)> = Vec::new();
    for node in page
        .select("h1, h2, h3, h4, h5, h6, p, li, blockquote, figcaption, td, div, section, article")
        .nodes()
    {
        let Some(kind) = kind_of(node) else { continue };
        let text = clean::one_line(&node.text());
        if !text.is_empty() && found.last().is_none_or(|(_, last)| *last != text) {
            found.push((kind, text));
        }
    }
    found
}

fn name(node: &NodeRef<'_>) -> String {
    node.node_name().map_or_else(String::new, |n| n.to_string())
}

/// What a block is; `None` for one whose words stand in blocks inside it, or that is of the page.
fn kind_of(node: &NodeRef<'_>) -> Option<BlockKind> {
    const BLOCKS: [&str; 12] = [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "div",
        "section",
        "article",
        "blockquote",
    ];
    let own = name(node);
    let inner = node
        .descendants()
        .iter()
        .any(|d| BLOCKS.contains(&name(d).as_str()));
    if inner && own != "figcaption" {
        return None;
    }
    let ancestors = node.ancestors(None);
    let within = |names: &[&str]| ancestors.iter().any(|a| names.contains(&name(a).as_str()));
    if within(&[
        "nav", "footer", "aside", "form", "script", "style", "template", "noscript",
    ]) {
        return None;
    }
    if own != "figcaption" && within(&["figcaption"]) {
        return None;
    }
    let words = |n: &NodeRef<'_>| {
        let of = |a: &str| n.attr(a).map(|v| v.to_lowercase()).unwrap_or_default();
        format!("{} {}", of("class"), of("id"))
    };
    let chrome = std::iter::once(node).chain(ancestors.iter()).any(|n| {
        let words = words(n);
        name(n) != "body" && CHROME.iter().any(|c| words.contains(c))
    });
    if chrome {
        return Some(BlockKind::Boilerplate);
    }
    match own.as_str() {
        "figcaption" => Some(BlockKind::Caption),
        _ if within(&["figure"]) => Some(BlockKind::Caption),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
        _ if words(node).contains("byline") || words(node).contains("author") => {
            Some(BlockKind::Byline)
        }
        _ if words(node).contains("caption") => Some(BlockKind::Caption),
        _ => Some(BlockKind::Paragraph),
    }
}

/// What a page says of itself: JSON-LD first, then Open Graph and meta, then its elements.
fn told_by(page: &Page) -> Draft {
    let mut told = Draft::default();
    for script in page.select("script[type='application/ld+json']").nodes() {
        if let Ok(value) = serde_json::from_str::<Value>(&script.text()) {
            add_json_ld(&value, &mut told, 0);
        }
    }
    let meta = |names: &[&str]| {
        names.iter().find_map(|n| {
            let found = page.select(&format!(
                "meta[property='{n}'], meta[name='{n}'], meta[itemprop='{n}']"
            ));
            let content = found.attr("content")?;
            Some(clean::one_line(&content)).filter(|c| !c.is_empty())
        })
    };
    let text = |selector: &str| {
        Some(clean::one_line(&page.select(selector).first().text())).filter(|t| !t.is_empty())
    };
    let attribute = |selector: &str, name: &str| {
        page.select(selector)
            .attr(name)
            .map(|v| clean::one_line(&v))
    };
    told.title = told
        .title
        .or_else(|| meta(&["og:title", "twitter:title"]))
        .or_else(|| text("h1"))
        .or_else(|| text("title"));
    told.outlet = told
        .outlet
        .or_else(|| meta(&["og:site_name", "application-name"]));
    told.author = told
        .author
        .or_else(|| meta(&["author", "article:author"]))
        .or_else(|| text("[rel='author'], .byline, .author"))
        .filter(|a| !a.starts_with("http"));
    told.url = told
        .url
        .or_else(|| attribute("link[rel='canonical']", "href"))
        .or_else(|| meta(&["og:url"]))
        .filter(|u| u.starts_with("http"));
    let metas = [
        "article:published_time",
        "datePublished",
        "date",
        "pubdate",
        "publish-date",
        "dc.date",
        "dcterms.created",
        "parsely-pub-date",
    ];
    told.published = told
        .published
        .or_else(|| meta(&metas).and_then(|d| date::day(&d)))
        .or_else(|| attribute("time[datetime]", "datetime").and_then(|d| date::day(&d)));
    told
}

fn add_json_ld(value: &Value, told: &mut Draft, depth: usize) {
    if depth > 4 {
        return;
    }
    if let Some(list) = value.as_array() {
        list.iter().for_each(|v| add_json_ld(v, told, depth + 1));
    }
    if !value["@graph"].is_null() {
        add_json_ld(&value["@graph"], told, depth + 1);
    }
    let kind = value["@type"].to_string();
    if !(kind.contains("Article") || kind.contains("Report") || kind.contains("BlogPosting")) {
        return;
    }
    let fill = |slot: &mut Option<String>, names: &[&str]| {
        if slot.is_none() {
            *slot = json::words(value, names);
        }
    };
    fill(&mut told.title, &["headline", "name"]);
    fill(&mut told.outlet, &["publisher"]);
    fill(&mut told.author, &["author"]);
    fill(&mut told.url, &["url"]);
    told.published = told
        .published
        .or_else(|| json::day(value, &["datePublished", "dateCreated"]));
}
