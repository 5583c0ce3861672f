//! A piece of one document's text.

use std::ops::Range;

/// A half-open range of bytes of one document's text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The bytes from `start` up to `end`.
    ///
    /// # Panics
    /// When `end` comes before `start`.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Span {
        assert!(start <= end, "a span cannot run backwards: {start}..{end}");
        Span { start, end }
    }

    /// The span of a byte range of a text of at most 4 GiB.
    ///
    /// # Panics
    /// When the range runs backwards or does not fit 32 bits.
    #[must_use]
    pub fn of(range: Range<usize>) -> Span {
        let fit = |at: usize| u32::try_from(at).expect("a text is far below 4 GiB");
        Span::new(fit(range.start), fit(range.end))
    }

    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The same as a range, for slicing.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Length in bytes.
    #[must_use]
    pub fn len_bytes(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether `other` lies wholly in this span.
    #[must_use]
    pub fn holds(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The least span that holds both.
    #[must_use]
    pub fn join(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    #[should_panic(expected = "cannot run backwards")]
    fn a_span_cannot_run_backwards() {
        let _ = Span::new(2, 1);
    }

    #[test]
    fn joined_spans_hold_both() {
        let (a, b) = (Span::new(1, 3), Span::new(5, 8));
        assert!(a.join(b).holds(a) && a.join(b).holds(b));
    }
}
