package sinterj.phasefield;

import java.util.Arrays;

/** What is done with the rates of a plane once they are known; each works in place of its own, plane by plane. */
abstract class Update {
    /** The vector whose ring must be set afterwards; -1 for none. */
    final int made;

    /** For each plane the sums of squares of the estimated error of a step, and of its change. */
    static final class Sums {
        private final double[] error;
        private final double[] change;

        Sums(int planes) {
            error = new double[planes];
            change = new double[planes];
        }

        void clear() {
            Arrays.fill(error, 0);
            Arrays.fill(change, 0);
        }

        private void add(int z, int from, int to, float[] ofError, float[] ofChange) {
            float[][] work = new float[2][Kernels.BLOCK];
            error[z] += Kernels.sumOfSquares(from, to, ofError, work);
            change[z] += Kernels.sumOfSquares(from, to, ofChange, work);
        }

        /** Adds all planes to those of an error and a change. */
        void addTo(double[] both) {
            for (double part : error) both[0] += part;
            for (double part : change) both[1] += part;
        }
    }

    private Update(int made) {
        this.made = made;
    }

    /**
     * @param v vectors by plane
     * @param z plane
     * @param from first element
     * @param to element behind the last
     * @param lost what rounding has lost of the plane; null where that is not kept
     * @param rate change per second of every element of the plane, 0 in its ring; the array may be longer
     * @param sums takes the sums of {@link #check}
     */
    abstract void apply(float[][][] v, int z, int from, int to, float[] lost, float[] rate, Sums sums);

    /** Keeps the rates in {@link Store#FIRST_RATE}. */
    static Update keep() {
        return new Update(-1) {
            @Override
            void apply(float[][][] v, int z, int from, int to, float[] lost, float[] rate, Sums sums) {
                float[] kept = v[Store.FIRST_RATE][z];
                System.arraycopy(rate, from, kept, from, to - from);
            }
        };
    }

    /** An Euler step from the state into the trial vector. */
    static Update euler(float dt) {
        return new Update(Store.TRIAL) {
            @Override
            void apply(float[][][] v, int z, int from, int to, float[] lost, float[] rate, Sums sums) {
                float[] y = v[Store.STATE][z];
                float[] out = v[Store.TRIAL][z];
                if (lost == null) Kernels.step(from, to, y, rate, out, dt);
                else Kernels.stepExactly(from, to, y, rate, lost, out, dt);
            }
        };
    }

    /** A stage after the first; leaves the change in {@code older}, and state plus change in {@code made}. */
    static Update stage(StageFactors f, int previous, int older, int made) {
        return new Update(made) {
            @Override
            void apply(float[][][] v, int z, int from, int to, float[] lost, float[] rate, Sums sums) {
                float[] change = v[older][z];
                float[] first = v[Store.FIRST_RATE][z];
                Kernels.stage(from, to, rate, first, v[previous][z], change, f.mu(), f.nu(), f.now(), f.start());
                Kernels.sum(from, to, v[Store.STATE][z], change, v[made][z]);
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
            void apply(float[][][] v, int z, int from, int to, float[] lost, float[] rate, Sums sums) {
                float[] kept = v[keep][z];
                Kernels.error(from, to, v[Store.FIRST_RATE][z], rate, v[change][z], kept, 0.4f * dt);
                sums.add(z, from, to, kept, v[change][z]);
                System.arraycopy(rate, from, kept, from, to - from);
            }
        };
    }
}
