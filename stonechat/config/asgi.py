"""The dispatcher: which of Django, the streams or a file answers, without holding a thread.

Django runs as WSGI on two small thread pools (its own ASGI handler costs four times as much:
a new thread per request). A body is read before a thread is taken and a file is sent after the
thread is given back, so a slow client never holds one; the event loop never asks the database.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope, Scope, WebSocketScope
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse

from stonechat.config import bodies, plain_page
from stonechat.config.doors import comes_through_a_proxy
from stonechat.config.pools import Full, Pools
from stonechat.config.sending import OpenFile, send_bytes, send_file, send_whole, start
from stonechat.config.static import StaticFiles
from stonechat.config.wsgi import Answer, Environ, ask, environ_of

StreamScope = HTTPScope | WebSocketScope
Streams = Callable[[StreamScope, ASGIReceiveCallable, ASGISendCallable], Awaitable[None]]

STREAMING_PATH = "/api/v1/streaming"
SWITCH_SECONDS = 0.0005  # measured: shorter turns of the GIL keep the quick pool quick


class Dispatcher:
    """The ASGI application of one worker."""

    def __init__(self, streams: Streams) -> None:
        self._django: WSGIHandler = get_wsgi_application()
        self._streams = streams
        self._static = StaticFiles()
        self._pools = Pools()

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "websocket" or scope["path"].startswith(STREAMING_PATH):
            await self._stream(scope, receive, send)
        elif scope["path"].startswith(settings.STATIC_URL):
            await self._static(scope, send)
        else:
            await self._page(scope, receive, send)

    async def _live(self, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        """The pools start after the fork and stop when the last answer has been sent."""
        await receive()
        sys.setswitchinterval(SWITCH_SECONDS)
        self._pools.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._pools.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _stream(
        self, scope: StreamScope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        names = (name.decode("latin-1") for name, _ in scope["headers"])
        if not (settings.STONECHAT_CLIENT_TESTS and comes_through_a_proxy(names)):
            await self._streams(scope, receive, send)
        elif scope["type"] == "websocket":
            await no_streams(scope, receive, send)
        else:
            await _refuse(send, plain_page.passed_on(WSGIRequest(environ_of(scope))))

    async def _page(
        self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        environ = environ_of(scope)
        most = bodies.limit(scope["method"], scope["path"])
        try:
            await _read_body(scope, environ, receive, most)
            pool = self._pools.choose(scope["method"], scope["path"])
            await self._send(scope, send, await pool.run(ask, self._django, environ))
        except bodies.TooLarge:
            await _begin(send, plain_page.too_large(WSGIRequest(environ), most))
            await bodies.discard(receive)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except Full:
            await _refuse(send, plain_page.too_busy(WSGIRequest(environ)))
        except bodies.Gone:
            pass  # nobody is there to answer
        finally:
            environ["wsgi.input"].close()

    async def _send(self, scope: HTTPScope, send: ASGISendCallable, answer: Answer) -> None:
        head = scope["method"] == "HEAD"
        if not isinstance(answer.body, OpenFile):
            await send_bytes(send, answer.status, answer.headers, b"" if head else answer.body)
        elif answer.ranged:
            asked = dict(scope["headers"])
            await send_file(send, self._pools.files, answer.body, asked, answer.headers, head)
        else:
            await send_whole(
                send, self._pools.files, answer.body, answer.status, answer.headers, head
            )


async def _read_body(
    scope: HTTPScope, environ: Environ, receive: ASGIReceiveCallable, most: int
) -> None:
    if "CONTENT_LENGTH" in environ or "HTTP_TRANSFER_ENCODING" in environ:
        environ["wsgi.input"], length = await bodies.read(scope, receive, most)
        environ["CONTENT_LENGTH"] = str(length)


async def _refuse(send: ASGISendCallable, response: HttpResponse) -> None:
    """Answer without Django's handler."""
    await _begin(send, response)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _begin(send: ASGISendCallable, response: HttpResponse) -> None:
    """Send all of an answer, but leave the connection to us."""
    headers = [(name.lower().encode(), value.encode()) for name, value in response.items()]
    headers.append((b"content-length", str(len(response.content)).encode()))
    await start(send, response.status_code, headers)
    await send({"type": "http.response.body", "body": response.content, "more_body": True})


async def no_streams(
    scope: StreamScope, receive: ASGIReceiveCallable, send: ASGISendCallable
) -> None:
    """What answers streaming addresses where there are no streams."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1000, "reason": ""})
    elif scope["path"] == f"{STREAMING_PATH}/health":
        await send_bytes(send, 200, [(b"content-type", b"text/plain")], b"OK")
    else:
        json = [(b"content-type", b"application/json; charset=utf-8")]
        await send_bytes(send, 404, json, b'{"error": "Not Found"}')


def application(streams: Streams = no_streams) -> Dispatcher:
    """The whole server as one ASGI application; needs Django set up, asks no database."""
    return Dispatcher(streams)
