"""Which drawing stands on which page of the guide. A page that an editor adds has none, and looks complete without."""

from __future__ import annotations

from programs.shelf import HUB

# By the key of the page, which stays when its words and its address change.
DRAWINGS = {
    "outpatient": "components/drawings/outpatient.html",
    "iop": "components/drawings/iop.html",
    "php": "components/drawings/php.html",
    "residential": "components/drawings/residential.html",
    "dual_diagnosis": "components/drawings/dual_diagnosis.html",
    "withdrawal_management": "components/drawings/withdrawal_management.html",
    "medications": "components/drawings/medications.html",
    "recovery_housing": "components/drawings/recovery_housing.html",
    "telehealth": "components/drawings/telehealth.html",
    HUB: "components/drawings/families.html",
}


def drawing_of(key: str) -> str:
    """Return the template of a page's drawing, or nothing."""
    return DRAWINGS.get(key, "")
