from vendor_api.models.token import LONGEST, KeptAnswer, Token
from vendor_api.models.webhook import Delivery, DeliveryState, Webhook, WebhookEvent

__all__ = ["LONGEST", "Delivery", "DeliveryState", "KeptAnswer", "Token", "Webhook", "WebhookEvent"]
