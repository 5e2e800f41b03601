package sinterj.phasefield;

/** What is done with the rates of a plane once they are known; each works in place of its own, plane by plane. */
abstract class Update {
    /** The vector whose ring must be set afterwards; -1 for none. */
    final int made;

    private Update(int made) {
        this.made = made;
    }

    /**
     * @param v vectors by plane
     * @param z plane
     * @param lost what rounding has lost of the plane; null where that is not kept
     * @param rate change per second of every element of the plane, 0 in its ring; the array may be longer
     * @param norms two sums for each plane, for {@link #check}
     */
    abstract void apply(float[][][] v, int z, float[] lost, float[] rate, double[] norms);

    /** Keeps the rates in {@link Store#FIRST_RATE}. */
    static Update keep() {
        return new Update(-1) {
            @Override
            void apply(float[][][] v, int z, float[] lost, float[] rate, double[] norms) {
                float[] kept = v[Store.FIRST_RATE][z];
                System.arraycopy(rate, 0, kept, 0, kept.length);
            }
        };
    }

    /** An Euler step from the state into the trial vector. */
    static Update euler(float dt) {
        return new Update(Store.TRIAL) {
            @Override
            void apply(float[][][] v, int z, float[] lost, float[] rate, double[] norms) {
                float[] y = v[Store.STATE][z];
                float[] out = v[Store.TRIAL][z];
                if (lost == null) Kernels.step(out.length, y, rate, out, dt);
                else Kernels.stepExactly(out.length, y, rate, lost, out, dt);
            }
        };
    }

    /** A stage after the first; leaves the change in {@code older}, and state plus change in {@code made}. */
    static Update stage(StageFactors f, int previous, int older, int made) {
        return new Update(made) {
            @Override
            void apply(float[][][] v, int z, float[] lost, float[] rate, double[] norms) {
                float[] change = v[older][z];
                float[] first = v[Store.FIRST_RATE][z];
                Kernels.stage(change.length, rate, first, v[previous][z], change, f.mu(), f.nu(), f.now(), f.start());
                Kernels.sum(change.length, v[Store.STATE][z], change, v[made][z]);
            }
        };
    }

    /**
     * Keeps the rates at the end of a step in {@code keep}, and sums the squares of the step's change and of its
     * estimated error {@code 0.4 dt (f0 + f1) - 0.8 change}, the leading term of what a method of second order leaves
     * out. Sommeijer, Shampine and Verwer 1998, doi:10.1016/S0377-0427(97)00219-7.
     */
    static Update check(int change, int keep, float dt) {
        return new Update(-1) {
            @Override
            void apply(float[][][] v, int z, float[] lost, float[] rate, double[] norms) {
                float[] first = v[Store.FIRST_RATE][z];
                float[] d = v[change][z];
                double error = 0;
                double size = 0;
                float half = 0.4f * dt;
                for (int i = 0; i < d.length; i++) {
                    float e = half * (first[i] + rate[i]) - 0.8f * d[i];
                    error += e * e;
                    size += d[i] * d[i];
                }
                norms[2 * z] = error;
                norms[2 * z + 1] = size;
                System.arraycopy(rate, 0, v[keep][z], 0, d.length);
            }
        };
    }
}
