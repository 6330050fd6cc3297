"""Pages in and out: pictures, multi-page TIFF and PDF files, folders of them. It knows no torch."""

from restorekit.documents.batch import Outcome, erase_batch
from restorekit.documents.erasing import File, erase_document, erase_file, erase_page, erase_pages
from restorekit.documents.opening import open_document
from restorekit.documents.options import INKS, MAX_MEGAPIXELS, PDF_MODES, WHOLE_PICTURE_TASKS, EraseOptions
from restorekit.documents.page import Document, ErasedPage, Page, PageSummary, Restore, Writer
from restorekit.documents.planning import Plan, Task, plan
from restorekit.documents.report import Report

__all__ = [
    "INKS",
    "MAX_MEGAPIXELS",
    "PDF_MODES",
    "WHOLE_PICTURE_TASKS",
    "Document",
    "EraseOptions",
    "ErasedPage",
    "File",
    "Outcome",
    "Page",
    "PageSummary",
    "Plan",
    "Report",
    "Restore",
    "Task",
    "Writer",
    "erase_batch",
    "erase_document",
    "erase_file",
    "erase_page",
    "erase_pages",
    "open_document",
    "plan",
]
