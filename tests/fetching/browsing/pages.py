"""A website that does nothing without scripts."""

import asyncio
import json

from tests.sites import Exchange, Route, Site
from tests.sites.answers import body, page, redirect

_FILLED = """<!doctype html><html><title>Calls</title><body><div id="root"></div><script>
fetch("/calls.json").then(answer => answer.json()).then(calls => {
  for (const call of calls) {
    const item = document.createElement("article");
    item.textContent = call.title;
    document.getElementById("root").append(item);
  }
});
</script></body></html>"""
_FEED = """<!doctype html><title>Calls</title><main id=feed style="height: 300px; overflow-y: auto"></main>
<script>
let shown = 0;
const feed = document.getElementById("feed");
async function more() {
  if (shown >= 40) return;
  await fetch(`/nothing.json?from=${shown}`);
  for (const last = shown + 10; shown < last; shown++) {
    const item = document.createElement("p");
    item.style.height = "100px"; item.textContent = `Call number ${shown}.`;
    feed.append(item);
  }
}
let soon;
feed.addEventListener("scroll", () => { clearTimeout(soon); soon = setTimeout(more, 150); });
more();
</script>"""
_BUTTON = """<!doctype html><title>Calls</title><main id=list><p>Call number 0.</p></main>
<a href="/elsewhere">Load more news</a><button disabled>Load more</button>
<button style="display: none">Load more</button><button id=more>Afficher  PLUS d’appels…</button><script>
let shown = 1;
document.getElementById("more").onclick = async event => {
  const button = event.target;
  await fetch(`/nothing.json?from=${shown}`);
  const item = document.createElement("p");
  item.textContent = `Call number ${shown++}.`;
  document.getElementById("list").append(item);
  if (shown == 4) button.remove();
};
</script>"""
_RESTLESS = """<!doctype html><h1>Restless</h1><p id=clock></p><script>
setInterval(() => document.getElementById("clock").textContent = performance.now(), 20);</script>"""
_WAITING = """<!doctype html><h1>Waiting</h1><script>fetch("/silent").catch(() => 0);</script>"""
_MANNERLESS = """<!doctype html><h1>Mannerless</h1><script>
alert("one"); confirm("two"); prompt("three"); window.onbeforeunload = () => "stay";
window.open("/popup"); Notification.requestPermission();
navigator.permissions.query({name: "geolocation"}).then(answer => document.title = answer.state);
console.error("oh"); setTimeout(() => { throw new Error("dear"); });
</script>"""
_LOADING = """<!doctype html><h1>Pictures</h1><img src="/picture.png"><img src="/picture.jpg?size=2">
<style>@font-face { font-family: f; src: url(/face.woff2); } h1 { font-family: f; }</style>
<script src="/script.js"></script>"""
_MANY = """<!doctype html><h1>Many</h1><script>
for (let i = 0; i < 50; i++) fetch(`/calls.json?${i}`);
fetch("/large.json"); fetch("/broken.json").catch(() => 0); fetch("/text");
</script>"""
_HOG = "<!doctype html><script>while (true) {}</script>"
_COOKIES = """<!doctype html><p id=kept></p><script>
document.getElementById("kept").textContent = `[${document.cookie}][${localStorage.getItem("visits")}]`;
document.cookie = "seen=yes; max-age=3600";
localStorage.setItem("visits", Number(localStorage.getItem("visits")) + 1);
</script>"""

CALLS = [{"title": "Call for bridges"}, {"title": "Call for bees"}]


async def _silent(exchange: Exchange) -> None:
    await exchange.wait_for_the_reader_to_leave()


async def _slow(exchange: Exchange) -> None:
    await asyncio.sleep(0.4)
    await exchange.send(page("Slow"))


_TABLE = (
    ("/", "a plain page", body(page("Plain"))),
    ("/filled", "empty until a script has fetched its calls", body(_FILLED)),
    ("/calls.json", "the calls", body(json.dumps(CALLS), kind="application/json")),
    ("/nothing.json", "an empty answer", body("{}", kind="application/json")),
    ("/large.json", "two megabytes", body(json.dumps("x" * 2_000_000), kind="application/json")),
    ("/broken.json", "a failure", body("{}", status=500, kind="application/json")),
    ("/text", "no JSON", body("{}", kind="text/plain")),
    ("/feed", "shows more when scrolled", body(_FEED)),
    ("/button", "shows more at the press of a button", body(_BUTTON)),
    ("/restless", "changes all the time", body(_RESTLESS)),
    ("/waiting", "waits for an answer that never comes", body(_WAITING)),
    ("/silent", "never answers", _silent),
    ("/slow", "takes its time", _slow),
    ("/mannerless", "opens dialogs and windows", body(_MANNERLESS)),
    ("/pictures", "loads what nobody reads", body(_LOADING)),
    ("/script.js", "a script", body("document.title = 'Scripted'", kind="text/javascript")),
    ("/picture.png", "a picture", body(b"\x89PNG", kind="image/png")),
    ("/picture.jpg", "a picture", body(b"\xff\xd8\xff", kind="image/jpeg")),
    ("/face.woff2", "a typeface", body(b"wOF2", kind="font/woff2")),
    ("/many", "asks for many things", body(_MANY)),
    ("/hog", "keeps its process busy for ever", body(_HOG)),
    ("/cookies", "tells what it knows of its visitor", body(_COOKIES)),
    ("/moved", "sends on", redirect("/filled")),
    ("/download", "a file", body(b"PK", kind="application/zip", content_disposition="attachment")),
    ("/missing", "is not there", body("<p>gone</p>", status=404)),
    ("/nothing-and-wrong", "fails without a word", body("", status=503)),
    ("/later", "asks to come back later", body("later", status=429, retry_after="90")),
    ("/forbidden-by-robots", "kept from programs", body(page("Forbidden"))),
    ("/to-forbidden", "sends on to where programs may not go", redirect("/forbidden-by-robots")),
    (
        "/robots.txt",
        "keeps programs from a part",
        body("User-agent: *\nDisallow: /forbidden-by-robots\n", kind="text/plain"),
    ),
)


def scripted_site() -> Site:
    """Return the website."""
    return Site({path: Route(story, answer) for path, story, answer in _TABLE})
