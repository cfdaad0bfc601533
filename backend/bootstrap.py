"""Wiring: which handler hears which event, which job runs what. The only place that knows all parts."""

from dataclasses import dataclass

import procrastinate
import socketio

from backend import policy
from backend.access.events import SessionEnded
from backend.channels import outbox
from backend.channels.outbox import Outbox
from backend.channels.port import PushChannel
from backend.channels.web_chat import socket as chat_socket
from backend.channels.web_chat.endpoints import CHANNEL as WEB_CHANNEL
from backend.channels.web_chat.socket import ChatNamespace
from backend.clock import Clock, SystemClock
from backend.conversations import turns
from backend.conversations.events import MessageStored
from backend.conversations.fallback import Fallback
from backend.conversations.rasa_client import RasaClient
from backend.conversations.turns import Turns
from backend.db import Database
from backend.desk import socket as desk_socket
from backend.desk.socket import DeskNamespace
from backend.dispatch import overdue
from backend.dispatch.events import RepairOverdue, ServiceHappened
from backend.dispatch.overdue import OverdueRepairs
from backend.escalation import firing, notifying
from backend.escalation.acknowledging import Ladder
from backend.escalation.events import LevelAcknowledged, LevelCalled
from backend.escalation.firing import Escalations
from backend.escalation.listening import Listener
from backend.escalation.notifying import Notifier
from backend.escalation.overdue_repairs import OverdueAlarm
from backend.escalation.transports.registry import senders
from backend.house import House
from backend.jobs import JobQueue
from backend.realtime import Announcer, server
from backend.settings import Settings
from backend.sla import sweep
from backend.sla.clocks import Clocks
from backend.sla.events import ClockBreached, ClockWarned
from backend.sla.happenings import Happenings
from backend.sla.reevaluation import Reevaluation
from backend.sla.sweep import Sweep
from backend.tickets.completeness import required_facts
from backend.tickets.events import (
    AwaitingCustomer,
    ContactMade,
    CustomerAnswered,
    StageChanged,
    TicketChanged,
    TicketFiled,
    TicketReclassified,
)
from backend.unit_of_work import EventBus, UnitOfWork, UnitsOfWork
from backend.wording import Wording

TURN_RETRY = procrastinate.RetryStrategy(max_attempts=20, wait=10)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything one process is made of."""

    house: House
    bot: RasaClient
    turns: Turns
    outbox: Outbox
    sio: socketio.AsyncServer
    desk_pages: DeskNamespace
    clocks: Clocks


def build(
    settings: Settings, *, clock: Clock | None = None, push_channels: tuple[PushChannel, ...] = ()
) -> Parts:
    """Build and wire all parts.

    Raises:
        PolicyError: the policy is wrong.
        WordingError: the wording is.
    """
    database = Database(settings.database_url, settings.pool_size)
    clock = clock or SystemClock()
    jobs = JobQueue(settings.database_url)
    bus = EventBus()
    sio = server(settings.redis_url)
    house = House(
        settings=settings,
        database=database,
        clock=clock,
        jobs=jobs,
        bus=bus,
        units=UnitsOfWork(database, clock, jobs, bus),
        wording=Wording.load(settings.wording_file),
        policy=policy.load(settings.policy_dir),
        announcer=Announcer(sio),
    )
    _require_words(house)
    bot = RasaClient(settings.bot_url, settings.bot_timeout_seconds)
    fallback = Fallback(house.wording, house.policy)
    parts = Parts(
        house=house,
        bot=bot,
        turns=Turns(house.units, bot, fallback, house.wording, house.announcer),
        outbox=Outbox(house.units, push_channels, house.announcer),
        sio=sio,
        desk_pages=DeskNamespace(house),
        clocks=Clocks(house.policy),
    )
    _subscribe(parts)
    _subscribe_sla(parts)
    _subscribe_dispatch(parts)
    _subscribe_escalation(parts)
    return parts


def _require_words(house: House) -> None:
    """What policy wants known of a ticket must have a name that can be said when it is missing."""
    for fact in required_facts(house.policy.workflow):
        house.wording.say(f"fact_{fact}")


def _subscribe(parts: Parts) -> None:
    house, bus, jobs = parts.house, parts.house.bus, parts.house.jobs

    async def tell_web_chat(event: MessageStored) -> None:
        if event.channel == WEB_CHANNEL:
            await chat_socket.announce(house, event)

    async def tell_desk_of_message(event: MessageStored) -> None:
        await desk_socket.announce_message(house, event)

    async def tell_desk_of_new(event: TicketFiled) -> None:
        await desk_socket.announce_filed(house, event)

    async def tell_desk_of_change(event: TicketChanged) -> None:
        await desk_socket.announce_changed(house, event)

    parts.sio.register_namespace(ChatNamespace(house))
    parts.sio.register_namespace(parts.desk_pages)

    bus.inside(MessageStored, parts.outbox.on_message)
    bus.after_commit(MessageStored, tell_web_chat)
    bus.after_commit(MessageStored, tell_desk_of_message)
    bus.after_commit(TicketFiled, tell_desk_of_new)
    bus.after_commit(TicketChanged, tell_desk_of_change)

    bus.after_commit(SessionEnded, parts.desk_pages.end_session)

    jobs.register(turns.JOB, parts.turns.run_job, retry=TURN_RETRY)
    jobs.register(outbox.JOB, parts.outbox.deliver, retry=outbox.RETRY)


def _subscribe_sla(parts: Parts) -> None:
    house, bus, jobs, clocks = parts.house, parts.house.bus, parts.house.jobs, parts.clocks
    happenings = Happenings(clocks)

    async def level_called(uow: UnitOfWork, event: LevelCalled) -> None:
        await clocks.happened(uow, event.ticket, [f"escalated:{event.level}"])

    async def level_acknowledged(uow: UnitOfWork, event: LevelAcknowledged) -> None:
        await clocks.happened(uow, event.ticket, ["acknowledged"])

    bus.inside(TicketFiled, happenings.on_filed)
    bus.inside(StageChanged, happenings.on_stage_changed)
    bus.inside(TicketReclassified, happenings.on_reclassified)
    bus.inside(AwaitingCustomer, happenings.on_awaiting)
    bus.inside(CustomerAnswered, happenings.on_answered)
    bus.inside(ContactMade, happenings.on_contact)
    bus.inside(TicketChanged, happenings.on_changed)
    bus.inside(LevelCalled, level_called)
    bus.inside(LevelAcknowledged, level_acknowledged)

    jobs.repeat("sla.reevaluation", Reevaluation(house.units, clocks).run)
    jobs.repeat("sla.sweep", Sweep(house.units, clocks).run, sweep.SECONDS)


def _subscribe_dispatch(parts: Parts) -> None:
    house, clocks = parts.house, parts.clocks

    async def service_happened(uow: UnitOfWork, event: ServiceHappened) -> None:
        await clocks.happened(uow, event.ticket, event.triggers)

    house.bus.inside(ServiceHappened, service_happened)
    house.jobs.repeat("dispatch.overdue", OverdueRepairs(house.units, house.policy).run, overdue.SECONDS)


def _subscribe_escalation(parts: Parts) -> None:
    house, bus, jobs = parts.house, parts.house.bus, parts.house.jobs
    transports = senders(house.settings, house.announcer)
    notifier = Notifier(house.units, house.policy, house.wording, transports, house.announcer)
    escalations = Escalations(house.policy, notifier)
    listener, ladder = Listener(escalations), Ladder(house.units, house.policy, escalations)

    bus.inside(TicketFiled, listener.on_filed)
    bus.inside(TicketChanged, listener.on_changed)
    bus.inside(StageChanged, listener.on_stage_changed)
    bus.inside(TicketReclassified, listener.on_reclassified)
    bus.inside(ClockWarned, listener.on_clock_warned)
    bus.inside(ClockBreached, listener.on_clock_breached)
    bus.inside(RepairOverdue, OverdueAlarm(house.policy, escalations).on_overdue)

    jobs.register(notifying.JOB, notifier.send, retry=notifying.RETRY)
    jobs.register(firing.CLIMB_JOB, ladder.climb, retry=TURN_RETRY)
