"""Notices by e-mail over SMTP (RFC 5321), in a thread since the standard library blocks."""

import asyncio
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, localtime

from backend.escalation.notices import Message, NoticeError
from backend.policy.escalation import Target

PERMANENT = 500


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail is handed in. `security` is none, starttls or tls."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    security: str = "starttls"
    timeout_seconds: float = 10.0


class EmailSender:
    """Sends notices to the target's addresses."""

    name = "email"

    def __init__(self, server: SmtpServer) -> None:
        self._server = server

    async def send(self, target: Target, message: Message) -> None:
        """Hand it to the mail server.

        Raises:
            NoticeError: final where the server says so for good (5xx), or the target has no address.
        """
        if not target.email:
            raise NoticeError(f"{target.id} has no address", final=True)
        mail = self._mail(target, message)
        try:
            await asyncio.to_thread(self._deliver, mail)
        except smtplib.SMTPResponseException as error:
            reason = f"{error.smtp_code} {error.smtp_error!r}"
            raise NoticeError(reason, final=error.smtp_code >= PERMANENT) from error
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise NoticeError(str(error.recipients), final=min(codes) >= PERMANENT) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NoticeError(repr(error)) from error

    def _mail(self, target: Target, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["From"] = self._server.sender
        mail["To"] = ", ".join(target.email)
        mail["Subject"] = " ".join(message.title.split())
        mail["Date"] = format_datetime(localtime())
        # the same notice sent again is the same mail to whoever sorts by it
        domain = self._server.sender.rpartition("@")[2].rstrip(">")
        domain = self._server.sender.rpartition("@")[2].rstrip(">")
        mail["Message-ID"] = f"<{message.id.hex}@{domain}>"
        if message.urgent:
            mail["X-Priority"] = "1"
        mail.set_content(message.text)
        return mail

    def _deliver(self, mail: EmailMessage) -> None:
        server = self._server
        context = ssl.create_default_context()
        connection = (
            smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout_seconds, context=context)
            if server.security == "tls"
            else smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)
        )
        with connection as session:
            if server.security == "starttls":
                session.starttls(context=context)
            if server.user:
                session.login(server.user, server.password)
            session.send_message(mail)
