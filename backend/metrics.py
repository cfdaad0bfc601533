"""What is counted, for Prometheus."""

from prometheus_client import Counter, Histogram

TURNS = Counter("yingsheng_turns_total", "Customer messages handled", ["channel", "outcome"])
TURN_SECONDS = Histogram(
    "yingsheng_bot_seconds",
    "Time the bot took to answer",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8),
)
TICKETS = Counter("yingsheng_tickets_total", "Tickets filed", ["kind", "intake"])
DELIVERIES = Counter("yingsheng_deliveries_total", "Messages handed to a vendor", ["channel", "outcome"])
REQUESTS = Histogram(
    "yingsheng_http_seconds",
    "HTTP requests",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
