"""What differs from one installation to the next; read from the environment once, at start."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Every setting with its default. `YINGSHENG_` prefixes all but the two customary URLs."""

    model_config = SettingsConfigDict(env_prefix="YINGSHENG_", populate_by_name=True, extra="ignore")

    database_url: str = Field(alias="DATABASE_URL", description="PostgreSQL; the embedded server's if empty")
    redis_url: str = Field(default="", alias="REDIS_URL", description="Only with several backend processes")
    bot_url: str = "http://127.0.0.1:5005"
    service_token: str = Field(min_length=16, description="Shared with the bot's actions")
    worker: Literal["inside", "outside"] = Field(
        default="inside", description="Run jobs inside the backend process or in `python -m backend.worker`"
    )
    bot_timeout_seconds: float = Field(
        default=8.0, gt=0, description="After this the customer is answered anyway"
    )
    wait_limit_seconds: float = Field(default=10.0, gt=0, description="Longest `wait: true` of the web chat")
    session_hours: float = Field(default=12.0, gt=0, description="Life of a desk session")
    max_body_bytes: int = Field(default=1_048_576, gt=0, description="Largest request body")
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
    log_format: Literal["json", "console"] = "json"
    root: Path = Field(default=PROJECT_ROOT, description="Where domain/, policy/ and web/dist are")

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
