"""The channel put together, for an account that is set up."""

from dataclasses import dataclass

from backend.channels.wechat import access, media, tokens
from backend.channels.wechat.access import Forgetting
from backend.channels.wechat.account import Account, account_of
from backend.channels.wechat.api import VendorApi, client
from backend.channels.wechat.media import MediaFetcher
from backend.channels.wechat.notices import Notices
from backend.channels.wechat.reception import Reception
from backend.channels.wechat.sending import WechatChannel
from backend.channels.wechat.tokens import Tokens
from backend.channels.wechat.transcribing import Deaf, Transcriber
from backend.conversations.turns import Turns
from backend.house import House


@dataclass(frozen=True, slots=True)
class Wechat:
    """All of the channel."""

    account: Account
    tokens: Tokens
    api: VendorApi
    channel: WechatChannel
    reception: Reception
    media: MediaFetcher
    forgetting: Forgetting

    def register(self, house: House) -> None:
        """Say what the channel's jobs and chores do."""
        house.jobs.register(media.JOB, self.media.fetch)
        house.jobs.repeat(tokens.CHORE, self.tokens.keep_fresh, tokens.SECONDS)
        house.jobs.repeat(access.FORGETTING, self.forgetting.run, access.FORGETTING_SECONDS)


def wechat(house: House, turns: Turns, transcriber: Transcriber | None = None) -> Wechat | None:
    """The channel; None if it is off.

    Raises:
        WechatConfigurationError: its settings are incomplete.
    """
    account = account_of(house.settings)
    if account is None:
        return None
    http = client(account.api_url, account.timeout_seconds)
    token_store = Tokens(account, house.units, http)
    api = VendorApi(token_store, http)
    notices = Notices(account, api, house.units)
    return Wechat(
        account=account,
        tokens=token_store,
        api=api,
        channel=WechatChannel(house, account, api, notices),
        reception=Reception(house, turns),
        media=MediaFetcher(house, turns, api, transcriber or Deaf()),
        forgetting=Forgetting(house.units, account),
    )
