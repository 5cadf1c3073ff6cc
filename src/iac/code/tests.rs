//! Values in TypeScript and Python.

use super::*;

fn scanned(name: &str, text: &str) -> CodeFile {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, text).unwrap();
    CodeFile::read(&path, dir.path()).unwrap()
}

/// The text after the memory size of its first function is 512.
fn changed(name: &str, text: &str) -> Option<String> {
    let code = scanned(name, text);
    let key = if code.language == Language::Python {
        "memory_size"
    } else {
        "memorySize"
    };
    let call = code
        .calls()
        .into_iter()
        .find(|call| call.name.ends_with("Function"))?;
    let finding = code.property(&call, key, 512).finding(512);
    Some(finding.edit?.apply(&code.file.text))
}

#[test]
fn one_token_is_changed_and_all_else_stays() {
    let cases = [
        (
            "a.ts",
            "new lambda.Function(this, 'R', {\r\n\tmemorySize: 1_024, // memorySize: 1\r\n})",
            "new lambda.Function(this, 'R', {\r\n\tmemorySize: 512, // memorySize: 1\r\n})",
        ),
        (
            "a.ts",
            "/* new Function({memorySize: 1}) */ new Function(this, `a${x ? '}' : \"`\"}`, { env: { memorySize: 2 }, memorySize: 3 })",
            "/* new Function({memorySize: 1}) */ new Function(this, `a${x ? '}' : \"`\"}`, { env: { memorySize: 2 }, memorySize: 512 })",
        ),
        (
            "a.ts",
            "const size: number = 256;\nnew Function(this, 'a', { memorySize: size })",
            "const size: number = 512;\nnew Function(this, 'a', { memorySize: size })",
        ),
        (
            "a.ts",
            "const memorySize = 256\nnew Function(this, 'a', { memorySize })",
            "const memorySize = 512\nnew Function(this, 'a', { memorySize })",
        ),
        (
            "a.ts",
            "const base = { memorySize: 1 };\nnew Function(this, 'a', { ...base, x: /[/{]/ })",
            "const base = { memorySize: 512 };\nnew Function(this, 'a', { ...base, x: /[/{]/ })",
        ),
        (
            "a.ts",
            "new Function(this, 'a', { memorySize: props.memory ?? 256 })",
            "new Function(this, 'a', { memorySize: props.memory ?? 512 })",
        ),
        (
            "a.py",
            "f = _lambda.Function(self, \"a\",\n    memory_size=256,  # MB\n)\n",
            "f = _lambda.Function(self, \"a\",\n    memory_size=512,  # MB\n)\n",
        ),
        (
            "a.py",
            "SIZE = 256\nx = \"\"\"Function(memory_size=1)\"\"\"\nFunction(self, f'a{b}', memory_size=SIZE)\n",
            "SIZE = 512\nx = \"\"\"Function(memory_size=1)\"\"\"\nFunction(self, f'a{b}', memory_size=SIZE)\n",
        ),
    ];
    for (name, text, expected) in cases {
        assert_eq!(changed(name, text).as_deref(), Some(expected));
    }
}

#[test]
fn a_missing_value_is_put_in_with_the_indentation_of_its_neighbours() {
    let cases = [
        (
            "a.ts",
            "new Function(this, 'a', {\r\n\t\thandler: 'x',\r\n\t});",
            "new Function(this, 'a', {\r\n\t\tmemorySize: 512,\r\n\t\thandler: 'x',\r\n\t});",
        ),
        (
            "a.ts",
            "new Function(this, 'a', { handler: 'x' })",
            "new Function(this, 'a', { memorySize: 512, handler: 'x' })",
        ),
        (
            "a.ts",
            "new Function(this, 'a', {})",
            "new Function(this, 'a', { memorySize: 512 })",
        ),
        (
            "a.ts",
            "new Function(this, 'a')",
            "new Function(this, 'a', { memorySize: 512 })",
        ),
        (
            "a.ts",
            "new Function(this, 'a', {\n  x: 1,\n  ...base,\n})",
            "new Function(this, 'a', {\n  x: 1,\n  ...base, memorySize: 512,\n})",
        ),
        (
            "a.py",
            "Function(\n    self,\n    'a',\n    handler='x',\n)",
            "Function(\n    self,\n    'a',\n    memory_size=512,\n    handler='x',\n)",
        ),
        (
            "a.py",
            "Function(self, 'a')",
            "Function(self, 'a', memory_size=512)",
        ),
    ];
    for (name, text, expected) in cases {
        assert_eq!(changed(name, text).as_deref(), Some(expected));
    }
}

#[test]
fn what_is_computed_is_left_to_a_person() {
    for (name, text) in [
        ("a.ts", "new Function(this, 'a', { memorySize: 2 * size })"),
        ("a.ts", "new Function(this, 'a', props)"),
        (
            "a.ts",
            "let s = 1; s = 2; new Function(this, 'a', { memorySize: s })",
        ),
        ("a.py", "Function(self, 'a', **common)"),
    ] {
        assert_eq!(changed(name, text), None, "{text}");
    }
}

#[test]
fn a_shared_name_tells_who_else_uses_it() {
    let code = scanned(
        "a.ts",
        "const size = 256;\nnew Function(this, 'a', { memorySize: size });\nnew Function(this, 'b', { memorySize: size });\n",
    );
    let call = code.calls().remove(0);
    let finding = code.property(&call, "memorySize", 512).finding(512);
    assert_eq!(finding.also, ["a.ts:3, which uses 'size'"]);
}
