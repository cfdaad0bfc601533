"""Which transports an installation has: those whose settings are filled in, the desk and the log."""

from collections.abc import Iterator, Mapping

from backend.escalation.notices import NoticeSender
from backend.escalation.transports.console import ConsoleSender
from backend.escalation.transports.desk import DeskSender
from backend.escalation.transports.dingtalk import DingtalkSender
from backend.escalation.transports.email import EmailSender, SmtpServer
from backend.escalation.transports.wecom import WecomSender
from backend.realtime import Announcer
from backend.settings import Settings


def senders(settings: Settings, announcer: Announcer) -> Mapping[str, NoticeSender]:
    """The transports by name. One without its settings is off."""
    return {sender.name: sender for sender in _on(settings, announcer)}


def _on(settings: Settings, announcer: Announcer) -> Iterator[NoticeSender]:
    yield DeskSender(announcer)
    yield ConsoleSender()
    if settings.smtp_host and settings.smtp_from:
        yield EmailSender(
            SmtpServer(
                host=settings.smtp_host,
                port=settings.smtp_port,
                sender=settings.smtp_from,
                user=settings.smtp_user,
                password=settings.smtp_password,
                security=settings.smtp_security,
                timeout_seconds=settings.notice_timeout_seconds,
            )
        )
    if settings.wecom_robot_url:
        yield WecomSender(settings.wecom_robot_url, settings.notice_timeout_seconds)
    if settings.dingtalk_robot_url:
        yield DingtalkSender(
            settings.dingtalk_robot_url, settings.dingtalk_robot_secret, settings.notice_timeout_seconds
        )
