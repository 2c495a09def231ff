"""What of a line is layout: the marks that shape a page and say nothing themselves.

Takes a line; says whether it holds anything but white space, list and heading marks, rules and
pipes. Knows nothing about which blocks the marks make.
"""

import re

MARKS = "・✓✔●○◎■□◆◇▪◦‣•⦿→⇒➢➤▶▷►▸"
"""Characters that mark a list item; not ※ (a note) and not ① (which is read and cited)."""

_SAYS = re.compile(rf"[^\s#>|*+\-_=~`:{MARKS}]")


def says(text: str) -> bool:
    """True where `text` holds a character that is not layout."""
    return bool(_SAYS.search(text))
