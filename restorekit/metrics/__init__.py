"""Metrics: pure functions of one page, the table of protocols, and ``PageMetrics`` for the Runner."""

from restorekit.metrics.page import Page, mean_scores, score_page
from restorekit.metrics.page_metrics import PageMetrics

__all__ = ["Page", "PageMetrics", "mean_scores", "score_page"]
