"""The library Mastodon.py against a served instance: signing in, posting, reading, paging."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from mastodon import Mastodon, MastodonAPIError, MastodonNotFoundError, MastodonUnauthorizedError

pytestmark = [pytest.mark.server, pytest.mark.once]

SCOPES = ["read", "write", "follow", "push"]
BACK = "https://client.example/back"

# What the library can do and these files do not try, by the beginning of its name.
EXCUSED = {
    "admin_": "administration has pages; by the API nobody has these rights",
    "stream_": "streaming comes later",
    "push_": "pushing comes later",
    "collection": "collections came with Mastodon 4.6, of which we claim none",
    "account_collections": "likewise",
    "account_in_collections": "likewise",
    "await_async_refresh": "nothing is fetched after an answer",
    "get_async_refresh_": "likewise",
    "annual_report": "years in review are not made here",
    "follows": "gone since Mastodon 3, and refused by the library",
    "reports": "likewise",
    "search_v1": "likewise",
    "status_card": "gone since Mastodon 3; the card is part of the status",
    "decode_blurhash": "asks the server nothing",
    "filters_apply": "likewise",
    "clear_caches": "likewise",
    "set_language": "likewise",
    "get_status_length": "likewise",
    "get_supported_version": "likewise",
    "get_pagination_info": "likewise",
}


@pytest.fixture(scope="module")
def zoe_in(instance: Any, zoe: Any, browser: Any) -> Any:
    """Mastodon.py as zoe, let in by her browser."""
    credentials = Mastodon.create_app(
        "Stone by stone",
        scopes=SCOPES,
        redirect_uris=[BACK, "urn:ietf:wg:oauth:2.0:oob"],
        website="https://client.example",
        api_base_url=instance.url,
    )
    library = Mastodon(*credentials, api_base_url=instance.url, ratelimit_method="throw")
    address = library.auth_request_url(
        redirect_uris=BACK, scopes=SCOPES, state="s1", allow_http=True
    )
    code = browser(zoe).allow(address)
    library.log_in(code=code, redirect_uri=BACK, scopes=SCOPES, allow_http=True)
    return library


@pytest.fixture(scope="module")
def ann_in(mastodon: Any, ann: Any) -> Any:
    return mastodon(ann)


@pytest.fixture(scope="module")
def bert_in(mastodon: Any, bert: Any) -> Any:
    return mastodon(bert)


# Signing in and out.


def test_who_signed_in(zoe_in):
    assert zoe_in.me().username == zoe_in.account_verify_credentials().username == "zoe"
    program = zoe_in.app_verify_credentials()
    assert (program.name, program.website) == ("Stone by stone", "https://client.example")
    assert zoe_in.access_token in zoe_in.persistable_login_credentials()


def test_a_second_sign_in_shows_the_code(instance, zoe, zoe_in, browser):
    again = Mastodon(zoe_in.client_id, zoe_in.client_secret, api_base_url=instance.url)
    address = again.auth_request_url(scopes=["read"], force_login=True, allow_http=True)
    again.log_in(code=browser(zoe).allow(address), scopes=["read"], allow_http=True)
    assert again.me().username == "zoe"
    with pytest.raises(MastodonAPIError, match="outside the authorized scopes"):
        again.toot("With a token that only reads")
    again.revoke_access_token(allow_http=True)
    assert zoe_in.me().username == "zoe"


def test_a_token_given_back_opens_nothing(instance, zoe, zoe_in, browser):
    address = zoe_in.auth_request_url(scopes=["read", "write"], allow_http=True)
    again = Mastodon(zoe_in.client_id, zoe_in.client_secret, api_base_url=instance.url)
    code = browser(zoe).allow(address)
    again.access_token = token = again.log_in(code=code, scopes=["read", "write"], allow_http=True)
    again.revoke_access_token(allow_http=True)
    again.access_token = token
    with pytest.raises(MastodonUnauthorizedError):
        again.me()


def test_the_server_describes_how_to_sign_in(zoe_in):
    described = zoe_in.oauth_authorization_server_info()
    assert "S256" in described.code_challenge_methods_supported
    with pytest.raises(Exception, match="OAuth URLs must use with https"):
        zoe_in.oauth_userinfo()  # the library asks over TLS only; test_must_rows asks plainly


def test_joining(instance):
    credentials = Mastodon.create_app("Joiner", scopes=SCOPES, api_base_url=instance.url)
    library = Mastodon(*credentials, api_base_url=instance.url)
    words = {"username": "nils", "password": "a wall of seven stones", "agreement": True}
    token, refusal = library.create_account(
        **words, email="nonsense", scopes=SCOPES, return_detailed_error=True
    )
    assert (token, refusal.details.email[0].error) == (None, "ERR_INVALID")
    assert library.create_account(**words, email="nils@example.org", scopes=SCOPES)
    with pytest.raises(MastodonAPIError, match="confirmed e-mail address"):
        library.me()
    library.email_resend_confirmation()


# The instance.


def test_the_instance(instance, zoe_in):
    host = instance.url.removeprefix("http://")
    assert zoe_in.instance().domain == zoe_in.instance_v2().domain == host
    assert zoe_in.instance_v1().uri == host
    assert zoe_in.verify_minimum_version("4.3.0")
    assert zoe_in.instance_v1().version.startswith(f"{zoe_in.retrieve_mastodon_version()} (comp")
    assert zoe_in.instance_health() is True
    assert zoe_in.instance_nodeinfo().metadata.upstream.name == "mastodon"
    assert abs(zoe_in.get_approx_server_time() - datetime.now()) < timedelta(minutes=1)  # noqa: DTZ005
    assert zoe_in.timeline_is_available("public", with_auth=True)
    assert not zoe_in.timeline_is_available("public")


def test_pages_about_the_instance(zoe_in):
    assert (
        zoe_in.instance_peers() == zoe_in.instance_domain_blocks() == zoe_in.domain_blocks() == []
    )
    assert zoe_in.instance_rules() == zoe_in.custom_emojis() == []
    assert zoe_in.instance_extended_description().content == ""
    assert zoe_in.instance_translation_languages() == {}
    assert "en" in [language.code for language in zoe_in.instance_languages()]
    assert zoe_in.annual_reports().annual_reports == []
    for absent in zoe_in.instance_activity, zoe_in.instance_terms_of_service:
        with pytest.raises(MastodonNotFoundError):
            absent()
    with pytest.raises(MastodonAPIError, match="Domain is not one"):
        zoe_in.domain_block("elsewhere.example")
    zoe_in.domain_unblock("elsewhere.example")


# Posts.


def test_a_post_from_beginning_to_end(zoe_in, ann_in):
    post = zoe_in.status_post(
        "First words #granite", spoiler_text="Stones", language="en", idempotency_key="once"
    )
    assert zoe_in.status_post("First words #granite", idempotency_key="once").id == post.id
    assert ann_in.status(post).content == post.content
    assert [one.id for one in ann_in.statuses([post.id])] == [post.id]
    zoe_in.status_update(post, "Second words #granite")
    assert ann_in.status(post).edited_at
    first, second = ann_in.status_history(post)
    assert ("First" in first.content, "Second" in second.content) == (True, True)
    assert zoe_in.status_source(post).text == "Second words #granite"
    assert zoe_in.status_delete(post).text == "Second words #granite"
    with pytest.raises(MastodonNotFoundError):
        ann_in.status(post)


def test_a_conversation(zoe_in, ann_in):
    first = zoe_in.toot("Who knows @ann?")
    answer = ann_in.status_reply(first, "I do")
    assert answer.in_reply_to_id == first.id
    around = zoe_in.status_context(answer)
    assert ([one.id for one in around.ancestors], around.descendants) == ([first.id], [])
    assert zoe_in.status_mute(first).muted
    assert not zoe_in.status_unmute(first).muted


def test_what_one_does_with_a_post(zoe_in, ann_in):
    post = zoe_in.toot("Worth keeping")
    assert ann_in.status_favourite(post).favourites_count == 1
    assert ann_in.status_reblog(post).reblog.reblogs_count == 1
    assert ann_in.status_bookmark(post).bookmarked
    assert [who.username for who in zoe_in.status_favourited_by(post)] == ["ann"]
    assert [who.username for who in zoe_in.status_reblogged_by(post)] == ["ann"]
    assert ann_in.favourites()[0].id == ann_in.bookmarks()[0].id == post.id
    assert ann_in.status_unfavourite(post).favourites_count == 0
    assert ann_in.status_unreblog(post).reblogs_count == 0
    assert not ann_in.status_unbookmark(post).bookmarked
    assert zoe_in.status_pin(post).pinned
    assert [one.id for one in ann_in.account_statuses(zoe_in.me(), pinned=True)] == [post.id]
    assert not zoe_in.status_unpin(post).pinned
    with pytest.raises(MastodonAPIError, match="Service Unavailable"):
        ann_in.status_translate(post)


def test_quotes(zoe_in, ann_in):
    post = zoe_in.status_post("Quote me", quote_approval_policy="public")
    quoting = ann_in.status_post("She said", quoted_status_id=post)
    assert quoting.quote.quoted_status.id == post.id
    assert [one.id for one in zoe_in.status_quotes(post)] == [quoting.id]
    assert zoe_in.status_quote_revoke(post, quoting).quote.state == "revoked"
    closed = zoe_in.status_update_quote_approval_policy(post, "nobody")
    assert closed.quote_approval.automatic == []


def test_pictures(zoe_in, picture):
    sent = zoe_in.media_post(str(picture), description="Grey", focus=(0.5, -0.5))
    assert zoe_in.media(sent).url == sent.url
    assert zoe_in.media_update(sent, description="Slate").description == "Slate"
    other = zoe_in.media_post(picture.read_bytes(), "image/png")
    post = zoe_in.status_post("", media_ids=[sent, other])
    assert post.content == ""
    assert [one.meta.original.width for one in post.media_attachments] == [64, 64]
    described = zoe_in.generate_media_edit_attributes(sent, description="Seen again")
    edited = zoe_in.status_update(post, "One is left", media_attributes=[described])
    assert [one.description for one in edited.media_attachments] == ["Seen again"]


def test_polls(zoe_in, ann_in, bert_in):
    poll = zoe_in.make_poll(["Tea", "Coffee"], expires_in=600, hide_totals=True)
    asked = zoe_in.status_post("Which?", poll=poll).poll
    assert [option.votes_count for option in ann_in.poll(asked).options] == [None, None]
    voted = ann_in.poll_vote(asked, 1)
    assert (voted.voted, voted.own_votes, voted.votes_count) == (True, [1], 1)
    assert [option.votes_count for option in voted.options] == [None, None]
    with pytest.raises(MastodonAPIError, match="You have already voted on this poll"):
        ann_in.poll_vote(asked, 0)
    with pytest.raises(MastodonAPIError, match="The chosen vote option does not exist"):
        bert_in.poll_vote(asked, 7)


def test_posts_for_later(zoe_in):
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
    waiting = zoe_in.status_post("Later", scheduled_at=at)
    assert zoe_in.scheduled_status(waiting).scheduled_at == at
    moved = zoe_in.scheduled_status_update(waiting, at + timedelta(hours=1))
    assert [one.scheduled_at for one in zoe_in.scheduled_statuses()] == [moved.scheduled_at]
    zoe_in.scheduled_status_delete(waiting)
    assert zoe_in.scheduled_statuses() == []


# Timelines.


def test_timelines(zoe_in, ann_in, bert_in):
    zoe_in.account_follow(ann_in.me())
    said = ann_in.toot("Here #obsidian")
    assert zoe_in.timeline_home()[0].id == zoe_in.timeline("home")[0].id == said.id
    assert zoe_in.timeline_public()[0].id == zoe_in.timeline_local()[0].id == said.id
    assert zoe_in.timeline_public(remote=True) == []
    assert [one.id for one in bert_in.timeline_hashtag("Obsidian")] == [said.id]
    assert [one.id for one in bert_in.account_statuses(ann_in.me(), tagged="obsidian")] == [said.id]
    with pytest.raises(MastodonNotFoundError):
        zoe_in.timeline_link("https://example.org/")


@pytest.fixture(scope="module")
def wall(instance: Any, mastodon: Any, many: Any) -> tuple[Any, list[str]]:
    """The library of somebody with 200 posts, and their ids from the newest."""
    written = instance.act(
        "from stonechat.audience.viewer import Viewer\n"
        "from stonechat.people.models import Account\n"
        "from stonechat.posts.actions import publish\n"
        "many = Viewer.person(Account.objects.get(username='many').pk)\n"
        "for n in range(200): print(publish(many, text=f'Stone {n}').pk)"
    )
    return mastodon(many), written.split()[::-1]


def test_pages_downwards(wall):
    library, ids = wall
    page = library.timeline_home(limit=40)
    assert [one.id for one in library.fetch_remaining(page)] == ids
    assert [one.id for one in library.pagination_iterator(page)] == ids
    pages = list(library.pagination_page_iterator(page))
    assert [len(one) for one in pages if one] == [40] * 5


def test_pages_upwards(wall):
    library, ids = wall
    page, found = library.timeline_home(limit=30, min_id=ids[-1]), []
    while page:
        found[:0] = [one.id for one in page]
        page = library.fetch_previous(page)
    assert found == ids[:-1]


def test_pages_both_ways_on_a_profile(wall):
    library, ids = wall
    first = library.account_statuses(library.me(), limit=40)
    second = library.fetch_next(first)
    assert [one.id for one in second] == ids[40:80]
    assert [one.id for one in library.fetch_previous(second)] == ids[:40]


def test_pages_between_two_posts(wall):
    library, ids = wall
    found = {
        "max_id": library.timeline_home(limit=20, max_id=ids[99]),
        "since_id": library.timeline_home(limit=20, since_id=ids[99]),
        "min_id": library.timeline_home(limit=20, min_id=ids[99]),
        "both": library.timeline_home(limit=20, min_id=ids[99], max_id=ids[89]),
    }
    wanted = {
        "max_id": ids[100:120],
        "since_id": ids[:20],
        "min_id": ids[79:99],
        "both": ids[90:99],
    }
    assert {name: [one.id for one in page] for name, page in found.items()} == wanted


# Everything.


def test_every_call_is_made_or_excused():
    offered = {name for name in dir(Mastodon) if callable(getattr(Mastodon, name))}
    called = _called_here()
    left = {name for name in offered - called if not name.startswith("_")}
    assert {name for name in left if not name.startswith(tuple(EXCUSED))} == set()
    assert [excuse for excuse in EXCUSED if not any(n.startswith(excuse) for n in left)] == []


def _called_here() -> set[str]:
    """Every name after a dot in the files that use the library."""
    files = Path(__file__).parent.glob("test_mastodon_py*.py")
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text()))]
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)}
