"""Which pages of a PDF are erased, and what stays of the others."""

import numpy as np
import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw as pdfium

from restorekit.documents import EraseOptions, erase_file, erase_pages, open_document
from restorekit.documents import pdf as pdf_documents
from restorekit.documents.pdf_markup import MARKUP
from tests.documents.pdfs import HEIGHT, POINTS, WIDTH, add_scan, add_text, pictures, render, save


def test_scans_are_erased_at_their_own_resolution_and_text_passes_through(mixed, page, restore):
    target = mixed.with_name("out.pdf")
    summaries = erase_file(restore, mixed, target)
    assert [summary.passed for summary in summaries] == [False, True, False]
    assert summaries[0].size == (HEIGHT, WIDTH)
    assert pictures(target, 1) == [(WIDTH, HEIGHT, "/FlateDecode")]
    assert pictures(target, 3) == [(WIDTH, HEIGHT, "/DCTDecode")]
    before, after = render(mixed, 1), render(target, 1)
    assert np.array_equal(before, page)  # the scan is rendered pixel by pixel
    outside = restore(page)[1] == 0
    outside[38:64], outside[74:] = False, False  # the strokes and the soft edges around them
    assert np.array_equal(after[outside], page[outside]) and not np.array_equal(after, before)
    assert np.array_equal(render(target, 2), render(mixed, 2))
    with pikepdf.open(target) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Mixed"
        assert [float(value) for value in pdf.pages[0].mediabox] == pytest.approx([0, 0, *POINTS])
        assert b"Red text" in pdf.pages[1].Contents.read_bytes()


def test_every_page_is_rendered_where_that_is_wanted(mixed, restore):
    target = mixed.with_name("out.pdf")
    summaries = erase_file(restore, mixed, target, EraseOptions(pdf_mode="all", dpi=50))
    assert [summary.size for summary in summaries] == [(HEIGHT // 2, WIDTH // 2)] * 3
    assert (render(mixed, 2)[..., 0].astype(int) - render(mixed, 2)[..., 1] > 100).any()
    assert not (render(target, 2)[..., 0].astype(int) - render(target, 2)[..., 1] > 100).any()


def blue_stroke(pdf):
    """What an annotation looks like: a blue line from 10, 10 to 50, 60."""
    form = pdf.make_stream(b"0 0 1 RG 3 w 10 10 m 50 60 l S")
    form["/Type"], form["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
    form["/BBox"] = pikepdf.Array([5, 5, 55, 65])
    return form


def annotated(pdf, page, kind):
    """A page with a blue stroke of a PDF program and a link."""
    stroke = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name(kind),
        Rect=[5, 5, 55, 65],
        F=4,
        Contents="a remark",
        AP=pikepdf.Dictionary(N=blue_stroke(pdf)),
    )
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])
    page.obj["/Annots"] = pikepdf.Array([pdf.make_indirect(stroke), pdf.make_indirect(link)])


def text_of(path):
    return pypdfium2.PdfDocument(path)[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize("kind", MARKUP)
def test_what_a_pdf_program_wrote_goes_and_text_and_links_stay(tmp_path, kind):
    pdf = pikepdf.new()
    annotated(pdf, add_text(pdf), kind)
    source, target = save(pdf, tmp_path / "ink.pdf"), tmp_path / "out.pdf"
    (summary,) = erase_file(None, source, target)  # no network is asked
    assert not summary.passed and summary.changed > 0
    assert not summary.warnings  # though half of what is dark may go
    plain = pikepdf.new()
    add_text(plain)
    assert np.array_equal(render(target, 1), render(save(plain, tmp_path / "plain.pdf"), 1))
    assert text_of(target) == "Red text"
    with pikepdf.open(target) as new:
        assert [str(item.Subtype) for item in new.pages[0].Annots] == ["/Link"]
        assert b"a remark" not in target.read_bytes()


def test_a_scan_below_what_a_pdf_program_wrote_comes_back_exactly(tmp_path, page):
    pdf = pikepdf.new()
    annotated(pdf, add_scan(pdf, page), "/Highlight")
    source, target = save(pdf, tmp_path / "ink.pdf"), tmp_path / "out.pdf"
    (erased,) = erase_pages(lambda array: (array, np.zeros(array.shape[:2], np.uint8)), source)
    assert erased.mask.any() and np.array_equal(erased.after, page)
    erase_file(lambda array: (array, None), source, target)
    assert np.array_equal(render(target, 1), page)


def test_inks_of_a_pdf_program_have_colours_too(tmp_path, restore):
    pdf = pikepdf.new()
    annotated(pdf, add_text(pdf), "/Ink")
    source, target = save(pdf, tmp_path / "ink.pdf"), tmp_path / "out.pdf"
    for only, expected in (("red", (False, True)), ("blue", (True, False))):
        erase_file(restore, source, target, EraseOptions(only=(only,)))
        red, _, blue = np.moveaxis(render(target, 1).astype(int), -1, 0)
        seen = (red - blue > 100).sum(), (blue - red > 100).sum()
        assert tuple(count > 20 for count in seen) == expected  # where they cross, a pixel has both


def test_comments_are_no_watermark(tmp_path, restore):
    pdf = pikepdf.new()
    annotated(pdf, add_text(pdf), "/Ink")
    (summary,) = erase_file(
        restore, save(pdf, tmp_path / "in.pdf"), tmp_path / "out.pdf", EraseOptions(full=True)
    )
    assert summary.passed


@pytest.mark.parametrize("flags", [2, 32])  # hidden, not shown on a screen
def test_a_page_whose_ink_nobody_sees_passes_through(tmp_path, restore, flags):
    pdf = pikepdf.new()
    page = add_text(pdf)
    stroke = pikepdf.Dictionary(N=blue_stroke(pdf))
    kind = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name.Ink}
    page.obj["/Annots"] = pikepdf.Array([pikepdf.Dictionary(**kind, Rect=[5, 5, 55, 65], F=flags, AP=stroke)])
    (summary,) = erase_file(restore, save(pdf, tmp_path / "in.pdf"), tmp_path / "out.pdf")
    assert summary.passed


def test_what_was_signed_leaves_the_form_too(tmp_path, page):
    pdf = pikepdf.new()
    scan = add_scan(pdf, page)
    signature = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Sig,
        T="signature",
        Rect=[5, 5, 55, 65],
        AP=pikepdf.Dictionary(N=blue_stroke(pdf)),
    )
    fields = pikepdf.Array([pdf.make_indirect(signature)])
    scan.obj["/Annots"], pdf.Root["/AcroForm"] = fields, pikepdf.Dictionary(Fields=fields)
    target = tmp_path / "out.pdf"
    erase_file(lambda array: (array, None), save(pdf, tmp_path / "signed.pdf"), target)
    with pikepdf.open(target) as new:
        streams = [item.read_bytes() for item in new.objects if isinstance(item, pikepdf.Stream)]
    assert not any(b"50 60 l" in stream for stream in streams)


def test_a_page_that_fails_stays_as_it_was_and_stops_no_other(mixed, restore):
    calls = []

    def once(array):
        calls.append(array)
        if len(calls) == 1:
            raise RuntimeError("no luck")
        return restore(array)

    target = mixed.with_name("out.pdf")
    summaries = erase_file(once, mixed, target)
    assert [summary.error for summary in summaries] == ["no luck", "", ""]
    with pikepdf.open(mixed) as old, pikepdf.open(target) as new:
        contents = [pdf.pages[0].Contents.read_bytes() for pdf in (old, new)]
        assert contents[0] == contents[1]  # a text layer would lie in it
    assert np.array_equal(render(target, 1), render(mixed, 1))
    assert not np.array_equal(render(target, 3), render(mixed, 3))


def test_passwords_and_empty_files_are_told(tmp_path, page):
    pdf = pikepdf.new()
    add_scan(pdf, page)
    locked = save(pdf, tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="u", owner="o"))
    with pytest.raises(ValueError, match=r"locked.pdf is protected by a password; save a copy without one"):
        open_document(locked, name="locked.pdf", options=EraseOptions())
    none = save(pikepdf.new(), tmp_path / "none.pdf")
    with pytest.raises(ValueError, match=r"none.pdf has no pages"):
        open_document(none, name="none.pdf", options=EraseOptions())


def test_a_scan_that_cannot_be_decoded_is_not_replaced_by_a_blank_page(tmp_path, page, restore):
    pdf = pikepdf.new()
    add_scan(pdf, page)
    broken = add_scan(pdf, page, jpeg=True).obj["/Resources"]["/XObject"]["/N"]
    broken.write(b"no JPEG", filter=pikepdf.Name.DCTDecode)
    source, target = save(pdf, tmp_path / "broken.pdf"), tmp_path / "out.pdf"
    good, bad = erase_file(restore, source, target)
    assert not good.error and "broken.pdf, page 2 comes out blank, for a picture on it cannot" in bad.error
    with pikepdf.open(target) as new:
        assert new.pages[1].Resources.XObject["/N"].read_raw_bytes() == b"no JPEG"


def test_an_empty_sheet_among_scans_is_a_page_like_others(tmp_path, restore, caplog):
    pdf = pikepdf.new()
    add_scan(pdf, np.full((HEIGHT, WIDTH, 3), 255, np.uint8))
    (summary,) = erase_file(restore, save(pdf, tmp_path / "empty.pdf"), tmp_path / "out.pdf")
    assert not summary.error and summary.size == (HEIGHT, WIDTH)
    assert caplog.text == ""  # a library that warns of what is let go of


def test_a_page_that_would_be_too_large_is_refused(mixed, restore):
    options = EraseOptions(max_megapixels=0.001)
    summaries = erase_file(restore, mixed, mixed.with_name("out.pdf"), options)
    assert (
        "mixed.pdf, page 1 would have 0.00768 megapixels, over the limit of 0.001; lower dpi (--dpi)"
        in summaries[0].error
    )
    assert summaries[1].passed and summaries[2].error


def test_pdfium_is_never_called_without_the_lock(mixed, restore, monkeypatch):
    calls = {}

    def watched(name):
        call = getattr(pdfium, name)

        def watch(*arguments):
            calls[name] = calls.get(name, True) and pdf_documents._lock._is_owned()
            return call(*arguments)

        return watch

    for name in ("FPDF_LoadPage", "FPDF_RenderPageBitmap", "FPDF_ClosePage", "FPDF_CloseDocument"):
        monkeypatch.setattr(pdfium, name, watched(name))
    erase_file(restore, mixed, mixed.with_name("out.pdf"))
    assert len(calls) == 4 and all(calls.values())
