from kjreport.extract.lexicon import lexicon
from kjreport.extract.quantities import scan
from kjreport.extract.sentences import sentences
from kjreport.schema import Schema


def cut(text):
    return list(sentences(text, scan(text), lexicon(Schema.default()), []))


def test_a_sentence_ends_at_its_full_stop_or_line():
    text = "高新技术企业8家。众创空间2家\n孵化器3家"
    assert [text[s.start : s.end] for s in cut(text)] == [
        "高新技术企业8家",
        "众创空间2家",
        "孵化器3家",
    ]


def test_an_endless_sentence_is_cut_between_its_parts():
    text = "、".join(f"众创空间{i}家" for i in range(2000))
    found = cut(text)
    assert sum(len(s.quantities) for s in found) == 2000
    assert max(s.end - s.start for s in found) < 2100
    assert all(text[s.start : s.end].startswith("众创空间") for s in found)


def test_a_text_without_any_mark_stays_one_sentence():
    assert len(cut("众创空间2家" * 2000)) == 1
