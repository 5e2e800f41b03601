package sinterj.optimize;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sinterj.base.InvalidInput;

/**
 * What is varied and what is held. Samplers see a cube with sides of 1, one axis per free parameter; whoever tries a
 * point out sees named values.
 *
 * <p>A free parameter named {@code a*b} stands for quantities that occur as their product only. Each of them then is
 * its held value times the same factor, so that the product is what was asked for.
 *
 * @param free at least one, in the order of the axes
 * @param held values by name; those of the factors of a product are where its split is measured from
 */
public record SearchSpace(List<FreeParameter> free, Map<String, Double> held) {
    public SearchSpace {
        free = List.copyOf(free);
        held = Map.copyOf(held);
        if (free.isEmpty()) throw new InvalidInput("There is nothing to vary. Name at least one parameter.");
        Set<String> seen = new HashSet<>();
        for (FreeParameter parameter : free) {
            List<String> factors = factors(parameter.key());
            for (String name : factors) {
                if (name.isEmpty() || !seen.add(name)) {
                    throw new InvalidInput("'" + parameter.key() + "' is to be varied, but '" + name
                            + "' stands there twice. Name each quantity once.");
                }
                Double value = held.get(name);
                if (factors.size() > 1 && (value == null || !(value > 0))) {
                    throw new InvalidInput("'" + parameter.key() + "' is a product, so '" + name
                            + "' needs a value above 0 to start from, but it is " + value + ".");
                }
            }
            if (factors.size() > 1 && parameter.scale() != FreeParameter.Scale.LOG) {
                throw new InvalidInput("'" + parameter.key() + "' is a product. Vary it on a logarithmic scale.");
            }
        }
    }

    /** Only free parameters. */
    public static SearchSpace of(FreeParameter... free) {
        return new SearchSpace(List.of(free), Map.of());
    }

    /** Number of free parameters. */
    public int dimensions() {
        return free.size();
    }

    /** The names that a key stands for: one, or the factors of a product. */
    static List<String> factors(String key) {
        return List.of(key.split("\\*", -1));
    }

    /** Values of the free parameters at a point of the cube, in their order. */
    public double[] values(double[] unit) {
        double[] values = new double[unit.length];
        for (int i = 0; i < unit.length; i++) values[i] = free.get(i).value(unit[i]);
        return values;
    }

    /** The point of the cube for values of the free parameters. */
    public double[] unit(double[] values) {
        double[] unit = new double[values.length];
        for (int i = 0; i < unit.length; i++) unit[i] = free.get(i).unit(values[i]);
        return unit;
    }

    /** Every quantity by name at a point of the cube: the held ones, the free ones, and the factors of products. */
    public Map<String, Double> named(double[] unit) {
        Map<String, Double> all = new LinkedHashMap<>(held);
        double[] values = values(unit);
        for (int i = 0; i < values.length; i++) {
            List<String> names = factors(free.get(i).key());
            if (names.size() == 1) {
                all.put(names.get(0), values[i]);
                continue;
            }
            double product = 1;
            for (String name : names) product *= held.get(name);
            double factor = StrictMath.pow(values[i] / product, 1.0 / names.size());
            for (String name : names) all.put(name, held.get(name) * factor);
        }
        return all;
    }

    /** The means of the priors, as a point that may lie outside the cube. */
    public double[] priorMean() {
        double[] mean = new double[free.size()];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = free.get(i).unit(free.get(i).prior().mean());
        }
        return mean;
    }

    /** The deviations of the priors, as shares of the ranges. */
    public double[] priorSd() {
        return free.stream().mapToDouble(FreeParameter::priorSdUnit).toArray();
    }

    /** The keys of the free parameters, in their order. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (FreeParameter parameter : free) keys.add(parameter.key());
        return keys;
    }
}
