"""Parameters: every way in which clients send them, and what is wrong with bad ones."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from stonechat.api.errors import ApiError
from stonechat.api.parameters import LARGEST, NO_RECORD, Parameters, parameters

FORM = "application/x-www-form-urlencoded"


def in_query(query: str) -> Parameters:
    return parameters(RequestFactory().get("/?" + query))


def in_body(body: bytes, kind: str, method: str = "POST", query: str = "") -> Parameters:
    return parameters(RequestFactory().generic(method, f"/?{query}", body, kind))


def in_form(body: str, method: str = "POST") -> Parameters:
    return in_body(body.encode(), FORM, method)


def in_json(value: Any, method: str = "POST", query: str = "") -> Parameters:
    return in_body(json.dumps(value).encode(), "application/json", method, query)


def in_multipart(values: dict[str, Any], method: str = "POST") -> Parameters:
    return in_body(encode_multipart(BOUNDARY, values), MULTIPART_CONTENT, method)


METHODS = ["POST", "PUT", "PATCH", "DELETE"]


@pytest.mark.parametrize("method", METHODS)
def test_every_body_is_read_on_every_method(method: str):
    for sent in (
        in_form("status=Hallo+Welt&account_ids[]=1", method),
        in_json({"status": "Hallo Welt", "account_ids": ["1"]}, method),
        in_multipart({"status": "Hallo Welt", "account_ids[]": "1"}, method),
    ):
        assert sent.text("status") == "Hallo Welt"
        assert sent.identities("account_ids") == [1]


def test_the_query_string_is_merged_into_the_body():
    sent = in_json({"a": "body", "b": "body"}, "DELETE", query="b=query&account_ids[]=4")
    assert (sent.text("a"), sent.text("b"), sent.identities("account_ids")) == (
        "body",
        "query",
        [4],
    )


@pytest.mark.parametrize(
    "sent",
    [
        in_query("ids[]=1&ids[]=2"),
        in_query("ids[0]=1&ids[1]=2"),
        in_query("ids%5B%5D=1&ids%5B%5D=2"),
        in_json({"ids": [1, "2"]}),
        in_json({"ids": {"0": 1, "1": 2}}),
        in_multipart({"ids[0]": "1", "ids[1]": "2"}),
    ],
)
def test_arrays_in_all_their_forms(sent: Parameters):
    assert sent.identities("ids") == [1, 2]
    assert sent.texts("ids") == ["1", "2"]


def test_a_single_value_counts_as_a_list():
    assert in_query("id=5").identities("id") == [5]
    assert in_query("").texts("id") == []


def test_more_than_nine_indexed_values_stay_in_order():
    sent = in_query("&".join(f"a[{n}]={n}" for n in range(12)))
    assert sent.texts("a") == [str(n) for n in range(12)]


def test_a_list_in_a_list_is_that_list():
    assert in_form("id[][]=1&id[][]=2").identities("id") == [1, 2]


def test_nested_values():
    sent = in_form(
        "poll[options][]=yes&poll[options][]=no&poll[expires_in]=300&poll[multiple]=true"
    )
    poll = sent.mapping("poll")
    assert poll.texts("options") == ["yes", "no"]
    assert poll.number("expires_in") == 300
    assert poll.flag("multiple") is True
    assert sent.mapping("source").given("privacy") is False


@pytest.mark.parametrize(
    "sent",
    [
        in_form("f[0][name]=a&f[0][value]=1&f[1][name]=b&f[1][value]=2"),
        in_form("f[][name]=a&f[][value]=1&f[][name]=b&f[][value]=2"),
        in_json({"f": {"0": {"name": "a", "value": 1}, "1": {"name": "b", "value": 2}}}),
        in_json({"f": [{"name": "a", "value": 1}, {"name": "b", "value": 2}]}),
        in_multipart({"f[0][name]": "a", "f[0][value]": "1", "f[1][name]": "b", "f[1][value]": 2}),
    ],
)
def test_rows_in_all_their_forms(sent: Parameters):
    rows = sent.rows("f")
    assert [(row.text("name"), row.number("value")) for row in rows] == [("a", 1), ("b", 2)]


@pytest.mark.parametrize("word", ["0", "f", "F", "false", "FALSE", "off", "OFF"])
def test_words_for_no(word: str):
    assert in_form(f"x={word}").flag("x") is False


@pytest.mark.parametrize("word", ["1", "t", "true", "yes", "on", "False"])
def test_everything_else_is_yes(word: str):
    assert in_form(f"x={word}").flag("x") is True


def test_an_empty_flag_is_not_given():
    assert in_form("x=").flag("x") is None
    assert in_form("x=").flag("x", default=True) is True
    assert in_json({"x": False}).flag("x", default=True) is False


def test_null_is_not_given_and_empty_clears():
    sent = in_json({"note": None, "display_name": "", "source": {"language": None}})
    assert not sent.given("note")
    assert sent.given("display_name")
    assert sent.text("display_name") == ""
    assert not sent.mapping("source").given("language")


def test_ids_as_numbers_texts_and_nothing():
    sent = in_json({"a": 12, "b": "12", "c": "", "d": str(LARGEST)})
    assert [sent.identity(name) for name in "abcde"] == [12, 12, None, LARGEST, None]


@pytest.mark.parametrize("bad", ["abc", "-1", "1.5", str(LARGEST + 1), "9" * 5000, "१२"])
def test_an_id_that_no_row_can_have(bad: str):
    with pytest.raises(ApiError) as refused:
        in_json({"id": bad}).identity("id")
    assert refused.value.status == 404
    assert in_json({"ids": [bad, "3"]}).identities("ids") == [NO_RECORD, 3]


@pytest.mark.parametrize("bad", ["abc", "1.5", "9" * 30, True, [1], {"a": 1}])
def test_what_is_no_number(bad: Any):
    with pytest.raises(ApiError, match=r"poll\[expires_in\] must be a whole number") as refused:
        in_json({"poll": {"expires_in": bad}}).mapping("poll").number("expires_in")
    assert refused.value.status == 422


def test_numbers():
    assert in_json({"choices": [0, "1"]}).numbers("choices") == [0, 1]
    assert in_query("choices[]=2").numbers("choices") == [2]
    with pytest.raises(ApiError, match="choices"):
        in_query("choices[]=x").numbers("choices")


@pytest.mark.parametrize("value", [["a"], {"a": "b"}])
def test_what_is_no_text(value: Any):
    for read in ("text", "identity", "flag"):
        with pytest.raises(ApiError) as refused:
            getattr(in_json({"x": value}), read)("x")
        assert refused.value.status == 422


def test_what_is_no_mapping():
    with pytest.raises(ApiError, match="x must be a set of named values"):
        in_json({"x": "y"}).mapping("x")
    with pytest.raises(ApiError, match=r"x\[0\] must be a set of named values"):
        in_json({"x": ["y"]}).rows("x")


def test_a_choice():
    assert in_json({"v": "public"}).choice("v", ["public", "private"]) == "public"
    assert in_json({"v": ""}).choice("v", ["public"], "public") == "public"
    with pytest.raises(ApiError, match="v must be one of: public, private"):
        in_json({"v": "secret"}).choice("v", ["public", "private"])


def test_moments():
    noon = datetime(2030, 1, 2, 12, tzinfo=UTC)
    assert in_json({"at": "2030-01-02T12:00:00.000Z"}).moment("at") == noon
    assert in_json({"at": "2030-01-02T13:00:00+01:00"}).moment("at") == noon
    assert in_json({"at": "2030-01-02T12:00:00"}).moment("at") == noon
    assert in_json({"at": ""}).moment("at") is None


@pytest.mark.parametrize("bad", ["soon", "2030-13-01T00:00:00Z", "0001-01-01T00:00:00+14:00"])
def test_what_is_no_moment(bad: str):
    with pytest.raises(ApiError, match="Record invalid"):
        in_json({"at": bad}).moment("at")


@pytest.mark.parametrize("method", METHODS)
def test_files(method: str):
    picture = SimpleUploadedFile("a.png", b"\x89PNG", "image/png")
    sent = in_multipart({"file": picture, "description": "ein Käfer"}, method)
    found = sent.file("file")
    assert found is not None
    assert (found.name, found.read(), found.content_type) == ("a.png", b"\x89PNG", "image/png")
    assert sent.text("description") == "ein Käfer"


def test_what_is_no_file():
    assert in_form("file=").file("file") is None
    with pytest.raises(ApiError, match="multipart"):
        in_form("file=abc").file("file")


def test_what_is_required_and_missing():
    sent = in_json({"q": "", "list": []})
    for missing in (
        lambda: sent.text("q", required=True),
        lambda: sent.identity("id", required=True),
        lambda: sent.require("list"),
    ):
        with pytest.raises(ApiError, match="missing") as refused:
            missing()
        assert refused.value.status == 400


JSON_400 = [
    b"{",
    b"[]",
    b'"text"',
    b'{"a":\xff}',
    b'{"a":"\xed\xa0\x80"}',
    b'{"a":"\\ud800"}',
    b'{"a":"\\udc00x"}',
    b'{"a":1e999}',
    b'{"a":NaN}',
    b'{"a":' + b"9" * 6000 + b"}",
    b"[" * 10_000 + b"]" * 10_000,
    b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    b'{"a":' + b"[" * 40 + b"]" * 40 + b"}",
]


@pytest.mark.parametrize("body", JSON_400, ids=lambda body: repr(body[:12]))
def test_json_that_cannot_be_read(body: bytes):
    with pytest.raises(ApiError) as refused:
        in_body(body, "application/json")
    assert refused.value.status == 400


@pytest.mark.parametrize("body", ["a=%ed%a0%80", "a=%ff", "%ff=a", "a[b]=1&a[]=2", "a=1&a[b]=2"])
def test_forms_that_cannot_be_read(body: str):
    with pytest.raises(ApiError) as refused:
        in_form(body)
    assert refused.value.status == 400


def test_forms_that_are_too_large():
    for body in ("a" + "[b]" * 10_000 + "=1", "&".join(["a[]=1"] * 1001)):
        with pytest.raises(ApiError) as refused:
            in_form(body)
        assert refused.value.status == 400


def test_multipart_that_is_no_utf8():
    body = encode_multipart(BOUNDARY, {"a": "x"}).replace(b"x", b"\xff", 1)
    with pytest.raises(ApiError, match="UTF-8"):
        in_body(body, MULTIPART_CONTENT)


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b'{"a":["\\u0000"]}', "application/json"), (b"a=%00", FORM), (b"a[b][]=x%00", FORM)],
)
def test_nul_characters(body: bytes, kind: str):
    with pytest.raises(ApiError, match="NUL") as refused:
        in_body(body, kind)
    assert refused.value.status == 422


def test_empty_and_foreign_bodies_hold_nothing():
    for body, kind in ((b"", "application/json"), (b"a=1", "text/plain"), (b"", MULTIPART_CONTENT)):
        assert not in_body(body, kind).given("a")
