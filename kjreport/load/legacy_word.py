"""Word 97-2003 documents (.doc), converted in memory's reach and read as .docx."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from kjreport.load.composer import Composer, Draft
from kjreport.load.failure import LoadError
from kjreport.load.limits import Limits
from kjreport.load.ole import is_ole, stream_names
from kjreport.load.registry import Content, Reader
from kjreport.load.word import read_docx


def _read(content: Content, limits: Limits) -> Draft:
    import doc2docx
    from doc2docx.errors import Doc2DocxError, EncryptedDocumentError

    with tempfile.TemporaryDirectory(prefix="kjreport-") as folder:
        source, target = Path(folder, "report.doc"), Path(folder, "report.docx")
        source.write_bytes(content.data)
        try:
            doc2docx.convert(source, target)
            converted = target.read_bytes()
        except EncryptedDocumentError as error:
            raise _encrypted() from error
        except Doc2DocxError as error:
            return _read_text_only(content, limits, str(error))
    return read_docx(Content(content.name, converted), limits)


def _read_text_only(content: Content, limits: Limits, reason: str) -> Draft:
    """Read the bare paragraphs of a document that is too damaged to be converted."""
    from legacy_doc import LegacyDocError, extract_text

    try:
        text = extract_text(content.data).text
    except LegacyDocError as error:
        raise LoadError(
            "damaged", f"the document cannot be read ({reason}; {error}); save it as docx"
        ) from error
    composer = Composer(limits.characters)
    composer.paragraph(text)
    return composer.draft(warnings=(f"only its bare text could be read ({reason})",))


def _encrypted() -> LoadError:
    return LoadError("encrypted", "the document needs a password; save it without one")


def _accepts(content: Content) -> bool:
    return is_ole(content.data) and "WordDocument" in stream_names(content.data)


def _accepts_encrypted(content: Content) -> bool:
    return is_ole(content.data) and "EncryptedPackage" in stream_names(content.data)


def _read_encrypted(content: Content, limits: Limits) -> Draft:
    raise _encrypted()


READERS: Final = (
    Reader("doc", _accepts, _read),
    Reader("encrypted", _accepts_encrypted, _read_encrypted),
)
