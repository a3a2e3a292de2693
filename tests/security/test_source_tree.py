"""What never stands in our own code: secrets, and comparisons whose time tells how right one was."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))

# As issuers write them, so that what stands in tests and explanations is not taken for one.
SECRETS = {
    "private key": r"-----BEGIN (?:RSA |EC |OPENSSH |DSA )?PRIVATE KEY-----\n[A-Za-z0-9+/]{40}",
    "AWS": r"\bAKIA[0-9A-Z]{16}\b",
    "GitHub": r"\bgh[pousr]_[A-Za-z0-9]{36}\b",
    "Slack": r"\bxox[abprs]-[0-9A-Za-z-]{20,}",
    "Google": r"\bAIza[0-9A-Za-z_-]{35}\b",
    "OpenAI": r"\bsk-[A-Za-z0-9]{32,}\b",
    "JWT": r"\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}",
    "ours": r"\bhst_[A-Za-z0-9_-]{43}\b",
    "Fernet": r"\b[A-Za-z0-9_-]{43}=(?![A-Za-z0-9=])",
}
ASSIGNED = re.compile(
    r"""(?ix)\b(?:password|passwd|secret|api_?key|token|private_?key)\w*["']?\s*[:=]\s*["'](?![a-z.-]+["'])[^"'\s{}$<>]{12,}["']"""
)
SECRET_NAME = re.compile(
    r"(?i)^(?!.*(?:kind|type|name|count|length|status|role|field|mark|_id$))"
    r".*(?:secret|passw|token|digest|hmac|signature|csrf)"
)


def tracked() -> Iterator[Path]:
    """Yield the files of the tree that are text."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in listed.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file() and path.suffix not in {".png", ".ico", ".woff2", ".zst", ".gz"}:
            yield path


def test_no_secret_stands_in_the_tree() -> None:
    looked_at = 0
    for path in tracked():
        if path.name.endswith((".lock", "package-lock.json")):  # hashes of packages
            continue
        text = path.read_text("utf-8", errors="replace")
        if example := EXAMPLES.get(path.relative_to(ROOT).as_posix()):
            text = example.sub("", text)
        looked_at += 1
        for issuer, pattern in SECRETS.items():
            found = re.search(pattern, text)
            assert not found, f"{path.relative_to(ROOT)}: {issuer} {found}"
    assert looked_at > 300


@pytest.mark.parametrize("text", ["ghp_" + "a1B2" * 9, "AKIA" + "A1B2C3D4E5F6G7H8", "hst_" + "x" * 43])
def test_a_secret_would_be_seen(text: str) -> None:
    assert any(re.search(pattern, f'KEY = "{text}"') for pattern in SECRETS.values())


def test_no_source_assigns_a_password() -> None:
    for path in SOURCES:
        found = ASSIGNED.search(path.read_text())
        assert not found, (path, found)
    assert ASSIGNED.search('password = "Tr0ub4dor&3-x"')


# Whether what is stored has changed in between; nobody who asks chooses either side.
NO_SECRETS = {
    ("accounts/changing_password.py", "password_hash"),  # that of the same row a moment later
    ("accounts/signing_in.py", "password_hash"),
    ("reading/documents/pdf.py", "_PASSWORD_WANTED"),  # the number of an error
}
# The example of the reference, which opens nothing.
EXAMPLES = {"docs/reference/api.md": re.compile(r"hst_Vt0p8d3kX1yq7[A-Za-z0-9]+")}


def is_column(side: ast.expr) -> bool:
    """Tell whether one side is a column, as in ``_token.c.secret_hash``."""
    return (
        isinstance(side, ast.Attribute) and isinstance(side.value, ast.Attribute) and side.value.attr == "c"
    )


def compared(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield where names that sound secret are compared by ``==``, ``!=`` or ``in``."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare):
            continue
        sides = [node.left, *node.comparators]
        if any(isinstance(side, ast.Constant) and side.value in (None, "", b"", 0) for side in sides):
            continue
        if any(isinstance(operator, (ast.Eq, ast.NotEq)) for operator in node.ops):
            for side in sides:
                if is_column(side):  # looked up by its hash, in an index
                    break
                name = side.attr if isinstance(side, ast.Attribute) else getattr(side, "id", "")
                if SECRET_NAME.search(name):
                    yield node.lineno, name


def test_no_secret_is_compared_letter_by_letter() -> None:
    """``hmac.compare_digest`` takes the same time whatever is wrong."""
    found = {
        (path.relative_to(ROOT / "src/hoistscraper").as_posix(), name)
        for path in SOURCES
        for _, name in compared(ast.parse(path.read_text()))
    }
    assert found == NO_SECRETS


def test_such_a_comparison_would_be_seen() -> None:
    assert list(compared(ast.parse("if given == self.api_token: pass"))) == [(1, "api_token")]
    assert list(compared(ast.parse("if password_hash != stored: pass"))) == [(1, "password_hash")]
    assert list(compared(ast.parse("if token is None or kind == 'x': pass"))) == []
