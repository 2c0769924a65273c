"""Three-valued truth: what holds, what does not, and what the record leaves open."""

import numpy as np
from numpy.typing import NDArray

from auditor.log.columns import Bools

Truth = NDArray[np.int8]
FALSE, UNKNOWN, TRUE = np.int8(0), np.int8(1), np.int8(2)  # «and» is their minimum, «or» their maximum


def truth(holds: Bools, unknown: "Bools | None" = None) -> Truth:
    """TRUE where it holds, FALSE where it does not; UNKNOWN where that mask is True, whatever `holds` says."""
    result = np.multiply(holds, TRUE, dtype=np.int8)
    if unknown is not None:
        np.putmask(result, unknown, UNKNOWN)
    return result


def between(sure: Bools, possible: Bools) -> Truth:
    """TRUE where it surely holds, UNKNOWN where it only possibly does, else FALSE."""
    return np.where(sure, TRUE, np.where(possible, UNKNOWN, FALSE)).astype(np.int8, copy=False)
