from restorekit.wording import counted


def test_one_is_no_plural():
    assert [counted(number, "page") for number in (0, 1, 2)] == ["0 pages", "1 page", "2 pages"]
