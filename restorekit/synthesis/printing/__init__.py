"""Printed sheets: exam papers, forms, notebooks, their text, rules and figures."""
