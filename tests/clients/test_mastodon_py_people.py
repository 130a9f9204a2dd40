"""The library Mastodon.py against a served instance: people, lists, filters, notifications."""

from __future__ import annotations

from typing import Any

import pytest
from mastodon import MastodonAPIError, MastodonNotFoundError

pytestmark = [pytest.mark.server, pytest.mark.once]


@pytest.fixture(scope="module")
def ann_in(mastodon: Any, ann: Any) -> Any:
    return mastodon(ann)


@pytest.fixture(scope="module")
def bert_in(mastodon: Any, bert: Any) -> Any:
    return mastodon(bert)


@pytest.fixture(scope="module")
def cleo_in(mastodon: Any, cleo: Any) -> Any:
    return mastodon(cleo)


@pytest.fixture(scope="module")
def ann_is(ann_in: Any) -> Any:
    return ann_in.me()


@pytest.fixture(scope="module")
def bert_is(bert_in: Any) -> Any:
    return bert_in.me()


# People.


def test_finding_people(ann_in, bert_in, bert_is):
    assert ann_in.account(bert_is).username == "bert"
    assert [who.username for who in ann_in.accounts([bert_is.id])] == ["bert"]
    assert ann_in.account_lookup("@bert").id == bert_is.id
    assert [who.username for who in ann_in.account_search("bert")] == ["bert"]
    assert "bert" in [who.username for who in ann_in.directory(local=True)]
    with pytest.raises(MastodonNotFoundError, match="Record not found"):
        ann_in.account_lookup("nobody")


def test_following(ann_in, bert_in, cleo_in, ann_is, bert_is):
    assert ann_in.account_follow(bert_is, notify=True).notifying
    assert [who.id for who in ann_in.account_following(ann_is)] == [bert_is.id]
    assert [who.id for who in ann_in.account_followers(bert_is)] == [ann_is.id]
    assert [one.following for one in ann_in.account_relationships([bert_is.id])] == [True]
    cleo_in.account_follow(ann_is)
    (familiar,) = cleo_in.account_familiar_followers([bert_is.id])
    assert [who.id for who in familiar.accounts] == [ann_is.id]
    assert ann_in.account_endorse(bert_is).endorsed
    assert [who.id for who in ann_in.endorsements()] == [bert_is.id]
    assert not ann_in.account_unendorse(bert_is).endorsed
    assert ann_in.account_pin(bert_is).endorsed
    assert not ann_in.account_unpin(bert_is).endorsed
    assert not bert_in.account_remove_from_followers(ann_is).followed_by
    assert not cleo_in.account_unfollow(ann_is).following


def test_being_asked(ann_in, cleo_in, bert_in, ann_is, bert_is):
    ann_in.account_update_credentials(locked=True)
    assert cleo_in.account_follow(ann_is).requested
    assert bert_in.account_follow(ann_is).requested
    assert [who.username for who in ann_in.follow_requests()] == ["bert", "cleo"]
    assert ann_in.follow_request_authorize(cleo_in.me()).followed_by
    assert not ann_in.follow_request_reject(bert_is).followed_by
    assert ann_in.follow_requests() == []
    ann_in.account_update_credentials(locked=False)
    cleo_in.account_unfollow(ann_is)


def test_keeping_away(ann_in, bert_is):
    assert ann_in.account_mute(bert_is, duration=3600).muting
    assert [(who.username, bool(who.mute_expires_at)) for who in ann_in.mutes()] == [("bert", True)]
    assert not ann_in.account_unmute(bert_is).muting
    assert ann_in.account_block(bert_is).blocking
    assert [who.username for who in ann_in.blocks()] == ["bert"]
    assert not ann_in.account_unblock(bert_is).blocking
    assert ann_in.account_note_set(bert_is, "Sits by the window").note == "Sits by the window"


def test_the_profile(ann_in, picture):
    fields = [("Office", "Top floor"), ("Bird", "Stonechat")]
    account = ann_in.account_update_credentials(
        display_name="Ann", note="Counts stones", avatar=str(picture), fields=fields, bot=False
    )
    assert (account.display_name, account.source.note) == ("Ann", "Counts stones")
    assert [(one.name, one.value) for one in account.source.fields] == fields
    profile = ann_in.profile_update(header=str(picture), show_media=False, avatar_description="Me")
    assert (profile.show_media, profile.avatar_description) == (False, "Me")
    assert ann_in.profile().header
    ann_in.account_delete_header()
    ann_in.account_delete_avatar()
    assert (ann_in.profile().header, ann_in.profile().avatar) == (None, None)
    assert ann_in.preferences()["posting:default:visibility"] == "public"


def test_suggestions(ann_in, bert_is):
    assert isinstance(ann_in.suggestions(), list)
    assert isinstance(ann_in.suggestions_v1(), list)
    ann_in.suggestion_delete(bert_is)
    assert "bert" not in [one.account.username for one in ann_in.suggestions_v2()]


# Lists and tags.


def test_lists(ann_in, bert_in, bert_is):
    made = ann_in.list_create("Masons", replies_policy="followed", exclusive=True)
    assert (made.replies_policy, made.exclusive) == ("followed", True)
    with pytest.raises(MastodonNotFoundError):
        ann_in.list_accounts_add(made, [bert_is])
    ann_in.account_follow(bert_is)
    ann_in.list_accounts_add(made, [bert_is])
    assert [who.id for who in ann_in.list_accounts(made)] == [bert_is.id]
    assert [one.id for one in ann_in.account_lists(bert_is)] == [made.id]
    said = bert_in.toot("For the masons")
    assert ann_in.timeline_list(made)[0].id == said.id
    assert said.id not in [one.id for one in ann_in.timeline_home()]
    assert ann_in.list_update(made, "Stonemasons").title == ann_in.list(made).title == "Stonemasons"
    ann_in.list_accounts_delete(made, [bert_is])
    ann_in.list_delete(made)
    assert ann_in.lists() == []


def test_tags(ann_in, ann_is):
    ann_in.toot("Found #marble today")
    assert int(ann_in.tag("marble").history[0].uses) >= 1
    assert ann_in.tag_follow("marble").following
    assert [tag.name for tag in ann_in.followed_tags()] == ["marble"]
    assert not ann_in.tag_unfollow("marble").following
    featured = ann_in.featured_tag_create("marble")
    assert [tag.name for tag in ann_in.account_featured_tags(ann_is)] == ["marble"]
    assert [tag.id for tag in ann_in.featured_tags()] == [featured.id]
    ann_in.featured_tag_delete(featured)
    assert ann_in.tag_feature("marble").featuring
    assert not ann_in.tag_unfeature("marble").featuring
    assert "marble" in [tag.name for tag in ann_in.featured_tag_suggestions()]


def test_trends(ann_in):
    for popular in ann_in.trends, ann_in.trending_tags, ann_in.trending_statuses:
        assert isinstance(popular(), list)
    assert ann_in.trending_links() == []


def test_search(ann_in, bert_in, eventually):
    post = bert_in.toot("A travertine terrace #travertine")
    found = eventually(lambda: ann_in.search("travertine", result_type="statuses").statuses)
    assert [one.id for one in found] == [post.id]
    assert [tag.name for tag in ann_in.search_v2("travertine").hashtags] == ["travertine"]
    assert [one.id for one in ann_in.search(post.url, resolve=True).statuses] == [post.id]


# Filters.


def test_filters(ann_in, bert_in):
    post = bert_in.toot("Gravel, gravel, gravel")
    made = ann_in.create_filter_v2(
        "Gravel", ["public", "thread"], "warn", keywords_attributes=[{"keyword": "gravel"}]
    )
    assert [one.filter.title for one in ann_in.status(post).filtered] == ["Gravel"]
    keyword = ann_in.add_filter_keyword_v2(made, "grit", whole_word=True)
    assert [one.keyword for one in ann_in.filter_keywords_v2(made)] == ["gravel", "grit"]
    ann_in.delete_filter_keyword_v2(keyword)
    held = ann_in.add_filter_status_v2(made, post)
    assert ann_in.filter_status_v2(held).status_id == post.id
    assert [one.id for one in ann_in.filter_statuses_v2(made)] == [held.id]
    ann_in.delete_filter_status_v2(held)
    changed = ann_in.update_filter_v2(made, title="Small stones", filter_action="hide")
    assert (changed.title, changed.filter_action) == ("Small stones", "hide")
    assert ann_in.filter_v2(made).title == "Small stones"
    ann_in.delete_filter_v2(made)
    assert ann_in.filters_v2() == []


def test_filters_as_they_were(ann_in):
    made = ann_in.filter_create("rubble", ["home"], expires_in=3600)
    assert ann_in.filter(made).phrase == "rubble"
    assert ann_in.filter_update(made, phrase="ruins", context=["home"]).phrase == "ruins"
    assert [one.id for one in ann_in.filters()] == [made.id]
    ann_in.filter_delete(made)
    assert ann_in.filters() == []


# What one is told of.


def test_notifications(ann_in, bert_in, eventually):
    ann_in.notifications_clear()
    before = ann_in.notifications_unread_count().count
    mention = bert_in.toot("Hello @ann")
    (told,) = eventually(lambda: ann_in.notifications(types=["mention"]))
    assert told.status.id == mention.id
    assert ann_in.notifications_unread_count().count == before + 1
    assert ann_in.notifications(id=told).account.username == "bert"
    ann_in.notifications_dismiss(told)
    assert ann_in.notifications(exclude_types=["follow"]) == []


def test_notifications_in_groups(ann_in, bert_in, cleo_in, eventually):
    ann_in.notifications_clear()
    post = ann_in.toot("Like me")
    for friend in bert_in, cleo_in:
        friend.status_favourite(post)

    def both() -> Any:
        groups = ann_in.grouped_notifications().notification_groups
        return [group for group in groups if group.notifications_count == 2]

    (group,) = eventually(both)
    key = group.group_key
    assert ann_in.grouped_notification(key).notification_groups[0].group_key == key
    accounts = ann_in.grouped_notification_accounts(key)
    assert {who.username for who in accounts} == {"bert", "cleo"}
    assert ann_in.unread_grouped_notifications_count() == 1
    ann_in.dismiss_grouped_notification(key)
    assert ann_in.grouped_notifications().notification_groups == []


def test_strangers_wait(ann_in, bert_in, cleo_in, eventually, bert_is):
    ann_in.account_unfollow(bert_is)
    ann_in.update_notifications_policy(for_not_following="filter")
    assert ann_in.notifications_policy().for_not_following == "filter"

    def waiting(*names: str) -> Any:
        found = ann_in.notification_requests()
        return found if {one.account.username for one in found} == set(names) else None

    for stranger in bert_in, cleo_in:
        stranger.toot("Do you know me, @ann?")
    one, other = eventually(lambda: waiting("bert", "cleo"))
    assert ann_in.notification_request(one).account.id == one.account.id
    ann_in.accept_notification_request(one)
    ann_in.dismiss_notification_request(other)
    assert eventually(lambda: ann_in.notifications_merged())
    ann_in.accept_multiple_notification_requests([one.id])
    ann_in.dismiss_multiple_notification_requests([other.id])
    assert ann_in.notification_requests() == []
    ann_in.update_notifications_policy(for_not_following="accept")


def test_conversations(ann_in, bert_in, eventually):
    said = bert_in.status_post("Between us, @ann", visibility="direct")
    (conversation,) = eventually(lambda: ann_in.conversations())
    assert (conversation.last_status.id, conversation.unread) == (said.id, True)
    assert [who.username for who in conversation.accounts] == ["bert"]
    assert not ann_in.conversations_read(conversation).unread


def test_markers(ann_in):
    post = ann_in.toot("Read up to here")
    ann_in.markers_set(["home"], [post])
    assert ann_in.markers_get(["home", "notifications"])["home"].last_read_id == post.id


def test_announcements(instance, ann_in):
    instance.act(
        "from stonechat.audience.viewer import Viewer\n"
        "from stonechat.governance.actions import publish\n"
        "publish(Viewer.system(because='test'), 'The lift is out of order')"
    )
    (announced,) = ann_in.announcements()
    assert "The lift" in announced.content
    ann_in.announcement_reaction_create(announced, "🪨")
    assert [one.count for one in ann_in.announcements()[0].reactions] == [1]
    ann_in.announcement_reaction_delete(announced, "🪨")
    ann_in.announcement_dismiss(announced)
    assert ann_in.announcements() == []


def test_reports(ann_in, bert_in, bert_is):
    post = bert_in.toot("Buy my stones")
    sent = ann_in.report(bert_is, [post], "Advertising", category="spam")
    assert (sent.category, sent.status_ids) == ("spam", [post.id])
    with pytest.raises(MastodonAPIError):
        ann_in.report(ann_in.me(), comment="Myself")
