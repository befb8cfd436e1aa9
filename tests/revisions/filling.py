"""Filling in the forms of a draft the way a browser does."""

from typing import Any

from screening.revisions.forms import RowForm


def filled(form: RowForm, **changed: Any) -> dict[str, Any]:
    """What a browser sends for this form when nothing, or only `changed`, is touched (`__` for dots)."""
    data: dict[str, Any] = {"shape": form.shape}
    for name in form.layout.fields:
        value = form.initial[name]
        if value is not None and value is not False:
            data[name] = value if isinstance(value, list) else str(value)
    data.update({name.replace("__", "."): value for name, value in changed.items()})
    return data
