"""Passwords that are guessed first, of the length that we ask for: without case, spaces and marks."""

_WORDS = """
adminadminadmin administrator administrator1 administrator123 adminpassword adminpassword1 admin1234567
admin12345678 admin123456789 changemeplease changemenow123 changeme1234 changeme12345 changeme123456
correcthorsebatterystaple defaultpassword football1234 football12345 hoistscraper hoistscraper1
hoistscraper123 iloveyou1234 iloveyou12345 iloveyouforever iloveyousomuch letmein12345 letmein123456
letmeinplease liverpool123 manchesterunited mypassword12 mypassword123 mypassword1234 newpassword1
newpassword12 newpassword123 password1234 password12345 password123456 password1234567 password12345678
password123456789 passwordpassword p4ssw0rd1234 p4ssword1234 passw0rd1234 passw0rd12345 princess1234
qazwsxedcrfv qwerty123456 qwerty1234567 qwerty12345678 qwerty123456789 qwertyqwerty qwertyuiop12
qwertyuiop123 qwertyuiop1234 qwertyuiopasdf qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm secretpassword
spring2024spring summer2024summer sunshine1234 superman1234 temporarypassword thisisapassword
trustno1trustno1 welcome12345 welcome123456 welcome1234567 winter2024winter 1q2w3e4r5t6y 1q2w3e4r5t6y7u
1qaz2wsx3edc 1qaz2wsx3edc4rfv q1w2e3r4t5y6 zaq12wsxcde3 zxcvbnmasdfghjkl 123qweasdzxc abcdefghijkl
abcdefghijklm abcdefghijklmnop abcd12345678 abc123456789 asdfghjkl123 asdfasdfasdf passwort1234
passwort12345 passwortpasswort hallo1234567 schatz123456 motdepasse12 motdepasse123 motdepasse1234
azertyuiop12 azertyuiop123 azertyuiopqsdf contrasena12 contrasena123 contrasena1234 contraseña123
wachtwoord12 wachtwoord123 wachtwoord1234 senha1234567 haslo1234567 parola123456
"""
COMMON = frozenset(_WORDS.split())

_FEWEST_DIFFERENT = 5


def is_common(folded: str) -> bool:
    """Whether a password, case-folded and with letters, digits and marks only, is one of the first guesses.

    So is one of digits alone, of hardly any different characters, or of a short piece again and again.
    """
    return (
        folded in COMMON
        or folded.isdigit()
        or len(set(folded)) < _FEWEST_DIFFERENT
        or any(_repeats(folded, length) for length in range(1, len(folded) // 3 + 1))
    )


def _repeats(text: str, length: int) -> bool:
    return text == (text[:length] * len(text))[: len(text)]
