"""The doors of sign-in. Of allauth only these: no sign-up, no mail addresses, no reset of a password by mail."""

from allauth.account import views
from django.urls import include, path

from iopguide.staff.views import ActivateView

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
    path("account-inactive/", views.account_inactive, name="account_inactive"),
    path("confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("password/", views.password_change, name="account_change_password"),
    # Before allauth's own of the same name and place.
    path("second-factor/totp/activate/", ActivateView.as_view(), name="mfa_activate_totp"),
    path("second-factor/", include("allauth.mfa.urls")),
]
