"""Films and sound, with ffmpeg itself."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image

from stonechat.core import clips, files, programs

with_ffmpeg = [
    pytest.mark.server,
    pytest.mark.once,
    pytest.mark.skipif(not clips.available(), reason="ffmpeg is not installed"),
]
PICTURE = ("-f", "lavfi", "-i", "testsrc=size=64x48:rate=10:duration=1")
SOUND = ("-f", "lavfi", "-i", "sine=frequency=440:duration=1")
SECRET = (
    *("-metadata", "title=Secret title", "-metadata", "comment=Secret comment"),
    *("-metadata", "location=+53.55+009.99/", "-metadata:s", "handler_name=Secret handler"),
)
KINDS = {
    "mp4": (*PICTURE, *SOUND, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"),
    "mov": (*PICTURE, "-c:v", "mpeg4"),
    "webm": (*PICTURE, *SOUND, "-c:v", "libvpx", "-c:a", "libvorbis"),
    "mp3": (*SOUND, "-c:a", "libmp3lame"),
    "ogg": (*SOUND, "-c:a", "libvorbis"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One small file of each kind, by suffix."""
    folder = tmp_path_factory.mktemp("clips")
    for suffix, streams in KINDS.items():
        path = folder / f"made.{suffix}"
        programs.run("ffmpeg", "-loglevel", "error", *streams, *SECRET, str(path), seconds=30)
    return {suffix: folder / f"made.{suffix}" for suffix in KINDS}


def streams(path):
    asked = ("-show_streams", "-show_format", "-of", "json", str(path))
    return json.loads(programs.run("ffprobe", "-loglevel", "error", *asked, seconds=10))


class TestWithFfmpeg:
    pytestmark = with_ffmpeg

    @pytest.mark.parametrize("suffix", ["mp4", "mov", "webm"])
    def test_film_is_recognised(self, made, suffix):
        clip = clips.probe(made[suffix])
        assert (clip.kind, clip.width, clip.height, clip.frame_rate) == ("video", 64, 48, "10/1")
        assert clip.playable is (suffix == "mp4")
        assert abs(clip.duration - 1) < 0.1
        assert clip.bitrate > 0

    @pytest.mark.parametrize("suffix", ["mp3", "ogg"])
    def test_sound_is_recognised(self, made, suffix):
        clip = clips.probe(made[suffix])
        assert (clip.kind, clip.width, clip.frame_rate) == ("audio", 0, "")
        assert clip.playable is (suffix == "mp3")

    @pytest.mark.parametrize("suffix", KINDS)
    def test_everything_becomes_playable_and_bare(self, made, suffix):
        assert b"Secret" in made[suffix].read_bytes()
        path = clips.transcode(made[suffix])
        assert clips.probe(path).playable
        assert path.suffix == (".mp3" if suffix in {"mp3", "ogg"} else ".mp4")
        content = path.read_bytes()
        assert b"Secret" not in content
        assert b"+53.55" not in content

    def test_playable_film_is_only_copied(self, made):
        path = clips.transcode(made["mp4"])
        frames = ("-map", "0:v", "-c", "copy", "-f", "md5", "pipe:1")
        sums = [
            programs.run("ffmpeg", "-loglevel", "error", "-i", str(film), *frames, seconds=10)
            for film in (made["mp4"], path)
        ]
        assert sums[0] == sums[1]

    def test_film_turned_by_the_camera_is_seen_upright(self, made, tmp_path):
        turned = tmp_path / "turned.mp4"
        copied = ("-i", str(made["mp4"]), "-c", "copy", "-metadata:s:v:0", "rotate=90", str(turned))
        programs.run("ffmpeg", "-loglevel", "error", *copied, seconds=10)
        clip = clips.probe(turned)
        assert (clip.width, clip.height) == (48, 64)

    def test_still_is_a_picture(self, made):
        assert Image.open(io.BytesIO(clips.still(made["webm"]))).size[0] >= 64

    def test_sound_without_cover_has_no_still(self, made):
        with pytest.raises(files.NotAccepted):
            clips.still(made["ogg"])

    def test_damaged_film_is_refused_and_leaves_nothing(self, made, tmp_path):
        half = tmp_path / "half.mp4"
        half.write_bytes(made["mp4"].read_bytes()[:300])
        with pytest.raises(files.NotAccepted, match="save it as MP4"):
            clips.transcode(half)
        assert list(tmp_path.iterdir()) == [half]

    def test_film_too_large_is_refused(self, tmp_path):
        path = tmp_path / "large.mp4"
        large = ("-f", "lavfi", "-i", "color=size=4096x4096:rate=1:duration=1", "-c:v", "libx264")
        fast = ("-preset", "ultrafast", str(path))
        programs.run("ffmpeg", "-loglevel", "error", *large, *fast, seconds=30)
        with pytest.raises(files.NotAccepted, match="3840"):
            clips.probe(path)

    def test_frames_become_a_film(self, tmp_path):
        path = tmp_path / "film"
        path.write_bytes(clips.film([bytes(16 * 8 * 3)] * 5, (16, 8), rate=10))
        clip = clips.probe(path)
        assert (clip.width, clip.height, clip.duration, clip.frame_rate) == (16, 8, 0.5, "10/1")


@pytest.mark.skipif(not clips.available(), reason="ffmpeg is not installed")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a text",
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"\xff",
        b"RIFF....WAVE",
    ],
)
def test_other_files_are_refused(content, tmp_path):
    """A playlist above all: ffmpeg would open what it names."""
    path = tmp_path / "upload"
    path.write_bytes(content)
    with pytest.raises(files.NotAccepted, match="send MP4"):
        clips.probe(path)


def test_missing_ffmpeg_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    path = tmp_path / "upload"
    path.write_bytes(b"OggS")
    for work in (clips.probe, clips.transcode, clips.still):
        with pytest.raises(files.NotAccepted, match="install ffmpeg"):
            work(path)
