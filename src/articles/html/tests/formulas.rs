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
fn a_formula_in_tex_is_shown_as_it_was_written() {
    let html =
        "<p>So <script type='math/tex'>\\frac{a}{b} &lt; 1</script> it is.<script>x()</script>";
    assert_eq!(show(html), "So \\frac{a}{b} &lt; 1 it is.");
}
