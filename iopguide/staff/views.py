"""The one page of allauth that is drawn otherwise: the picture to scan, as part of the page and not as an image."""

from typing import Any

import qrcode
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.http import HttpResponse

from iopguide.second_factor import shown
from iopguide.staff.forms import LAST_TIME_STEP, PENDING


class ActivateView(ActivateTOTPView):
    """Add an authenticator app."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, **drawing(context["totp_url"])}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        self.request.session.pop(PENDING, None)
        added = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        added.data[LAST_TIME_STEP] = form.step  # the code that added it signs nobody in
        added.save(update_fields=["data"])
        shown(self.request, added)
        return response


def drawing(text: str) -> dict[str, Any]:
    """Return a QR code as the path of an SVG: a square of its size, one stroke for each dark run of a row."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    strokes = []
    for y, row in enumerate(rows):
        start = None
        for x, dark in enumerate([*row, False]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                strokes.append(f"M{start} {y}h{x - start}v1h{start - x}z")
                start = None
    return {"qr_path": "".join(strokes), "qr_size": len(rows)}
