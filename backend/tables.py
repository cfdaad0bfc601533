"""All tables in one place, for migrations and for the test that compares both."""

from backend.access import models as access_models
from backend.channels import models as channel_models
from backend.conversations import models as conversation_models
from backend.db import Base
from backend.dispatch import models as dispatch_models
from backend.escalation import models as escalation_models
from backend.sla import models as sla_models
from backend.tickets import models as ticket_models
from backend.warranty import models as warranty_models

metadata = Base.metadata
MODULES = (
    access_models,
    channel_models,
    conversation_models,
    dispatch_models,
    escalation_models,
    sla_models,
    ticket_models,
    warranty_models,
)
