"""Patterns and expressions of rulesets that the server cannot read, or reads in another way."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding
from pipelint.patterns import filepath, re2
from pipelint.patterns.problem import PatternProblem
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.context import Context
from pipelint.vela.evaluation.check import EvaluationProblem, check
from pipelint.vela.evaluation.names import names
from pipelint.vela.model import Rules, Ruleset
from pipelint.vela.rulesets import is_dynamic
from pipelint.vela.values import Text, inner
