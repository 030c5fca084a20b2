//! What directives become. What is known now replaces the directive; what only the deployment knows becomes a [`Text`].

use std::cell::Cell;

use super::decode::{Decode, Known, Reader};
use super::directive::{self, Call, Param};
use super::issue::DirectiveIssue;
use super::tree::{Entry, Kind, Tree};
use crate::check::Check;
use crate::expression::Expression;
use crate::nearest::{listed, or_nearest};
use crate::nested::Part;
use crate::private_service::{PrivateService, PrivateServiceParam};
use crate::reference::ResourceRef;
use crate::report::Report;
use crate::resource::ResourceKind;
use crate::text::{self, Fact, ParamRef, RawAttribute, Secret, Text};

/// How often a value may be replaced by another one that is a directive again.
const DEPTH_MAX: usize = directive::DEPTH_MAX;

/// A directive that there is: its name, how it is written, and how many parameters it takes.
struct BuiltIn {
    name: &'static str,
    usage: &'static str,
    least: usize,
    most: usize,
    expected: &'static str,
}

const fn built_in(name: &'static str, usage: &'static str, least: usize, most: usize, expected: &'static str) -> BuiltIn {
    BuiltIn { name, usage, least, most, expected }
}

const BUILT_INS: [BuiltIn; 12] = [
    built_in("$AwsAccountId", "$AwsAccountId()", 0, 0, "none"),
    built_in("$AwsPartition", "$AwsPartition()", 0, 0, "none"),
    built_in("$CfFormat", "$CfFormat('{}/*', $ResourceParam('photos', 'arn'))", 1, usize::MAX, "at least 1"),
    built_in("$CfIntrinsic", "$CfIntrinsic('{\"Ref\": \"AWS::StackId\"}')", 1, 1, "1"),
    built_in("$CfResourceParam", "$CfResourceParam('Topic', 'TopicName')", 1, 2, "1 or 2"),
    built_in("$Format", "$Format('{}-photos', $Stage())", 1, usize::MAX, "at least 1"),
    built_in("$Region", "$Region()", 0, 0, "none"),
    built_in("$ResourceParam", "$ResourceParam('photos', 'arn')", 2, 2, "2"),
    built_in("$Secret", "$Secret('dbSecret.password')", 1, 2, "1 or 2"),
    built_in("$Stage", "$Stage()", 0, 0, "none"),
    built_in("$This", "$This().stackConfig", 0, 0, "none"),
    built_in("$Var", "$Var().name", 0, 0, "none"),
];

/// What directives are resolved with.
pub(super) struct Resolver<'a> {
    pub(super) root: &'a Tree,
    pub(super) known: &'a Known<'a>,
    pub(super) stage: &'a str,
    pub(super) attributes: Option<super::Attributes>,
    /// How many values and letters directives may still make: a few that use each other could make a whole stack's worth of memory.
    pub(super) budget: Cell<usize>,
}

/// What all directives of a document may make together.
pub(super) const BUDGET: usize = 1_000_000;

impl Resolver<'_> {
    fn spend(&self, cost: usize) -> Result<(), DirectiveIssue> {
        let left = self.budget.get().checked_sub(cost).ok_or(DirectiveIssue::TooDeep { expected: DEPTH_MAX })?;
        self.budget.set(left);
        Ok(())
    }

    /// The tree without directives; mistakes are told, and leave [`Kind::Broken`].
    pub(super) fn tree(&self, tree: &Tree, at: &mut Check<'_>, depth: usize) -> Tree {
        let kind = match &tree.kind {
            Kind::Text(text) if directive::is_directive(text) => return self.text(text, tree, at, depth),
            Kind::List(items) => {
                Kind::List(items.iter().enumerate().map(|(index, item)| self.tree(item, &mut at.index(index), depth)).collect())
            }
            Kind::Map(entries) => Kind::Map(
                entries
                    .iter()
                    .map(|entry| {
                        // Paths leave `properties` out.
                        let value = match entry.key.as_str() {
                            "properties" => self.tree(&entry.value, at, depth),
                            key => self.tree(&entry.value, &mut at.field(key), depth),
                        };
                        Entry { key: entry.key.clone(), key_place: entry.key_place, value }
                    })
                    .collect(),
            ),
            kind => kind.clone(),
        };
        Tree::new(tree.place, kind)
    }

    fn text(&self, text: &str, tree: &Tree, at: &mut Check<'_>, depth: usize) -> Tree {
        let resolved = match directive::parse(text) {
            Ok(call) => self.call(&call, depth),
            Err(problem) => Err(DirectiveIssue::Syntax { text: text.to_owned(), problem }),
        };
        match resolved {
            Ok(Resolved { kind, again }) => {
                let resolved = Tree::new(tree.place, kind);
                if again { self.tree(&at_place(resolved, tree.place), at, depth + 1) } else { resolved }
            }
            Err(issue) => {
                at.written_here(tree.place.origin()).report(&issue);
                Tree::new(tree.place, Kind::Broken)
            }
        }
    }

    fn call(&self, call: &Call<'_>, depth: usize) -> Result<Resolved, DirectiveIssue> {
        if depth > DEPTH_MAX {
            return Err(DirectiveIssue::TooDeep { expected: DEPTH_MAX });
        }
        let Some(built_in) = BUILT_INS.iter().find(|known| known.name == call.name) else {
            let names = BUILT_INS.map(|known| known.name);
            let help = or_nearest(call.name, &names, || {
                "write the value out; an ordinary text that looks like a directive ends in a blank".to_owned()
            });
            return Err(DirectiveIssue::Unknown { name: call.name.to_owned(), expected: listed(&names), help });
        };
        let found = call.params.len();
        if found < built_in.least || found > built_in.most {
            let BuiltIn { name, usage, expected, .. } = *built_in;
            return Err(DirectiveIssue::Parameters { name, found, expected, usage });
        }
        let params = Params { built_in, values: call.params.iter().map(|param| self.param(param, depth)).collect::<Result<_, _>>()? };
        let made: usize = params.values.iter().map(|value| if let Kind::Text(text) = value { text.len() } else { 1 }).sum();
        self.spend(1 + made)?;
        let kind = match built_in.name {
            "$Stage" => Kind::Text(self.stage.to_owned()),
            "$Region" => Kind::Runtime(Fact::Region.into()),
            "$AwsAccountId" => Kind::Runtime(Fact::AccountId.into()),
            "$AwsPartition" => Kind::Runtime(Fact::Partition.into()),
            "$Format" => Kind::Text(params.format(Params::local)?.concat()),
            "$CfFormat" => Kind::Runtime(Text::Joined(params.format(Params::runtime)?)),
            "$CfIntrinsic" => Kind::Runtime(params.intrinsic()?),
            "$CfResourceParam" => Kind::Runtime(self.raw_attribute(&params)?),
            "$ResourceParam" => Kind::Runtime(self.resource_param(&params.text(0)?, &params.text(1)?)?),
            "$Secret" => Kind::Secret(params.secret()?),
            "$Var" => return self.picked(self.root.get("variables"), "`variables`", &call.path),
            _ => return self.picked(Some(self.root), "the document", &call.path),
        };
        match call.path.first() {
            None => Ok(Resolved { kind, again: false }),
            Some(_) => Err(DirectiveIssue::UnknownPath {
                path: call.path.join("."),
                of: format!("`{}`", built_in.name),
                expected: "no path".to_owned(),
                help: format!("write `{}`", built_in.usage),
            }),
        }
    }

    fn param(&self, param: &Param<'_>, depth: usize) -> Result<Kind, DirectiveIssue> {
        Ok(match param {
            Param::Text(text) => Kind::Text((*text).to_owned()),
            Param::Number(number) => Kind::Float(*number),
            Param::Bool(value) => Kind::Bool(*value),
            Param::Call(call) => {
                let Resolved { kind, again } = self.call(call, depth + 1)?;
                match &kind {
                    Kind::Text(text) if again && directive::is_directive(text) => {
                        let call = directive::parse(text).map_err(|problem| DirectiveIssue::Syntax { text: text.clone(), problem })?;
                        self.param(&Param::Call(call), depth + 1)?
                    }
                    _ => kind,
                }
            }
        })
    }

    /// What a path leads to; it may hold directives itself.
    fn picked(&self, from: Option<&Tree>, of: &str, path: &[&str]) -> Result<Resolved, DirectiveIssue> {
        let empty = Tree::new(self.root.place, Kind::Map(Vec::new()));
        let mut tree = from.unwrap_or(&empty);
        for (index, key) in path.iter().enumerate() {
            let next = match &tree.kind {
                Kind::List(items) => key.parse().ok().and_then(|index: usize| items.get(index)),
                _ => tree.get(key),
            };
            let Some(next) = next else {
                let keys: Vec<_> = tree.entries().iter().map(|entry| entry.key.as_str()).collect();
                let help = or_nearest(key, &keys, || format!("add the value to {of}"));
                return Err(DirectiveIssue::UnknownPath {
                    path: path[..=index].join("."),
                    of: of.to_owned(),
                    expected: listed(&keys),
                    help,
                });
            };
            tree = next;
        }
        self.spend(size(tree))?;
        Ok(Resolved { kind: tree.kind.clone(), again: true })
    }

    /// An attribute of a CloudFormation resource, or its `Ref` where the type is known and has no such attribute.
    fn raw_attribute(&self, params: &Params<'_>) -> Result<Text, DirectiveIssue> {
        let logical_id = params.text(0)?;
        let attribute = if params.values.len() == 2 { Some(params.text(1)?) } else { None };
        let resource_type = self.root.get("cloudformationResources").and_then(|all| all.get(&logical_id)?.get("Type")?.as_text());
        let known = self.attributes.zip(resource_type).and_then(|(attributes, resource_type)| attributes(resource_type));
        let attribute = attribute.filter(|attribute| known.is_none_or(|known| known.contains(&attribute.as_str())));
        Ok(Text::Raw(RawAttribute { logical_id, attribute }))
    }

    /// A parameter of a resource; one of a service is that of what stands in front of it, or its own.
    fn resource_param(&self, name: &str, param: &str) -> Result<Text, DirectiveIssue> {
        let known = |part: Part| Some(part.of(name)).and_then(|name| Some((self.known.kinds.get(name.as_str()).copied()?, name)));
        let Some(kind) = self.known.kinds.get(name).copied() else {
            let with_params =
                self.known.kinds.iter().filter(|(_, kind)| !text::Param::of(**kind).is_empty() || **kind == ResourceKind::WebService);
            let names: Vec<&str> = with_params.map(|(name, _)| name.as_ref()).collect();
            let help = or_nearest(name, &names, || format!("add `{name}` to `resources`, or use `$CfResourceParam` for a raw resource"));
            return Err(DirectiveIssue::UnknownResource { name: name.to_owned(), expected: listed(&names), help });
        };
        let (of_kind, of_name) = match kind {
            ResourceKind::WebService => {
                known(Part::HttpApiGateway).or_else(|| known(Part::LoadBalancer)).or_else(|| known(Part::NetworkLoadBalancer))
            }
            _ => None,
        }
        .unwrap_or_else(|| (kind, name.to_owned()));
        let Some(mut found) = text::Param::spelt(of_kind, param) else {
            let words: Vec<_> = text::Param::of(of_kind).iter().map(|known| known.spelling()).collect();
            let (param, words) = (param.to_owned(), words.iter().map(AsRef::as_ref).collect::<Vec<_>>());
            let kind = kind.as_str();
            let help = or_nearest(&param, &words, || format!("write one of the parameters of a {kind}"));
            return Err(DirectiveIssue::UnknownParam { param, name: name.to_owned(), kind, expected: listed(&words), help });
        };
        // The place is found by its path, as that of every finding in a document.
        let reference = |name: String, kind| ResourceRef { name, kind, origin: self.root.place.origin() };
        if let text::Param::PrivateService(PrivateServiceParam::Address { port }) = &mut found {
            *port = self.port_of(name);
            if let Some((kind, balancer)) = known(Part::LoadBalancer) {
                return Ok(PrivateService::address_behind(reference(balancer, kind), *port));
            }
        }
        Ok(Text::Param(ParamRef { resource: reference(of_name, of_kind), param: found }))
    }

    /// The port of a private service; what is wrong about it is told where it stands.
    fn port_of(&self, service: &str) -> u16 {
        let properties = self.root.get("resources").and_then(|all| all.get(service)?.get("properties"));
        let read = properties.and_then(|properties| properties.get("port")).and_then(|port| {
            let mut untold = Report::new();
            let port = self.tree(port, &mut Check::root(&mut untold), 0);
            u16::decode(&port, &mut Reader::new(Check::root(&mut untold), self.known))
        });
        PrivateService::port_or_default(read)
    }
}

/// A value that a directive became, and whether directives may stand in it.
struct Resolved {
    kind: Kind,
    again: bool,
}

/// How many values and letters a tree has.
fn size(tree: &Tree) -> usize {
    match &tree.kind {
        Kind::Text(text) => 1 + text.len(),
        Kind::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Kind::Map(entries) => 1 + entries.iter().map(|entry| entry.key.len() + size(&entry.value)).sum::<usize>(),
        _ => 1,
    }
}

/// Values that were written elsewhere are told of where they are used.
fn at_place(tree: Tree, place: super::tree::Place) -> Tree {
    let kind = match tree.kind {
        Kind::List(items) => Kind::List(items.into_iter().map(|item| at_place(item, place)).collect()),
        Kind::Map(entries) => Kind::Map(
            entries.into_iter().map(|entry| Entry { key: entry.key, key_place: place, value: at_place(entry.value, place) }).collect(),
        ),
        kind => kind,
    };
    Tree::new(place, kind)
}

/// The parameters of a directive, resolved.
struct Params<'a> {
    built_in: &'a BuiltIn,
    values: Vec<Kind>,
}

impl Params<'_> {
    fn wrong(&self, found: &Kind, expected: &'static str) -> DirectiveIssue {
        if let Kind::Secret(secret) = found {
            return DirectiveIssue::SecretWrittenOut { id: secret.id().to_owned() };
        }
        let found = Tree::new(super::tree::Place::default(), found.clone()).described();
        DirectiveIssue::Parameter { name: self.built_in.name, found, expected, usage: self.built_in.usage }
    }

    fn text(&self, index: usize) -> Result<String, DirectiveIssue> {
        self.local(&self.values[index])
    }

    /// A parameter that is known now, as a text.
    fn local(&self, value: &Kind) -> Result<String, DirectiveIssue> {
        match value {
            Kind::Text(text) => Ok(text.clone()),
            Kind::Integer(number) => Ok(number.to_string()),
            Kind::Float(number) => Ok(number.to_string()),
            Kind::Bool(value) => Ok(value.to_string()),
            other => Err(self.wrong(other, "a text, a number or a boolean that is known now")),
        }
    }

    fn runtime(&self, value: &Kind) -> Result<Text, DirectiveIssue> {
        match value {
            Kind::Runtime(text) => Ok(text.clone()),
            other => self.local(other).map(Text::Literal),
        }
    }

    /// The pieces of the template and the values between them, in order.
    fn format<T: From<String>>(&self, read: impl Fn(&Self, &Kind) -> Result<T, DirectiveIssue>) -> Result<Vec<T>, DirectiveIssue> {
        let template = self.text(0)?;
        let pieces: Vec<_> = template.split("{}").collect();
        let (placeholders, values) = (pieces.len() - 1, self.values.len() - 1);
        if placeholders != values {
            return Err(DirectiveIssue::Placeholders { name: self.built_in.name, placeholders, values });
        }
        let mut all = Vec::new();
        for (index, piece) in pieces.into_iter().enumerate() {
            if index > 0 {
                all.push(read(self, &self.values[index])?);
            }
            if !piece.is_empty() {
                all.push(piece.to_owned().into());
            }
        }
        Ok(all)
    }

    /// With one parameter, the key follows a dot; a name that has dots itself has its key, or nothing, as a second one.
    fn secret(&self) -> Result<Secret, DirectiveIssue> {
        let first = self.text(0)?;
        if self.values.len() == 2 {
            let key = self.text(1)?;
            return Ok(if key.is_empty() { Secret::new(first) } else { Secret::new(first).key(key) });
        }
        Ok(match first.split_once('.') {
            Some((name, key)) => Secret::new(name).key(key),
            None => Secret::new(first),
        })
    }

    fn intrinsic(&self) -> Result<Text, DirectiveIssue> {
        let expected = "the JSON of an intrinsic function";
        let json: serde_json::Value = serde_json::from_str(&self.text(0)?).map_err(|_| self.wrong(&self.values[0], expected))?;
        if json.is_object() { Ok(Text::Intrinsic(Box::new(Expression::from(json)))) } else { Err(self.wrong(&self.values[0], expected)) }
    }
}
