package sinterj.optimize;

import sinterj.base.InvalidInput;

/**
 * A number that may be varied, between two ends.
 *
 * @param key its name; a product of several is written {@code first*second}
 * @param low lowest value
 * @param high highest value, above {@code low}
 * @param scale how the range is divided
 * @param prior what is thought of it before any trial
 */
public record FreeParameter(String key, double low, double high, Scale scale, Prior prior) {
    /** How a range is divided. */
    public enum Scale {
        /** Equal steps are equal differences. */
        LINEAR,
        /** Equal steps are equal ratios; both ends must be above 0. */
        LOG
    }

    /**
     * A normal distribution on the parameter's scale.
     *
     * @param mean the value in the middle, in the parameter's own unit
     * @param sd standard deviation; for {@link Scale#LOG} that of the natural logarithm
     */
    public record Prior(double mean, double sd) {}

    /** Share of the range that a prior's deviation takes if nobody says otherwise. */
    private static final double USUAL_SPREAD = 0.25;

    public FreeParameter {
        if (!Double.isFinite(low) || !Double.isFinite(high) || !(low < high)) {
            throw new InvalidInput("'" + key + "' is to lie between " + low + " and " + high
                    + ". Give the lower end first, and a higher one after it.");
        }
        if (scale == Scale.LOG && !(low > 0)) {
            throw new InvalidInput("'" + key + "' has a logarithmic range from " + low + ". Give a lower end above 0.");
        }
        double mean = prior.mean();
        if (!Double.isFinite(mean) || scale == Scale.LOG && !(mean > 0)) {
            throw new InvalidInput("'" + key + "' has the prior mean " + mean + ". Give a value within its range.");
        }
        if (!(prior.sd() > 0)) {
            throw new InvalidInput(
                    "'" + key + "' has a prior with the deviation " + prior.sd() + ". Give a deviation above 0.");
        }
    }

    /** A logarithmic range whose prior has its mean at the geometric middle and a deviation of a quarter of it. */
    public static FreeParameter log(String key, double low, double high) {
        return log(key, low, high, Math.sqrt(low) * Math.sqrt(high));
    }

    /** A logarithmic range whose prior has its mean at a start and a deviation of a quarter of the range. */
    public static FreeParameter log(String key, double low, double high, double start) {
        Prior prior = new Prior(start, low > 0 && low < high ? USUAL_SPREAD * Math.log(high / low) : 1);
        return new FreeParameter(key, low, high, Scale.LOG, prior);
    }

    /** A linear range whose prior has its mean in the middle and a deviation of a quarter of it. */
    public static FreeParameter linear(String key, double low, double high) {
        Prior prior = new Prior((low + high) / 2, low < high ? USUAL_SPREAD * (high - low) : 1);
        return new FreeParameter(key, low, high, Scale.LINEAR, prior);
    }

    /** The place of a value in the range: 0 at the low end, 1 at the high one; values outside lie outside. */
    public double unit(double value) {
        return (onScale(value) - onScale(low)) / length();
    }

    /** The value at a place in the range, exactly the ends at 0 and 1. */
    public double value(double unit) {
        if (unit == 0) return low;
        if (unit == 1) return high;
        double at = onScale(low) + unit * length();
        return scale == Scale.LOG ? StrictMath.exp(at) : at;
    }

    /** Length of the range on its scale: a difference, or a natural logarithm of a ratio. */
    public double length() {
        return onScale(high) - onScale(low);
    }

    /** Deviation of the prior as a share of the range. */
    public double priorSdUnit() {
        return prior.sd() / length();
    }

    private double onScale(double value) {
        return scale == Scale.LOG ? StrictMath.log(value) : value;
    }
}
