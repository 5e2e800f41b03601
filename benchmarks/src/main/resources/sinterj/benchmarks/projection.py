"""Projection of a volume slice by slice by SciPy's sparse product in single precision.

Arguments: rays, width, depth, slices, angles in degrees separated by commas. Prints the number of weights; then, for
each line read, the CPU seconds of one projection of all slices.
"""
import sys
import time

import numpy as np
from scipy.sparse import csr_matrix

rays, width, depth, slices = [int(a) for a in sys.argv[1:5]]
angles = np.radians([float(a) for a in sys.argv[5].split(",")])
rows, columns, values = [], [], []
for k, t in enumerate(angles):
    cos, sin = np.cos(t), np.sin(t)
    steep = abs(sin) > abs(cos)
    planes, voxels = (width, depth) if steep else (depth, width)
    shear, stretch = (cos, 1 / sin) if steep else (sin, 1 / cos)
    u, p = np.meshgrid(np.arange(rays), np.arange(planes), indexing="ij")
    place = (u - (rays - 1) / 2 - (p - (planes - 1) / 2) * shear) * stretch + (voxels - 1) / 2
    below = np.floor(place).astype(np.int64)
    part = place - below
    for voxel, weight in ((below, 1 - part), (below + 1, part)):
        ok = (voxel >= 0) & (voxel < voxels) & (weight > 0)
        rows.append((k * rays + u)[ok])
        columns.append((voxel * width + p if steep else p * width + voxel)[ok])
        values.append((weight * abs(stretch))[ok].astype(np.float32))
    del u, p, place, below, part
matrix = csr_matrix(
    (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), (len(angles) * rays, width * depth)
)
del rows, columns, values
x = np.random.default_rng(1).random((slices, width * depth), np.float32)
print(matrix.nnz, flush=True)
for line in sys.stdin:
    start = time.process_time()
    for s in range(slices):
        y = matrix @ x[s]
    print(time.process_time() - start, flush=True)
