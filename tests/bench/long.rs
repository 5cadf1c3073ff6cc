//! A made-up article as long as the longest of the feeds at hand.

use std::fmt::Write as _;

/// The length of its HTML.
const BYTES: usize = 112 * 1024;

/// An article with everything articles have.
pub(crate) fn article() -> String {
    let mut html = String::with_capacity(BYTES + 4096);
    let mut part = 0;
    while html.len() < BYTES {
        part += 1;
        chapter(&mut html, part);
    }
    html
}

fn chapter(html: &mut String, part: usize) {
    let words = "A function that waits for others pays for the time it waits, and memory buys speed only where \
                 there is work to do; so measure <em>before</em> you choose, and measure <code>again</code> later.";
    write!(
        html,
        "<h2>\n  Part {part}\n</h2>\n\n<p>{words} {words}</p>\n<ul>\n<li>{words}</li>\n<li><a href=\"https://x.example/{part}\">a link</a></li>\n</ul>\n\
         <blockquote>\n<p>{words} 红楼梦是一部小说。</p>\n</blockquote>\n\
         <p><a href=\"https://media.example/w=800/https%3A%2F%2Fup.example%2F{part}.png\"><img src=\"https://media.example/w=800/https%3A%2F%2Fup.example%2F{part}.png\" alt=\"Chart {part}\"></a></p>\n\
         <table><thead><tr><th>MB</th><th>ms</th><th>note</th></tr></thead><tbody><tr><td>128</td><td>900</td><td>✅ {words}</td></tr></tbody></table>\n\
         <div class=\"highlight js-code-highlight\">\n<pre class=\"highlight python\"><code>"
    )
    .ok();
    for line in 0..12 {
        writeln!(
            html,
            "<span class=\"k\">if</span> <span class=\"n\">a{line}</span> <span class=\"o\">&lt;</span> <span class=\"mi\">{line}</span><span class=\"p\">:</span> <span class=\"nf\">call</span><span class=\"p\">(</span><span class=\"s\">\"{part}\"</span><span class=\"p\">)</span>"
        )
        .ok();
    }
    html.push_str("</code></pre>\n\n</div>\n");
}
