package sinterj.command;

import java.util.Arrays;
import sinterj.base.InvalidInput;
import sinterj.image.Table;
import sinterj.phasefield.Course;
import sinterj.phasefield.Material;

/** The material by time, from the settings of a simulation and a temperature history. */
final class SinteringCourse implements Course {
    /** In kelvin. Mobilities go with 1/T: far below, steps would be so short that no run ended. */
    static final double COLDEST = 1;

    static final double HOTTEST = 1e5;

    private final SinteringModel s;
    private final double[] times;
    private final double[] kelvin;

    /** @param history columns time_s and temperature_k, linear between rows; null for a constant temperature */
    SinteringCourse(SinteringModel settings, Table history) {
        s = settings;
        times = history == null ? new double[] {0} : history.numbers("time_s");
        kelvin = history == null ? new double[] {s.temperatureK()} : history.numbers("temperature_k");
        if (times.length == 0) throw new InvalidInput("'history' has no row. Give times and temperatures.");
        for (int i = 0; i < times.length; i++) {
            if (!Double.isFinite(times[i])
                    || !(kelvin[i] >= COLDEST && kelvin[i] <= HOTTEST)
                    || i > 0 && !(times[i] > times[i - 1])) {
                throw new InvalidInput("'history' holds " + times[i] + " s and " + kelvin[i] + " K in row " + (i + 1)
                        + ". Give rising times, and temperatures from 1 to 100000 K.");
            }
        }
    }

    /** Temperature at a time, in kelvin. */
    double temperature(double seconds) {
        int last = times.length - 1;
        if (seconds <= times[0]) return kelvin[0];
        if (seconds >= times[last]) return kelvin[last];
        int i = 1;
        while (times[i] < seconds) i++;
        double f = (seconds - times[i - 1]) / (times[i] - times[i - 1]);
        return kelvin[i - 1] + f * (kelvin[i] - kelvin[i - 1]);
    }

    /** What tells this history from another. */
    String fingerprint() {
        return times.length + " temperatures "
                + Integer.toHexString(31 * Arrays.hashCode(times) + Arrays.hashCode(kelvin));
    }

    @Override
    public Material at(double seconds) {
        double t = temperature(seconds);
        return new Material(
                s.gammaSurface(),
                s.gammaGb(),
                new Material.Diffusion(
                        mobility(s.mVolume().number(), s.dVolume(), s.qVolume(), t),
                        mobility(s.mVapour().number(), s.dVapour(), s.qVapour(), t),
                        mobility(s.mSurface().number(), s.dSurface(), s.qSurface(), t),
                        mobility(s.mBoundary().number(), s.dGb(), s.qGb(), t)),
                s.mEta(),
                s.motion());
    }

    /** The mobility that was given, or that of a diffusivity; both for the temperature of the settings. */
    private double mobility(double given, double d, double q, double t) {
        double reference = s.temperatureK();
        double there = Double.isNaN(given) ? d * s.molarVolume() / (Material.GAS_CONSTANT * reference) : given;
        if (t == reference) return there;
        return there * Math.exp(-q / Material.GAS_CONSTANT * (1 / t - 1 / reference)) * reference / t;
    }
}
