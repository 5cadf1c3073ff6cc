//! What the web container says: requests, JSON lines, a stack trace now and then, rarely a line of 200 KB.

use serde_json::json;

use super::moment::{Said, ServiceMoment, pick, stamp};

const PATHS: [&str; 8] = [
    "/api/orders",
    "/api/orders/8812",
    "/api/basket",
    "/healthz",
    "/api/customers/日本語",
    "/static/app.js",
    "/api/search?q=blue+kettle",
    "/api/login",
];
const AGENTS: [&str; 3] = ["alpha-web/5.2", "alpha-ios/31", "alpha-android/30"];
const NOTES: [&str; 6] = [
    "basket priced",
    "order accepted ✅",
    "session renewed",
    "cache missed, asked the database",
    "🚀 release 2026.11.3 is serving",
    "payment authorised 💳",
];

/// A line of 200 KB comes once in so many seconds.
const HUGE_EVERY: i64 = 600;
/// A stack trace comes once in about so many seconds.
const TRACE_EVERY: u64 = 45;

/// The lines of one second.
pub(super) fn lines(moment: ServiceMoment) -> Vec<Said> {
    let count = 2 + moment.bits % 5;
    let mut said: Vec<Said> = (0..count).map(|index| usual(moment, index)).collect();
    let replica = moment.bits >> 8;
    if (moment.bits >> 16).is_multiple_of(TRACE_EVERY) {
        said.push((700, replica, trace(moment)));
    }
    if moment.slot.rem_euclid(HUGE_EVERY) == 37 {
        said.push((900, replica, huge(moment)));
    }
    said
}

fn usual(moment: ServiceMoment, index: u64) -> Said {
    let bits = moment.bits(index);
    let offset_ms = (bits >> 40).cast_signed() % 1000;
    let text = if bits.is_multiple_of(4) {
        structured(moment, offset_ms, bits >> 8)
    } else {
        request(moment, offset_ms, bits >> 8)
    };
    (offset_ms, bits >> 4, text)
}

/// An access record.
fn request(moment: ServiceMoment, offset_ms: i64, bits: u64) -> String {
    let time = moment.time(offset_ms).strftime("%d/%b/%Y:%H:%M:%S +0000");
    let method = pick(&["GET", "GET", "GET", "POST"], bits);
    let status = match bits % 50 {
        0 => 500,
        1 | 2 => 404,
        3 => 302,
        _ => 200,
    };
    let (path, agent) = (pick(&PATHS, bits >> 3), pick(&AGENTS, bits >> 9));
    let (host, size, took) = ((bits >> 12) % 250, (bits >> 20) % 9000, (bits >> 34) % 400);
    format!(
        "10.0.3.{host} - - [{time}] \"{method} {path} HTTP/1.1\" {status} {size} \"-\" \"{agent}\" {took}ms"
    )
}

/// A line of the application itself.
fn structured(moment: ServiceMoment, offset_ms: i64, bits: u64) -> String {
    let level = pick(
        &["info", "info", "info", "warning", "error", "debug"],
        bits >> 5,
    );
    json!({
        "timestamp": stamp(moment.time(offset_ms)),
        "level": level,
        "logger": pick(&["shop.orders", "shop.payments", "shop.search"], bits >> 11),
        "message": pick(&NOTES, bits >> 17),
        "request": { "id": format!("{:016x}", bits), "path": pick(&PATHS, bits >> 23) },
        "duration_ms": (bits >> 30) % 700,
    })
    .to_string()
}

/// An error with where it came from: one event of several lines.
fn trace(moment: ServiceMoment) -> String {
    let bits = moment.bits(99);
    let order = bits % 10_000;
    let mut text = format!(
        "[{}] [ERROR] Error handling request /api/orders/{order}\nTraceback (most recent call last):",
        stamp(moment.time(700))
    );
    let depth = 3 + bits % 6;
    text.extend((0..depth).map(|level| step(bits >> level)));
    text + &format!("\nshop.errors.StockError: item {order} is not in stock")
}

/// One step of a trace: two lines.
fn step(bits: u64) -> String {
    let file = pick(&["views", "orders", "pricing", "stock", "client"], bits);
    let name = pick(&["get", "price", "reserve", "send", "render"], bits >> 7);
    let line = 20 + (bits >> 3) % 300;
    format!(
        "\n  File \"/srv/alpha/shop/{file}.py\", line {line}, in {name}\n    return self.{name}(order, retries=retries - 1)"
    )
}

/// A line that somebody should not have logged.
fn huge(moment: ServiceMoment) -> String {
    let item = format!(
        "{{\"sku\":\"K-{:06}\",\"name\":\"kettle, blue\",\"quantity\":1}},",
        moment.bits % 1_000_000
    );
    let count = 200_000_usize.div_ceil(item.len());
    format!(
        "[{}] [WARNING] body larger than expected: [{}]",
        stamp(moment.time(900)),
        item.repeat(count)
    )
}
