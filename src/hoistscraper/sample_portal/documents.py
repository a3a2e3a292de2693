"""The PDF documents: two calls that are told nowhere else, and the conditions that many pages link to."""

from hoistscraper.sample_portal.calls import Call
from hoistscraper.sample_portal.pages.frame import INVENTED
from hoistscraper.sample_portal.pages.labels import facts
from hoistscraper.sample_portal.pages.table import CONDITIONS_TITLE
from hoistscraper.sample_portal.pdf import write_pdf


def call_pdf(call: Call) -> bytes:
    """Return a call as a document: its summary, then a line for each fact."""
    lines = [f"{label}: {value}" for label, value in facts(call)]
    about = f"{call.organisation.name}. {call.organisation.about}"
    return write_pdf(call.title, [call.summary, *lines, about, INVENTED], language=call.language)


def conditions_pdf() -> bytes:
    """Return the conditions."""
    return write_pdf(
        CONDITIONS_TITLE,
        [
            "The organisation may ask for papers that prove what an applicant states.",
            "Applicants are told of the decision in writing, with reasons.",
            "Money that is not spent on the purpose of the award is paid back.",
            INVENTED,
        ],
    )
