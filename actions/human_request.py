"""Wish for a person: a number to call back, nothing else (R3c-III.1)."""

from actions.form_spec import PHONE, FormSpec
from actions.intake_form import IntakeForm

SPEC = FormSpec(
    stem="human_request",
    kind="inquiry",
    topic="human_request",
    confirms=False,
    questions=(PHONE,),
)


class ValidateHumanRequestForm(IntakeForm):
    """Takes the wish for a person down."""

    spec = SPEC
