"""Non-local means of scikit-image on its picture of a cameraman with noise of standard deviation 25.

Argument: file to write sides, picture and noisy picture to. Prints the peak signal-to-noise ratio reached; then, for
each line read, the CPU seconds of one run.
"""
import sys
import time

import numpy as np
from skimage import data
from skimage.restoration import denoise_nl_means

sigma = 25
clean = data.camera()
noise = np.random.default_rng(1000 + sigma).normal(0, sigma, clean.shape)
noisy = clean.astype(np.float32) + noise.astype(np.float32)
with open(sys.argv[1], "wb") as out:
    out.write(np.array(clean.shape, "<i4").tobytes())
    out.write(clean.astype("<f4").tobytes())
    out.write(noisy.astype("<f4").tobytes())


def run():
    return denoise_nl_means(noisy, patch_size=7, patch_distance=10, h=0.6 * sigma, fast_mode=True)


print(10 * np.log10(255**2 / np.mean((run() - clean) ** 2)), flush=True)
for line in sys.stdin:
    start = time.process_time()
    run()
    print(time.process_time() - start, flush=True)
