"""Writers, their hands and pens, and what they leave on a sheet: answers, workings, notes, marks."""
