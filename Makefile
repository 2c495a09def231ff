# Needs git, make and Python 3.11 or newer with venv and pip; all else goes into .venv.
PYTHON ?= python3
# `make install QUIET=` shows what pip does.
QUIET ?= -q
CPU_WHEELS := https://download.pytorch.org/whl/cpu

VENV_PYTHON := .venv/bin/python
PIP_INSTALL := $(VENV_PYTHON) -m pip install $(QUIET) --disable-pip-version-check
INSTALLED := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help run test browser-test export-test check gate bench fix install clean

help: ## この一覧を表示する
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' Makefile

run: $(INSTALLED) ## 準備をして、質問するページを開く
	@.venv/bin/tenkyo chat

test: $(INSTALLED) ## テストを実行する
	@$(VENV_PYTHON) -m pytest

browser-test: $(INSTALLED) ## 画面のテストをブラウザー（chromium）で実行する
	@$(VENV_PYTHON) -m pytest -m browser

export-test: $(INSTALLED) ## 書き出しのテストを LibreOffice と pandoc で実行する
	@$(VENV_PYTHON) -m pytest -m export

check: $(INSTALLED) ## 書式と型を検査する
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format --check .
	@$(VENV_PYTHON) -m mypy

# The two further reports guard against rules that fit one report; they get a folder of their own,
# as the rarity of a word depends on all reports in a folder.
gate: $(INSTALLED) ## 答えが前より悪くなっていないかを調べる
	@rm -rf .runs
	@TENKYO_HOME=.runs/home .venv/bin/tenkyo eval run dev --out .runs/dev
	@TENKYO_HOME=.runs/home .venv/bin/tenkyo eval gate .runs/dev
	@TENKYO_HOME=.runs/others .venv/bin/tenkyo add tests/data/chiiki-iryo.md tests/data/suido.txt
	@for set in chiiki-iryo suido; do \
	  TENKYO_HOME=.runs/others .venv/bin/tenkyo eval run tests/data/$$set.jsonl --out .runs/$$set && \
	  TENKYO_HOME=.runs/others .venv/bin/tenkyo eval gate .runs/$$set || exit; done

bench: $(INSTALLED) ## 速さと大きさを測る
	@$(VENV_PYTHON) -m evals.benchmark

fix: $(INSTALLED) ## 書式を直す
	@$(VENV_PYTHON) -m ruff check --fix .
	@$(VENV_PYTHON) -m ruff format .

install: $(INSTALLED) ## 必要なものを .venv に入れる

clean: ## .venv と一時ファイルを消す（追加した報告書は残る）
	@rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# On Linux the usual torch wheel brings several GB of CUDA, so PyTorch's own CPU wheel is tried first, once.
# "+cpu" keeps pip from taking another build from elsewhere. 10 s without data ends the try; the 600 s
# are for slow lines, which would be far worse off with CUDA. In Python, as macOS has no `timeout`.
define TRY_CPU_TORCH
import subprocess, sys
from importlib import metadata
with open("constraints.txt", encoding="utf-8") as lines:
    pin = next(line.strip() for line in lines if line.startswith("torch=="))
installed = [found.version.split("+")[0] for found in metadata.distributions(name="torch")]
if sys.platform != "linux" or pin.removeprefix("torch==") in installed:
    sys.exit()
once = ["--retries", "0", "--timeout", "10", "--no-input", "--index-url", sys.argv[1]]
pip = [sys.executable, "-m", "pip", "install", "-qqq", "--no-deps", *once, pin + "+cpu"]
sys.exit(subprocess.run(pip, timeout=600).returncode)
endef
export TRY_CPU_TORCH

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'Python 3.11 以上が必要です。場所を指定できます（例: make run PYTHON=python3.12）。' >&2; exit 1; }
	@echo '必要なものを .venv に入れています。初回は数分かかります。'
	@$(PYTHON) -m venv .venv || { \
	  echo '.venv を作れませんでした。Debian や Ubuntu では python3-venv を入れてください。' >&2; exit 1; }
	@$(VENV_PYTHON) -c "$$TRY_CPU_TORCH" $(CPU_WHEELS) 2>/dev/null || \
	  echo 'CPU 用の PyTorch を取得できないため、通常の配布元を使います（容量が大きくなることがあります）。'
	@$(PIP_INSTALL) -c constraints.txt -e '.[dev]' || { \
	  echo '必要なものを入れられませんでした。ネットワーク接続を確かめて、もう一度実行してください。' >&2; exit 1; }
	@touch $@
	@echo '準備ができました。'
