"""A run as one HTML file that needs nothing else and can be read in the light and in the dark."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from importlib.resources import files

from hoistscraper.loadtest.criteria import Judgement, Limits, has_passed
from hoistscraper.loadtest.plots import Line, distributions, in_words, over_time
from hoistscraper.loadtest.recording import Figures
from hoistscraper.loadtest.run import Run
from hoistscraper.loadtest.summary import (
    about_client,
    about_failures,
    about_latencies,
    about_order,
    endpoint_rows,
)

_MARKS = {True: ("pass", "pass"), False: ("miss", "MISS"), None: ("", "not judged")}
_NUMBERS = ("requests", "failures", "req/s", "p50", "p95", "p99", "max")


def render(run: Run, judgements: Sequence[Judgement], limits: Limits, *, at: datetime) -> str:
    """Return the report of a run that ended."""
    passed = has_passed(list(judgements))
    verdict = "Every criterion that could be judged is met." if passed else "Not every criterion is met."
    style = files("hoistscraper.loadtest").joinpath("report_style.css").read_text()
    sections = [
        _section("Criteria", "", _criteria_table(judgements)),
        *([_section("Failures", "", _failure_list(run))] if run.recording.examples else []),
        _section("By endpoint", about_latencies(run), _endpoint_table(run)),
        *_plots(run, limits),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Load test of {escape(run.order.url)}</title><style>{style}</style></head><body>"
        f"<h1>Load test of {escape(run.order.url)}</h1>"
        f"<p>{escape(about_order(run))} {at:%d %b %Y %H:%M %Z}.</p>"
        f"<div class='verdict {_MARKS[passed][0]}'>{verdict}</div>"
        f"{''.join(sections)}<footer>{escape(about_client(run))}</footer></body></html>\n"
    )


def _section(title: str, explanation: str, content: str) -> str:
    told = f"<p>{escape(explanation)}</p>" if explanation else ""
    return f"<section><h2>{escape(title)}</h2>{told}{content}</section>"


def _criteria_table(judgements: Iterable[Judgement]) -> str:
    rows = "".join(
        f"<tr><td>{escape(each.criterion)}</td><td>{escape(each.measured)}</td>"
        f'<td class="{_MARKS[each.passes][0]}">{_MARKS[each.passes][1]}</td></tr>'
        for each in judgements
    )
    return (
        '<div class="wide"><table><thead><tr><th>criterion</th><th>measured</th><th>result</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _failure_list(run: Run) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in about_failures(run))}</ul>"


def _endpoint_table(run: Run) -> str:
    heads = "".join(f'<th class="number">{name}</th>' for name in _NUMBERS)
    rows = endpoint_rows(run)
    lines = "".join(
        f"{'<tr class=all>' if row is rows[-1] else '<tr>'}<td>{escape(row[0])}</td>"
        + "".join(f'<td class="number">{escape(value)}</td>' for value in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="wide"><table><thead><tr><th>endpoint</th>{heads}</tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )


def _plots(run: Run, limits: Limits) -> list[str]:
    width = run.recording.timeline.width_seconds
    slots = _whole_slots(run)
    end = max(run.seconds, 1.0)

    def line(name: str, kind: str, values: Iterable[float]) -> Line:
        return Line(name, kind, [((place + 0.5) * width, value) for place, value in enumerate(values)])

    rates = [line("answered", "main", ((slot.requests - slot.failed) / width for slot in slots))]
    if run.recording.whole().failed:
        rates.append(line("failed", "bad", (slot.failed / width for slot in slots)))
    times = [
        line("p95", "second", (slot.since_due.quantile(0.95) * 1000 for slot in slots)),
        line("p50", "main", (slot.since_due.quantile(0.5) * 1000 for slot in slots)),
    ]
    answered = [
        (name, each.since_due) for name, each in run.recording.endpoints.items() if each.since_due.count
    ]
    slowest_first = sorted(answered, key=lambda each: -each[1].quantile(0.95))
    plots = [
        _section(
            "Requests per second",
            "",
            _key(("answered", "main"), *([("failed", "bad")] if len(rates) > 1 else []))
            + over_time(rates, unit="/s", end_seconds=end),
        ),
        _section(
            "Latency over time",
            f"Half of the requests were faster than p50, all but one in twenty faster than p95 "
            f"(demanded: {in_words(limits.p95_seconds)}).",
            _key(("p95", "second"), ("p50", "main"), ("demanded of p95", "bad"))
            + over_time(times, unit="ms", end_seconds=end, limit=limits.p95_seconds * 1000),
        ),
    ]
    if slowest_first:
        plots.append(
            _section(
                "Latencies by endpoint",
                "The stronger the colour, the more requests took that long; the slowest endpoint first. "
                "The scale grows tenfold from mark to mark.",
                _key(("p50", "ink"), ("p95", "second"), ("p99", "bad")) + distributions(slowest_first),
            )
        )
    if len(run.memory.points) > 1:
        memory = [Line("memory", "main", [(seconds, size / 1e6) for seconds, size in run.memory.points])]
        plots.append(_section("Memory of the server", "", over_time(memory, unit="MB", end_seconds=end)))
    return plots


def _whole_slots(run: Run) -> list[Figures]:
    """Return the slots without the last one where the run ended within it: it would show a drop."""
    timeline = run.recording.timeline
    whole = int(run.order.duration_seconds // timeline.width_seconds)
    return timeline.slots[: max(whole, 1)]


def _key(*entries: tuple[str, str]) -> str:
    spans = "".join(f'<span style="--swatch: var(--{kind})">{name}</span>' for name, kind in entries)
    return f'<div class="key">{spans}</div>'
