//! The schemas in `docs/json/`: each output is as its schema says, and within a version keys are only added.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use crate::json::{answers, room};

/// The schemas, by the names of their files.
struct Schemas(BTreeMap<String, Value>);

/// A part of a schema, with the file that it stands in.
type Part<'a> = (&'a str, &'a Value);

impl Schemas {
    fn read() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/json");
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let schema = |path: &Path| serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
        Self(files.map(|path| (name(&path), schema(&path))).collect())
    }

    /// What a reference in a file means.
    fn referred<'a>(&'a self, file: &'a str, to: &str) -> Part<'a> {
        let (other, pointer) = to.split_once('#').unwrap();
        let (file, schema) = match other {
            "" => (file, &self.0[file]),
            other => self.0.get_key_value(other).map(|(file, schema)| (file.as_str(), schema)).unwrap(),
        };
        (file, schema.pointer(pointer).unwrap_or_else(|| panic!("{file}: no `{to}`")))
    }

    /// The parts that a schema is made of: itself, what it refers to, and all that must hold too.
    fn parts<'a>(&'a self, (file, schema): Part<'a>) -> Vec<(&'a str, &'a Map<String, Value>)> {
        let own = schema.as_object().unwrap_or_else(|| panic!("{file}: {schema}"));
        let referred = own.get("$ref").map(|to| self.referred(file, to.as_str().unwrap()));
        let all = own.get("allOf").and_then(Value::as_array).into_iter().flatten().map(|part| (file, part));
        let others = referred.into_iter().chain(all).flat_map(|part| self.parts(part));
        std::iter::once((file, own)).chain(others).collect()
    }

    /// In what a value is other than its schema says. A key that the schema lacks counts too: a schema lets
    /// programs expect more, but no output of this version has it.
    fn faults(&self, schema: Part<'_>, value: &Value, at: &str) -> Vec<String> {
        let mut faults = Vec::new();
        let mut known = BTreeSet::new();
        for (file, part) in self.parts(schema) {
            let below = |schema, value, at: &str| self.faults((file, schema), value, at);
            for (keyword, said) in part {
                let fits = match keyword.as_str() {
                    "$schema" | "$id" | "$defs" | "$ref" | "allOf" | "title" | "description" => true,
                    "const" => value == said,
                    "enum" => said.as_array().unwrap().contains(value),
                    "type" => {
                        [said].into_iter().chain(said.as_array().into_iter().flatten()).any(|t| is(value, t))
                    }
                    "minimum" => value.as_f64().is_none_or(|number| number >= said.as_f64().unwrap()),
                    "minItems" => {
                        value.as_array().is_none_or(|list| list.len() as u64 >= said.as_u64().unwrap())
                    }
                    "required" => {
                        let keys = said.as_array().unwrap().iter().map(|key| key.as_str().unwrap());
                        value
                            .as_object()
                            .is_none_or(|object| keys.clone().all(|key| object.contains_key(key)))
                    }
                    "anyOf" => {
                        said.as_array().unwrap().iter().any(|schema| below(schema, value, at).is_empty())
                    }
                    "properties" => {
                        for (key, schema) in said.as_object().unwrap() {
                            known.insert(key.as_str());
                            let inner =
                                value.get(key).map(|value| below(schema, value, &format!("{at}.{key}")));
                            faults.extend(inner.into_iter().flatten());
                        }
                        true
                    }
                    "prefixItems" => {
                        let schemas = said.as_array().unwrap();
                        let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
                        faults.extend(
                            list.iter().zip(schemas).flat_map(|(value, schema)| below(schema, value, at)),
                        );
                        list.len() <= schemas.len()
                    }
                    "items" if said.is_object() => {
                        let list = value.as_array().into_iter().flatten();
                        faults.extend(list.flat_map(|value| below(said, value, &format!("{at}[]"))));
                        true
                    }
                    // No more than the first ones, which are counted there.
                    "items" => true,
                    other => panic!("{file}: `{other}` is not looked at by this test"),
                };
                if !fits {
                    faults.push(format!("{at}: not as `{keyword}` says, {said}: {value}"));
                }
            }
        }
        let keys = value.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
        let unknown = keys.filter(|key| !known.is_empty() && !known.contains(key));
        faults.extend(unknown.map(|key| format!("{at}.{key}: not in the schema")));
        faults
    }

    /// Every key, with the type of its value.
    fn keys(&self) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for (file, schema) in &self.0 {
            let name = file.strip_suffix(".schema.json").unwrap();
            list(name, schema, &mut keys);
            for (definition, schema) in schema["$defs"].as_object().into_iter().flatten() {
                list(&format!("{name}/{definition}"), schema, &mut keys);
            }
        }
        keys
    }
}

fn is(value: &Value, kind: &Value) -> bool {
    match kind.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some("number") => value.is_number(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => false,
    }
}

fn list(at: &str, schema: &Value, keys: &mut BTreeSet<String>) {
    for part in schema["allOf"].as_array().into_iter().flatten() {
        keys.insert(format!("{at} has {}", kind(part)));
    }
    for (key, schema) in schema["properties"].as_object().into_iter().flatten() {
        keys.insert(format!("{at}.{key} is {}", kind(schema)));
        list(&format!("{at}.{key}"), schema, keys);
    }
    schema["anyOf"].as_array().into_iter().flatten().for_each(|schema| list(at, schema, keys));
    if schema["items"].is_object() {
        list(&format!("{at}[]"), &schema["items"], keys);
    }
}

/// The type of a value in a word or two.
fn kind(schema: &Value) -> String {
    let several = |kinds: &Vec<Value>, kind: fn(&Value) -> String| {
        kinds.iter().map(kind).collect::<Vec<_>>().join(" or ")
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match schema {
        Value::Object(schema) if schema.contains_key("$ref") => {
            text(&schema["$ref"]).rsplit('/').next().unwrap_or_default().to_owned()
        }
        Value::Object(schema) if schema.contains_key("anyOf") => {
            several(schema["anyOf"].as_array().unwrap(), kind)
        }
        Value::Object(schema) if schema.contains_key("const") => schema["const"].to_string(),
        Value::Object(schema) => {
            let own = match &schema["type"] {
                Value::Array(kinds) => several(kinds, |kind| kind.as_str().unwrap_or_default().to_owned()),
                one => text(one),
            };
            match schema.get("items").filter(|items| items.is_object()) {
                Some(items) => format!("{own} of {}", kind(items)),
                None => own,
            }
        }
        _ => String::new(),
    }
}

/// The schema of what a command prints.
fn schema_of(command: &str) -> &str {
    match command.split(' ').next().unwrap() {
        "query" if command.contains("jsonl") => "hit",
        "authors" | "sections" | "publications" => "names",
        "show" | "parse" => "article",
        "mentions" => "mention",
        "index" if command.contains("--dry-run") => "index-dry-run",
        "status" if command.contains("--problems") => "problem",
        name => name,
    }
}

#[test]
fn every_output_is_as_its_schema_says() {
    let schemas = Schemas::read();
    let mut used = BTreeSet::from(["common.schema.json".to_owned()]);
    for (command, value) in answers(&room()) {
        let file = format!("{}.schema.json", schema_of(&command));
        let schema = schemas.0.get(&file).unwrap_or_else(|| panic!("docs/json lacks {file}"));
        let faults = schemas.faults((&file, schema), &value, "");
        assert!(faults.is_empty(), "{command} against docs/json/{file}:\n{}", faults.join("\n"));
        used.insert(file);
    }
    let all: BTreeSet<String> = schemas.0.keys().cloned().collect();
    assert_eq!(used, all);
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/json.md")).unwrap();
    let unlinked: Vec<&String> =
        all.iter().filter(|file| !page.contains(&format!("(json/{file})"))).collect();
    assert!(unlinked.is_empty(), "docs/json.md links no {unlinked:?}");
}

#[test]
fn within_a_version_keys_are_only_added() {
    let kept = include_str!("json_keys.txt");
    let (version, kept) = kept.split_once('\n').unwrap();
    let schemas = Schemas::read();
    let now = &schemas.0["common.schema.json"]["$defs"]["versioned"]["properties"]["format_version"]["const"];
    assert_eq!(version, format!("format_version {now}"), "tests/cli/json_keys.txt is of another version");
    let kept: BTreeSet<String> = kept.lines().map(str::to_owned).collect();
    let keys = schemas.keys();
    let gone: Vec<&str> = kept.difference(&keys).map(String::as_str).collect();
    assert!(
        gone.is_empty(),
        "these keys have left, or are something else, which programs that read them notice: raise `FORMAT_VERSION` \
         (src/cli/render/json/common.rs), and begin tests/cli/json_keys.txt anew\n{}",
        gone.join("\n")
    );
    let new: Vec<&str> = keys.difference(&kept).map(String::as_str).collect();
    assert!(new.is_empty(), "new keys: add them to tests/cli/json_keys.txt\n{}", new.join("\n"));
}

#[test]
fn what_is_not_as_the_schema_says_is_noticed() {
    let schemas = Schemas::read();
    let file = "problem.schema.json";
    let good = serde_json::json!({
        "format_version": 2, "kind": "doubtful", "path": "/a.md", "record": null, "message": "no date", "count": 1
    });
    let faults = |value: &Value| schemas.faults((file, &schemas.0[file]), value, "").len();
    assert_eq!(faults(&good), 0);
    for (key, value) in [
        ("kind", "odd".into()),
        ("path", 3.into()),
        ("record", 0.into()),
        ("count", "1".into()),
        ("format_version", 3.into()),
        ("unheard_of", 1.into()),
    ] {
        let mut bad = good.clone();
        bad[key] = value;
        assert_eq!(faults(&bad), 1, "{key}");
    }
    let mut bad = good;
    bad.as_object_mut().unwrap().remove("record");
    assert_eq!(faults(&bad), 1);
}
