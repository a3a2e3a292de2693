"""No page of the web app loads more script than its budget when it is opened."""

from build import is_built

from benchmarks.webapp.weight import SCRIPT_BUDGET_BYTES, weights


def test_no_page_loads_more_script_than_it_may() -> None:
    assert is_built(), "the web app is not built of these sources: run make web"
    weighed = {each.page: each.scripts for each in weights()}
    assert len(weighed) > 20
    assert min(weighed.values()) > 50_000
    assert {page: scripts for page, scripts in weighed.items() if scripts > SCRIPT_BUDGET_BYTES} == {}
