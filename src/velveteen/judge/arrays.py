"""Array types of the judge."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Cells = tuple[Floats, Floats, Floats, Ints, Floats, Floats, Ints, Ints, Floats]  # see `likelihood`
Rows = tuple[Ints, Floats, Ints, Ints, Ints, Floats, Floats]  # see `design`
Prior = tuple[float, float, Floats, Floats]  # see `laplace`
