"""How far each way of reading is trusted: one table for all fields.

The figures of the common ways follow what was right on reviewed pages (`docs/extraction.md` tells how that is
measured), less something for pages nobody has seen; of ways that gave few values they are a cautious guess.
"""

CONFIDENCE = {
    "declared:ocds": 0.97,
    "declared:common-grants": 0.97,
    "declared:synopsis": 0.97,
    "declared:json-ld": 0.95,
    "declared:microdata": 0.95,
    "declared:record": 0.92,
    "declared:state": 0.9,
    "declared:meta": 0.9,
    "label:dl": 0.96,
    "label:table": 0.96,
    "label:line": 0.95,
    "label:heading": 0.93,
    "row": 0.94,
    "heading": 0.93,
    "link": 0.87,
    "prose": 0.9,
    "language_model": 0.65,
    "page": 0.6,
    "address": 0.5,
}


def confidence_of(method: str) -> float:
    """Return the confidence of a method of reading, from 0 to 1."""
    return CONFIDENCE[method]
