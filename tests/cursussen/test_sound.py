"""Films have captions, sound has its words, and both can be played on a telephone."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.blocks import StreamValue

from cursussen.blocks import BodyBlock, FilmBlock, SoundBlock
from cursussen.captions import clean_captions
from cursussen.gate.gathering import passages_of
from cursussen.models import File
from leer.accounts.api import Role
from tests.cursussen.test_pictures import box, film, picture
from tests.support import factories_content as make
from tests.support import learning

VTT = b"""\xef\xbb\xbfWEBVTT - gemaakt door Jan

NOTE opgenomen op 3 maart

STYLE
::cue { color: red }

chauffeur
00:01.000 --> 00:04.000 line:10%
<v Jan Jansen>Dag. <b>Mag ik</b> even?

00:05.000 --> 00:06.500
Van 3 < 4 & meer.
"""
SRT = b"1\r\n00:00:01,000 --> 00:00:04,000\r\nDag.\r\n"
MADE = """WEBVTT

00:00:01.000 --> 00:00:04.000
Dag. Mag ik even?

00:00:05.000 --> 00:00:06.500
Van 3 &lt; 4 &amp; meer.
"""
SOUND = box(b"ftyp", b"M4A \x00\x00\x02\x00") + box(b"moov", b"") + box(b"mdat", b"stem")


def file(data: bytes, name: str) -> File:
    made: File = File.objects.create(title="Bestand", file=SimpleUploadedFile(name, data))
    return made


class TestCaptions:
    def test_times_and_words_are_kept_and_nothing_else(self) -> None:
        assert clean_captions(VTT).decode() == MADE

    def test_what_was_written_comes_out_the_same_again(self) -> None:
        assert clean_captions(clean_captions(VTT)) == clean_captions(VTT)

    def test_subrip_becomes_webvtt(self) -> None:
        assert b"00:00:01.000 --> 00:00:04.000\nDag." in clean_captions(SRT)

    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(b"WEBVTT\n\nNOTE -->\n", id="nothing is said"),
            pytest.param(b"WEBVTT\n\n00:05.000 --> 00:01.000\nx\n", id="ends before it begins"),
            pytest.param("1\n00:00:01,000 --> 00:00:04,000\né\n".encode("latin-1"), id="latin"),
            pytest.param(b"%% --> niets", id="no captions"),
        ],
    )
    def test_what_is_not_to_be_read_is_refused(self, data: bytes) -> None:
        with pytest.raises(ValidationError, match="WebVTT"):
            clean_captions(data)


@pytest.mark.django_db
class TestFiles:
    def test_a_file_is_stored_as_what_it_is(self, media: Path) -> None:
        assert file(SRT, "x.srt").file_extension == "vtt"
        assert file(SOUND, "x.m4a").file_extension == "m4a"
        assert file(film(), "x.mp4").file_extension == "mp4"

    def test_captions_are_searched_by_the_gate(self, media: Path) -> None:
        value = {"still": picture(), "alt": "x", "title": "x", "duration": "", "video": None,
                 "captions": file(VTT, "x.vtt"), "transcript": ""}  # fmt: skip
        page = make.info("privacy")
        page.body = StreamValue(BodyBlock(), [("film", value)])
        assert any("Mag ik even?" in passage.text for passage in passages_of(page))


@pytest.mark.django_db
class TestBlocks:
    def film(self, **given: Any) -> Any:
        block = FilmBlock()
        value = {"still": picture(), "alt": "x", "title": "x", "transcript": "<p>x</p>"} | given
        return block.clean(block.to_python({}) | block.normalize(value))

    def test_a_film_without_captions_is_refused_and_says_why(self, media: Path) -> None:
        with pytest.raises(ValidationError) as caught:
            self.film(video=file(film(), "x.mp4"))
        assert list(caught.value.block_errors) == ["captions"]
        assert self.film(video=file(film(), "x.mp4"), captions=file(VTT, "x.vtt"))["video"]
        assert not self.film().get("video")

    def test_each_file_is_what_its_field_asks_for(self, media: Path) -> None:
        with pytest.raises(ValidationError) as caught:
            self.film(video=file(VTT, "x.vtt"), captions=file(SOUND, "x.m4a"))
        assert set(caught.value.block_errors) == {"video", "captions"}

    def test_sound_is_sound(self, media: Path) -> None:
        block = SoundBlock()

        def cleaned(sound: File) -> Any:
            value = {"title": "x", "duration": "", "sound": sound, "transcript": "<p>x</p>"}
            return block.clean(block.normalize(value))

        assert cleaned(file(SOUND, "x.m4a"))["sound"]
        with pytest.raises(ValidationError):
            cleaned(file(film(), "x.mp4"))

    def test_a_page_has_the_captions_and_the_words(self, media: Path) -> None:
        told = FilmBlock().normalize(
            {"still": picture(), "alt": "x", "title": "De kade", "duration": "", "transcript": "",
             "video": file(film(), "x.mp4"), "captions": file(VTT, "x.vtt")}
        )  # fmt: skip
        page = FilmBlock().render(told)
        assert f'src="{told["captions"].url}" default' in page
        heard = SoundBlock().normalize(
            {"title": "Een collega", "duration": "", "sound": file(SOUND, "x.m4a"),
             "transcript": "Wat er gezegd is"}
        )  # fmt: skip
        page = SoundBlock().render(heard)
        assert heard["sound"].url in page
        assert "Wat er gezegd is" in page


@pytest.mark.django_db
class TestParts:
    """Of a file that is asked for in parts, as telephones do."""

    @pytest.fixture
    def reader(self) -> Client:
        return learning.signed_in(make.user_with(Role.EMPLOYEE, name="noor"))

    @pytest.mark.parametrize(
        ("asked", "first", "last"),
        [("bytes=0-1", 0, 1), ("bytes=8-", 8, None), ("bytes=3-99999999", 3, None)],
    )
    def test_a_part_is_given(
        self, reader: Client, media: Path, asked: str, first: int, last: int | None
    ) -> None:
        made = file(SOUND, "x.m4a")
        whole = (media / made.file.name).read_bytes()
        last = len(whole) - 1 if last is None else last
        answer = reader.get(made.url, headers={"range": asked})
        assert answer.status_code == 206
        assert answer.content == whole[first : last + 1]
        assert answer["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
        assert answer["Content-Type"] == "audio/mp4"

    @pytest.mark.parametrize("asked", ["", "bytes=99999-", "bytes=5-2", "bytes=-5", "regels=1-2"])
    def test_else_all_of_it(self, reader: Client, media: Path, asked: str) -> None:
        made = file(VTT, "x.vtt")
        answer: Any = reader.get(made.url, headers={"range": asked} if asked else {})
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content) == clean_captions(VTT)
        assert answer["Content-Type"] == "text/vtt; charset=utf-8"
        assert answer["Accept-Ranges"] == "bytes"

    def test_only_to_who_is_signed_in(self, media: Path) -> None:
        answer = Client().get(file(SOUND, "x.m4a").url, headers={"range": "bytes=0-1"})
        assert answer.status_code == 302
