//! Formulas in MathML and in TeX.

use super::*;

fn math(inside: &str) -> String {
    show(&format!("<p><math>{inside}</math>"))
}

#[test]
fn mathml_is_one_readable_line() {
    for (inside, expected) in [
        (
            "<mi>x</mi><mo>=</mo><mfrac><mrow><mo>-</mo><mi>b</mi></mrow><mrow><mn>2</mn><mi>a</mi></mrow></mfrac><msqrt><mi>y</mi></msqrt><msup><mi>z</mi><mn>10</mn></msup>",
            "x = -b/(2a)·√y·z^10",
        ),
        (
            "<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mn>2</mn></mfrac>",
            "(a + 1)/2",
        ),
        (
            "<msub><mi>x</mi><mrow><mi>i</mi><mo>+</mo><mn>1</mn></mrow></msub>",
            "x_(i + 1)",
        ),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "x^(1/3)"),
        ("<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>", "√(a + b)"),
        (
            "<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mi>i</mi>",
            "∑_i^n·i",
        ),
        (
            "<mi>f</mi><mo>(</mo><mi>x</mi><mo>,</mo><mi>y</mi><mo>)</mo>",
            "f(x, y)",
        ),
        (
            "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable>",
            "[1, 0; 0, 1]",
        ),
        ("<mtext>rate</mtext><mo>=</mo><mn>4</mn>", "rate = 4"),
        ("<mfrac><mi>a</mi></mfrac><mi>b", "ab"),
    ] {
        assert_eq!(math(inside), expected, "{inside}");
    }
}

#[test]
fn deep_formulas_are_read_to_their_end() {
    let deep = "<mrow>".repeat(10_000) + "<mi>x</mi>" + &"</mrow>".repeat(10_000);
    assert!(math(&deep).contains('x'));
}

#[test]
fn a_formula_in_tex_is_shown_as_a_line_with_its_source_at_hand() {
    let html =
        "<p>So <script type='math/tex'>\\frac{a}{b} &lt; 1</script> it is.<script>x()</script>";
    assert_eq!(show(html), "So a/b < 1 it is.");
    let page = layout(html, 40);
    let formula = &page.formulas[0];
    assert_eq!(formula.text, "\\frac{a}{b} < 1");
    assert_eq!(formula.lines, 0..1);
}

#[test]
fn mathml_comes_with_the_tex_it_was_made_of() {
    let tex = "<annotation encoding=application/x-tex>\\sqrt{x}</annotation>";
    let html = format!(
        "<p><math><semantics><msqrt><mi>x</mi></msqrt>{tex}</semantics></math></p><p>and <math><mi>y</mi></math>"
    );
    assert_eq!(show(&html), "√x\n\nand y");
    let formulas: Vec<_> = layout(&html, 40)
        .formulas
        .into_iter()
        .map(|it| it.text)
        .collect();
    assert_eq!(formulas, ["\\sqrt{x}"]);
}

#[test]
fn what_no_line_can_say_is_shown_as_it_was_written() {
    let html = "<p>So <script type='math/tex'>\\unheard{a}</script>.";
    assert_eq!(show(html), "So \\unheard{a}.");
}
