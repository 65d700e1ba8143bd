"""Prijslijsten, on the vendor's console."""

from django.urls import path

from contracts.views import price_lists

urlpatterns = [
    path("", price_lists.prijslijsten, name="prijslijsten"),
    path("nieuw/", price_lists.new_price_list, name="new_price_list"),
    path("standaard/", price_lists.begin_price_lists, name="begin_price_lists"),
    path("<int:pk>/", price_lists.prijslijst, name="prijslijst"),
    path("<int:pk>/versie/", price_lists.publish_price_list_version, name="publish_price_list"),
    path("<int:pk>/brief/", price_lists.price_list_letter, name="price_list_letter"),
    path("<int:pk>/kosten/", price_lists.what_it_costs, name="what_it_costs"),
    path("<int:pk>/kosten/brief/", price_lists.offer_letter, name="offer_letter"),
]
