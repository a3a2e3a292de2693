"""The pages of the web app, by name, with addresses of what the sample portal gave."""

from collections.abc import Mapping

from benchmarks.webapp.asking import ask


def pages_of(origin: str) -> Mapping[str, str]:
    """Return the path of each page, of one opportunity, website and job among them."""
    return {
        "opportunities": "/",
        "opportunity": f"/opportunity/?id={_first(origin, 'opportunities', 'q=quay&')}",
        "marked": "/marked/",
        "websites": "/websites/",
        "website": f"/website/?id={_first(origin, 'websites')}",
        "jobs": "/jobs/",
        "job": f"/job/?id={_first(origin, 'scrape-jobs')}",
        "dashboard": "/dashboard/",
        "settings": "/settings/",
        "switches": "/settings/switches/",
        "users": "/settings/users/",
        "tokens": "/settings/tokens/",
        "sessions": "/settings/sessions/",
        "audit": "/settings/audit/",
        "about": "/settings/about/",
        "profile": "/profile/",
        "set-up": "/set-up/",
        "sign-in": "/sign-in/",
        "invitation": "/invitation/#token=invented",
        "new-password": "/new-password/#token=invented",
        "forgotten-password": "/forgotten-password/",
        "missing": "/no/",
    }


def _first(origin: str, resource: str, narrowed: str = "") -> str:
    return str(ask(origin, f"/api/{resource}?{narrowed}limit=1")["items"][0]["id"])
