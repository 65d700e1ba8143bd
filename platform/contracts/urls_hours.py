"""Uren of one contract, on the vendor's console."""

from django.urls import path

from contracts.views import hours

urlpatterns = [
    path("<int:pk>/uren/", hours.contract_hours, name="contract_hours"),
    path("<int:pk>/uren/boeken/", hours.book_hours, name="book_hours"),
    path("<int:pk>/uren/kopen/", hours.buy_hours, name="buy_hours"),
    path("<int:pk>/uren/<int:entry>/", hours.correct_hours, name="correct_hours"),
]
