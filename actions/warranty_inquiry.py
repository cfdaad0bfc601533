"""Question about the warranty: registered for an answer, since it is not looked up here."""

from actions.form_spec import PHONE, PRODUCT, PURCHASE_DATE, FormSpec
from actions.intake_form import IntakeForm

SPEC = FormSpec(
    stem="warranty_inquiry",
    kind="inquiry",
    topic="warranty_inquiry",
    confirms=False,
    stand_ins={"incident_time": "purchase_date"},
    questions=(PRODUCT, PURCHASE_DATE, PHONE),
)


class ValidateWarrantyInquiryForm(IntakeForm):
    """Takes a question about the warranty down."""

    spec = SPEC
