"""All tables in one place, for migrations and for the test that compares both."""

from backend.access import models as access_models
from backend.channels import models as channel_models
from backend.channels.telephony import models as telephony_models
from backend.channels.wechat import models as wechat_models
from backend.conversations import identity as identity_models
from backend.conversations import models as conversation_models
from backend.db import Base
from backend.desk.answering import canned_models
from backend.desk.corrections import models as correction_models
from backend.desk.customers import models as phone_key_models
from backend.desk.inbox import models as inbox_models
from backend.desk.lists import models as view_models
from backend.dispatch import models as dispatch_models
from backend.escalation import models as escalation_models
from backend.files import models as file_models
from backend.followup import models as followup_models
from backend.handover import models as handover_models
from backend.sla import models as sla_models
from backend.tickets import models as ticket_models
from backend.warranty import models as warranty_models

metadata = Base.metadata
MODULES = (
    access_models,
    canned_models,
    channel_models,
    conversation_models,
    correction_models,
    dispatch_models,
    escalation_models,
    file_models,
    followup_models,
    handover_models,
    identity_models,
    inbox_models,
    phone_key_models,
    sla_models,
    telephony_models,
    ticket_models,
    view_models,
    warranty_models,
    wechat_models,
)
