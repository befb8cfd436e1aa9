"""The two doors of editing outside the staff area: a draft by its signed link, and the pictures of pages."""

from django.urls import path

from programs.editing import doors

app_name = "drafts"

urlpatterns = [
    path("preview/<str:token>/<slug:language>/", doors.shared_view, name="shared"),
    path("media/<slug:name>.webp", doors.picture_view, name="picture"),
]
