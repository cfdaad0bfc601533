"""Every transport of notices against a server that speaks its vendor's protocol: one suite for all."""

import asyncio
import base64
import contextlib
import email
import email.policy
import hashlib
import hmac
import json
import socket
import urllib.parse
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import ClassVar

import pytest
import structlog

from backend.escalation.notices import Message, NoticeError, NoticeSender
from backend.escalation.transports.console import ConsoleSender
from backend.escalation.transports.desk import DeskSender
from backend.escalation.transports.dingtalk import DingtalkSender
from backend.escalation.transports.email import EmailSender, SmtpServer
from backend.escalation.transports.registry import senders
from backend.escalation.transports.wecom import WecomSender
from backend.policy.escalation import Target
from backend.settings import Settings

TIMEOUT = 0.5
SECRET = "SEC-of-the-robot"
TARGET = Target(
    "manager", "部门经理", ("desk",), ("boss@example.com", "deputy@example.com"), ("13812345678",)
)
NOBODY = Target("nobody", "无人", ("email",), (), ())


def notice(text: str = "事由：热水器漏水", *, urgent: bool = False) -> Message:
    return Message(uuid.uuid4(), "26112700013", "【部门经理】工单26112700013：客户很生气", text, urgent)


@dataclass
class Heard:
    """What reached the other side: title and text, and whom it was for."""

    said: str
    mentioned: list[str] = field(default_factory=list)
    everybody: bool = False


class Vendor:
    """The other side. `fault` says how it misbehaves."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.fault = ""
        self.port = 0
        self.raw: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await self.talk(reader, writer)
        writer.close()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raise NotImplementedError


class Robot(Vendor):
    """A webhook: HTTP, JSON, and the outcome in the body."""

    ok = '{"errcode": 0, "errmsg": "ok"}'
    answers: ClassVar[dict[str, tuple[int, str]]] = {}

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(
            next(
                line.split(":")[1] for line in head.lower().splitlines() if line.startswith("content-length")
            )
        )
        body = json.loads(await reader.readexactly(length))
        if self.fault == "silent":
            await asyncio.sleep(30)
        if self.fault == "hangs up":
            return
        path = head.split()[1]
        self.raw.append(path)
        status, answer = self.answers.get(self.fault, (200, self.ok))
        if answer == self.ok:
            answer = self.judge(path, body)
        writer.write(
            f"HTTP/1.1 {status} X\r\ncontent-length: {len(answer.encode())}\r\nconnection: close\r\n\r\n{answer}".encode()
        )
        await writer.drain()

    def judge(self, path: str, body: dict) -> str:
        raise NotImplementedError


class Wecom(Robot):
    answers: ClassVar = {
        "limit": (200, '{"errcode": 45009, "errmsg": "api freq out of limit"}'),
        "refused": (200, '{"errcode": 93000, "errmsg": "invalid webhook url"}'),
        "busy": (200, '{"errcode": -1, "errmsg": "system busy"}'),
        "error": (502, "bad gateway"),
        "gone": (404, "not found"),
        "nonsense": (200, "<html>hello</html>"),
        "no code": (200, '{"message": "ok"}'),
        "no object": (200, "[]"),
    }

    def judge(self, path: str, body: dict) -> str:
        assert body["msgtype"] == "text"
        assert path == "/cgi-bin/webhook/send?key=k"
        content = body["text"]["content"]
        if len(content.encode()) > 2048:
            return '{"errcode": 40058, "errmsg": "content exceed max length"}'
        mentioned = body["text"]["mentioned_mobile_list"]
        self.heard.append(Heard(content, [m for m in mentioned if m != "@all"], "@all" in mentioned))
        return self.ok

    def sender(self) -> NoticeSender:
        return WecomSender(f"http://127.0.0.1:{self.port}/cgi-bin/webhook/send?key=k", TIMEOUT)


class Dingtalk(Robot):
    answers: ClassVar = {
        "limit": (200, '{"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}'),
        "refused": (200, '{"errcode": 310000, "errmsg": "keywords not in content"}'),
        "busy": (200, '{"errcode": -1, "errmsg": "system busy"}'),
        "error": (503, "unavailable"),
        "gone": (404, "not found"),
        "nonsense": (200, "<html>hello</html>"),
        "no code": (200, '{"message": "ok"}'),
        "no object": (200, "[]"),
    }

    def judge(self, path: str, body: dict) -> str:
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(path).query)
        text = f"{query['timestamp'][0]}\n{SECRET}".encode()
        signed = base64.b64encode(hmac.new(SECRET.encode(), text, hashlib.sha256).digest()).decode()
        if query["access_token"] != ["t"] or query["sign"] != [signed] or len(query["timestamp"][0]) != 13:
            return '{"errcode": 310000, "errmsg": "sign not match"}'
        assert body["msgtype"] == "text"
        self.heard.append(Heard(body["text"]["content"], body["at"]["atMobiles"], body["at"]["isAtAll"]))
        return self.ok

    def sender(self) -> NoticeSender:
        return DingtalkSender(f"http://127.0.0.1:{self.port}/robot/send?access_token=t", SECRET, TIMEOUT)


class Mail(Vendor):
    """An SMTP server as far as notices need one."""

    answers: ClassVar = {
        "limit": b"451 4.7.1 slow down",
        "refused": b"554 5.7.1 no thanks",
        "busy": b"421 4.3.2 busy",
    }

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(line: bytes) -> None:
            writer.write(line + b"\r\n")
            await writer.drain()

        if self.fault == "silent":
            await asyncio.sleep(30)
        if self.fault == "hangs up":
            return
        await say(b"220 mail ready")
        recipients: list[str] = []
        while line := await reader.readline():
            word = line.split()[0].upper()
            if word == b"RCPT":
                recipients.append(line.decode().split("<")[1].split(">")[0])
            await say(self.reply(word))
            if word == b"DATA" and self.fault not in self.answers:
                await self._keep((await reader.readuntil(b"\r\n.\r\n"))[:-5], recipients)
                await say(b"250 kept")
            if word == b"QUIT":
                return

    def reply(self, word: bytes) -> bytes:
        faults = {"gone": b"550 5.1.1 no such user", "error": b"450 4.2.1 mailbox busy"}
        if word == b"RCPT" and self.fault in faults:
            return faults[self.fault]
        if word == b"DATA":
            return self.answers.get(self.fault, b"354 go on")
        return b"221 bye" if word == b"QUIT" else b"250 ok"

    async def _keep(self, data: bytes, recipients: list[str]) -> None:
        mail = email.message_from_bytes(data, policy=email.policy.default)
        self.raw.append(str(mail["Message-ID"]))
        assert mail["From"] == "hotline@example.com"
        assert mail["To"] == ", ".join(recipients)
        said = f"{mail['Subject']}\n{mail.get_content()}".replace("\r\n", "\n")
        self.heard.append(Heard(said, recipients, mail["X-Priority"] == "1"))

    def sender(self) -> NoticeSender:
        return EmailSender(
            SmtpServer(
                "127.0.0.1", self.port, "hotline@example.com", security="none", timeout_seconds=TIMEOUT
            )
        )


class Desk(Vendor):
    """Browsers; what they are told cannot be refused."""

    async def to_desk(self, event: str, data: dict) -> None:
        assert event == "notice"
        self.heard.append(Heard(f"{data['title']}\n{data['text']}", everybody=data["urgent"]))
        assert (data["target"], data["target_name"], data["ticket_number"]) == (
            "manager",
            "部门经理",
            "26112700013",
        )

    def sender(self) -> NoticeSender:
        return DeskSender(self)  # type: ignore[arg-type]


class Console(Vendor):
    """The log."""

    def sender(self) -> NoticeSender:
        vendor = self

        class Captured(ConsoleSender):
            async def send(self, target: Target, message: Message) -> None:
                with structlog.testing.capture_logs() as lines:
                    await super().send(target, message)
                (line,) = lines
                vendor.heard.append(Heard(f"{line['title']}\n{line['text']}", everybody=line["urgent"]))

        return Captured()


VENDORS = {"wecom": Wecom, "dingtalk": Dingtalk, "email": Mail, "desk": Desk, "console": Console}
REMOTE = ("wecom", "dingtalk", "email")
ROBOTS = ("wecom", "dingtalk")


@contextlib.asynccontextmanager
async def running(kind: str) -> AsyncIterator[Vendor]:
    vendor = VENDORS[kind]()
    server = await asyncio.start_server(vendor.serve, "127.0.0.1", 0, limit=1_000_000)
    vendor.port = server.sockets[0].getsockname()[1]
    try:
        yield vendor
    finally:
        server.close()


@pytest.mark.parametrize("kind", VENDORS)
async def test_a_notice_arrives_with_its_title_and_text(kind: str):
    async with running(kind) as vendor:
        assert vendor.sender().name == kind
        await vendor.sender().send(TARGET, notice("第一行\n第二行"))
        (heard,) = vendor.heard
    assert heard.said.startswith("【部门经理】工单26112700013：客户很生气\n第一行\n第二行")
    assert not heard.everybody


@pytest.mark.parametrize("kind", VENDORS)
async def test_an_urgent_notice_asks_for_attention(kind: str):
    target = Target("manager", "部门经理", (), TARGET.email, ())
    async with running(kind) as vendor:
        await vendor.sender().send(target, notice(urgent=True))
        (heard,) = vendor.heard
    assert heard.everybody


@pytest.mark.parametrize(
    ("kind", "expected"), [("wecom", TARGET.mobiles), ("dingtalk", TARGET.mobiles), ("email", TARGET.email)]
)
async def test_it_is_for_the_people_of_the_target(kind: str, expected: tuple[str, ...]):
    async with running(kind) as vendor:
        await vendor.sender().send(TARGET, notice())
        assert vendor.heard[0].mentioned == list(expected)


async def failure(kind: str, fault: str) -> NoticeError:
    async with running(kind) as vendor:
        vendor.fault = fault
        with pytest.raises(NoticeError) as caught:
            await vendor.sender().send(TARGET, notice())
        assert vendor.heard == []
    return caught.value


@pytest.mark.parametrize("kind", REMOTE)
@pytest.mark.parametrize("fault", ["limit", "busy", "error", "silent", "hangs up"])
async def test_what_may_pass_is_worth_another_attempt(kind: str, fault: str):
    assert not (await failure(kind, fault)).final


@pytest.mark.parametrize("kind", REMOTE)
@pytest.mark.parametrize("fault", ["refused", "gone"])
async def test_what_will_not_pass_is_final(kind: str, fault: str):
    assert (await failure(kind, fault)).final


@pytest.mark.parametrize("kind", ROBOTS)
@pytest.mark.parametrize("fault", ["nonsense", "no code", "no object"])
async def test_an_answer_that_is_not_the_vendors_is_no_success(kind: str, fault: str):
    assert not (await failure(kind, fault)).final


@pytest.mark.parametrize(("kind", "code"), [("wecom", "45009"), ("dingtalk", "130101")])
async def test_the_vendors_code_is_told_and_its_key_is_not(kind: str, code: str):
    error = await failure(kind, "limit")
    assert code in str(error)
    assert "key=" not in str(error)
    assert "access_token" not in str(error)


@pytest.mark.parametrize("kind", REMOTE)
async def test_nobody_at_the_other_end_is_worth_another_attempt(kind: str):
    vendor = VENDORS[kind]()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        vendor.port = probe.getsockname()[1]
    with pytest.raises(NoticeError) as caught:
        await vendor.sender().send(TARGET, notice())
    assert not caught.value.final
    assert "key=" not in str(caught.value)
    assert "access_token" not in str(caught.value)


@pytest.mark.parametrize("kind", REMOTE)
async def test_a_huge_notice_is_cut_to_what_the_vendor_takes(kind: str):
    async with running(kind) as vendor:
        await vendor.sender().send(TARGET, notice("漏水" * 20_000))
        (heard,) = vendor.heard
    assert "漏水漏水" in heard.said
    assert "\ufffd" not in heard.said


async def test_a_mail_sent_again_is_the_same_mail():
    message = notice()
    async with running("email") as vendor:
        await vendor.sender().send(TARGET, message)
        await vendor.sender().send(TARGET, message)
        await vendor.sender().send(TARGET, notice())
    assert vendor.raw[0] == vendor.raw[1] == f"<{message.id.hex}@example.com>"
    assert vendor.raw[2] != vendor.raw[0]


async def test_a_title_with_breaks_adds_no_header():
    async with running("email") as vendor:
        broken = Message(uuid.uuid4(), "26112700013", "第一行\r\nBcc: all@example.com", "正文")
        await vendor.sender().send(TARGET, broken)
    assert vendor.heard[0].said.startswith("第一行 Bcc: all@example.com\n")
    assert vendor.heard[0].mentioned == list(TARGET.email)


async def test_a_target_without_address_gets_no_mail():
    async with running("email") as vendor:
        with pytest.raises(NoticeError) as caught:
            await vendor.sender().send(NOBODY, notice())
    assert caught.value.final


async def test_a_wrong_secret_is_refused_for_good():
    async with running("dingtalk") as vendor:
        sender = DingtalkSender(f"http://127.0.0.1:{vendor.port}/robot/send?access_token=t", "wrong", TIMEOUT)
        with pytest.raises(NoticeError) as caught:
            await sender.send(TARGET, notice())
    assert caught.value.final


@pytest.mark.parametrize("url", ["", "not a url", "http://", "ftp://127.0.0.1/x"])
async def test_a_malformed_address_is_a_failed_notice(url: str):
    for sender in (WecomSender(url, TIMEOUT), DingtalkSender(url, SECRET, TIMEOUT)):
        with pytest.raises(NoticeError):
            await sender.send(TARGET, notice())


def test_a_transport_without_its_settings_is_off():
    bare = Settings(database_url="postgresql://x/y", service_token="0123456789abcdef")
    assert set(senders(bare, None)) == {"desk", "console"}  # type: ignore[arg-type]
    full = bare.model_copy(
        update={
            "smtp_host": "mail.example.com",
            "smtp_from": "hotline@example.com",
            "wecom_robot_url": "http://127.0.0.1/x",
            "dingtalk_robot_url": "http://127.0.0.1/y",
        }
    )
    assert set(senders(full, None)) == set(VENDORS)  # type: ignore[arg-type]
    assert set(senders(full.model_copy(update={"smtp_from": ""}), None)) == set(VENDORS) - {"email"}  # type: ignore[arg-type]


def test_secrets_are_not_shown_with_the_settings():
    settings = Settings(
        database_url="postgresql://x/y",
        service_token="0123456789abcdef",
        smtp_password="hush-mail",
        wecom_robot_url="http://127.0.0.1/hush-wecom",
        dingtalk_robot_url="http://127.0.0.1/hush-ding",
        dingtalk_robot_secret="hush-secret",
    )
    assert "hush" not in repr(settings)
