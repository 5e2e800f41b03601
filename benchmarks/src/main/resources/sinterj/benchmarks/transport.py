"""Conductivity along z of the voxels that are 1, by SciPy's conjugate gradients with Jacobi's preconditioner.

Arguments: file of bytes, depth, height, width, relative tolerance of the residual. Prints CPU seconds of the solution
(the matrix aside), iterations and the conductivity.
"""
import sys
import time

import numpy as np
from scipy import ndimage
from scipy.sparse import coo_matrix, diags
from scipy.sparse.linalg import cg

mask = np.fromfile(sys.argv[1], np.uint8).reshape([int(a) for a in sys.argv[2:5]]) == 1
labels, _ = ndimage.label(mask)
both = np.intersect1d(labels[0], labels[-1])
mask = np.isin(labels, both[both > 0])
number = np.full(mask.shape, -1, np.int64)
number[mask] = np.arange(mask.sum())
n = int(mask.sum())
rows, columns = [], []
for axis in range(3):
    a = np.moveaxis(number, axis, 0)
    joined = (a[:-1] >= 0) & (a[1:] >= 0)
    rows.append(a[:-1][joined])
    columns.append(a[1:][joined])
i, j = np.concatenate(rows), np.concatenate(columns)
diagonal = np.bincount(i, minlength=n) + np.bincount(j, minlength=n).astype(float)
first, last = number[0][number[0] >= 0], number[-1][number[-1] >= 0]
diagonal[first] += 2
diagonal[last] += 2
source = np.zeros(n)
source[first] = 2
ones = np.ones(len(i))
matrix = (coo_matrix((-ones, (i, j)), (n, n)) + coo_matrix((-ones, (j, i)), (n, n)) + diags(diagonal)).tocsr()
count = [0]


def step(_):
    count[0] += 1


rtol = float(sys.argv[5])
start = time.process_time()
try:
    u, _ = cg(matrix, source, rtol=rtol, M=diags(1 / diagonal), maxiter=20000, callback=step)
except TypeError:  # SciPy before 1.12
    u, _ = cg(matrix, source, tol=rtol, M=diags(1 / diagonal), maxiter=20000, callback=step)
cpu = time.process_time() - start
k = 2 * (1 - u[first]).sum() * mask.shape[0] / (mask.shape[1] * mask.shape[2])
print(cpu, count[0], k)
