//! Functions found by their names, where no state is here.

use crate::iac::fixture::Tree;

const MODULE: &str = "variable \"name\" {}
variable \"memory\" { default = 128 }
resource \"aws_lambda_function\" \"this\" {
  function_name = \"${var.prefix}-${var.name}\"
  memory_size   = var.memory
}
variable \"prefix\" { default = \"shop\" }
";

fn places(main: &str, live: u32) -> Vec<String> {
    let tree = Tree::of(&[("main.tf", main)]);
    if main.contains("./modules/fn") {
        tree.write("modules/fn/main.tf", MODULE);
    }
    tree.measured_places("shop-reads", live)
}

#[test]
fn names_are_followed_through_modules() {
    let call = |name: &str, rest: &str| {
        format!(
            "module \"{name}\" {{\n  source = \"./modules/fn\"\n  name   = \"{name}\"\n{rest}}}\n"
        )
    };
    let given = call("reads", "  memory = 256\n") + &call("writes", "  memory = 256\n");
    assert_eq!(places(&given, 256), ["main.tf:4 256 likely"]);
    let shared = call("reads", "") + &call("writes", "");
    assert_eq!(
        places(&shared, 128),
        [
            "main.tf:3 128 likely",
            "modules/fn/main.tf:2 128 likely also what module.writes makes"
        ]
    );
    let tree = Tree::of(&[("main.tf", &shared), ("modules/fn/main.tf", MODULE)]);
    let own = tree.measured("shop-reads", 128).places.remove(0);
    tree.apply(
        &own,
        &shared.replacen("  name ", "  memory = 512\n  name ", 1),
    );
    let each = "module \"fn\" {\n  for_each = {\n    reads  = 256\n    writes = 512\n  }\n  source = \"./modules/fn\"\n  name   = each.key\n  memory = each.value\n}\n";
    assert_eq!(places(each, 256), ["main.tf:3 256 likely"]);
    let far = "module \"reads\" {\n  source        = \"terraform-aws-modules/lambda/aws\"\n  function_name = \"shop-reads\"\n  memory_size   = 256\n}\n";
    assert_eq!(places(far, 256), ["main.tf:4 256 likely"]);
}

#[test]
fn names_are_followed_through_maps_and_loops() {
    let resource = |each: &str, name: &str| {
        format!(
            "resource \"aws_lambda_function\" \"all\" {{\n  for_each      = {each}\n  function_name = {name}\n  memory_size   = each.value.memory\n}}\n"
        )
    };
    let keyed = "locals {\n  fns = {\n    shop-reads = { memory = 256 }\n    \"shop-writes\" = { memory = 256 }\n  }\n}\n";
    let main = keyed.to_owned() + &resource("local.fns", "each.key");
    assert_eq!(places(&main, 256), ["main.tf:3 256 likely"]);
    let listed = "variable \"fns\" {\n  default = [\n    { name = \"writes\", memory = 256 },\n    { name = \"reads\", memory = 256 },\n  ]\n}\n";
    let looped = resource(
        "{ for f in var.fns : f.name => f }",
        "\"shop-${each.value.name}\"",
    );
    let main = listed.to_owned() + &looped;
    assert_eq!(places(&main, 256), ["main.tf:4 256 likely"]);
    let tree = Tree::of(&[
        ("main.tf", &looped),
        ("variables.tf", "variable \"fns\" {}\n"),
        (
            "terraform.tfvars",
            "fns = [\n  { name = \"writes\", memory = 1 },\n  { name = \"reads\", memory = 256 },\n]\n",
        ),
    ]);
    assert_eq!(
        tree.measured_places("shop-reads", 256),
        ["terraform.tfvars:3 256 likely"]
    );
    let set = "resource \"aws_lambda_function\" \"all\" {\n  for_each      = toset([\"reads\", \"writes\"])\n  function_name = \"shop-${each.key}\"\n  memory_size   = 256\n}\n";
    assert_eq!(
        places(set, 256),
        ["main.tf:4 256 likely also aws_lambda_function.all[\"writes\"]"]
    );
}

#[test]
fn a_way_is_told_in_its_order() {
    let tree = Tree::of(&[
        (
            "main.tf",
            "module \"a\" {\n  source = \"./a\"\n  size   = local.size\n}\nlocals {\n  size = 256\n}\n",
        ),
        (
            "a/main.tf",
            "variable \"size\" {}\nresource \"aws_lambda_function\" \"r\" {\n  function_name = \"reads\"\n  memory_size   = var.size\n}\n",
        ),
    ]);
    let place = tree.memory("reads").places.remove(0);
    assert_eq!(
        place.reason,
        "No state here names the function. module.a.aws_lambda_function.r has its name. The value is var.size. It is an argument of module.a. The value is local.size."
    );
}

#[test]
fn what_the_run_did_not_see_is_a_guess() {
    let main = "resource \"aws_lambda_function\" \"r\" {\n  function_name = \"shop-reads\"\n  memory_size   = 1024\n}\n";
    assert_eq!(places(main, 1024), ["main.tf:3 1024 likely"]);
    assert_eq!(places(main, 256), ["main.tf:3 1024 guess"]);
    let absent = main.replace("  memory_size   = 1024\n", "");
    assert_eq!(places(&absent, 128), ["main.tf:2 none likely"]);
    assert_eq!(places(&absent, 256), ["main.tf:2 none guess"]);
    let variable = main.replace("1024", "var.mem") + "variable \"mem\" {\n  default = 256\n}\n";
    let tree = Tree::of(&[("main.tf", &variable), ("x.auto.tfvars", "mem = 256\n")]);
    let code = tree.measured("shop-reads", 256);
    let told: Vec<_> = code.places.iter().map(|it| it.confidence.name()).collect();
    assert_eq!(told, ["likely", "guess"]);
    assert!(
        code.places[1]
            .reason
            .ends_with("A file of values overrules it.")
    );
    assert!(!format!("{code:?}").contains("The state has"));
}

#[test]
fn the_provider_tells_the_region() {
    let main = |region: &str, more: &str| {
        format!(
            "provider \"aws\" {{\n  region = \"{region}\"\n}}\nprovider \"aws\" {{\n  alias  = \"eu\"\n  region = \"us-east-1\"\n}}\nresource \"aws_lambda_function\" \"r\" {{\n{more}  function_name = \"shop-reads\"\n  memory_size   = 256\n}}\n"
        )
    };
    assert_eq!(
        places(&main("eu-west-1", ""), 256),
        ["main.tf:10 256 likely"]
    );
    assert_eq!(
        places(&main("eu-west-2", ""), 256),
        ["main.tf:10 256 guess"]
    );
    let alias = main("eu-west-1", "  provider = aws.eu\n");
    assert_eq!(places(&alias, 256), ["main.tf:11 256 guess"]);
}

#[test]
fn what_leads_in_circles_or_grows_without_end_comes_to_an_end() {
    let mut locals = "locals {\n  a0 = \"x\"\n  self = \"${local.self}${local.self}\"\n".to_owned();
    for n in 0..40 {
        let value = format!("${{local.a{n}}}").repeat(3);
        locals += &["  a", &(n + 1).to_string(), " = \"", &value, "\"\n"].concat();
    }
    for name in ["local.self", "local.a20", "local.a40"] {
        let main = format!(
            "{locals}}}\nresource \"aws_lambda_function\" \"r\" {{\n  function_name = {name}\n}}\n"
        );
        assert_eq!(places(&main, 256), [""; 0]);
    }
    let deep = "module \"a\" {\n  source = \"./\"\n  count  = 100000\n}\n";
    assert_eq!(places(deep, 256), [""; 0]);
}

#[test]
fn what_is_not_read_of_a_project_is_told() {
    let tree = Tree::of(&[("main.tf", "module \"m\" {\n  source = \"./m0\"\n}\n")]);
    for n in 0..210 {
        let call = format!("module \"m\" {{\n  source = \"../m{}\"\n}}\n", n + 1);
        tree.write(&format!("m{n}/main.tf"), &call);
    }
    let code = tree.memory("reads");
    assert_eq!(
        code.notes[0],
        "The module in m199 was not read, nor any behind it: 200 modules and 64 MiB of them are read of a project at most."
    );
}
