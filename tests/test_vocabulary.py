"""The YAML files behind the rules."""

import pytest

from kjreport.vocabulary import vocabulary

FILE = """
words:
  tiers: [国家, 国家级, 省]
  digits: 一二三
groups:
  ends: {家: [专, 国], 项: [立]}
values:
  sizes: {百: 100, 十: 10}
patterns:
  count: '{tiers}?[{digits}]{1,2}{unit}'
  unit: [项(?!目), 家]
"""


@pytest.fixture
def words(tmp_path):
    folder = tmp_path / "vocabulary"
    folder.mkdir()
    (folder / "rules.yaml").write_text(FILE, encoding="utf-8")
    (folder / "phrases.yaml").write_text("words: {shared: [其中], tiers: [县]}", encoding="utf-8")
    return vocabulary(str(tmp_path / "rules.py"))


def test_words_come_as_listed(words):
    assert words.words("tiers") == ("国家", "国家级", "省")
    assert words.words("digits") == ("一", "二", "三")
    assert words.characters("digits") == "一二三"
    assert words.groups("ends") == {"家": ("专", "国"), "项": ("立",)}
    assert words.values("sizes") == {"百": 100.0, "十": 10.0}


def test_a_pattern_takes_up_words_and_patterns_the_longest_word_first(words):
    assert words.expression("count") == "(?:国家级|国家|省)?[一二三]{1,2}(?:项(?!目)|家)"
    found = words.pattern("count").search("获批国家级二项")
    assert found is not None
    assert found[0] == "国家级二项"


def test_what_is_given_comes_first(words):
    assert words.expression("count", unit="个").endswith("{1,2}个")


def test_what_a_folder_shares_is_found_behind_the_own_words(words):
    assert words.words("shared") == ("其中",)
    assert words.words("tiers")[0] == "国家"


def test_a_missing_name_is_told_with_its_file(words):
    with pytest.raises(KeyError, match=r"rules\.yaml: no 'verbs' among its words"):
        words.words("verbs")
