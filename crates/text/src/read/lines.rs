//! Bounded reading: never more of a stream in memory than one article may take.

use std::io::BufRead;

use super::error::{Place, ReadError};

/// The most bytes that one article may take, once unpacked.
pub(super) const ARTICLE_LIMIT_BYTES: usize = 64 << 20;

/// The most bytes that are passed over without one article.
pub(super) const SKIP_LIMIT_BYTES: u64 = 1 << 30;

/// What a bounded read found.
pub(super) enum Piece {
    /// Bytes, with their line end where they had one.
    Whole(Vec<u8>),
    /// More than the limit; all of it was passed over.
    TooLarge,
    /// Nothing is left.
    End,
}

/// The next line.
///
/// # Errors
/// Where the stream breaks, or goes on past all bounds without a line end.
pub(super) fn line(input: &mut dyn BufRead, place: &Place) -> Result<Piece, ReadError> {
    let mut found = Vec::new();
    let mut passed = 0_u64;
    loop {
        let part = input
            .fill_buf()
            .map_err(|e| ReadError::of_io(place.clone(), e))?;
        if part.is_empty() {
            break;
        }
        let newline = part.iter().position(|&b| b == b'\n');
        let used = newline.map_or(part.len(), |at| at + 1);
        if passed == 0 && found.len() + used <= ARTICLE_LIMIT_BYTES {
            found.extend_from_slice(&part[..used]);
        } else {
            passed += (found.len() + used) as u64;
            found = Vec::new();
        }
        input.consume(used);
        if passed > SKIP_LIMIT_BYTES {
            return Err(bomb(place));
        }
        if newline.is_some() {
            break;
        }
    }
    Ok(match (passed, found.is_empty()) {
        (1.., _) => Piece::TooLarge,
        (0, true) => Piece::End,
        (0, false) => Piece::Whole(found),
    })
}

/// All that is left of the stream.
///
/// # Errors
/// Where the stream breaks or holds more than an article may.
pub(super) fn rest(input: &mut dyn BufRead, place: &Place) -> Result<Vec<u8>, ReadError> {
    let mut found = Vec::new();
    let mut bounded = std::io::Read::take(input, ARTICLE_LIMIT_BYTES as u64 + 1);
    std::io::Read::read_to_end(&mut bounded, &mut found)
        .map_err(|e| ReadError::of_io(place.clone(), e))?;
    if found.len() > ARTICLE_LIMIT_BYTES {
        return Err(too_large(place));
    }
    Ok(found)
}

pub(super) fn too_large(place: &Place) -> ReadError {
    ReadError::TooLarge {
        place: place.clone(),
        limit_bytes: ARTICLE_LIMIT_BYTES,
    }
}

pub(super) fn bomb(place: &Place) -> ReadError {
    ReadError::Bomb {
        place: place.clone(),
        limit_bytes: SKIP_LIMIT_BYTES,
    }
}
