//! The outer shell of a stream: gzip, zstd or neither, told by its first bytes.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// How much is looked at to tell what a stream is.
pub(super) const HEAD_BYTES: usize = 64 << 10;

const GZIP: [u8; 2] = [0x1F, 0x8B];

fn is_zstd(head: &[u8]) -> bool {
    head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD])
        || (head.len() >= 4 && (0x50..=0x5F).contains(&head[0]) && head[1..4] == [0x2A, 0x4D, 0x18])
}

/// The stream without its packing.
///
/// # Errors
/// When its first bytes cannot be read; what is wrong further on is met when it is read.
pub fn unpack<'a>(mut input: impl BufRead + 'a) -> io::Result<Box<dyn BufRead + 'a>> {
    let head = peek(&mut input, 4)?;
    let whole = io::Cursor::new(head.clone()).chain(input);
    Ok(if head.starts_with(&GZIP) {
        Box::new(BufReader::with_capacity(
            HEAD_BYTES,
            MultiGzDecoder::new(whole),
        ))
    } else if is_zstd(&head) {
        Box::new(BufReader::with_capacity(HEAD_BYTES, Zstd::new(whole)))
    } else {
        Box::new(whole)
    })
}

/// Takes up to `count` bytes off the front; fewer where the stream is shorter
/// or breaks: the break is met again when it is read on.
pub(super) fn peek(input: &mut impl Read, count: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut part = vec![0; count.min(8192)];
    while head.len() < count {
        let room = part.len().min(count - head.len());
        match input.read(&mut part[..room]) {
            Ok(0) => break,
            Ok(n) => head.extend_from_slice(&part[..n]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) if head.is_empty() => return Err(e),
            Err(_) => break,
        }
    }
    Ok(head)
}

/// Zstandard frames, one after another.
struct Zstd<R> {
    input: R,
    decoder: FrameDecoder,
    in_frame: bool,
}

impl<R: BufRead> Zstd<R> {
    fn new(input: R) -> Zstd<R> {
        Zstd {
            input,
            decoder: FrameDecoder::new(),
            in_frame: false,
        }
    }

    /// Starts the next frame, over frames that hold no data; false at the end.
    fn next_frame(&mut self) -> io::Result<bool> {
        while !self.input.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.input) {
                Ok(()) => {
                    self.in_frame = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut passed = (&mut self.input).take(u64::from(length));
                    io::copy(&mut passed, &mut io::sink())?;
                }
                Err(e) => return Err(io::Error::new(io::ErrorKind::InvalidData, e)),
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.in_frame && !self.next_frame()? {
                return Ok(0);
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                self.decoder
                    .decode_blocks(&mut self.input, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))?;
            }
            if self.decoder.can_collect() > 0 {
                return Read::read(&mut self.decoder, buffer);
            }
            self.in_frame = false;
        }
    }
}
