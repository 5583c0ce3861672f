//! Reads files and prints how many articles each gave and how fast: `cargo run --release -p text --example smoke -- FILE...`
#![expect(clippy::print_stdout, reason = "a program's own face")]

use std::io::BufReader;
use std::ops::ControlFlow;

use base::Timestamp;
use text::read::{Origin, each};

fn main() -> std::io::Result<()> {
    for name in std::env::args().skip(1) {
        let start = std::time::Instant::now();
        let input = BufReader::new(std::fs::File::open(&name)?);
        let origin = Origin {
            name: name.clone(),
            url: None,
            media_type: None,
            outlet: None,
            available: Timestamp(1_780_000_000),
        };
        let (mut read, mut refused, mut bytes) = (0, 0, 0);
        let ended = each(input, &origin, &mut |article| {
            match article {
                Ok(article) => (read, bytes) = (read + 1, bytes + article.document.text().len()),
                Err(error) => {
                    refused += 1;
                    println!("  {error}");
                }
            }
            ControlFlow::Continue(())
        });
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{name}: {read} read, {refused} refused, {bytes} bytes, {seconds:.2} s, {ended:?}"
        );
    }
    Ok(())
}
