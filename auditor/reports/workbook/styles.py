"""How cells look: a style is words joined by blanks, the later ones over the earlier."""

from collections.abc import Mapping
from typing import Any

from auditor.i18n import active

GREY, RED, GREEN, BLUE = "#595959", "#9C0006", "#1E6B33", "#1F4E8C"
RED_GROUND, HEAD_GROUND, RULE = "#FBE3E1", "#DCE6F1", "#D9D9D9"
BASE = {"font_name": "Calibri", "font_size": 10, "valign": "vcenter"}
ZERO = '"·"'
"""A zero, which must not catch the eye."""
MOMENTS = {"ru": "dd.mm.yyyy hh:mm", "en": "yyyy-mm-dd hh:mm"}
DAYS = {"ru": "dd.mm.yyyy", "en": "yyyy-mm-dd"}
STYLES: Mapping[str, Mapping[str, Any]] = {
    "text": {},
    "wrapped": {"text_wrap": True},
    "title": {"bold": True, "font_size": 15},
    "section": {"bold": True, "font_size": 12, "font_color": BLUE},
    "note": {"font_color": GREY},
    "warning": {"bold": True, "font_color": RED},
    "head": {"bold": True, "text_wrap": True, "bg_color": HEAD_GROUND, "bottom": 1, "valign": "bottom"},
    "right": {"align": "right"},
    "top": {"valign": "top", "bottom": 1, "bottom_color": RULE},
    "indent": {"indent": 1},
    "bold": {"bold": True},
    "large": {"bold": True, "font_size": 13},
    "count": {"num_format": f"#,##0;-#,##0;{ZERO}", "align": "right"},
    "rate": {"num_format": f"0.0;-0.0;{ZERO}", "align": "right"},
    "share": {"num_format": "[=1]0%;[=0]0%;0.00%", "align": "right"},
    "money": {"num_format": "#,##0", "align": "right"},
    "amount": {"num_format": "#,##0.0;-#,##0.0;", "align": "right"},
    "number": {"num_format": "0", "align": "left"},
    "link": {"font_color": BLUE, "underline": 1},
    "violated": {"font_color": RED, "bg_color": RED_GROUND},
    "pending": {"font_color": BLUE, "bold": True},
    "waived": {"font_color": GREEN},
    "unknown": {"font_color": GREY},
    "met": {},
    "high": {"font_color": RED, "bold": True},
}

HEIGHTS = {"title": 22, "section": 18, "large": 18}
"""Points of a row in a larger type."""


def properties(style: str) -> dict[str, Any]:
    """What the writer is told of a style."""
    own = {
        "moment": {"num_format": MOMENTS[active()], "align": "left"},
        "day": {"num_format": DAYS[active()], "align": "left"},
    }
    found = dict(BASE)
    for word in style.split():
        found |= own.get(word) or STYLES[word]
    return found
