//! Every address of the JSON API, asked over a socket of this machine.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start() -> Server {
        let store = std::env::temp_dir().join(format!(
            "tawazun-serve-{}-{:?}.db",
            std::process::id(),
            std::thread::current().id()
        ));
        let _ = std::fs::remove_file(&store);
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/articles");
        let program = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_tawazun"));
            command.arg("--store").arg(&store).args(arguments);
            command
        };
        program(&["read", examples.to_str().unwrap()])
            .output()
            .unwrap();
        let mut serve = program(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = serve.stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line.trim().trim_start_matches("http://").to_string();
        Server { child, address }
    }

    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        let body = answer.split_once("\r\n\r\n").unwrap().1.to_string();
        (status, body)
    }

    fn json(&self, path: &str) -> serde_json::Value {
        let (status, body) = self.get(path);
        let value: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(value["ok"], status == 200, "{path}: {body}");
        value
    }
}

#[test]
fn every_address_answers() {
    let server = Server::start();
    let (status, page) = server.get("/");
    assert!(status == 200 && page.contains("Tawazun"));
    assert_eq!(server.json("/api/status")["documents"], 8);
    let first = server.json("/api/claims?limit=5");
    assert_eq!(first["claims"].as_array().unwrap().len(), 5);
    let next = first["next"].as_str().unwrap();
    let second = server.json(&format!("/api/claims?limit=5&after={next}"));
    assert_ne!(first["claims"][0]["claim"], second["claims"][0]["claim"]);
    assert!(
        !server.json("/api/actors")["actors"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    let articles = server.json("/api/articles");
    let id = articles["articles"][0]["id"].as_str().unwrap().to_string();
    let article = server.json(&format!("/api/articles/{id}"));
    assert_eq!(article["id"], id.as_str());
    assert!(article["blocks"].as_array().unwrap().len() > 1);
    let relations = server.json("/api/relations/arm?other=aze");
    assert_eq!(relations["relations"].as_array().unwrap().len(), 2);
}

#[test]
fn the_addresses_of_the_network_answer() {
    let server = Server::start();
    let ledgers = server.json("/api/relations/arm?other=aze&on=2024-06-01");
    assert!(ledgers["ledgers"][0]["parts"].as_array().unwrap().len() > 1);
    let network = server.json("/api/network?on=2024-06-01");
    assert!(!network["relations"].as_array().unwrap().is_empty());
    assert!(server.json("/api/turns?since=2024-01-01")["turns"].is_array());
    let balance = server.json("/api/balance?least_weight=0.1&random=2");
    assert_eq!(balance["frustration"]["exact"], true);
    let outlets = server.json("/api/outlets?between=ARM,AZE");
    assert!(!outlets["outlets"].as_array().unwrap().is_empty());
    assert!(server.json("/api/leverage")["moves"].is_array());
    let (status, page) = server.get("/api/brief?between=ARM,AZE&since=2024-01-01&lang=ar");
    assert!(status == 200 && page.contains("ARM"));
}

#[test]
fn a_wrong_question_is_answered_alike_everywhere() {
    let server = Server::start();
    for (path, status) in [
        ("/api/claims?type=SHOUT", 400),
        ("/api/claims?since=soon", 400),
        ("/api/claims?after=nowhere", 400),
        ("/api/articles/ab", 400),
        ("/api/articles/ffffffffffff", 404),
        ("/api/nothing", 404),
        ("/api/turns?between=ARM,AZE", 400),
        ("/api/outlets", 400),
        ("/api/forecast?between=ARM,ARM", 400),
        ("/api/brief?between=ARM,AZE", 400),
        ("/api/balance?middle=7", 400),
        ("/api/claims?outlet=%27%20OR%201=1--&limit=abc", 400),
    ] {
        let answer = server.json(path);
        assert_eq!(answer["status"], status, "{path}: {answer}");
        assert!(answer["error"].is_string());
    }
    let hostile = server.json("/api/claims?outlet=%27%20OR%201=1--%00");
    assert!(hostile["claims"].as_array().unwrap().is_empty());
}
