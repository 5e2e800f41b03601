package sinterj.optimize;

import java.util.function.ToDoubleFunction;

/** Functions on the cube with sides of 1 whose minimum is known, as in the comparison of samplers. */
enum TestFunctions implements ToDoubleFunction<double[]> {
    SPHERE(5) {
        @Override
        public double applyAsDouble(double[] u) {
            double sum = 0;
            for (double v : u) sum += 100 * (v - 0.3) * (v - 0.3);
            return sum;
        }
    },
    ROSENBROCK(5) {
        @Override
        public double applyAsDouble(double[] u) {
            double sum = 0;
            for (int i = 0; i + 1 < u.length; i++) {
                double x = 2.048 * (2 * u[i] - 1);
                double y = 2.048 * (2 * u[i + 1] - 1);
                sum += 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x);
            }
            return sum;
        }
    },
    ACKLEY(5) {
        @Override
        public double applyAsDouble(double[] u) {
            double squares = 0;
            double waves = 0;
            for (double v : u) {
                double x = 32.768 * (2 * v - 1) - 7;
                squares += x * x / u.length;
                waves += Math.cos(2 * Math.PI * x) / u.length;
            }
            return 20 + Math.E - 20 * Math.exp(-0.2 * Math.sqrt(squares)) - Math.exp(waves);
        }
    },
    HARTMANN(6) {
        @Override
        public double applyAsDouble(double[] u) {
            double sum = 0;
            for (int k = 0; k < 4; k++) {
                double exponent = 0;
                for (int i = 0; i < 6; i++) exponent += A[k][i] * (u[i] - P[k][i]) * (u[i] - P[k][i]);
                sum -= C[k] * Math.exp(-exponent);
            }
            return sum;
        }
    };

    /** Hartmann 1973; lowest value -3.32237. */
    private static final double[] C = {1, 1.2, 3, 3.2};

    private static final double[][] A = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] P = {
        {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
        {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
        {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };

    final int dimensions;

    TestFunctions(int dimensions) {
        this.dimensions = dimensions;
    }

    SearchSpace space() {
        FreeParameter[] free = new FreeParameter[dimensions];
        for (int i = 0; i < dimensions; i++) free[i] = FreeParameter.linear("x" + i, 0, 1);
        return SearchSpace.of(free);
    }

    /** The best cost after some trials, one at a time. */
    double best(Sampler sampler, int trials, long seed) {
        AskTell search = new AskTell(space(), sampler, seed);
        for (int i = 0; i < trials; i++) {
            AskTell.Question question = search.ask();
            search.tell(question.number(), applyAsDouble(question.at()));
        }
        return search.history().best().cost();
    }
}
