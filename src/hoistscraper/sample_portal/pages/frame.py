"""What every page has around its content: head, navigation and the notice that all of it is invented."""

from html import escape
from importlib import resources

from hoistscraper.sample_portal.calls import Language

PORTAL_NAME = "Openfield Funding Portal"
INVENTED = "This is invented sample content: no call, organisation or person on this page is real."
_STYLE = resources.files("hoistscraper.sample_portal.pages").joinpath("style.css").read_text(encoding="utf-8")
_INVENTED_IN_OTHER_WORDS = {
    "en": "",
    "fr": '<br><span lang="fr">Contenu inventé à titre d’exemple.</span>',
    "de": '<br><span lang="de">Erfundener Beispielinhalt.</span>',
}


def page(
    title: str, content: str, *, language: Language = "en", description: str | None = None, head: str = ""
) -> str:
    """Return a whole page; ``content`` and ``head`` are HTML, the other texts are plain."""
    described = f'<meta name="description" content="{escape(description)}">' if description else ""
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} | {PORTAL_NAME}</title>
{described}
<link rel="icon" href="data:,">
<link rel="alternate" type="application/rss+xml" title="New calls" href="/feed.xml">
{head}
<style>
{_STYLE}</style>
</head>
<body>
<header class="bar">
<div>
<a class="name" href="/">{PORTAL_NAME}</a>
<nav aria-label="Main">
<a href="/calls/">Calls</a> &nbsp; <a href="/news/">News</a> &nbsp; <a href="/about/">About</a>
</nav>
</div>
</header>
{content}
<footer>
<p>{INVENTED}{_INVENTED_IN_OTHER_WORDS[language]}</p>
<p><a href="/privacy/">Privacy</a> &middot; <a href="/about/">Contact</a> &middot;
<a href="/sitemap.xml">Sitemap</a></p>
</footer>
</body>
</html>
"""


def trail(*steps: tuple[str, str | None]) -> str:
    """Return the breadcrumbs: name and address of each step, no address for the present page."""
    links = [
        f'<a href="{escape(href)}">{escape(name)}</a>' if href else f"<span>{escape(name)}</span>"
        for name, href in steps
    ]
    return f'<nav class="trail" aria-label="Breadcrumb">{" &rsaquo; ".join(links)}</nav>'
