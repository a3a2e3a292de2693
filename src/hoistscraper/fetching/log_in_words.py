"""How websites say "log in", "your session has ended" and "log out", in five languages.  (pure)"""

import re
import unicodedata

from yarl import URL

_NOT_WORD = re.compile(r"[^a-z0-9.!,:-]+")
_LOG_IN = (
    r"log[ -]?ins?|log[ -]?on|sign[ -]?in|"
    r"anmelden|anmeldung|einloggen|"
    r"connexion|se connecter|connectez[ -]vous|identification|identifiez[ -]vous|authentification|"
    r"iniciar sesion|inicio de sesion|inicie sesion|acceso|acceder|identificate|"
    r"accedi|accesso|effettua (?:l accesso|il login)|autenticazione|entra|authentication"
)
_HEADING = re.compile(
    r"(?:(?:please|user|member|members|customer|account|admin|bitte|benutzer|mitglieder|veuillez|espace|area|"
    r"page de|por favor|usuarios?|utente)[ -]*)*"
    rf"(?:{_LOG_IN})"
    r"(?: (?:page|required|form|area|here|erforderlich|requise|utente|usuarios?)"
    r"| (?:to|with|zum|zu|bei|mit|au|aux|avec|a|al|con|in|en|de|di) .{1,60})?"
)
# "The information session has ended" is news, "your session has ended" is not.
_EXPIRED = re.compile(
    r"session (?:has |is )?(?:expired|timed out)|your session (?:has |was )?ended|"
    r"you (?:have been|were|are now|are) (?:logged|signed) out|"
    r"sitzung (?:ist )?abgelaufen|ihre sitzung wurde beendet|sie (?:wurden|sind) abgemeldet|"
    r"sie sind nicht (?:mehr )?angemeldet|"
    r"session (?:a expire|expiree|est expiree)|vous (?:avez ete|etes) deconnecte|"
    r"sesion (?:ha )?(?:expirado|caducado)|sesion (?:expirada|caducada)|su sesion ha terminado|"
    r"sessione (?:e )?scaduta|sua sessione e terminata|sei stato disconnesso"
)
_TO_READ = r"to (?:view|see|access|read|continue|proceed)"
_MUST = re.compile(
    r"(?:you (?:must|need to|have to)|please) (?:be logged in|log ?in|sign ?in)(?: first)?"
    rf"(?=$|[.!,:]| {_TO_READ})|"
    rf"(?:log|sign) ?in {_TO_READ}|"
    r"sie mussen (?:sich (?:zuerst )?anmelden|angemeldet sein)|"
    r"bitte melden sie sich (?:erneut |zuerst )?an(?=$|[.!:])|"
    r"vous devez (?:etre connecte|vous connecter)|veuillez vous (?:re)?connecter|"
    r"connectez vous pour (?:acceder|voir|continuer)|"
    r"debes? (?:iniciar sesion|identificarse)|inicie sesion para (?:ver|acceder|continuar)|"
    r"(?:devi|e necessario|occorre|bisogna) (?:accedere|autenticarsi|effettuare (?:il login|l accesso))|"
    r"effettua (?:il login|l accesso) per"
)
_LOG_OUT = re.compile(
    r"log[ -]?out|log[ -]?off|sign[ -]?out|abmelden|ausloggen|deconnexion|se deconnecter|"
    r"cerrar sesion|desconectar(?:se)?|esci|disconnetti(?:ti)?"
)
_SCRIPT = r"(?:\.(?:php|aspx?|jsp|html?|do|action|xhtml|cgi))?"
_STEP_IN = re.compile(
    r"(?:(?:user-?)?log-?in(?:-?page)?|log-?on|sign-?in|signon|wp-login|sso|"
    r"anmelden|anmeldung|einloggen|connexion|se-connecter|identification|authentification|"
    r"iniciar-?sesion|inicio-sesion|acceso|accedi|accesso|"
    rf"session-?expired|session-?timeout){_SCRIPT}"
)
_STEP_OUT = re.compile(
    r"(?:(?:user-?)?log-?out|log-?off|sign-?out|abmelden|deconnexion|se-deconnecter|cerrar-sesion|esci)"
    rf"{_SCRIPT}"
)
_HARDLY_A_STEP = re.compile(rf"(?:index|default|form|start|auth|main){_SCRIPT}")
_ACTIONS = ("action", "view", "page", "task", "do", "mode", "cmd")


def plain(text: str) -> str:
    """Return a text in lower case, without accents and most marks, on one line."""
    folded = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return " ".join(_NOT_WORD.sub(" ", folded).split())


def is_heading_of_log_in(text: str) -> bool:
    """Whether a heading or title is that of a log-in page: "Sign in to Grants", not "How to sign in"."""
    return bool(_HEADING.fullmatch(plain(text).rstrip(" .!:")))


def says_session_ended(text: str) -> bool:
    """Whether a plain text says that we were logged in once."""
    return bool(_EXPIRED.search(text))


def says_log_in_first(text: str) -> bool:
    """Whether a plain text asks for a log-in before one may read; to apply does not count."""
    return bool(_MUST.search(text))


def is_log_out(text: str) -> bool:
    """Whether a link or button logs out, as only those see it who are in."""
    return bool(_LOG_OUT.fullmatch(plain(text)))


def is_log_in_address(url: URL) -> bool:
    """Whether an address is one to log in at: ``/user/login``, ``/Anmeldung.aspx``, ``/?action=login``."""
    return _names(url, _STEP_IN)


def is_log_out_address(url: URL) -> bool:
    """Whether asking for an address would log us out."""
    return _names(url, _STEP_OUT)


def _names(url: URL, pattern: re.Pattern[str]) -> bool:
    path = [part for part in url.path.lower().replace("_", "-").split("/") if part]
    steps = path[-2:] if path and _HARDLY_A_STEP.fullmatch(path[-1]) else path[-1:]
    actions = [url.query.get(name, "").lower().replace("_", "-") for name in _ACTIONS]
    return any(pattern.fullmatch(word) for word in (*steps, *actions))
