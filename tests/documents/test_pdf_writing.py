"""What an erased PDF is written like."""

import io
import os
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pikepdf
import pytest
from PIL import Image

from restorekit.documents import EraseOptions, Task, erase_batch, erase_file
from tests.documents.pdfs import HEIGHT, POINTS, WIDTH, add_page, add_scan, pictures, render, save


def test_a_jpeg_scan_keeps_its_tables(mixed, restore):
    target = mixed.with_name("out.pdf")
    erase_file(restore, mixed, target)
    tables = []
    for path in (mixed, target):
        with pikepdf.open(path) as pdf:
            ((_, image),) = pdf.pages[2].Resources.XObject.items()
            tables.append(Image.open(io.BytesIO(image.read_raw_bytes())).quantization)
    assert tables[0] == tables[1]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotated_and_cropped_pages_look_as_before(tmp_path, page, rotation):
    pdf = pikepdf.new()
    first = add_scan(pdf, page)
    first.obj["/Rotate"] = rotation
    second = add_scan(pdf, page)
    second.obj["/Rotate"] = rotation
    second.obj["/CropBox"] = pikepdf.Array([7.2, 14.4, 50.4, 64.8])
    source = save(pdf, tmp_path / "turned.pdf")
    target = tmp_path / "out.pdf"
    erase_file(lambda array: (array, None), source, target)
    for number in (1, 2):
        before, after = render(source, number), render(target, number)
        assert np.abs(before.astype(int) - after).max() <= 1
        with pikepdf.open(source) as old, pikepdf.open(target) as new:
            assert new.pages[number - 1].get("/Rotate") == rotation
            assert new.pages[number - 1].cropbox == old.pages[number - 1].cropbox


def test_a_crop_box_beyond_the_media_box_moves_nothing(tmp_path, page, restore):
    pdf = pikepdf.new()
    add_scan(pdf, page).obj["/CropBox"] = pikepdf.Array([-50, -50, POINTS[0] + 50, POINTS[1] + 70])
    wide = save(pdf, tmp_path / "wide.pdf")
    pdf = pikepdf.new()
    add_scan(pdf, page)
    plain = save(pdf, tmp_path / "plain.pdf")
    for source in (wide, plain):
        erase_file(restore, source, source.with_name(f"{source.stem}_out.pdf"))
    assert np.array_equal(render(tmp_path / "wide_out.pdf", 1), render(tmp_path / "plain_out.pdf", 1))


@pytest.mark.parametrize(
    "odd",
    [
        {"/Rotate": 45},
        {"/MediaBox": pikepdf.Array([0, 0, 0, 0])},
        {"/Annots": pikepdf.Array([None])},
    ],
    ids=str,
)
def test_pages_with_odd_entries_look_as_before(tmp_path, page, odd):
    pdf = pikepdf.new()
    scan = add_scan(pdf, page)
    for key, value in odd.items():
        scan.obj[key] = value
    source, target = save(pdf, tmp_path / "odd.pdf"), tmp_path / "out.pdf"
    erase_file(lambda array: (array, None), source, target, EraseOptions(pdf_mode="all", dpi=100))
    assert np.abs(render(source, 1).astype(int) - render(target, 1)).max() <= 1


def test_black_and_white_scans_stay_so(tmp_path, page, restore):
    pdf = pikepdf.new()
    bits = np.packbits(page.mean(-1) > 128, axis=1)
    settings = {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Image,
        "/Width": WIDTH,
        "/Height": HEIGHT,
        "/ColorSpace": pikepdf.Name.DeviceGray,
        "/BitsPerComponent": 1,
    }
    picture = pdf.make_stream(bits.tobytes(), settings)
    add_page(pdf, b"q %f 0 0 %f 0 0 cm /N Do Q" % POINTS, XObject=picture)
    source, target = save(pdf, tmp_path / "fax.pdf"), tmp_path / "out.pdf"

    def paler(array):
        return np.clip(array.astype(int) + 20, 0, 250).astype(np.uint8), None

    erase_file(paler, source, target, EraseOptions(full=True))
    with pikepdf.open(target) as new:
        ((_, image),) = new.pages[0].Resources.XObject.items()
        assert int(image.BitsPerComponent) == 1
    assert np.array_equal(render(target, 1), render(source, 1))


def test_a_pdf_that_anybody_may_read_keeps_its_owners_password_and_permissions(tmp_path, page, restore):
    pdf, source, target = pikepdf.new(), tmp_path / "a.pdf", tmp_path / "b.pdf"
    add_scan(pdf, page)
    allow = pikepdf.Permissions(extract=False, modify_annotation=False)
    save(pdf, source, encryption=pikepdf.Encryption(user="", owner="secret", allow=allow))
    erase_file(restore, source, target)
    with pikepdf.open(target) as after:
        assert after.is_encrypted and not after.owner_password_matched
        assert not after.allow.extract and not after.allow.modify_annotation and after.allow.modify_form
    with pikepdf.open(target, password="secret") as after:
        assert after.owner_password_matched
    assert np.array_equal(render(target, 1)[:24], page[:24])


def test_pictures_of_the_pages_in_xmp_go_and_the_rest_of_it_stays(tmp_path, page, restore):
    pdf, source, target = pikepdf.new(), tmp_path / "a.pdf", tmp_path / "b.pdf"
    add_scan(pdf, page).obj["/Metadata"] = pdf.make_stream(b"of the page")
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = "Exam"
    small = b"<xmp:Thumbnails><rdf:Alt><rdf:li>/9j/4AAQ</rdf:li></rdf:Alt></xmp:Thumbnails></rdf:Description>"
    xmp = pdf.Root.Metadata.read_bytes().replace(b"</rdf:Description>", small, 1)
    pdf.Root.Metadata.write(
        xmp.replace(b"<x:xmpmeta", b'<x:xmpmeta xmlns:xmp="http://ns.adobe.com/xap/1.0/"')
    )
    assert b"/9j/4AAQ" in pdf.Root.Metadata.read_bytes()
    erase_file(restore, save(pdf, source), target)
    with pikepdf.open(target) as after:
        assert b"Thumbnails" not in after.Root.Metadata.read_bytes()
        assert after.open_metadata()["dc:title"] == "Exam"
        assert "/Metadata" not in after.pages[0].obj


def test_metadata_that_nobody_can_read_costs_no_page(tmp_path, page, restore):
    pdf, source = pikepdf.new(), tmp_path / "a.pdf"
    add_scan(pdf, page)
    pdf.Root["/Metadata"] = pdf.make_stream(b"no deflate", {"/Filter": pikepdf.Name.FlateDecode})
    pdf.save(source, fix_metadata_version=False)
    (summary,) = erase_file(restore, source, tmp_path / "b.pdf")
    assert not summary.error


def test_what_was_written_before_is_read_again_from_disk(mixed, restore, monkeypatch):
    targets = [mixed.with_name(name) for name in ("held.pdf", "laid_down.pdf")]
    erase_file(restore, mixed, targets[0])
    monkeypatch.setattr("restorekit.documents.pdf_writing._MOST_HELD_BYTES", 1)
    monkeypatch.setattr("restorekit.documents.pdf._PAGES_AN_OPENING", 1)
    erase_file(restore, mixed, targets[1])
    for number in (1, 2, 3):
        assert np.array_equal(render(targets[0], number), render(targets[1], number))
    assert pictures(targets[1], 1) == pictures(targets[0], 1)
    with pikepdf.open(targets[1]) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Mixed"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells no memory")
def test_a_book_of_scans_takes_no_more_memory_than_a_few_of_them(tmp_path, monkeypatch):
    """What PDFium read and what was written stayed in memory: 9 MB for each page of A4 at 150 dpi."""
    monkeypatch.setattr("restorekit.documents.pdf_writing._MOST_HELD_BYTES", 4 << 20)
    pdf, taken = pikepdf.new(), []
    rng = np.random.default_rng(0)
    for _ in range(36):
        add_scan(pdf, rng.integers(0, 256, (500, 600, 3), dtype=np.uint8))
    source = save(pdf, tmp_path / "book.pdf")
    pdf.close()

    def restore(page):
        status = Path("/proc/self/status").read_text()
        taken.append(int(status.split("RssAnon:")[1].split()[0]) / 1024)
        return 255 - page, None

    erase_file(restore, source, tmp_path / "out.pdf", EraseOptions(full=True))
    assert len(taken) == 36 and max(taken) - taken[11] < 20  # MB; the others' 2 * 24 * 0.9 MB are 43


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not list open files")
def test_a_file_is_closed_before_it_is_replaced(mixed, restore, monkeypatch):
    """Windows replaces no file that is open."""
    held = []

    def replace(source, target):
        links = [Path(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")]
        held.extend(link for link in links if link.exists() and link.samefile(target))
        Path(source).rename(target)

    monkeypatch.setattr(os, "replace", replace)
    erase_file(restore, mixed, mixed)
    assert held == []
    (outcome,) = erase_batch(
        lambda page, on_rows: restore(page),
        [Task(mixed, mixed)],
        EraseOptions(),
        jobs=1,
        resume=False,
        watcher=Mock(),
    )
    assert not outcome.failed and held == []
