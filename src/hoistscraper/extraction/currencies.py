"""Currencies as pages write them: ISO 4217 codes, signs, and names in several languages."""

CODES = frozenset(
    """AED AFN ALL AMD ARS AUD AZN BAM BDT BGN BHD BIF BND BOB BRL BTN BWP BYN CAD CDF CHF CLP CNY COP CRC
    CUP CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD GBP GEL GHS GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR
    ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KRW KWD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD
    MMK MNT MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PEN PGK PHP PKR PLN PYG QAR RON RSD
    RUB RWF SAR SCR SDG SEK SGD SLE SOS SZL THB TJS TND TRY TTD TWD TZS UAH UGX USD UYU UZS VND VUV
    WST XAF XOF YER ZAR ZMW""".split()
)
DOLLARS = frozenset(
    "USD AUD CAD NZD SGD HKD FJD NAD TTD JMD LRD BND GYD MXN ARS CLP COP UYU DOP CUP TWD XCD".split()
)
# Folded; "$" alone, "pound" and the like depend on the page and are settled in money.py.
SIGNS = {
    "us$": "USD", "usd$": "USD", "u.s.$": "USD", "u$s": "USD", "a$": "AUD", "au$": "AUD", "aud$": "AUD",
    "c$": "CAD", "ca$": "CAD", "cad$": "CAD", "can$": "CAD", "nz$": "NZD", "s$": "SGD", "sg$": "SGD",
    "hk$": "HKD", "r$": "BRL", "mx$": "MXN", "nt$": "TWD", "j$": "JMD", "€": "EUR", "£": "GBP", "¥": "JPY",
    "₹": "INR", "₱": "PHP", "₦": "NGN", "₽": "RUB", "₩": "KRW", "₺": "TRY",
    "₴": "UAH", "₪": "ILS", "฿": "THB",
    "₫": "VND", "rs.": "INR", "rs": "INR", "inr.": "INR", "php.": "PHP", "ksh": "KES", "kshs": "KES",
    "kshs.": "KES", "tsh": "TZS", "ugx": "UGX", "ghc": "GHS", "gh₵": "GHS", "fr.": "CHF", "sfr.": "CHF",
    "s/.": "PEN", "s/": "PEN", "rm": "MYR", "kc": "CZK", "zl": "PLN", "pln": "PLN", "bs.": "BOB", "q.": "GTQ",
    "fcfa": "XOF", "f cfa": "XOF", "cfa": "XOF", "dkr": "DKK", "nok": "NOK",
    "$": "$", "lei": "RON", "ft": "HUF",
}  # fmt: skip
NAMES = {
    "euros": "EUR", "euro": "EUR", "eur.": "EUR", "us dollars": "USD", "u.s. dollars": "USD",
    "american dollars": "USD", "australian dollars": "AUD", "canadian dollars": "CAD", "dollars": "$",
    "pounds sterling": "GBP", "british pounds": "GBP", "pounds": "GBP", "rupees": "INR",
    "swiss francs": "CHF",
    "schweizer franken": "CHF", "franken": "CHF", "francs suisses": "CHF", "francs cfa": "XOF", "rand": "ZAR",
    "yen": "JPY", "naira": "NGN", "pesos": "$", "reais": "BRL", "zlotych": "PLN", "korun": "CZK",
    "kenya shillings": "KES", "soles": "PEN", "dirhams": "MAD", "philippine pesos": "PHP", "dolares": "$",
}  # fmt: skip
# By the ending of an address: what "$" or a bare number means there.
BY_COUNTRY = {
    "au": "AUD", "ca": "CAD", "nz": "NZD", "sg": "SGD", "hk": "HKD", "us": "USD", "gov": "USD", "mil": "USD",
    "edu": "USD", "mx": "MXN", "ar": "ARS", "cl": "CLP", "co": "COP", "uy": "UYU", "fj": "FJD", "in": "INR",
    "ph": "PHP", "uk": "GBP", "ie": "EUR", "fr": "EUR", "de": "EUR", "it": "EUR", "es": "EUR", "pt": "EUR",
    "nl": "EUR", "be": "EUR", "at": "EUR", "fi": "EUR", "eu": "EUR", "gr": "EUR", "ch": "CHF", "pl": "PLN",
    "cz": "CZK", "se": "SEK", "no": "NOK", "dk": "DKK", "za": "ZAR", "ke": "KES", "ng": "NGN", "br": "BRL",
    "jp": "JPY", "lk": "LKR", "np": "NPR", "pk": "PKR", "bd": "BDT", "ma": "MAD", "pe": "PEN", "tw": "TWD",
}  # fmt: skip
