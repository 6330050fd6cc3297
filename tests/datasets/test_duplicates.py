import cv2
import numpy as np

from restorekit.datasets.duplicates import find_duplicates, page_signature


def test_the_same_page_smaller_darker_and_compressed_is_found(make_page):
    page = make_page(0, height=800, width=600)
    smaller = cv2.resize(page, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    darker = (page * 0.7).astype(np.uint8)
    compressed = cv2.imdecode(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 40])[1], 1)
    pages = [page, smaller, darker, compressed, make_page(1, height=800, width=600)]
    found = find_duplicates([page_signature(p) for p in pages])
    assert [(d.first, d.second) for d in found] == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
    assert all(0.9 <= d.similarity < 1.0001 for d in found)


def test_a_signature_is_a_unit_vector_and_equal_pages_are_equal(make_page):
    signature = page_signature(make_page())
    assert signature.shape == (9216,) and signature.dtype == np.float32
    (duplicate,) = find_duplicates([signature, signature])
    assert abs(duplicate.similarity - 1) < 1e-5


def test_blank_pages_are_no_duplicates():
    blank = np.full((300, 300, 3), 250, np.uint8)
    assert page_signature(blank) is None
    assert find_duplicates([None, None]) == []


def test_places_count_the_blank_pages_too(make_page):
    signature = page_signature(make_page())
    (duplicate,) = find_duplicates([None, signature, None, signature])
    assert (duplicate.first, duplicate.second) == (1, 3)


def test_many_pages_are_compared_in_parts(make_page, monkeypatch):
    monkeypatch.setattr("restorekit.datasets.duplicates._ROWS", 2)
    one, other = page_signature(make_page(0)), page_signature(make_page(1))
    found = find_duplicates([one, other, other, one, other])
    assert [(d.first, d.second) for d in found] == [(0, 3), (1, 2), (1, 4), (2, 4)]
