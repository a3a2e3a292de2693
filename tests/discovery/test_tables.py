"""Tables whose rows are entries, and tables that are something else."""

from hoistscraper.discovery.grids import find_grids
from hoistscraper.discovery.tables import find_tables
from tests.discovery.pages import layout


def test_a_header_in_bold_names_the_columns() -> None:
    groups = find_tables(
        layout(
            "<table><tr><td><b>Grant title</b></td><td><b>Closing date</b></td></tr>"
            "<tr><td>Choirs</td><td>3 May 2027</td></tr><tr><td>Ponds</td><td>4 May 2027</td></tr></table>"
        )
    )

    assert [[row.title for row in group.rows] for group in groups] == [["Choirs", "Ponds"]]
    assert groups[0].fields == {"title", "deadline"}


def test_a_header_over_two_columns_labels_both() -> None:
    [group] = find_tables(
        layout(
            '<table><tr><th>Title</th><th colspan="2">Closing date</th></tr>'
            "<tr><td>Grant for choirs</td><td>3 May 2027</td><td>17:00</td></tr></table>"
        )
    )

    assert [(text.label, text.text) for text in group.rows[0].texts] == [
        ("Title", "Grant for choirs"),
        ("Closing date", "3 May 2027"),
        ("Closing date", "17:00"),
    ]


def test_two_labels_in_one_header_cell_label_the_two_lines_below() -> None:
    [group] = find_tables(
        layout(
            "<table><tr><th>Agency<br>Title</th><th>Closing date</th></tr>"
            "<tr><td>Port of Lindenfels<br>Repair of the stairs</td><td>3 May 2027</td></tr></table>"
        )
    )

    assert group.rows[0].title == "Repair of the stairs"
    assert ("Agency", "Port of Lindenfels") in [(text.label, text.text) for text in group.rows[0].texts]


def test_tables_of_one_header_belong_together() -> None:
    table = (
        "<table><tr><th>Title</th><th>Closing date</th></tr><tr><td>{}</td><td>3 May 2027</td></tr></table>"
    )

    [group] = find_tables(layout(f"<h2>May</h2>{table.format('Choirs')}<h2>June</h2>{table.format('Ponds')}"))

    assert [(row.title, row.section) for row in group.rows] == [("Choirs", "May"), ("Ponds", "June")]


def test_a_table_that_holds_tables_only_arranges_the_page() -> None:
    inner = (
        "<table><tr><th>Title</th><th>Deadline</th></tr><tr><td>Choirs</td><td>3 May 2027</td></tr></table>"
    )

    groups = find_tables(layout(f"<table><tr><td>Menu</td><td>{inner}</td></tr></table>"))

    assert [[row.title for row in group.rows] for group in groups] == [["Choirs"]]


def test_a_table_built_of_other_elements_is_read_by_its_header() -> None:
    rows = "".join(
        f'<div class="r"><div><a href="#">{title}</a></div><div>A-{n}</div><div>1/{n}/2027</div></div>'
        for n, title in enumerate(("Interpreting services", "Filter repair", "Switch testing"), start=1)
    )

    [group] = find_grids(
        layout(f'<div class="h"><div>Project title</div><div>Project ID</div><div>Due date</div></div>{rows}')
    )

    assert [row.title for row in group.rows] == ["Interpreting services", "Filter repair", "Switch testing"]
    assert all(row.url is None for row in group.rows)
    assert "deadline" in group.fields
