"""The names of character classes that Go's `regexp` knows."""

from __future__ import annotations

Ranges = tuple[tuple[int, int], ...]


def _ranges(pairs: str) -> Ranges:
    """Read pairs of characters, such as `azAZ`, as ranges of code points."""
    codes = [ord(character) for character in pairs]
    return tuple(zip(codes[::2], codes[1::2], strict=True))


PERL: dict[str, Ranges] = {
    "d": _ranges("09"),
    "s": _ranges("\t\n\f\r  "),
    "w": _ranges("09AZ__az"),
}
"""What `\\d`, `\\s` and `\\w` hold; the capital letters mean everything else."""

POSIX: dict[str, Ranges] = {
    "alnum": _ranges("09AZaz"),
    "alpha": _ranges("AZaz"),
    "ascii": _ranges("\x00\x7f"),
    "blank": _ranges("\t\t  "),
    "cntrl": _ranges("\x00\x1f\x7f\x7f"),
    "digit": _ranges("09"),
    "graph": _ranges("!~"),
    "lower": _ranges("az"),
    "print": _ranges(" ~"),
    "punct": _ranges("!/:@[`{~"),
    "space": _ranges("\t\r  "),
    "upper": _ranges("AZ"),
    "word": _ranges("09AZ__az"),
    "xdigit": _ranges("09AFaf"),
}
"""What `[:digit:]` and its like hold inside a class."""

_CATEGORIES = """
    C Cc Cf Cn Co Cs L LC Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So
    Z Zl Zp Zs Any Assigned ASCII Cased_Letter Close_Punctuation Cntrl Combining_Mark
    Connector_Punctuation Control Currency_Symbol Dash_Punctuation Decimal_Number Digit
    Enclosing_Mark Final_Punctuation Format Initial_Punctuation Letter Letter_Number Line_Separator
    Lowercase_Letter Mark Math_Symbol Modifier_Letter Modifier_Symbol Nonspacing_Mark Number
    Open_Punctuation Other Other_Letter Other_Number Other_Punctuation Other_Symbol
    Paragraph_Separator Private_Use Punct Punctuation Separator Space_Separator Spacing_Mark
    Surrogate Symbol Titlecase_Letter Unassigned Uppercase_Letter
"""

_SCRIPTS = """
    Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali
    Beria_Erfe Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian
    Caucasian_Albanian Chakma Cham Cherokee Chorasmian Common Coptic Cuneiform Cypriot Cypro_Minoan
    Cyrillic Deseret Devanagari Dives_Akuru Dogra Duployan Egyptian_Hieroglyphs Elbasan Elymaic
    Ethiopic Garay Georgian Glagolitic Gothic Grantha Greek Gujarati Gunjala_Gondi Gurmukhi
    Gurung_Khema Han Hangul Hanifi_Rohingya Hanunoo Hatran Hebrew Hiragana Imperial_Aramaic
    Inherited Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada Katakana Kawi
    Kayah_Li Kharoshthi Khitan_Small_Script Khmer Khojki Khudawadi Kirat_Rai Lao Latin Lepcha Limbu
    Linear_A Linear_B Lisu Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen
    Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui Meroitic_Cursive Meroitic_Hieroglyphs Miao
    Modi Mongolian Mro Multani Myanmar Nabataean Nag_Mundari Nandinagari New_Tai_Lue Newa Nko Nushu
    Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Ol_Onal Old_Hungarian Old_Italic Old_North_Arabian
    Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Oriya Osage Osmanya
    Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan
    Saurashtra Sharada Shavian Siddham Sidetic SignWriting Sinhala Sogdian Sora_Sompeng Soyombo
    Sundanese Sunuwar Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Tai_Yo Takri
    Tamil Tangsa Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Todhri Tolong_Siki Toto
    Tulu_Tigalari Ugaritic Vai Vithkuqi Wancho Warang_Citi Yezidi Yi Zanabazar_Square
"""

_IGNORED = str.maketrans("", "", "_- ")
_UNICODE = frozenset(name.replace("_", "").lower() for name in (_CATEGORIES + _SCRIPTS).split())


def known_to_unicode(name: str) -> bool:
    r"""Tell whether `\p{name}` exists: a category, its long name, or a script.

    Go 1.25 and later ignore letter case, `_`, `-` and spaces; older servers are stricter, and which
    one runs is not known here. Scripts of Unicode 17 are in the list for the sake of newer ones.
    """
    return name.translate(_IGNORED).lower() in _UNICODE
