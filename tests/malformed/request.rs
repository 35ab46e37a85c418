//! Requests that are wrong somewhere: each starts as one that an endpoint could take, and is then damaged.

use fastrand::Rng;
use sandbox::Endpoint;

use super::{body, garbage};

/// How a request says where its body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Framing {
    Length,
    /// The header says another number of bytes than follow.
    Lie(usize),
    Chunked,
    /// The last chunk never comes.
    CutChunks,
    /// The header of a chunk is no number.
    BrokenChunks,
}

/// A request, as its parts.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) method: Vec<u8>,
    path: Vec<u8>,
    query: Vec<u8>,
    headers: Vec<(Vec<u8>, Vec<u8>)>,
    body: Vec<u8>,
    framing: Framing,
}

/// What a request can be damaged by; those that hit the body are there more often.
const DAMAGES: [fn(&mut Request, &mut Rng); 12] = [
    |request, random| request.method = garbage::pick(garbage::METHODS, random).to_vec(),
    damage_segment,
    |request, random| request.path.extend_from_slice(garbage::pick(garbage::TAILS, random)),
    damage_query,
    damage_query,
    |request, random| request.set("content-type", garbage::pick(garbage::MEDIA_TYPES, random)),
    |request, random| request.headers.push(header(random)),
    |request, random| request.body = body::garbage(random),
    |request, random| request.body = body::garbage(random),
    cut,
    flip,
    |request, random| request.framing = framing(random),
];

impl Request {
    /// Something an endpoint could take.
    pub(super) fn new(method: &str, target: &str, media_type: &str, body: &[u8]) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut request = Self {
            method: method.into(),
            path: path.into(),
            query: query.into(),
            headers: vec![(b"host".to_vec(), b"127.0.0.1".to_vec())],
            body: body.to_vec(),
            framing: Framing::Length,
        };
        if !media_type.is_empty() {
            request.set("content-type", media_type.as_bytes());
        }
        request
    }

    /// A damaged request to an endpoint, the same for the same state of `random`.
    pub(super) fn draw(endpoint: &Endpoint, known: &[(&str, &str)], random: &mut Rng) -> Self {
        let (media_type, body) = body::plausible(random);
        let mut request = Self::new(&endpoint.method, &path(endpoint, known, random), &media_type, &body);
        for _ in 0..random.usize(1..=3) {
            random.choice(DAMAGES).expect("some damage")(&mut request, random);
        }
        request
    }

    /// The same request with one more header.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.set(name, value.as_bytes());
        self
    }

    /// Whether it has this method, and this in its path.
    pub(super) fn has(&self, method: &str, path: &str) -> bool {
        self.method == method.as_bytes() && self.has_in_path(path)
    }

    pub(super) fn has_in_path(&self, part: &str) -> bool {
        String::from_utf8_lossy(&self.path).contains(part)
    }

    fn set(&mut self, name: &str, value: &[u8]) {
        self.headers.retain(|(known, _)| known != name.as_bytes());
        self.headers.push((name.into(), value.into()));
    }

    /// Whether the server would wait for more.
    pub(super) fn is_cut_short(&self) -> bool {
        let is_chunked = self.headers.iter().any(|(name, _)| name == b"transfer-encoding");
        match self.framing {
            Framing::Lie(claimed) => claimed > self.body.len() || is_chunked,
            Framing::CutChunks => true,
            _ => is_chunked,
        }
    }

    /// The path and the query, as far as a person wants to read them.
    pub(super) fn summary(&self) -> String {
        let text = String::from_utf8_lossy(&self.bytes()).escape_debug().to_string();
        text.chars().take(600).collect()
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = [&self.method, &b" "[..], &self.path].concat();
        if !self.query.is_empty() {
            bytes.extend([b"?", &self.query[..]].concat());
        }
        bytes.extend(b" HTTP/1.1\r\nconnection: close\r\n");
        for (name, value) in &self.headers {
            bytes.extend([name, &b": "[..], value, b"\r\n"].concat());
        }
        bytes.extend(self.framed());
        bytes
    }

    /// The last header, and the body behind it.
    fn framed(&self) -> Vec<u8> {
        let length = self.body.len();
        let counted =
            |length: usize| [format!("content-length: {length}\r\n\r\n").as_bytes(), &self.body].concat();
        let chunk = |size: &str| {
            let head = format!("transfer-encoding: chunked\r\n\r\n{size}\r\n");
            [head.as_bytes(), &self.body, b"\r\n"].concat()
        };
        match self.framing {
            Framing::Length => counted(length),
            Framing::Lie(claimed) => counted(claimed),
            Framing::Chunked if length == 0 => b"transfer-encoding: chunked\r\n\r\n0\r\n\r\n".to_vec(),
            Framing::Chunked => [&chunk(&format!("{length:x}"))[..], b"0\r\n\r\n"].concat(),
            Framing::CutChunks => chunk(&format!("{:x}", length + 1)),
            Framing::BrokenChunks => chunk("x"),
        }
    }
}

/// The endpoint's path; its variables name things that there are, or nonsense.
fn path(endpoint: &Endpoint, known: &[(&str, &str)], random: &mut Rng) -> String {
    let segment = |segment: &str| {
        let Some(name) = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
            return segment.to_owned();
        };
        let values: Vec<&str> =
            known.iter().filter(|(variable, _)| *variable == name).map(|(_, value)| *value).collect();
        random.choice(values).unwrap_or("nosuch").to_owned()
    };
    endpoint.template.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// One part of the path becomes nonsense.
fn damage_segment(request: &mut Request, random: &mut Rng) {
    let mut segments: Vec<&[u8]> = request.path.split(|byte| *byte == b'/').collect();
    let place = random.usize(..segments.len());
    segments[place] = garbage::pick(garbage::SEGMENTS, random);
    request.path = segments.join(&b'/');
}

fn damage_query(request: &mut Request, random: &mut Rng) {
    if !request.query.is_empty() {
        request.query.push(b'&');
    }
    let many = if random.u8(..20) == 0 { 2_000 } else { 1 };
    let one = garbage::pick(garbage::QUERIES, random);
    request.query.extend(vec![one; many].join(&b'&'));
}

fn header(random: &mut Rng) -> (Vec<u8>, Vec<u8>) {
    let (name, value) = random.choice(garbage::HEADERS).expect("a header");
    let value = if random.u8(..30) == 0 { value.repeat(5_000) } else { value.to_vec() };
    (name.to_vec(), value)
}

/// The body ends early.
fn cut(request: &mut Request, random: &mut Rng) {
    let end = random.usize(..=request.body.len());
    request.body.truncate(end);
}

/// A byte of the body is another.
fn flip(request: &mut Request, random: &mut Rng) {
    let length = request.body.len();
    if length > 0 {
        request.body[random.usize(..length)] = random.u8(..);
    }
}

fn framing(random: &mut Rng) -> Framing {
    let lies = [Framing::Lie(0), Framing::Lie(3), Framing::Lie(1_000_000), Framing::Lie(usize::MAX)];
    let others = [Framing::Chunked, Framing::CutChunks, Framing::BrokenChunks];
    random.choice([&lies[..], &others].concat()).unwrap_or(Framing::Length)
}
