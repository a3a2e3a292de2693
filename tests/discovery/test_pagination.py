"""The next page of a list, and what only looks like it."""

import pytest

from hoistscraper.discovery.pagination import next_page
from tests.discovery.pages import ADDRESS, document

SECOND = f"{ADDRESS}?page=2"


@pytest.mark.parametrize(
    "pager",
    [
        '<a rel="next" href="?page=2">weiter</a>',
        '<div class="pager"><a href="?page=2">Next »</a></div>',
        '<a href="?page=2">Page suivante</a>',
        '<a href="?page=2">Nächste Seite</a>',
        '<a href="?page=2">Siguiente</a>',
        '<a href="?page=2"><img alt="Next page" src="n.png"></a>',
        '<a href="?page=2" aria-label="Next page">›</a>',
        '<ul><li class="active"><a href="#">1</a></li><li><a href="?page=2">2</a></li></ul>',
        '<p>1 <a href="?page=2">2</a> <a href="?page=3">3</a></p>',
        '<div class="pages"><strong>1</strong><a href="?page=2">2</a><a href="?page=9">9</a></div>',
        '<div class="pager"><a href="?page=0" class="disabled">‹</a><a href="?page=2">»</a></div>',
        '<div class="pager"><a href="?page=2"><i class="fa fa-angle-right"></i></a></div>',
        '<nav class="x-pagination"><a class="x-pagination__next" href="?page=2"><span></span></a></nav>',
        '[<a href="?page=2">Next</a>/<a href="?page=9">Last</a>]',
    ],
)
def test_the_next_page_is_found_however_it_is_shown(pager: str) -> None:
    assert next_page(document(pager)) == SECOND


def test_what_the_head_declares_comes_first() -> None:
    page = document("<p>Calls</p>", head='<link rel="next" href="/calls?page=2">')

    assert next_page(page) == SECOND


@pytest.mark.parametrize(
    "look_alike",
    [
        '<a href="javascript:go(2)">Next</a>',
        '<a href="#">Next</a>',
        '<div class="carousel"><a href="/slides/2">Next</a></div>',
        '<table class="calendar"><tr><td><a href="?month=2">Next</a></td></tr></table>',
        '<div class="post-nav"><a rel="next" href="/news/other-article">Other article →</a></div>',
        '<a href="/next-steps">Next steps for applicants</a>',
        '<ul class="pagination"><li><a href="?page=1">1</a></li><li class="current">2</li></ul>',
        "<p>In 2 we trust</p>",
    ],
)
def test_what_only_looks_like_a_next_page_is_none(look_alike: str) -> None:
    assert next_page(document(look_alike)) is None
