//! Pages of the web, fetched under guard: http and https only, and no address of the own network.
//!
//! The guard sits where names become addresses, so it sees every hop of a redirect and every way
//! of writing an address, and only what it let through is connected to.

use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// How long one fetch may take, all hops together.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The most bytes of a page that are read.
pub(crate) const PAGE_LIMIT_BYTES: u64 = 8 << 20;
/// The most redirects that are followed.
const HOPS: u32 = 5;

/// A page as it came.
pub(crate) struct Page {
    pub(crate) bytes: Vec<u8>,
    pub(crate) media_type: Option<String>,
}

/// Whether an argument is an address rather than a file.
pub(crate) fn is_url(argument: &str) -> bool {
    argument.split_once("://").is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

/// Fetches a page.
///
/// # Errors
/// When the address is not http or https, leads to the own network without `allow_private`, takes
/// longer than 10 s, is larger than 8 MiB, or answers with an error.
pub(crate) fn fetch(url: &str, allow_private: bool) -> Result<Page> {
    let scheme = url
        .split("://")
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        bail!("{url}: only http and https are read, not {scheme}");
    }
    let config = Config::builder()
        .timeout_global(Some(TIMEOUT))
        .max_redirects(HOPS)
        .max_redirects_will_error(true)
        .proxy(None)
        .user_agent(concat!("tawazun/", env!("CARGO_PKG_VERSION")))
        .build();
    let guard = Guard {
        allow_private,
        names: DefaultResolver::default(),
    };
    let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), guard);
    let mut answer = agent
        .get(url)
        .call()
        .with_context(|| format!("cannot fetch {url}"))?;
    let media_type = answer
        .headers()
        .get("content-type")
        .and_then(|v| v.to_str().ok())
        .map(str::to_string);
    let mut bytes = Vec::new();
    let body = answer.body_mut().as_reader();
    body.take(PAGE_LIMIT_BYTES + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("{url} broke off"))?;
    if bytes.len() as u64 > PAGE_LIMIT_BYTES {
        bail!(
            "{url} is larger than {} MiB; save it to a file and read that",
            PAGE_LIMIT_BYTES >> 20
        );
    }
    Ok(Page { bytes, media_type })
}

/// Lets only public addresses through.
#[derive(Debug)]
struct Guard {
    allow_private: bool,
    names: DefaultResolver,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let refuse = |why: String| ureq::Error::Other(Box::from(why));
        if !matches!(uri.scheme_str(), Some("http" | "https")) {
            return Err(refuse(format!("{uri}: only http and https are read")));
        }
        let found = self.names.resolve(uri, config, timeout)?;
        if let Some(bad) = found
            .iter()
            .find(|a| !self.allow_private && !is_public(a.ip()))
        {
            return Err(refuse(format!(
                "{} leads to {}, which is no public address; give --allow-private if that is meant",
                uri.host().unwrap_or_default(),
                bad.ip()
            )));
        }
        Ok(found)
    }
}

/// Whether an address is of the open internet (RFC 6890).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let protocol = a == 192 && b == 0 && c == 0;
    let benchmark = a == 198 && (b == 18 || b == 19);
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || shared
        || protocol
        || benchmark)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(v4) = ip.to_ipv4() {
        return is_public_v4(v4) && !ip.is_loopback() && !ip.is_unspecified();
    }
    let segments = ip.segments();
    if segments[..6] == [0x64, 0xff9b, 0, 0, 0, 0] || segments[0] == 0x2002 {
        return false; // translated to IPv4 by NAT64 or 6to4: it could lead anywhere
    }
    let documentation = segments[0] == 0x2001 && segments[1] == 0xdb8;
    let unique_local = segments[0] & 0xfe00 == 0xfc00;
    let link_local = segments[0] & 0xffc0 == 0xfe80;
    !(ip.is_multicast() || documentation || unique_local || link_local)
}

#[cfg(test)]
mod tests {
    use super::{fetch, is_public, is_url};
    use std::io::{Read, Write};
    use std::net::TcpListener;

    #[test]
    fn addresses_of_the_own_network_are_not_public() {
        for ip in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "172.20.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "::1",
            "::",
            "::ffff:127.0.0.1",
            "fe80::1",
            "fc00::1",
            "64:ff9b::7f00:1",
            "224.0.0.1",
            "2002:7f00:1::",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        assert!(is_public("93.184.216.34".parse().unwrap()));
        assert!(is_public("2606:2800:220:1::1".parse().unwrap()));
    }

    /// A server of one answer on the loopback address; it is counted whether it was asked.
    fn server(answer: &'static str) -> (u16, std::thread::JoinHandle<bool>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        listener.set_nonblocking(true).unwrap();
        let asked = std::thread::spawn(move || {
            for _ in 0..200 {
                if let Ok((mut stream, _)) = listener.accept() {
                    stream.set_nonblocking(false).unwrap();
                    let mut buffer = [0; 1024];
                    let _ = stream.read(&mut buffer);
                    stream.write_all(answer.as_bytes()).unwrap();
                    return true;
                }
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
            false
        });
        (port, asked)
    }

    #[test]
    fn the_own_network_is_never_asked() {
        let (port, asked) = server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        for host in [
            "127.0.0.1",
            "localhost",
            "2130706433",
            "0x7f000001",
            "[::ffff:127.0.0.1]",
        ] {
            let error = fetch(&format!("http://{host}:{port}/"), false);
            assert!(error.is_err(), "{host}");
        }
        assert!(fetch("file:///etc/passwd", false).is_err());
        assert!(!asked.join().unwrap());
    }

    #[test]
    fn a_private_page_is_read_where_that_is_meant() {
        let (port, asked) =
            server("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi");
        let page = fetch(&format!("http://127.0.0.1:{port}/"), true).unwrap();
        assert_eq!(page.bytes, b"hi");
        assert_eq!(page.media_type.as_deref(), Some("text/plain"));
        assert!(asked.join().unwrap());
    }

    #[test]
    fn files_are_told_from_addresses() {
        assert!(is_url("https://example.org/a") && is_url("ftp://x"));
        assert!(!is_url("news/a.txt") && !is_url("-"));
    }
}
