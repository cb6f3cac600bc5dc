"""The commands on scenario files: check, draw, load, dump. The first two have no database here."""

import json
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from leer.scenarios.models import Scenario, ScenarioVersion
from tests.scenarios.engine.examples import EXAMPLE, changed

IFID = "D674C58C-DEFA-4F70-B7A2-27742230C0FC"
OTHER_IFID = "11111111-2222-4333-8444-555555555555"
ENGLISH = changed((IFID, OTHER_IFID), ("taal: nl", "taal: en"), ("Goed zo.", "Well done."))
BROKEN = changed(("[[Verder->schade]]", "[[Verder->zolder]]"))


def run(command: str, *args, **options) -> tuple[str, str]:
    """(what stdout says, what stderr says); the error's text last when the command refuses."""
    out, err = StringIO(), StringIO()
    try:
        call_command(command, *map(str, args), stdout=out, stderr=err, **options)
    except CommandError as error:
        err.write(f"{error.returncode} {error}")
    return out.getvalue(), err.getvalue()


@pytest.fixture
def folder(tmp_path):
    """Write texts as ``<sleutel>/<taal>.twee``."""

    def write(**texts: str) -> Path:
        for name, text in texts.items():
            key, _, language = name.rpartition("_")
            path = tmp_path / "verhalen" / key / f"{language}.twee"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        return tmp_path / "verhalen"

    return write


class TestCheck:
    def test_a_sound_scenario_is_said_to_be_in_order_with_its_figures(self, folder):
        out, err = run("scenarios_check", folder(rooster_nl=EXAMPLE))
        assert err == ""
        assert "rooster/nl.twee: in orde\n  2 scènes, 12 situaties, 5 manieren om te spelen" in out
        assert "tellers aan het eind: druk 0–1" in out
        assert "schade (schade): 41,7% van wie willekeurig kiest" in out

    def test_a_problem_is_told_with_file_line_passage_message_and_code(self, folder):
        place = folder(rooster_nl=BROKEN) / "rooster" / "nl.twee"
        out, err = run("scenarios_check", place)
        line = BROKEN.splitlines().index("[[Verder->zolder]]") + 1
        assert f"{place}:{line}: “r-zwijgen”: De keuze “Verder” gaat naar “zolder”" in out
        assert "(target-unknown)" in out
        assert err == "1 1 van de 1 scenario's niet in orde."

    def test_a_warning_alone_is_told_and_is_no_error(self, folder):
        longest = changed(("[[Je zegt nee->", "[[Je zegt vriendelijk maar duidelijk nee->"))
        out, err = run("scenarios_check", folder(rooster_nl=longest))
        assert "let op: In elke scène is een veilige keuze de langste." in out
        assert "in orde" in out
        assert err == ""

    def test_two_languages_of_one_folder_must_tell_the_same_story(self, folder):
        out, _ = run("scenarios_check", folder(rooster_nl=EXAMPLE, rooster_en=ENGLISH))
        assert out.count("in orde") == 2
        other = changed(("druk: druk + 1", "druk: druk + 2"), text=ENGLISH)
        out, err = run("scenarios_check", folder(rooster_en=other))
        assert "en.twee" in out
        assert "“r-gegeven”: Deze passage werkt anders dan in de andere taal" in out
        assert "1 van de 2" in err

    def test_endings_are_counted_over_all_stories_and_once_per_story(self, folder):
        other = changed((IFID, "22222222-3333-4444-8555-666666666666"))
        place = folder(rooster_nl=EXAMPLE, rooster_en=ENGLISH, pas_nl=other)
        out, _ = run("scenarios_check", place)
        assert "Alle eindes samen: 2 veilig, 2 leermoment, 2 schade." in out
        assert "samen" not in run("scenarios_check", place / "rooster" / "nl.twee")[0]

    def test_a_language_with_another_language_on_its_card_is_an_error(self, folder):
        out, _ = run("scenarios_check", folder(rooster_en=EXAMPLE))
        assert "“taal: nl”, maar het bestand heet “en.twee”" in out

    def test_two_files_with_one_ifid_are_an_error(self, folder):
        out, _ = run("scenarios_check", folder(rooster_nl=EXAMPLE, kopie_nl=EXAMPLE))
        assert "Deze ifid hoort al bij kopie/nl.twee" in out

    def test_a_file_that_is_no_text_is_an_error_and_no_crash(self, folder):
        place = folder(rooster_nl="") / "rooster" / "nl.twee"
        place.write_bytes(b":: \xff\xfe")
        assert "Dit bestand is geen UTF-8 (byte 3)" in run("scenarios_check", place)[0]

    def test_a_path_that_is_not_there_and_a_folder_without_scenarios_are_told(self, tmp_path):
        assert "weg bestaat niet." in run("scenarios_check", tmp_path / "weg")[1]
        assert "Geen scenario's gevonden." in run("scenarios_check", tmp_path)[1]

    def test_json_keeps_its_shape(self, folder):
        out, err = run("scenarios_check", folder(rooster_nl=BROKEN), json=True)
        assert err.startswith("1 ")
        told = json.loads(out)
        assert (told["schema"], told["ok"]) == (1, False)
        (file,) = told["files"]
        keys = "path key language ifid title ok errors warnings figures"
        assert list(file) == keys.split()
        assert (file["key"], file["language"], file["ifid"]) == ("rooster", "nl", IFID)
        assert set(file["errors"][0]) == {"code", "message", "line", "passage"}
        numbers = "states scenes ways shortest longest reading_seconds has_loops scores endings"
        assert list(file["figures"]) == numbers.split()
        ending = "passage outcome share shortest scores"
        assert list(file["figures"]["endings"][0]) == ending.split()

    def test_json_of_a_file_that_cannot_be_read_has_no_title_and_no_figures(self, folder):
        out, _ = run("scenarios_check", folder(rooster_nl="Hallo"), json=True)
        (file,) = json.loads(out)["files"]
        assert (file["ok"], file["title"], file["figures"]) == (False, None, None)

    def test_the_stories_that_ship_are_in_order(self):
        out, err = run("scenarios_check", settings.SCENARIO_FOLDER)
        assert err == ""
        assert out.count("in orde") == len(list(settings.SCENARIO_FOLDER.glob("*/*.twee")))


class TestDraw:
    def test_a_picture_and_its_words_are_put_beside_the_file(self, folder):
        place = folder(rooster_nl=EXAMPLE)
        run("scenarios_draw", place)
        assert (place / "rooster" / "nl.svg").read_text().startswith("<?xml")
        assert "kantine (scène" in (place / "rooster" / "nl.txt").read_text()

    def test_drawings_can_be_gathered_in_one_folder(self, folder, tmp_path):
        place = folder(rooster_nl=EXAMPLE, tas_nl=EXAMPLE)
        run("scenarios_draw", place, out=tmp_path / "tekeningen")
        names = sorted(path.name for path in (tmp_path / "tekeningen").iterdir())
        assert names == ["rooster-nl.svg", "rooster-nl.txt", "tas-nl.svg", "tas-nl.txt"]

    def test_the_words_alone_write_nothing(self, folder):
        place = folder(rooster_nl=EXAMPLE)
        assert "Je zegt nee → r-nee" in run("scenarios_draw", place, text=True)[0]
        assert not (place / "rooster" / "nl.svg").exists()

    def test_what_is_unsound_is_drawn_with_its_problems_and_what_is_unreadable_is_not(self, folder):
        place = folder(rooster_nl=BROKEN, stuk_nl="Hallo")
        _, err = run("scenarios_draw", place)
        assert "1 melding" in (place / "rooster" / "nl.svg").read_text()
        assert "1 van de 2 scenario's niet te tekenen." in err
        assert not (place / "stuk" / "nl.svg").exists()


@pytest.mark.django_db
class TestLoad:
    def test_loading_twice_changes_nothing(self, folder):
        place = folder(rooster_nl=EXAMPLE)
        assert "rooster/nl.twee: nieuwe versie (1)" in run("scenarios_load", place)[0]
        assert "rooster/nl.twee: ongewijzigd (1)" in run("scenarios_load", place)[0]
        assert ScenarioVersion.objects.count() == 1

    def test_changed_text_is_a_new_version_and_not_live_by_itself(self, folder):
        run("scenarios_load", folder(rooster_nl=EXAMPLE), publish=True)
        out, _ = run("scenarios_load", folder(rooster_nl=changed(("Goed zo.", "Mooi."))))
        assert "nieuwe versie (2)" in out
        assert Scenario.objects.get().live_version.number == 1

    def test_one_bad_file_keeps_all_out(self, folder):
        place = folder(rooster_nl=EXAMPLE, stuk_nl=changed((IFID, OTHER_IFID), text=BROKEN))
        _, err = run("scenarios_load", place)
        assert "stuk/nl.twee:" in err
        assert "1 van de 2 scenario's niet in orde; er is niets geladen." in err
        assert not Scenario.objects.exists()

    def test_languages_that_differ_keep_all_out(self, folder):
        other = changed(("druk: druk + 1", "druk: druk + 2"), text=ENGLISH)
        _, err = run("scenarios_load", folder(rooster_nl=EXAMPLE, rooster_en=other))
        assert "language-passage-different" in err
        assert not Scenario.objects.exists()

    def test_an_ifid_that_belongs_to_another_key_is_refused_and_nothing_is_loaded(self, folder):
        place = folder(rooster_nl=EXAMPLE)
        run("scenarios_load", place)
        (place / "rooster").rename(place / "zomerrooster")
        _, err = run("scenarios_load", folder(aaa_nl=changed((IFID, OTHER_IFID))))
        assert "zomerrooster/nl.twee heeft de ifid van rooster/nl." in err
        assert "geef haar de oude naam. Er is niets geladen." in err
        assert [scenario.key for scenario in Scenario.objects.all()] == ["rooster"]

    def test_another_ifid_for_a_known_key_and_language_is_refused(self, folder):
        run("scenarios_load", folder(rooster_nl=EXAMPLE))
        _, err = run("scenarios_load", folder(rooster_nl=changed((IFID, OTHER_IFID))))
        assert f"een andere ifid dan dit scenario eerder had ({IFID})" in err
        assert Scenario.objects.get().ifid == UUID(IFID)


@pytest.mark.django_db
class TestDump:
    @pytest.fixture
    def loaded(self, folder):
        odd = EXAMPLE.replace("\n", "\r\n").replace("Goed zo.", "Goed zo, “één”.")
        place = folder(rooster_nl=odd, rooster_en=ENGLISH)
        run("scenarios_load", place, publish=True)
        return place

    def test_what_was_loaded_comes_back_letter_by_letter_and_loads_without_a_change(
        self, loaded, tmp_path
    ):
        run("scenarios_dump", tmp_path / "terug")
        for name in ("rooster/nl.twee", "rooster/en.twee"):
            assert (tmp_path / "terug" / name).read_bytes() == (loaded / name).read_bytes()
        out, _ = run("scenarios_load", tmp_path / "terug")
        assert out.count("ongewijzigd") == 2

    def test_a_file_that_differs_is_kept_unless_forced_and_then_nothing_else_is_written(
        self, loaded
    ):
        (loaded / "rooster" / "nl.twee").write_text("van mij")
        (loaded / "rooster" / "en.twee").unlink()
        _, err = run("scenarios_dump", loaded)
        assert "nl.twee" in err
        assert (loaded / "rooster" / "nl.twee").read_text() == "van mij"
        assert not (loaded / "rooster" / "en.twee").exists()
        run("scenarios_dump", loaded, force=True)
        assert "Goed zo, “één”." in (loaded / "rooster" / "nl.twee").read_text()

    def test_what_is_live_is_written_and_the_latest_on_request(self, loaded, tmp_path):
        newer = changed(("Well done.", "Good."), text=ENGLISH)
        (loaded / "rooster" / "en.twee").write_text(newer)
        run("scenarios_load", loaded)
        run("scenarios_dump", tmp_path / "live")
        run("scenarios_dump", tmp_path / "nieuw", latest=True)
        assert "Well done." in (tmp_path / "live" / "rooster" / "en.twee").read_text()
        assert (tmp_path / "nieuw" / "rooster" / "en.twee").read_text() == newer

    def test_a_file_that_is_the_same_is_left_alone(self, loaded):
        assert run("scenarios_dump", loaded)[0].count("ongewijzigd") == 2
