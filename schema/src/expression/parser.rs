//! Reads the tokens of one expression by how tightly operators bind, as Pebble does.

use super::MAX_DEPTH;
use super::malformed::{FILTER, Malformed, Mistake, OPERATOR, TEST, VALUE};
use super::operator::{PREFIXES, UNARY, precedence};
use super::template::{Arguments, Kind, Name, Node, NodeId, Path, Segment};
use super::token::{Sort, Token};

use crate::line::KestraLine;

/// What may stand behind a dot.
const MEMBER: &str = "a name (write `[0]` for a number and `['a b']` for any other key)";

/// The result of reading something.
pub(super) type Read<T> = Result<T, Malformed>;

/// Reads expressions from tokens into a list of nodes.
pub(super) struct Parser<'text> {
    text: &'text str,
    line: KestraLine,
    tokens: &'text [Token],
    next: usize,
    depth: usize,
    nodes: &'text mut Vec<Node>,
}

impl<'text> Parser<'text> {
    /// A reader of `tokens`, which end with [`Sort::End`].
    pub(super) fn new(
        text: &'text str,
        line: KestraLine,
        tokens: &'text [Token],
        nodes: &'text mut Vec<Node>,
    ) -> Self {
        Self { text, line, tokens, next: 0, depth: 0, nodes }
    }

    /// An expression of any kind.
    pub(super) fn expression(&mut self) -> Read<NodeId> {
        let (first, start) = self.begin();
        let condition = self.operation(1)?;
        if !self.take("?") {
            return Ok(condition);
        }
        let then = self.nested(Self::expression)?;
        self.expect(":")?;
        let otherwise = self.nested(Self::expression)?;
        Ok(self.add(Kind::Conditional(condition, then, otherwise), first, start))
    }

    /// Operands joined by operators that bind at least as tightly as `least`.
    fn operation(&mut self, least: u16) -> Read<NodeId> {
        let (first, start) = self.begin();
        let mut left = match PREFIXES.iter().find(|prefix| self.is(Sort::Operator, prefix)) {
            Some(prefix) => {
                self.next += 1;
                let operand = self.nested(|parser| parser.operation(UNARY))?;
                self.add(Kind::Prefix(prefix, operand), first, start)
            }
            None => self.operand()?,
        };
        while let Some((operator, tightness)) = self.operator(least) {
            self.next += 1;
            left = match operator {
                "|" => self.filter(left)?,
                "is" | "is not" => self.test(left, operator == "is not")?,
                _ => {
                    let right = self.nested(|parser| parser.operation(tightness + 1))?;
                    self.add(Kind::Infix(operator, left, right), first, start)
                }
            };
        }
        Ok(left)
    }

    /// The next token, if it is a binary operator that binds at least as tightly as `least`.
    fn operator(&self, least: u16) -> Option<(&'static str, u16)> {
        let token = self.tokens.get(self.next).filter(|token| token.sort == Sort::Operator)?;
        let operator = super::operator::named(&self.text[token.range.clone()])?;
        let tightness = precedence(operator, self.line)?;
        (tightness >= least).then_some((operator, tightness))
    }

    /// `name` or `name(…)` behind a `|`; `input` is what it is applied to.
    pub(super) fn filter(&mut self, input: NodeId) -> Read<NodeId> {
        let (first, start) = (self.nodes[input].first, self.nodes[input].range.start);
        let name = self.name(FILTER)?;
        let arguments = self.arguments()?.unwrap_or_default();
        Ok(self.add(Kind::Filter(input, name, arguments), first, start))
    }

    fn test(&mut self, input: NodeId, negated: bool) -> Read<NodeId> {
        let (first, start) = (self.nodes[input].first, self.nodes[input].range.start);
        let name = self.name(TEST)?;
        let arguments = self.arguments()?.unwrap_or_default();
        let test = self.add(Kind::Test(input, name, arguments), first, start);
        Ok(if negated { self.add(Kind::Prefix("not", test), first, start) } else { test })
    }

    /// A value with whatever is taken out of it.
    fn operand(&mut self) -> Read<NodeId> {
        let (first, start) = self.begin();
        let Some(token) = self.tokens.get(self.next).cloned() else {
            return Err(self.unexpected(VALUE));
        };
        let spelling = &self.text[token.range.clone()];
        let kind = match (token.sort, spelling) {
            (Sort::Name, _) => return self.named_operand(),
            (Sort::Punctuation, "[") => return self.list(),
            (Sort::Punctuation, "{") => return self.map(),
            (Sort::Punctuation, "(") => return self.parenthesised(),
            (Sort::Quote, _) => return self.joined(),
            (Sort::Number, number) => Kind::Number(number.to_owned()),
            (Sort::Text, text) => Kind::Text(self.unescaped(&token, text)),
            (Sort::End, end) if self.next == 0 && end.ends_with("}}") => {
                return Err(Malformed { mistake: Mistake::Empty, range: token.range });
            }
            _ => return Err(self.unexpected(VALUE)),
        };
        self.next += 1;
        let value = self.add(kind, first, start);
        self.parts(value, first, start)
    }

    /// A string as Pebble reads it: a backslash counts only before the quote that delimits the string.
    fn unescaped(&self, token: &Token, text: &str) -> String {
        match self.text.as_bytes().get(token.range.end) {
            Some(b'\'') => text.replace(r"\'", "'"),
            _ => text.replace(r#"\""#, "\""),
        }
    }

    /// A word: a constant, a call or a variable.
    fn named_operand(&mut self) -> Read<NodeId> {
        let (first, start) = self.begin();
        let root = self.name(VALUE)?;
        let kind = match root.text.as_str() {
            "true" | "TRUE" => Kind::Boolean(true),
            "false" | "FALSE" => Kind::Boolean(false),
            "null" | "NULL" | "none" | "NONE" => Kind::Null,
            _ => match self.arguments()? {
                Some(arguments) => Kind::Call(root, arguments),
                None => Kind::Path(self.path(root)?),
            },
        };
        let value = self.add(kind, first, start);
        self.parts(value, first, start)
    }

    /// The steps of a path, up to the call of a method.
    fn path(&mut self, root: Name) -> Read<Path> {
        let mut segments = Vec::new();
        while !self.is_method() {
            if self.take(".") {
                let name = self.name(MEMBER)?;
                segments.push(Segment { key: Some(name.text), range: name.range });
            } else if self.take("[") {
                segments.push(self.subscript()?);
            } else {
                break;
            }
        }
        Ok(Path { root, segments })
    }

    fn is_method(&self) -> bool {
        let at = |offset: usize, spelling: &str| {
            let token = self.tokens.get(self.next + offset);
            token.is_some_and(|token| {
                token.sort == Sort::Punctuation && self.text[token.range.clone()] == *spelling
            })
        };
        at(0, ".") && at(2, "(")
    }

    /// What is between brackets.
    fn subscript(&mut self) -> Read<Segment> {
        let inside = self.nested(Self::expression)?;
        self.expect("]")?;
        let node = &self.nodes[inside];
        let key = match &node.kind {
            Kind::Text(text) => Some(text.clone()),
            _ => None,
        };
        Ok(Segment { key, range: node.range.clone() })
    }

    /// What is taken out of a value that is no variable.
    fn parts(&mut self, mut value: NodeId, first: NodeId, start: usize) -> Read<NodeId> {
        loop {
            if self.take(".") {
                self.name(MEMBER)?;
                self.method()?;
            } else if self.take("[") {
                self.subscript()?;
            } else if self.is(Sort::Punctuation, "(") {
                return Err(self.mistaken(Mistake::Call));
            } else {
                return Ok(value);
            }
            value = self.add(Kind::Part(value), first, start);
        }
    }

    /// The arguments of a method, if it is one.
    fn method(&mut self) -> Read<()> {
        let arguments = self.arguments()?;
        match arguments.as_ref().and_then(|arguments| arguments.named.first()) {
            Some((name, _)) => Err(Malformed { mistake: Mistake::NamedInMethod, range: name.range.clone() }),
            None => Ok(()),
        }
    }

    fn parenthesised(&mut self) -> Read<NodeId> {
        let (first, start) = self.begin();
        self.next += 1;
        let value = self.nested(Self::expression)?;
        self.expect(")")?;
        self.nodes[value].range = start..self.end();
        self.parts(value, first, start)
    }

    fn list(&mut self) -> Read<NodeId> {
        let (first, start) = self.begin();
        self.next += 1;
        let mut items = Vec::new();
        while !self.closes("]", items.is_empty())? {
            items.push(self.nested(Self::expression)?);
        }
        Ok(self.add(Kind::List(items), first, start))
    }

    fn map(&mut self) -> Read<NodeId> {
        let (first, start) = self.begin();
        self.next += 1;
        let mut entries = Vec::new();
        while !self.closes("}", entries.is_empty())? {
            let key = self.nested(Self::expression)?;
            self.expect(":")?;
            entries.push((key, self.nested(Self::expression)?));
        }
        Ok(self.add(Kind::Map(entries), first, start))
    }

    /// Arguments in parentheses, if any follow.
    pub(super) fn arguments(&mut self) -> Read<Option<Arguments>> {
        if !self.take("(") {
            return Ok(None);
        }
        let mut arguments = Arguments::default();
        while !self.closes(")", arguments.positional.is_empty() && arguments.named.is_empty())? {
            let name = self.argument_name()?;
            let range = self.tokens[self.next..].first().map(|token| token.range.clone()).unwrap_or_default();
            let value = self.nested(Self::expression)?;
            match name {
                Some(name) => arguments.named.push((name, value)),
                None if arguments.named.is_empty() => arguments.positional.push(value),
                None => return Err(Malformed { mistake: Mistake::PositionalAfterNamed, range }),
            }
        }
        Ok(Some(arguments))
    }

    /// The `name =` before the value of an argument.
    fn argument_name(&mut self) -> Read<Option<Name>> {
        let behind = self.tokens.get(self.next + 1);
        let is_named = behind
            .is_some_and(|token| token.sort == Sort::Punctuation && self.text[token.range.clone()] == *"=");
        if !is_named {
            return Ok(None);
        }
        let name = self.name("the name of an argument")?;
        self.expect("=")?;
        Ok(Some(name))
    }

    /// A string with interpolations.
    fn joined(&mut self) -> Read<NodeId> {
        let (first, start) = self.begin();
        self.next += 1;
        let mut parts = Vec::new();
        while !self.take_sort(Sort::Quote) {
            if self.take_sort(Sort::Interpolation) {
                parts.push(self.nested(Self::expression)?);
                if !self.take_sort(Sort::InterpolationEnd) {
                    return Err(self.unexpected("`}`"));
                }
            } else {
                parts.push(self.string_part()?);
            }
        }
        let value = self.add(Kind::Joined(parts), first, start);
        self.parts(value, first, start)
    }

    fn string_part(&mut self) -> Read<NodeId> {
        let token = self.tokens.get(self.next).filter(|token| token.sort == Sort::Text);
        let Some(range) = token.map(|token| token.range.clone()) else {
            return Err(self.unexpected("text"));
        };
        self.next += 1;
        let text = self.text[range.clone()].replace(r#"\""#, "\"");
        let first = self.nodes.len();
        self.nodes.push(Node { kind: Kind::Text(text), range, first });
        Ok(first)
    }

    /// Takes `closing`, or the comma before the next item unless the item is the `first`.
    pub(super) fn closes(&mut self, closing: &'static str, first: bool) -> Read<bool> {
        if self.take(closing) {
            return Ok(true);
        }
        if !first {
            self.expect(",")?;
        }
        Ok(false)
    }

    /// Reads something one level deeper.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == MAX_DEPTH {
            return Err(self.mistaken(Mistake::TooDeep { limit: MAX_DEPTH }));
        }
        self.depth += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    /// A word that is no operator.
    pub(super) fn name(&mut self, wanted: &'static str) -> Read<Name> {
        let token = self.tokens.get(self.next).filter(|token| token.sort == Sort::Name);
        let Some(token) = token else {
            return Err(self.unexpected(wanted));
        };
        self.next += 1;
        Ok(Name { text: self.text[token.range.clone()].to_owned(), range: token.range.clone() })
    }

    /// Takes the closing delimiter.
    pub(super) fn finish(&mut self) -> Read<()> {
        if self.take_sort(Sort::End) {
            return Ok(());
        }
        Err(self.unexpected(OPERATOR))
    }

    pub(super) fn expect(&mut self, punctuation: &'static str) -> Read<()> {
        if self.take(punctuation) {
            return Ok(());
        }
        Err(self.unexpected(quoted(punctuation)))
    }

    pub(super) fn take(&mut self, punctuation: &str) -> bool {
        let found = self.is(Sort::Punctuation, punctuation);
        self.next += usize::from(found);
        found
    }

    pub(super) fn take_operator(&mut self, operator: &str) -> bool {
        let found = self.is(Sort::Operator, operator);
        self.next += usize::from(found);
        found
    }

    pub(super) fn take_sort(&mut self, sort: Sort) -> bool {
        let found = self.tokens.get(self.next).is_some_and(|token| token.sort == sort);
        self.next += usize::from(found);
        found
    }

    fn is(&self, sort: Sort, spelling: &str) -> bool {
        let token = self.tokens.get(self.next);
        token.is_some_and(|token| token.sort == sort && self.text[token.range.clone()] == *spelling)
    }

    /// The node and the byte at which the next thing begins.
    pub(super) fn begin(&self) -> (NodeId, usize) {
        let at = self.tokens.get(self.next).map_or(self.text.len(), |token| match token.sort {
            // The token of a string is what is between its quotes.
            Sort::Text => token.range.start.saturating_sub(1),
            _ => token.range.start,
        });
        (self.nodes.len(), at)
    }

    /// The byte behind what was read last.
    fn end(&self) -> usize {
        let last = self.next.checked_sub(1).and_then(|last| self.tokens.get(last));
        last.map_or(0, |token| token.range.end + usize::from(token.sort == Sort::Text))
    }

    pub(super) fn add(&mut self, kind: Kind, first: NodeId, start: usize) -> NodeId {
        self.nodes.push(Node { kind, range: start..self.end().max(start), first });
        self.nodes.len() - 1
    }

    fn mistaken(&self, mistake: Mistake) -> Malformed {
        let range = self.tokens.get(self.next).map(|token| token.range.clone()).unwrap_or_default();
        Malformed { mistake, range }
    }

    /// The token read last, where `wanted` should be.
    pub(super) fn previous_unexpected(&mut self, wanted: &'static str) -> Malformed {
        self.next = self.next.saturating_sub(1);
        self.unexpected(wanted)
    }

    /// The next token where `wanted` should be.
    fn unexpected(&self, wanted: &'static str) -> Malformed {
        let range = self.tokens.get(self.next).map(|token| token.range.clone()).unwrap_or_default();
        let found = self.text[range.clone()].to_owned();
        Malformed { mistake: Mistake::Unexpected { found, wanted }, range }
    }
}

fn quoted(punctuation: &str) -> &'static str {
    match punctuation {
        ":" => "`:`",
        "," => "`,`",
        "=" => "`=`",
        "(" => "`(`",
        ")" => "`)`",
        _ => "`]`",
    }
}
