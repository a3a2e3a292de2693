"""Settings come from the environment, and a wrong one stops the start."""

from pathlib import Path

import pytest

from hoistscraper.errors import Invalid
from hoistscraper.settings import Settings, load_settings, variable_of


@pytest.fixture(autouse=True)
def _forget() -> None:
    load_settings.cache_clear()


def test_every_setting_says_what_it_means() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_hosts_are_given_as_a_list_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOIST_ALLOW_HOSTS", "Intranet.Example , 127.0.0.1:8642,")
    assert load_settings().allow_hosts == {"intranet.example", "127.0.0.1:8642"}


def test_the_data_folder_is_the_users_own_unless_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert load_settings().data_dir.is_absolute()
    load_settings.cache_clear()
    monkeypatch.setenv("HOIST_DATA_DIR", str(tmp_path / "a folder"))
    assert load_settings().data_dir == tmp_path / "a folder"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HOIST_PACE_SECONDS", "soon"),
        ("HOIST_ATTEMPTS", "0"),
        ("HOIST_MAX_REDIRECTS", "-1"),
        ("HOIST_ALLOW_HOSTS", "127.0.0.1/8"),
        ("DATABASE_URL", "mysql://x/y"),
        ("REDIS_URL", "http://x/y"),
        ("HOIST_CACHE_MEGABYTES", "much"),
        ("HOIST_MAIL_FROM", "Ana <ana@example.org>"),
        ("HOIST_MAIL_FROM", "ana@example.org\nBcc: eve@example.org"),
        ("HOIST_SMTP_URL", "http://mail.example.org"),
        ("HOIST_SMTP_URL", "smtp://mail.example.org"),
        ("HOIST_OIDC_ISSUER", "http://login.example.org"),
        ("HOIST_OIDC_ISSUER", "https://login.example.org"),
        ("HOIST_OIDC_ROLE", "administrator"),
    ],
)
def test_a_wrong_value_is_a_sentence_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(Invalid, match=f"A setting is wrong: {variable}: .+ explains each"):
        load_settings()


def test_secrets_are_not_shown() -> None:
    settings = Settings(DATABASE_URL="postgresql://me:mark-7@localhost/x")  # type: ignore[call-arg]
    assert settings.database_url is not None
    assert "mark-7" not in repr(settings)


def test_the_database_has_the_name_that_people_expect() -> None:
    assert variable_of("database_url") == "DATABASE_URL"
    assert variable_of("pace_seconds") == "HOIST_PACE_SECONDS"


def test_secrets_may_lie_in_files_behind_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "database_url").write_text("postgresql://a:from-file@db/x\n")
    (tmp_path / "hoist_smtp_url").write_text("smtp://mail.example.org\n")
    (tmp_path / "postgres_password").write_text("of somebody else\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("HOIST_MAIL_FROM", "calls@example.org")
    monkeypatch.setenv("HOIST_PUBLIC_URL", "https://calls.example.org")
    monkeypatch.setenv("HOIST_SMTP_URL", "smtp://other.example.org")
    settings = load_settings()
    assert settings.database_url
    assert settings.database_url.get_secret_value() == "postgresql://a:from-file@db/x"
    assert settings.smtp_url
    assert settings.smtp_url.get_secret_value() == "smtp://other.example.org"


def test_a_wrong_value_in_a_file_is_told_without_its_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "database_url").write_text("mysql://a:hidden@db/x")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    with pytest.raises(Invalid, match="A setting is wrong: DATABASE_URL") as told:
        load_settings()
    assert "hidden" not in str(told.value)
