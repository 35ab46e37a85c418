//! Pages of a small provider, letter by letter, and the words for everything that a schema can say.

use std::fs;

use super::*;
use crate::arguments::Arguments;
use crate::context::Context;
use crate::diagnostics::{Diagnostics, Result};
use crate::function::{Function, FunctionError};
use crate::model::{Attr, Model};
use crate::provider::ConfigureRequest;
use crate::reply::Reply;
use crate::resource::{
    ApplyError, CreateRequest, DeleteRequest, ReadRequest, Resource, Saved, UpdateRequest,
};
use crate::schema::{Attribute, Block, Mode, Nesting, Replace, Shape};
use crate::validate;
use crate::value::{Type, Value};
use crate::{AnyFunction, AnyResource};

struct Toys;

/// Toys on
/// shelves.
#[derive(Clone, Debug, Default, Model)]
struct Config {
    /// Where the shelves are.
    #[attr(required)]
    url: Attr<String>,
}

/// A [toy](https://example.com/toys).
///
/// It can be of any colour.
#[derive(Clone, Debug, Default, Model)]
#[model(at_most_one_of(colour, pin))]
struct ToyModel {
    /// The import id.
    #[attr(computed, id)]
    id: Attr<String>,
    /// Its shelf.
    #[attr(required, identity)]
    shelf: Attr<String>,
    /// Its number on the shelf.
    #[attr(required, identity)]
    number: Attr<i64>,
    /// Its colour.
    #[attr(optional, computed, default = "blue", validate = validate::one_of(["blue", "red"]))]
    colour: Attr<String>,
    /// What opens it.
    #[attr(optional, sensitive, write_only)]
    pin: Attr<String>,
    /// Its parts.
    #[attr(block, min = 1, max = 3)]
    parts: Attr<Vec<Part>>,
    /// Who has it.
    #[attr(optional)]
    owner: Attr<Owner>,
}

/// A part.
#[derive(Clone, Debug, Default, Model)]
struct Part {
    /// What it is made of,
    /// from the outside in.
    #[attr(optional)]
    materials: Attr<Vec<Attr<String>>>,
}

/// An owner.
#[derive(Clone, Debug, Default, Model)]
struct Owner {
    /// The owner's name.
    #[attr(required)]
    name: Attr<String>,
}

struct Toy;

impl Resource for Toy {
    type Client = ();
    type Model = ToyModel;

    const NAME: &'static str = "toys_toy";

    async fn create(
        &self,
        _cx: &Context<()>,
        request: CreateRequest<ToyModel>,
    ) -> Result<Saved<ToyModel>, ApplyError<ToyModel>> {
        Ok(Saved::new(request.planned, request.private))
    }

    async fn read(
        &self,
        _cx: &Context<()>,
        _request: ReadRequest<ToyModel>,
    ) -> Result<Option<Saved<ToyModel>>> {
        Ok(None)
    }

    async fn update(
        &self,
        _cx: &Context<()>,
        request: UpdateRequest<ToyModel>,
    ) -> Result<Saved<ToyModel>, ApplyError<ToyModel>> {
        Ok(Saved::new(request.planned, request.private))
    }

    async fn delete(&self, _cx: &Context<()>, _request: DeleteRequest<ToyModel>) -> Result<Diagnostics> {
        Ok(Diagnostics::new())
    }
}

/// Counts toys.
///
/// Broken ones count too.
#[derive(Arguments)]
struct CountArguments {
    /// Where to begin.
    #[argument(nullable)]
    start: Option<i64>,
    /// The toys.
    #[argument(variadic, validate = validate::length(1..=9))]
    toys: Vec<String>,
}

struct Count;

impl Function for Count {
    type Arguments = CountArguments;
    type Output = i64;

    const NAME: &'static str = "count_toys";
    const DEPRECATED: Option<&'static str> = Some("Use `length`.");

    fn call(&self, arguments: CountArguments) -> Result<i64, FunctionError> {
        let toys =
            i64::try_from(arguments.toys.len()).map_err(|error| FunctionError::new(error.to_string()))?;
        Ok(arguments.start.unwrap_or_default() + toys)
    }
}

impl Provider for Toys {
    type Config = Config;
    type Client = ();

    const NAME: &'static str = "toys";
    const ADDRESS: &'static str = "example/toys";

    fn resources(&self) -> &'static [&'static dyn AnyResource<()>] {
        &[&Toy]
    }

    fn functions(&self) -> &'static [&'static dyn AnyFunction] {
        &[&Count]
    }

    async fn configure(&self, _request: ConfigureRequest<Config>) -> Result<Reply<()>> {
        Ok(().into())
    }
}

/// The pages of the toys with these examples, by path.
fn made(examples: &[(&str, &str)]) -> Result<Vec<(String, String)>, ExampleError> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in examples {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("an example");
    }
    let pages = pages(&Toys, folder.path())?;
    Ok(pages.iter().map(|page| (page.path.clone(), page.to_string())).collect())
}

const INDEX: &str = r#"---
# generated from the provider's schemas and examples: changes here are lost
page_title: "toys Provider"
description: |-
  Toys on shelves.
---

# toys Provider

Toys on
shelves.

## Example Usage

```terraform
provider "toys" {}
```

## Schema

### Required

- `url` (String) Where the shelves are.
"#;

const TOY: &str = r#"---
# generated from the provider's schemas and examples: changes here are lost
page_title: "toys_toy Resource - terraform-provider-toys"
subcategory: ""
description: |-
  A toy.
  It can be of any colour.
---

# toys_toy (Resource)

A [toy](https://example.com/toys).

It can be of any colour.

## Schema

At most one of these is set: `colour`, `pin`.

### Required

- `number` (Number) Its number on the shelf. Changing this forces a new resource to be created.
- `parts` (Block List, Min: 1, Max: 3) Its parts. (see [below for nested schema](#nestedblock--parts))
- `shelf` (String) Its shelf. Changing this forces a new resource to be created.

### Optional

> **NOTE**: [Write-only arguments](https://developer.hashicorp.com/terraform/language/resources/ephemeral#write-only-arguments) are supported in Terraform 1.11 and later.

- `colour` (String) Its colour. Must be one of `blue`, `red`. Defaults to `"blue"`.
- `owner` (Attributes) Who has it. (see [below for nested schema](#nestedatt--owner))
- `pin` (String, Sensitive, [Write-only](https://developer.hashicorp.com/terraform/language/resources/ephemeral#write-only-arguments)) What opens it.

### Read-Only

- `id` (String) The import id.

<a id="nestedblock--parts"></a>
### Nested Schema for `parts`

Optional:

- `materials` (List of String) What it is made of,
  from the outside in.

<a id="nestedatt--owner"></a>
### Nested Schema for `owner`

Required:

- `name` (String) The owner's name.

## Import

Import is supported using the following syntax:

In Terraform v1.12.0 and later, the [`import` block](https://developer.hashicorp.com/terraform/language/import) can be used with the `identity` attribute, for example:

```terraform
import {
  to = toys_toy.bear
  identity = {
    shelf  = "top"
    number = 7
  }
}
```

### Identity Schema

#### Required

- `shelf` (String) Its shelf.
- `number` (Number) Its number on the shelf.

In Terraform v1.5.0 and later, the [`import` block](https://developer.hashicorp.com/terraform/language/import) can be used with the `id` attribute, for example:

```terraform
import {
  to = toys_toy.bear
  id = "top/7"
}
```

The [`terraform import` command](https://developer.hashicorp.com/terraform/cli/commands/import) can be used, for example:

```shell
# The bear.
terraform import toys_toy.bear "top/7"
```
"#;

const COUNT: &str = r#"---
# generated from the provider's schemas and examples: changes here are lost
page_title: "count_toys function - terraform-provider-toys"
subcategory: ""
description: |-
  Counts toys.
---

# function: count_toys

Counts toys.

Broken ones count too.

> **Deprecated**: Use `length`.

## Signature

```text
count_toys(start number, toys string...) number
```

## Arguments

1. `start` (Number, Nullable) Where to begin.
1. `toys` (Variadic, String) The toys. Must be of a length from 1 to 9.
"#;

#[test]
fn pages_are_as_registries_show_them() {
    let examples = [
        ("provider/provider.tf", "provider \"toys\" {}\n"),
        ("resources/toys_toy/import.sh", "# The bear.\nterraform import toys_toy.bear \"top/7\"\n"),
    ];
    let pages = made(&examples).expect("good examples");
    let expected = [("index.md", INDEX), ("resources/toy.md", TOY), ("functions/count_toys.md", COUNT)];
    let paths: Vec<&str> = pages.iter().map(|(path, _)| &**path).collect();
    assert_eq!(paths, expected.map(|(path, _)| path));
    for ((_, page), (path, expected)) in pages.iter().zip(expected) {
        assert_eq!(page, expected, "{path}");
    }
}

#[test]
fn without_an_example_the_import_is_shown_with_names() {
    let pages = made(&[]).expect("no examples");
    let toy = &pages[1].1;
    for expected in [
        "    number = \"<number>\"\n",
        "  id = \"<shelf>/<number>\"\n",
        "terraform import toys_toy.example '<shelf>/<number>'\n",
    ] {
        assert!(toy.contains(expected), "{expected}: {toy}");
    }
    assert!(!pages.iter().any(|(_, text)| text.contains("Example Usage")));
}

#[test]
fn an_import_that_does_not_import_is_refused() {
    let cases = [
        ("echo", "there is no such line"),
        ("terraform import toys_toy.bear", "there is no such line"),
        ("terraform import toys_toy.bear top", "The id must have the form shelf/number; got \"top\"."),
        (
            "terraform import toys_toy.bear top/seven",
            "The id must have the form shelf/number; got \"top/seven\".",
        ),
    ];
    for (line, expected) in cases {
        let error = made(&[("resources/toys_toy/import.sh", line)]).expect_err(line).to_string();
        assert!(error.contains("import.sh") && error.ends_with(expected), "{error}");
    }
    let error = made(&[("resources/toys_toy/resource.tf/x", "")]).expect_err("a folder").to_string();
    assert!(error.contains("resource.tf cannot be read"), "{error}");
}

/// The one item of a block that holds this attribute.
fn item_of(attribute: Attribute) -> String {
    let parts = schema::section(&Block { attributes: vec![attribute], ..Block::default() });
    let items = parts.iter().find_map(|part| match part {
        page::Part::List { items, .. } => Some(items.clone()),
        _ => None,
    });
    items.expect("a list").concat()
}

#[test]
fn everything_that_a_schema_says_has_words() {
    let plain = Attribute {
        name: "a",
        description: "It.",
        shape: Shape::Plain(Type::String),
        mode: Mode::Optional,
        sensitive: false,
        write_only: false,
        deprecated: None,
        replace: Replace::Never,
        stable: false,
        default: None,
        validators: Vec::new(),
        same: None,
    };
    let nested = |nesting| Shape::Nested(nesting, Block::default());
    let of = |ty| Attribute { shape: Shape::Plain(ty), ..plain.clone() };
    let boxed = Box::new;
    let with_default = |value, ty| Attribute { default: Some(value), ..of(ty) };
    let link = "(see [below for nested schema](#nestedatt--a))";
    let cases = [
        (of(Type::Bool), "`a` (Boolean) It.".to_owned()),
        (of(Type::Dynamic), "`a` (Dynamic) It.".to_owned()),
        (of(Type::Map(boxed(Type::Set(boxed(Type::Number))))), "`a` (Map of Set of Number) It.".to_owned()),
        (of(Type::List(boxed(Type::Object(Default::default())))), "`a` (List of Object) It.".to_owned()),
        (of(Type::Tuple(Vec::new())), "`a` (Tuple) It.".to_owned()),
        (
            Attribute { shape: nested(Nesting::Single), ..plain.clone() },
            format!("`a` (Attributes) It. {link}"),
        ),
        (
            Attribute { shape: nested(Nesting::List), ..plain.clone() },
            format!("`a` (Attributes List) It. {link}"),
        ),
        (
            Attribute { shape: nested(Nesting::Map), ..plain.clone() },
            format!("`a` (Attributes Map) It. {link}"),
        ),
        (
            Attribute { deprecated: Some("Use b."), sensitive: true, ..plain.clone() },
            "`a` (String, Sensitive, Deprecated) It. **Deprecated**: Use b.".to_owned(),
        ),
        (
            Attribute { replace: Replace::If(|_, _| true), ..plain.clone() },
            "`a` (String) It. Changing this may force a new resource to be created.".to_owned(),
        ),
        (
            Attribute { replace: Replace::Always, mode: Mode::Computed, ..plain.clone() },
            "`a` (String) It.".to_owned(),
        ),
        (with_default(Value::from(true), Type::Bool), "`a` (Boolean) It. Defaults to `true`.".to_owned()),
        (
            with_default(Value::from("${x}"), Type::String),
            "`a` (String) It. Defaults to `\"$${x}\"`.".to_owned(),
        ),
        (
            Attribute { description: "It.\n\n* one\n* two", ..with_default(Value::from(2), Type::Number) },
            "`a` (Number) It.\n\n  * one\n  * two\n\n  Defaults to `2`.".to_owned(),
        ),
    ];
    for (attribute, expected) in cases {
        assert_eq!(item_of(attribute), expected);
    }
}
