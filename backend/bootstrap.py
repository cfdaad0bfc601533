"""Wiring: which handler hears which event, which job runs what. The only place that knows all parts."""

from dataclasses import dataclass

import procrastinate
import socketio

from backend import policy
from backend.access import second_factor
from backend.access.events import SessionEnded
from backend.access.seal import seal_of
from backend.bot_api import drafts
from backend.bot_api.drafts import Drafts
from backend.channels import outbox
from backend.channels.events import DeliveryFailed
from backend.channels.outbox import Outbox
from backend.channels.port import PushChannel
from backend.channels.twilio_voice.assembly import Telephone, telephone
from backend.channels.web_chat import socket as chat_socket
from backend.channels.web_chat.endpoints import CHANNEL as WEB_CHANNEL
from backend.channels.web_chat.socket import ChatNamespace
from backend.channels.wechat.parts import Wechat, wechat
from backend.clock import Clock, SystemClock
from backend.conversations import turns
from backend.conversations.asking import Asking
from backend.conversations.events import FactsCorrected, MessageStored, OwnerChanged
from backend.conversations.fallback import Fallback
from backend.conversations.rasa_client import RasaClient
from backend.conversations.turns import Turns
from backend.db import Database
from backend.desk import socket as desk_socket
from backend.desk.corrections import keeping as corrections
from backend.desk.inbox.keeping import Inboxes
from backend.desk.socket import DeskNamespace
from backend.dispatch import overdue
from backend.dispatch.events import OrderClosed, RepairOverdue, ServiceHappened
from backend.dispatch.overdue import OverdueRepairs
from backend.escalation import firing, notifying
from backend.escalation.acknowledging import Ladder
from backend.escalation.events import DeskNoticeWritten, LevelAcknowledged, LevelCalled
from backend.escalation.firing import Escalations
from backend.escalation.listening import Listener
from backend.escalation.notifying import Notifier
from backend.escalation.overdue_repairs import OverdueAlarm
from backend.escalation.renewal_notices import RenewalNotices
from backend.escalation.transports.registry import senders
from backend.files import retention
from backend.files.retention import Retention
from backend.followup import watching
from backend.followup.customer_files import CustomerFiles
from backend.followup.events import RenewalDue, RenewalLate, RenewerSent
from backend.followup.promised_calls import PromisedCalls
from backend.followup.watching import ContractWatch
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
    CalledBack,
    ContactMade,
    CustomerAnswered,
    FactsPutRight,
    StageChanged,
    TicketChanged,
    TicketFiled,
    TicketReclassified,
)
from backend.unit_of_work import EventBus, UnitOfWork, UnitsOfWork
from backend.wiring import handover
from backend.wiring.handover import Handover
from backend.wiring.telephone import subscribe as wire_telephone
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
    handover: Handover
    telephone: Telephone
    wechat: Wechat | None


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
    handover_ = handover.handover(house)
    asking = Asking(database, bot, house.wording, handover_.listener.people)
    turns_ = Turns(house.units, asking, fallback, house.announcer)
    wechat_ = wechat(house, turns_)
    push_channels += (wechat_.channel,) if wechat_ else ()
    parts = Parts(
        house=house,
        bot=bot,
        turns=turns_,
        outbox=Outbox(house.units, push_channels, house.announcer),
        sio=sio,
        desk_pages=DeskNamespace(house),
        clocks=Clocks(house.policy),
        handover=handover_,
        telephone=telephone(house, turns_),
        wechat=wechat_,
    )
    _subscribe(parts)
    handover.subscribe(house, handover_, turns_)
    _subscribe_sla(parts)
    _subscribe_dispatch(parts)
    _subscribe_followup(parts)
    _subscribe_escalation(parts)
    _subscribe_corrections(parts)
    wire_telephone(house, parts.telephone, parts.clocks)
    _subscribe_drafts(house)
    if wechat_ is not None:
        wechat_.register(house)
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

    async def tell_desk_of_new(event: TicketFiled) -> None:
        await desk_socket.announce_filed(house, event)

    async def tell_desk_of_change(event: TicketChanged) -> None:
        await desk_socket.announce_changed(house, event)

    async def seal_what_is_clear() -> None:
        async with house.database.transaction() as session:
            await second_factor.seal_what_is_clear(session, seal_of(house.settings))

    parts.sio.register_namespace(ChatNamespace(house))
    parts.sio.register_namespace(parts.desk_pages)

    bus.inside(MessageStored, parts.outbox.on_message)
    bus.inside(OwnerChanged, parts.outbox.on_owner_changed)
    bus.after_commit(MessageStored, tell_web_chat)
    bus.after_commit(TicketFiled, tell_desk_of_new)
    bus.after_commit(TicketChanged, tell_desk_of_change)

    bus.after_commit(SessionEnded, parts.desk_pages.end_session)

    jobs.register(turns.JOB, parts.turns.run_job, retry=TURN_RETRY)
    jobs.register(outbox.JOB, parts.outbox.deliver, retry=outbox.RETRY)
    bus.after_commit(DeliveryFailed, parts.outbox.tell_desk)
    jobs.repeat("access.seal_what_is_clear", seal_what_is_clear)
    jobs.repeat("files.retention", Retention(house.units, house.settings.file_days).run, retention.SECONDS)


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
        for trigger in event.lapsed:
            await clocks.lapsed(uow, event.ticket, trigger)
        await clocks.happened(uow, event.ticket, event.triggers, event.at)

    house.bus.inside(ServiceHappened, service_happened)
    house.jobs.repeat("dispatch.overdue", OverdueRepairs(house.units, house.policy).run, overdue.SECONDS)


def _subscribe_followup(parts: Parts) -> None:
    house, clocks = parts.house, parts.clocks
    promised = PromisedCalls(house.policy, clocks)

    async def tell_desk_of_late_renewal(event: RenewalLate) -> None:
        notice = {
            "contract": event.contract,
            "due_at": event.due_at.isoformat(),
            "level": event.level,
        }
        await house.announcer.to_desk("renewal.late", notice)

    files = CustomerFiles(house.wording)

    house.bus.inside(OrderClosed, files.on_order_closed)
    house.bus.inside(CalledBack, files.on_called_back)
    house.bus.inside(OwnerChanged, promised.on_owner_changed)
    house.bus.inside(TicketFiled, promised.on_filed)
    house.bus.after_commit(RenewalLate, tell_desk_of_late_renewal)
    house.jobs.repeat("followup.contracts", ContractWatch(house.units, clocks).run, watching.SECONDS)


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
    renewals = RenewalNotices(house.policy, notifier)
    bus.inside(RenewalDue, renewals.on_due)
    bus.inside(RenewalLate, renewals.on_late)
    bus.inside(RenewerSent, renewals.on_sent)
    bus.inside(DeskNoticeWritten, Inboxes(house.policy).on_notice)

    jobs.register(notifying.JOB, notifier.send, retry=notifying.RETRY)
    jobs.register(firing.CLIMB_JOB, ladder.climb, retry=TURN_RETRY)


def _subscribe_drafts(house: House) -> None:
    kept = Drafts(house.units, house.policy, house.wording)
    house.jobs.repeat("bot.drafts", kept.run, drafts.SECONDS)


def _subscribe_corrections(parts: Parts) -> None:
    bus = parts.house.bus
    bus.inside(FactsPutRight, corrections.on_ticket)
    bus.inside(FactsCorrected, corrections.on_conversation)
