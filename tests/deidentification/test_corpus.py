"""The corpus is what it says it is."""

from leer.deidentification.engine.lexicon import lexicon
from tests.deidentification.corpus import make
from tests.deidentification.corpus.reading import HERE, lines_of, passages
from tests.deidentification.measuring import HELD_OUT, TUNED, WITHOUT


def test_there_are_enough_marked_passages() -> None:
    assert sum(bool(p.marked) for p in passages(*TUNED, *HELD_OUT)) >= 800


def test_the_generated_part_is_what_the_generator_makes(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(make, "TO", tmp_path)
    make.write_all()
    for made in tmp_path.iterdir():
        assert made.read_text(encoding="utf-8") == (HERE / made.name).read_text(encoding="utf-8")
    assert len(list(tmp_path.iterdir())) == 4


def test_no_name_of_the_held_out_part_was_tuned_on() -> None:
    tuned = {part for line in lines_of("namen.txt") for part in line.split("|") if part}
    apart = [line.split("|") for line in lines_of("namen_apart.txt")]
    assert not [name for name in apart if name[0] in tuned or name[2] in tuned]


def test_a_good_part_of_the_held_out_surnames_is_in_no_list() -> None:
    """Otherwise the lists would be measured on themselves."""
    surnames = [line.split("|")[2].lower() for line in lines_of("namen_apart.txt")]
    unknown = [name for name in surnames if name not in lexicon().surnames]
    assert len(unknown) / len(surnames) > 0.4


def test_in_the_part_without_anything_nothing_is_marked() -> None:
    assert not any(passage.marked for passage in passages(*WITHOUT))
