from hypothesis import given, settings
from hypothesis import strategies as st

from kjreport.stance.clauses import clauses


def words(text):
    return [[segment.text for segment in clause.segments] for clause in clauses(text)]


def test_separators_and_enumeration_marks_end_a_clause():
    assert words("一是人才少，留不住；二是投入低。（三）平台弱！") == [
        ["人才少", "留不住"],
        ["投入低"],
        ["平台弱"],
    ]


def test_a_mark_within_a_sentence_opens_a_clause():
    assert words("主要是：一是人才少，二是平台弱") == [[], ["人才少"], ["平台弱"]]


def test_a_colon_ends_a_lead_in_but_a_ratio_does_not():
    (first,) = clauses("全年目标：配比1:2")
    assert first.lead_in == "全年目标"
    assert [segment.text for segment in first.segments] == ["配比1:2"]


def test_a_thousands_comma_does_not_cut():
    assert words("参训1,200人次,办班3期") == [["参训1,200人次", "办班3期"]]


def test_decimals_are_no_enumeration_marks():
    assert words("2.5亿元到位；2.新建平台") == [["2.5亿元到位"], ["新建平台"]]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="甲乙，。；、：:一是（）1.2\n 【】①髙", max_size=40))
def test_offsets_show_the_words_in_the_text(text):
    for clause in clauses(text):
        assert 0 <= clause.start <= clause.end <= len(text)
        for segment in clause.segments:
            shown = text[segment.start : segment.end].translate(str.maketrans("髙", "高"))
            assert shown == segment.text
            assert clause.start <= segment.start < segment.end <= clause.end
