//! `## Schema`: what a block holds, by who gives the values, and one section for each block and object in it.

use super::page::Part;
use super::text::{item, literal, rule, type_name};
use crate::schema::{Attribute, Block, Mode, NestedBlock, Nesting, Replace, Shape};

const WRITE_ONLY: &str =
    "https://developer.hashicorp.com/terraform/language/resources/ephemeral#write-only-arguments";

pub(super) fn section(block: &Block) -> Vec<Part> {
    let mut parts = vec![Part::heading(2, "Schema")];
    parts.extend(content(block, &[]));
    parts
}

/// Who gives the values of a group, as headings say it.
const GROUPS: [(Group, &str); 3] =
    [(Group::Required, "Required"), (Group::Optional, "Optional"), (Group::ReadOnly, "Read-Only")];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Required,
    Optional,
    ReadOnly,
}

/// An attribute or a nested block: pages do not keep them apart.
enum Member<'a> {
    Attribute(&'a Attribute),
    Block(&'a NestedBlock),
}

fn content(block: &Block, path: &[&str]) -> Vec<Part> {
    let members = members(block);
    let rules = block.rules.iter().map(|r| Part::text(rule(r)));
    let groups = GROUPS.iter().flat_map(|(group, title)| {
        let members: Vec<&Member> = members.iter().filter(|member| member.group() == *group).collect();
        self::group(title, &members, path)
    });
    let in_order =
        GROUPS.iter().flat_map(|(group, _)| members.iter().filter(|member| member.group() == *group));
    let nested = in_order.flat_map(|member| nested(member, path));
    rules.chain(groups).chain(nested).collect()
}

/// By name, so that one finds them.
fn members(block: &Block) -> Vec<Member<'_>> {
    let attributes = block.attributes.iter().map(Member::Attribute);
    let mut members: Vec<Member> = attributes.chain(block.blocks.iter().map(Member::Block)).collect();
    members.sort_by_key(Member::name);
    members
}

fn group(title: &str, members: &[&Member], path: &[&str]) -> Vec<Part> {
    if members.is_empty() {
        return Vec::new();
    }
    let title = if path.is_empty() { Part::heading(3, title) } else { Part::text(format!("{title}:")) };
    let has_write_only = members.iter().any(|member| member.is_write_only());
    let note = has_write_only.then(|| {
        Part::text(format!(
            "> **NOTE**: [Write-only arguments]({WRITE_ONLY}) are supported in Terraform 1.11 and later."
        ))
    });
    let items = members.iter().map(|member| member.item(path)).collect();
    [title].into_iter().chain(note).chain([Part::List { bullet: "-", items }]).collect()
}

fn nested(member: &Member, path: &[&str]) -> Vec<Part> {
    let Some(block) = member.block() else { return Vec::new() };
    let path: Vec<&str> = path.iter().copied().chain([member.name()]).collect();
    let text = format!("Nested Schema for `{}`", path.join("."));
    let heading = Part::Heading { level: 3, text, anchor: Some(member.anchor(&path)) };
    [heading].into_iter().chain(content(block, &path)).collect()
}

impl<'a> Member<'a> {
    fn name(&self) -> &'static str {
        match self {
            Self::Attribute(attribute) => attribute.name,
            Self::Block(nested) => nested.name,
        }
    }

    fn group(&self) -> Group {
        match self {
            Self::Attribute(attribute) => match attribute.mode {
                Mode::Required => Group::Required,
                Mode::Optional | Mode::OptionalComputed => Group::Optional,
                Mode::Computed => Group::ReadOnly,
            },
            Self::Block(nested) if nested.min_items > 0 => Group::Required,
            Self::Block(_) => Group::Optional,
        }
    }

    fn block(&self) -> Option<&'a Block> {
        match self {
            Self::Block(nested) => Some(&nested.block),
            Self::Attribute(Attribute { shape: Shape::Object(block) | Shape::Nested(_, block), .. }) => {
                Some(block)
            }
            Self::Attribute(_) => None,
        }
    }

    fn is_write_only(&self) -> bool {
        matches!(self, Self::Attribute(attribute) if attribute.write_only)
    }

    fn anchor(&self, path: &[&str]) -> String {
        let kind = match self {
            Self::Attribute(_) => "nestedatt",
            Self::Block(_) => "nestedblock",
        };
        format!("{kind}--{}", path.join("--"))
    }

    fn item(&self, path: &[&str]) -> String {
        let (marks, text) = match self {
            Self::Attribute(attribute) => (marks(attribute), described(attribute)),
            Self::Block(nested) => (block_marks(nested), nested.block.description.to_owned()),
        };
        let path: Vec<&str> = path.iter().copied().chain([self.name()]).collect();
        let link = format!("(see [below for nested schema](#{}))", self.anchor(&path));
        let link = self.block().map(|_| link);
        let text: Vec<String> = [text].into_iter().chain(link).collect();
        item(self.name(), &marks, &text.join(" "))
    }
}

fn marks(attribute: &Attribute) -> Vec<String> {
    let ty = match &attribute.shape {
        Shape::Plain(ty) => type_name(ty),
        Shape::Object(_) => "Attributes".to_owned(),
        Shape::Nested(nesting, _) => nesting_name("Attributes", *nesting),
    };
    let marks = [
        (true, ty),
        (attribute.sensitive, "Sensitive".to_owned()),
        (attribute.deprecated.is_some(), "Deprecated".to_owned()),
        (attribute.write_only, format!("[Write-only]({WRITE_ONLY})")),
    ];
    marks.into_iter().filter(|(applies, _)| *applies).map(|(_, mark)| mark).collect()
}

fn block_marks(nested: &NestedBlock) -> Vec<String> {
    let (min, max) = (nested.min_items, nested.max_items);
    let is_single = nested.nesting == Nesting::Single;
    let marks = [
        (true, nesting_name("Block", nested.nesting)),
        (is_single, if min > 0 { "Required" } else { "Optional" }.to_owned()),
        (!is_single && min > 0, format!("Min: {min}")),
        (!is_single && max > 0, format!("Max: {max}")),
        (nested.block.deprecated.is_some(), "Deprecated".to_owned()),
    ];
    marks.into_iter().filter(|(applies, _)| *applies).map(|(_, mark)| mark).collect()
}

fn nesting_name(what: &str, nesting: Nesting) -> String {
    match nesting {
        Nesting::Single => what.to_owned(),
        Nesting::List => format!("{what} List"),
        Nesting::Set => format!("{what} Set"),
        Nesting::Map => format!("{what} Map"),
    }
}

/// The description, and after it what else the schema says.
fn described(attribute: &Attribute) -> String {
    let notes = notes(attribute).join(" ");
    let between = if attribute.description.contains("\n\n") { "\n\n" } else { " " };
    let between = if notes.is_empty() { "" } else { between };
    format!("{}{between}{notes}", attribute.description)
}

fn notes(attribute: &Attribute) -> Vec<String> {
    let musts = attribute.validators.iter().map(|validator| format!("Must be {}.", validator.description()));
    let default = attribute.default.as_ref().and_then(|value| literal(value, &attribute.value_type()));
    let default = default.map(|value| format!("Defaults to `{value}`."));
    let replace = match attribute.replace {
        _ if attribute.mode == Mode::Computed => None,
        Replace::Never => None,
        Replace::Always => Some("Changing this forces a new resource to be created.".to_owned()),
        Replace::If(_) => Some("Changing this may force a new resource to be created.".to_owned()),
    };
    let deprecated = attribute.deprecated.map(|message| format!("**Deprecated**: {message}"));
    musts.chain(default).chain(replace).chain(deprecated).collect()
}
