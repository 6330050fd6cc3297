import cv2
import numpy as np

from restorekit.datasets.duplicates import block_norms, find_duplicates, page_signature


def test_the_same_page_smaller_darker_and_compressed_is_found(make_page):
    page = make_page(0, height=800, width=600)
    smaller = cv2.resize(page, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    darker = (page * 0.7).astype(np.uint8)
    compressed = cv2.imdecode(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 40])[1], 1)
    pages = [page, smaller, darker, compressed, make_page(1, height=800, width=600)]
    found = find_duplicates([page_signature(p) for p in pages], "aaaaa")
    assert [(d.place, d.across, d.more) for d in found] == [(place, False, 2) for place in range(4)]
    assert all(0.9 <= d.similarity < 1.0001 for d in found)


def test_a_signature_is_a_unit_vector_and_equal_pages_are_equal(make_page):
    signature = page_signature(make_page())
    assert signature.shape == (9216,) and signature.dtype == np.float32
    first, second = find_duplicates([signature, signature], "ab")
    assert (first.place, first.likest) == (second.likest, second.place) == (0, 1)
    assert abs(first.similarity - 1) < 1e-5 and first.across and first.more == 0


def test_pages_are_no_more_alike_than_their_blocks_norms(make_page):
    rng = np.random.default_rng(0)
    pages = np.stack([page_signature(make_page(seed)) for seed in range(4)] + [rng.normal(size=9216)])
    vectors = (pages / np.linalg.norm(pages, axis=1, keepdims=True)).astype(np.float32)
    norms = block_norms(vectors)
    assert norms.shape == (5, 576) and np.allclose((norms**2).sum(1), 1, atol=1e-5)
    assert (norms @ norms.T >= vectors @ vectors.T - 1e-5).all()
    one = np.zeros((1, 96, 96), np.float32)
    one[0, 4:8, 8:12] = 1
    assert np.flatnonzero(block_norms(one.reshape(1, -1))).tolist() == [26]  # second row of 24, third


def test_few_likely_pages_are_compared_as_many_are(make_page, monkeypatch):
    pages = [page_signature(make_page(seed)) for seed in (0, 1, 0, 2, 1)]
    found = []
    for many in (0.0, 1.0):
        monkeypatch.setattr("restorekit.datasets.duplicates._MANY", many)
        found.append(find_duplicates(pages, "aabbb"))
    assert [d._replace(similarity=1) for d in found[0]] == [d._replace(similarity=1) for d in found[1]]
    assert [(d.place, d.likest) for d in found[1]] == [(0, 2), (1, 4), (2, 0), (4, 1)]


def test_blank_pages_are_no_duplicates():
    blank = np.full((300, 300, 3), 250, np.uint8)
    assert page_signature(blank) is None
    assert find_duplicates([None, None], "ab") == []


def test_places_count_the_blank_pages_too(make_page):
    signature = page_signature(make_page())
    found = find_duplicates([None, signature, None, signature], "aaaa")
    assert [(d.place, d.likest) for d in found] == [(1, 3), (3, 1)]


def test_many_pages_are_compared_in_parts(make_page, monkeypatch):
    monkeypatch.setattr("restorekit.datasets.duplicates._ROWS", 2)
    one, other = page_signature(make_page(0)), page_signature(make_page(1))
    found = find_duplicates([one, other, other, one, other], "aaabb")
    assert [(d.place, d.likest, d.across, d.more) for d in found] == [
        (0, 3, True, 0),
        (1, 4, True, 0),
        (1, 2, False, 0),
        (2, 4, True, 0),
        (2, 1, False, 0),
        (3, 0, True, 0),
        (4, 1, True, 1),
    ]


def test_sheets_of_one_form_have_two_entries_each_however_many_they_are(make_page):
    """Every two of them were 1500 * 1499 / 2 entries for 1500 sheets: a JSON file of 100 MB."""
    signature = page_signature(make_page())
    found = find_duplicates([signature] * 60, [number % 3 for number in range(60)])
    assert [(d.place, d.across, d.more) for d in found[:2]] == [(0, True, 39), (0, False, 18)]
    assert len(found) == 120
