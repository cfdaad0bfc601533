"""What channels tell the rest of the house."""

from dataclasses import dataclass

from backend.channels.models import Delivery
from backend.unit_of_work import Event


@dataclass(frozen=True, slots=True)
class DeliveryFailed(Event):
    """A message did not reach its customer, and will not."""

    delivery: Delivery
