//! WARC archives (ISO 28500): each response that is a page or a text is an article.

use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use super::error::{Place, ReadError};
use super::lines::{self, ARTICLE_LIMIT_BYTES, Piece};
use super::{HTML, Origin, Take, date, html, plain};

/// The most lines of a header.
const HEADER_LINES: usize = 200;

pub(super) fn each(
    input: &mut dyn BufRead,
    origin: &Origin,
    take: &mut Take<'_>,
) -> Result<(), ReadError> {
    for number in 1.. {
        let place = origin.place(Some(("record", number)));
        let Some(header) = header(input, &place)? else {
            break;
        };
        let field = |name: &str| {
            header
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, v)| v.as_str())
        };
        let length: u64 = field("content-length")
            .and_then(|l| l.parse().ok())
            .ok_or_else(|| ReadError::CutShort {
                place: place.clone(),
                reason: "a record without a length".to_string(),
            })?;
        let kind = field("warc-type").unwrap_or_default();
        let wanted = matches!(kind, "response" | "resource");
        if wanted && length > ARTICLE_LIMIT_BYTES as u64 {
            skip(input, length, &place)?;
            if take(Err(lines::too_large(&place))).is_break() {
                break;
            }
            continue;
        }
        if !wanted {
            skip(input, length, &place)?;
            continue;
        }
        let body = body(input, length, &place)?;
        let mut own = origin.clone();
        own.name = place.to_string();
        own.url = field("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_string());
        if let Some(at) = field("warc-date").and_then(date::instant) {
            own.available = at;
        }
        if record(kind, body, own, take).is_break() {
            break;
        }
    }
    Ok(())
}

/// The fields of the next record, names in lower case; `None` at the end.
fn header(
    input: &mut dyn BufRead,
    place: &Place,
) -> Result<Option<Vec<(String, String)>>, ReadError> {
    let mut fields = Vec::new();
    let mut begun = false;
    for _ in 0..HEADER_LINES {
        let line = match lines::line(input, place)? {
            Piece::End if !begun => return Ok(None),
            Piece::Whole(line) => line,
            Piece::End | Piece::TooLarge => break,
        };
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        match (begun, line.is_empty()) {
            (false, true) => {}
            (true, true) => return Ok(Some(fields)),
            (false, false) if line.starts_with("WARC/") => begun = true,
            (false, false) => break,
            (true, false) => fields.extend(
                line.split_once(':')
                    .map(|(n, v)| (n.to_lowercase(), v.trim().to_string())),
            ),
        }
    }
    Err(ReadError::CutShort {
        place: place.clone(),
        reason: "no header of a record where one should be".to_string(),
    })
}

fn skip(input: &mut dyn BufRead, length: u64, place: &Place) -> Result<(), ReadError> {
    let passed = std::io::copy(&mut input.take(length), &mut std::io::sink());
    whole(
        passed.map_err(|e| ReadError::of_io(place.clone(), e))?,
        length,
        place,
    )
}

fn body(input: &mut dyn BufRead, length: u64, place: &Place) -> Result<Vec<u8>, ReadError> {
    let mut found = Vec::new();
    let read = input.take(length).read_to_end(&mut found);
    whole(
        read.map_err(|e| ReadError::of_io(place.clone(), e))? as u64,
        length,
        place,
    )?;
    Ok(found)
}

fn whole(read: u64, length: u64, place: &Place) -> Result<(), ReadError> {
    if read == length {
        return Ok(());
    }
    Err(ReadError::CutShort {
        place: place.clone(),
        reason: format!("{read} of {length} bytes of a record"),
    })
}

/// Reads one record; what is neither page nor text, and every failed answer, is passed over.
fn record(kind: &str, body: Vec<u8>, mut origin: Origin, take: &mut Take<'_>) -> ControlFlow<()> {
    let payload = if kind == "response" {
        let Some(end) = body.windows(4).position(|w| w == b"\r\n\r\n") else {
            return ControlFlow::Continue(());
        };
        let head = String::from_utf8_lossy(&body[..end]).to_lowercase();
        let mut lines = head.lines();
        if !lines.next().is_some_and(|status| status.contains(" 200")) {
            return ControlFlow::Continue(());
        }
        origin.media_type = lines.find_map(|l| {
            l.strip_prefix("content-type:")
                .map(|v| v.trim().to_string())
        });
        body[end + 4..].to_vec()
    } else {
        body
    };
    let media_type = origin.media_type.clone().unwrap_or_default();
    if media_type.contains(HTML) || media_type.contains("xhtml") {
        take(html::article(payload, &origin))
    } else if media_type.contains("text/plain") {
        take(plain(payload, &origin))
    } else {
        ControlFlow::Continue(())
    }
}
