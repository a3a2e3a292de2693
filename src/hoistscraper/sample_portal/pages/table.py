"""The detail layout whose facts are a table of two columns."""

from html import escape

from hoistscraper.sample_portal.calls import Call
from hoistscraper.sample_portal.pages.frame import page, trail
from hoistscraper.sample_portal.pages.labels import LABELS, facts

CONDITIONS_PATH = "/documents/general-conditions.pdf"
CONDITIONS_TITLE = "General conditions"


def table_page(call: Call) -> str:
    """Return a detail page: a row for each fact, the label in its head cell; conditions as a document."""
    labels = LABELS[call.language]
    rows = "\n".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>'
        for label, value in facts(call)
    )
    content = f"""<main class="narrow">
{trail((labels.home, "/"), (labels.calls, "/calls/"), (call.title, None))}
<h1>{escape(call.title)}</h1>
<p>{escape(call.summary)}</p>
<table>
<tbody>
{rows}
</tbody>
</table>
<p><a href="{CONDITIONS_PATH}">{CONDITIONS_TITLE} (PDF)</a></p>
<p class="quiet">{escape(call.organisation.about)}</p>
</main>"""
    return page(call.title, content, language=call.language, description=call.summary)
