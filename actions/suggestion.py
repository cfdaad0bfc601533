"""Proposals and suggestions (R1-1.1c): taken down readily, contact only if the customer wants an answer."""

from dataclasses import replace

from actions.form_spec import DESCRIPTION, PHONE, FormSpec, in_words
from actions.intake_form import IntakeForm

SPEC = FormSpec(
    stem="suggestion",
    kind="suggestion",
    telling_length=8,
    questions=(
        DESCRIPTION,
        in_words("business_area"),
        replace(PHONE, required=False, limit=2, refusals=1),
    ),
    summary=("description", "business_area", "product", "customer_name", "phone"),
)


class ValidateSuggestionForm(IntakeForm):
    """Takes a suggestion down."""

    spec = SPEC
