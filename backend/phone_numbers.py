"""Phone numbers as they are kept: E.164, or that there is none. Pure."""

import phonenumbers

REGION = "CN"


def e164(number: str) -> str | None:
    """The number as `+8613900112266`; none if it is withheld or no number that could be called back.

    Carriers write withheld numbers as words or as `+266696687` (https://www.twilio.com/docs/voice/twiml#call-status).
    """
    try:
        parsed = phonenumbers.parse(number.strip(), REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
