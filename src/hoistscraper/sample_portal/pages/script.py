"""The detail page that stays empty until a browser runs its script."""

import json

from hoistscraper.sample_portal.calls import Call
from hoistscraper.sample_portal.pages.frame import page
from hoistscraper.sample_portal.pages.labels import facts

_SCRIPT = """<script>
async function show() {
  const answer = await fetch("facts.json");
  const call = await answer.json();
  const root = document.getElementById("app");
  const add = (parent, tag, text) => {
    const node = document.createElement(tag);
    node.textContent = text;
    return parent.appendChild(node);
  };
  add(root, "h1", call.title);
  add(root, "p", call.summary);
  const list = add(root, "dl", "");
  for (const [label, value] of call.facts) {
    add(list, "dt", label);
    add(list, "dd", value);
  }
}
show();
</script>"""


def script_page(call: Call) -> str:
    """Return a page with an empty root, the script that fills it, and a word to those without scripts."""
    content = f"""<div id="app" class="narrow"></div>
<noscript><p class="narrow">You need to enable JavaScript to see this call.</p></noscript>
{_SCRIPT}"""
    return page("Call", content)


def facts_path(call: Call) -> str:
    """Return where the script finds what it shows."""
    return f"{call.path}facts.json"


def facts_json(call: Call) -> str:
    """Return what the script shows."""
    return json.dumps(
        {"title": call.title, "summary": call.summary, "facts": facts(call)}, ensure_ascii=False
    )
