"""Consultation: a question that is registered for an answer within the clock for enquiries (R10-6.2.1)."""

from actions.form_spec import PHONE, FormSpec
from actions.intake_form import IntakeForm

SPEC = FormSpec(
    stem="consultation",
    kind="inquiry",
    topic="consultation",
    confirms=False,
    questions=(PHONE,),
)


class ValidateConsultationForm(IntakeForm):
    """Takes a question down."""

    spec = SPEC
