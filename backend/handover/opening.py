"""When somebody is there again. Pure."""

from datetime import datetime, time, timedelta

from backend.policy.calendar import Hours

DAYS_AHEAD = 60


def next_opening(hours: Hours, now: datetime) -> datetime:
    """The start of the next working window, in the calendar's time zone; now itself if that is in one."""
    local = now.astimezone(hours.zone)
    if hours.open_at(now):
        return local
    for ahead in range(DAYS_AHEAD):
        day = local.date() + timedelta(days=ahead)
        for begin, _ in hours.windows(day):
            opens = datetime.combine(day, time(begin // 60, begin % 60), tzinfo=hours.zone)
            if opens > local:
                return opens
    raise ValueError(f"{hours.id}: no window within {DAYS_AHEAD} days")
