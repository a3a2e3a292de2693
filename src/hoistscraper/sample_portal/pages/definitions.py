"""The detail layout whose facts are a definition list."""

from html import escape

from hoistscraper.sample_portal.calls import Call
from hoistscraper.sample_portal.pages.frame import page, trail
from hoistscraper.sample_portal.pages.labels import LABELS, facts


def definitions_page(call: Call) -> str:
    """Return a detail page: summary first, then label and value as ``dt`` and ``dd``."""
    labels = LABELS[call.language]
    pairs = "\n".join(f"<dt>{escape(label)}</dt>\n<dd>{escape(value)}</dd>" for label, value in facts(call))
    content = f"""<main class="narrow">
{trail((labels.home, "/"), (labels.calls, "/calls/"), (call.title, None))}
<h1>{escape(call.title)}</h1>
<p>{escape(call.summary)}</p>
<div class="box">
<dl>
{pairs}
</dl>
</div>
<p class="quiet">{escape(call.organisation.about)}</p>
</main>"""
    return page(call.title, content, language=call.language, description=call.summary)
