"""The key of the vault: made once, kept to its owner, never lost by us."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from hoistscraper.accounts.errors import KeyMissing, KeyRefused, Unreadable
from hoistscraper.accounts.keys import add_key, ensure_keys, key_file, load_keys
from hoistscraper.accounts.vault import open_vault
from hoistscraper.settings import Settings

ORIGIN = "https://portal.example"


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """Settings with a data folder that does not exist yet."""
    return Settings(data_dir=tmp_path / "not there" / "data")


def keyed(settings: Settings, *keys: str) -> Settings:
    """Return settings with keys in the environment."""
    return settings.model_copy(update={"credential_key": SecretStr(",".join(keys))})


def test_the_first_key_is_made_for_its_owner_alone(own: Settings) -> None:
    ensure_keys(own)
    file = key_file(own)
    assert file == own.data_dir / "keys" / "credentials.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["credentials.key"]


def test_a_key_survives_restarts_and_is_never_overwritten(own: Settings) -> None:
    locked = open_vault(own, may_make_key=True).lock({"password": "x"}, origin=ORIGIN)
    before = key_file(own).read_bytes()
    assert open_vault(own, may_make_key=True).unlock(locked, origin=ORIGIN) == {"password": "x"}
    assert key_file(own).read_bytes() == before


def test_commands_that_start_at_once_agree_on_one_key(own: Settings) -> None:
    with ThreadPoolExecutor(8) as threads:
        vaults = list(threads.map(lambda _: open_vault(own, may_make_key=True), range(8)))
    locked = vaults[0].lock({"a": 1}, origin=ORIGIN)
    assert all(vault.unlock(locked, origin=ORIGIN) == {"a": 1} for vault in vaults)
    assert len(key_file(own).read_text().splitlines()) == 1


def test_a_new_key_locks_and_the_older_ones_still_open(own: Settings) -> None:
    old = open_vault(own, may_make_key=True).lock({"a": 1}, origin=ORIGIN)
    add_key(own)
    vault = open_vault(own)
    assert vault.unlock(old, origin=ORIGIN) == {"a": 1}
    newest, older = load_keys(own)
    newest.decrypt(vault.relock(old, origin=ORIGIN))
    older.decrypt(old)
    assert stat.S_IMODE(key_file(own).stat().st_mode) == 0o600


def test_keys_of_the_environment_come_before_those_of_the_file(own: Settings) -> None:
    in_file = open_vault(own, may_make_key=True).lock({"a": 1}, origin=ORIGIN)
    key = Fernet.generate_key().decode()
    vault = open_vault(keyed(own, key))
    assert vault.unlock(in_file, origin=ORIGIN) == {"a": 1}
    Fernet(key).decrypt(vault.lock({"a": 1}, origin=ORIGIN))


def test_several_keys_of_the_environment_are_newest_first(own: Settings) -> None:
    new, old = (Fernet.generate_key().decode() for _ in range(2))
    locked = open_vault(keyed(own, old)).lock({"a": 1}, origin=ORIGIN)
    vault = open_vault(keyed(own, new, old))
    assert vault.unlock(locked, origin=ORIGIN) == {"a": 1}
    Fernet(new).decrypt(vault.relock(locked, origin=ORIGIN))
    with pytest.raises(KeyRefused, match="in front of it"):
        add_key(keyed(own, new))
    assert not key_file(own).exists()


def test_a_missing_key_says_what_to_do(own: Settings) -> None:
    with pytest.raises(KeyMissing, match=r"credentials\.key back from a backup, or set HOIST_CREDENTIAL_KEY"):
        open_vault(own)
    assert not key_file(own).exists()


def test_a_wrong_key_says_what_to_do(own: Settings) -> None:
    locked = open_vault(own, may_make_key=True).lock({"a": 1}, origin=ORIGIN)
    key_file(own).write_bytes(Fernet.generate_key())
    with pytest.raises(Unreadable, match="put back the key it was stored with") as failed:
        open_vault(own).unlock(locked, origin=ORIGIN)
    assert failed.value.__suppress_context__


@pytest.mark.parametrize("wrong", ["nonsense", "a" * 44, "é" * 44])
def test_what_is_no_key_is_refused_without_repeating_it(own: Settings, wrong: str) -> None:
    with pytest.raises(KeyRefused, match="HOIST_CREDENTIAL_KEY holds something that is no key") as refused:
        open_vault(keyed(own, wrong))
    assert wrong not in str(refused.value)


def test_a_key_that_others_can_read_is_refused(own: Settings) -> None:
    ensure_keys(own)
    key_file(own).chmod(0o640)
    with pytest.raises(KeyRefused, match="chmod 600"):
        open_vault(own)


def test_a_log_in_opens_for_the_website_it_was_given_for_only(own: Settings) -> None:
    vault = open_vault(own, may_make_key=True)
    locked = vault.lock({"password": "x"}, origin=ORIGIN)
    with pytest.raises(Unreadable):
        vault.unlock(locked, origin="https://evil.example")
    with pytest.raises(Unreadable):
        vault.unlock(locked[:-4] + b"AAAA", origin=ORIGIN)


def test_nothing_of_a_log_in_shows_in_what_is_locked(own: Settings) -> None:
    locked = open_vault(own, may_make_key=True).lock({"password": "marker-pw"}, origin=ORIGIN)
    assert b"marker" not in locked
    assert b"portal" not in locked
