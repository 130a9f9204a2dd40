"""What people and administrators do for the order of the house."""

from stonechat.governance.actions.announcing import dismiss, publish, react, unreact, withdraw
from stonechat.governance.actions.reporting import report
from stonechat.governance.actions.ruling import set_rules

__all__ = ["dismiss", "publish", "react", "report", "set_rules", "unreact", "withdraw"]
