"""Writing the rules of the house."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core.actions import Refused, action, require
from stonechat.core.events import happened
from stonechat.governance import rules
from stonechat.governance.events import RulesSet
from stonechat.governance.models import Rule


@action
def set_rules(viewer: Viewer, sentences: Sequence[tuple[str, str]]) -> None:
    """Replace the rules by these pairs of (text, hint), in this order.

    A rule whose text stays keeps its id, so that reports go on naming it.
    """
    require(rules.may_set_rules(viewer), _("Only administrators write the rules of the house."))
    if any(not text.strip() for text, _hint in sentences):
        raise Refused(_("Write a sentence for every rule."), "text")
    Rule.objects.exclude(text__in=[text for text, _hint in sentences]).delete()
    for position, (text, hint) in enumerate(sentences):
        Rule.objects.update_or_create(text=text, defaults={"hint": hint, "position": position})
    happened(RulesSet(viewer.account_id))
