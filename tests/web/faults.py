"""The site's own addresses, with doors beside them that fail in every way we could think of."""

import logging

from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import DataError, InterfaceError, OperationalError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from iopguide.urls import handler400, handler403, handler404, handler500, urlpatterns
from iopguide.visibility import public

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def said(request: HttpRequest) -> str:
    """What the person sent, wherever it was put."""
    return request.POST.get("answer", "") or request.GET.get("answer", "")


def fail_value(request: HttpRequest) -> HttpResponse:
    return HttpResponse(int(said(request)))


def fail_chain(request: HttpRequest) -> HttpResponse:
    try:
        int(said(request))
    except ValueError as error:
        raise RuntimeError(f"could not read {said(request)}") from error
    return HttpResponse()


def fail_lookup(request: HttpRequest) -> HttpResponse:
    return HttpResponse({}[said(request)])


def fail_template(request: HttpRequest) -> HttpResponse:
    source = "{{ answer }}{% include answer %}"
    return HttpResponse(engines["django"].from_string(source).render({"answer": said(request)}, request))


def fail_permission(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied(said(request))


def fail_suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation(said(request))


def fail_bad_request(request: HttpRequest) -> HttpResponse:
    raise BadRequest(said(request))


def fail_missing(request: HttpRequest) -> HttpResponse:
    raise Http404(said(request))


def fail_unique(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        User.objects.create(username=said(request)[:150])
        User.objects.create(username=said(request)[:150])
    return HttpResponse()


def fail_not_null(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        User.objects.create(username=said(request)[:150], first_name=None)
    return HttpResponse()


def fail_data(request: HttpRequest) -> HttpResponse:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT CAST(%s AS integer)", [said(request)])
        raise DataError(said(request))


def fail_sql(request: HttpRequest) -> HttpResponse:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT %s FROM no_such_table", [said(request)])
    return HttpResponse()


def fail_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError(f"server closed the connection: {said(request)}")


def fail_interface(request: HttpRequest) -> HttpResponse:
    raise InterfaceError(said(request))


def fail_log(request: HttpRequest) -> HttpResponse:
    """A careless library: the value as argument, inside the message, and among the extras."""
    careless = logging.getLogger("somebody.else")
    careless.error("got %s", said(request))
    careless.warning(f"got {said(request)}", extra={"route": f"x {said(request)}", "body": said(request)})
    careless.info({"got": said(request)})
    return HttpResponse()


@public
def open_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("for everyone")


@public
def open_with_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("for one person")
    response.set_cookie("check", "x")
    return response


def closed_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("for one person " * 200)


FAILURES = {
    name.removeprefix("fail_"): view for name, view in list(globals().items()) if name.startswith("fail_")
}

extra = [path(f"fail/{name}/", view, name=f"fail_{name}") for name, view in FAILURES.items()]
extra += [
    path("open/", open_page, name="open"),
    path("open/cookie/", open_with_cookie, name="open_with_cookie"),
    path("closed/", closed_page, name="closed"),
]
# Under the screening's own name, to see what its pages get: its rules hold for the name, not for an address.
screening_like = [path("closed/", closed_page, name="closed"), path("open/", open_page, name="open")]
screening_like += [path("database/", fail_database, name="database")]

# Last, so that reverse() still finds the real pages by the shared name.
urlpatterns = [
    *extra,
    *urlpatterns,
    path("like/", include((screening_like, "screening"), namespace="screening")),
]
