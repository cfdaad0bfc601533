"""What differs from one installation to the next; read from the environment once, at start."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Every setting with its default. `YINGSHENG_` prefixes all but the two customary URLs."""

    model_config = SettingsConfigDict(env_prefix="YINGSHENG_", populate_by_name=True, extra="ignore")

    database_url: str = Field(alias="DATABASE_URL", description="PostgreSQL; the embedded server's if empty")
    redis_url: str = Field(default="", alias="REDIS_URL", description="Only with several backend processes")
    bot_url: str = "http://127.0.0.1:5005"
    service_token: str = Field(min_length=16, description="Shared with the bot's actions")
    secrets_key: str = Field(
        default="", repr=False, description="Seals stored secrets; none: the service token does"
    )
    worker: Literal["inside", "outside"] = Field(
        default="inside", description="Run jobs inside the backend process or in `python -m backend.worker`"
    )
    bot_timeout_seconds: float = Field(
        default=8.0, gt=0, description="After this the customer is answered anyway"
    )
    wait_limit_seconds: float = Field(default=10.0, gt=0, description="Longest `wait: true` of the web chat")
    session_hours: float = Field(default=12.0, gt=0, description="Life of a desk session")
    max_body_bytes: int = Field(default=1_048_576, gt=0, description="Largest request body")
    max_file_bytes: int = Field(
        default=20_971_520, gt=0, le=24_000_000, description="Largest picture, recording or document"
    )
    file_days: int = Field(default=1_095, gt=0, description="Stored files are deleted after these days")
    pool_size: int = Field(default=10, gt=0, description="Database connections kept per process")
    smtp_host: str = Field(default="", description="Mail server for notices; none: no e-mail")
    smtp_port: int = Field(default=587, gt=0, lt=65_536)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    smtp_from: str = Field(default="", description="Sender's address of notices")
    wecom_robot_url: str = Field(default="", repr=False, description="Group robot of enterprise WeChat")
    dingtalk_robot_url: str = Field(default="", repr=False, description="Group robot of DingTalk")
    dingtalk_robot_secret: str = Field(default="", repr=False, description="If the robot wants signatures")
    notice_timeout_seconds: float = Field(default=10.0, gt=0, description="Patience with mail and robots")
    wechat_app_id: str = Field(default="", description="WeChat Official Account; none: the channel is off")
    wechat_secret: str = Field(default="", repr=False, description="AppSecret")
    wechat_token: str = Field(default="", repr=False, description="What webhooks are signed with")
    wechat_aes_key: str = Field(default="", repr=False, description="EncodingAESKey, 43 characters")
    wechat_previous_aes_key: str = Field(default="", repr=False, description="Still taken after a change")
    wechat_mode: Literal["plain", "compatible", "safe"] = "safe"
    wechat_api_url: str = "https://api.weixin.qq.com"
    wechat_window_seconds: float = Field(default=300.0, gt=0, description="How old a signature may be")
    wechat_passive_seconds: float = Field(
        default=4.0, gt=0, le=4.4, description="How long the webhook waits for the bot; WeChat gives it 5 s"
    )
    wechat_timeout_seconds: float = Field(default=5.0, gt=0, description="Patience with WeChat's API")
    wechat_notice: Literal["none", "template", "subscribe"] = Field(
        default="none", description="How to reach who has not written for 48 h"
    )
    wechat_template_id: str = ""
    wechat_template_fields: dict[str, str] = Field(
        default={"thing1": "{text}", "time2": "{time}"}, description="The template's fields, as JSON"
    )
    public_url: str = Field(
        default="", description="Where customers reach this installation; without it messages have no links"
    )
    voice_demo_token: str = Field(
        default="", repr=False, description="Lets demo callers on this machine sign as the vendor would"
    )
    twilio_auth_token: str = Field(default="", repr=False, description="Without it the telephone is off")
    twilio_account_sid: str = Field(default="", description="For recordings and ringing agents")
    twilio_number: str = Field(default="", description="Ours, that agents are rung from")
    twilio_api_key: str = Field(default="", description="Signs the tokens of agents' softphones")
    twilio_api_secret: str = Field(default="", repr=False)
    twilio_app_sid: str = Field(default="", description="TwiML app of agents' softphones")
    twilio_api_url: str = "https://api.twilio.com"
    voice_mode: Literal["gather", "relay"] = Field(
        default="gather", description="Turn by turn, or ConversationRelay over a WebSocket"
    )
    voice_agents: Literal["desk", "browser"] = Field(
        default="desk", description="Agents without a number type and are read out, or talk by a softphone"
    )
    voice_name: str = Field(default="Polly.Zhiyu-Neural", description="Who speaks")
    voice_language: str = "cmn-CN"
    voice_hearing_language: str = Field(default="zh-CN", description="As the recogniser calls it")
    voice_speech_model: str = Field(default="deepgram_nova-2", description="`default` with cmn-Hans-CN")
    voice_speech_timeout: int = Field(default=2, gt=0, description="Seconds of silence that end a sentence")
    voice_sure: float = Field(
        default=0.45, ge=0, le=1, description="Recognised below this, the caller confirms"
    )
    voice_patience_seconds: float = Field(
        default=6.0,
        gt=0,
        lt=12,
        description="Then a caller is asked to wait a moment; the vendor hangs at 15",
    )
    voice_recording_days: int = Field(
        default=180, gt=0, description="Recordings are deleted after these days; callers are told"
    )
    log_format: Literal["json", "console"] = "json"
    var_dir: Path = Field(default=PROJECT_ROOT / "var", description="Where this installation keeps its state")
    root: Path = Field(default=PROJECT_ROOT, description="Where domain/, policy/ and web/dist are")

    @model_validator(mode="after")
    def _relay_has_an_address(self) -> Self:
        """ConversationRelay is told where to connect to, and that is known by the public address alone."""
        if self.voice_mode == "relay" and not self.public_url:
            raise ValueError("VOICE_MODE=relay needs PUBLIC_URL, the address at which the carrier reaches us")
        return self

    @property
    def wording_file(self) -> Path:
        """The sentences that the backend itself says."""
        return self.root / "domain" / "_system.yml"

    @property
    def policy_dir(self) -> Path:
        """The regulations as data."""
        return self.root / "policy"

    @property
    def web_dist(self) -> Path:
        """The built web client."""
        return self.root / "web" / "dist"


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        pydantic.ValidationError: a required setting is missing or malformed.
    """
    return Settings()
