# make demo   train and test a small network on made pages, in under ten minutes
# make test   run the tests
# make lint   check format, style and types
# Each makes its own virtual environment in .venv first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint format install clean

install: $(READY)

$(READY): setup.py pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

# Four made forms, filled in again and again by made hands. First the weights that ship erase them, as they are; then
# a small network learns the forms and is tested on sheets that it has not seen.
demo: $(READY)
	$(BIN)/restorekit synthesize handwriting --pages 4 --height 640 --width 512 --seed 1 --format png -o demo/forms
	$(BIN)/restorekit synthesize handwriting --pages 48 --height 640 --width 512 --seed 2 \
		--pages-from demo/forms/gts -o demo/data
	$(BIN)/restorekit erase demo/data/images -o demo/erased --report demo/erased.html
	$(BIN)/python tools/test.py configs/handwrite_made_pages.py handwriting --data demo/data --holdout 6 \
		--out demo/shipped
	$(BIN)/python tools/train.py configs/demo.py --data demo/data --work-dir demo/run --resume
	$(BIN)/python tools/test.py configs/demo.py demo/run/best --data demo/data --out demo/results
	@echo
	@echo "psnr_gain is the gain over the input, in dB, on six sheets that the training did not see: the first table"
	@echo "is of the weights that ship, the second of the small network that was trained just now on such forms."
	@echo "Look at demo/erased.html, and at demo/results/compare/: input | restored | target | predicted mask | mask."
	@echo "Watch a training: $(BIN)/tensorboard --logdir demo/run"

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) demo build dist *.egg-info
