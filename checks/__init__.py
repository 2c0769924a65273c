"""The regulations that auditor knows, each a module that reads like the regulation, in its order."""

from auditor.rules import Regulation
from checks.agy import AGY
from checks.bed import BED
from checks.fur import FUR
from checks.kdl import KDL
from checks.kld import KLD

REGULATIONS: tuple[Regulation, ...] = (FUR, AGY, BED, KDL, KLD)
