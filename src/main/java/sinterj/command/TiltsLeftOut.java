package sinterj.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Table;
import sinterj.image.TiltSeries;
import sinterj.tomo.TiltHealth;

/**
 * Which projections of a series take no part, named by number or angle, or found because they are dead or saturated. All
 * time points lose the same ones, so that all are seen under the same tilts.
 */
final class TiltsLeftOut {
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,7})(?:-(\\d{1,7}))?");
    private static final Pattern ANGLE = Pattern.compile("([-+]?\\d+(?:\\.\\d+)?)deg");

    /** Angles are given to a tenth of a degree or so. */
    private static final double SAME_DEG = 0.05;

    private final List<TiltSeries> series;
    private final TiltHealth[][] health;
    private final boolean[] out;

    /**
     * @param text words separated by blanks or commas: {@code auto}, a number counted from 1, a range of them as
     *     {@code 3-5}, an angle as {@code -34deg}; {@code none} or nothing leaves out none
     * @param series one per time point
     * @throws InvalidInput if a word is none of these or names no projection, or no projection remains that shows
     *     anything
     */
    TiltsLeftOut(String text, List<TiltSeries> series, Progress progress) {
        this.series = series;
        health = series.stream().map(s -> TiltHealth.of(s, progress)).toArray(TiltHealth[][]::new);
        out = new boolean[series.get(0).count()];
        for (String word : text.trim().split("[\\s,]+")) leaveOut(word);
        requireSomeKept();
    }

    private void leaveOut(String word) {
        Matcher numbers = NUMBERS.matcher(word);
        Matcher angle = ANGLE.matcher(word);
        if (word.isEmpty() || word.equals("none")) return;
        if (word.equals("auto")) {
            for (int k = 0; k < out.length; k++) out[k] |= state(k) != TiltHealth.State.GOOD;
        } else if (numbers.matches()) {
            int first = Integer.parseInt(numbers.group(1));
            int last = numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2));
            if (first < 1 || last < first || last > out.length) {
                throw new InvalidInput("'exclude' names projection " + word + ", but they are numbered from 1 to "
                        + out.length + ". Give numbers or ranges within these.");
            }
            Arrays.fill(out, first - 1, last, true);
        } else if (angle.matches()) {
            leaveOutAngle(word, Double.parseDouble(angle.group(1)));
        } else {
            throw new InvalidInput("'exclude' holds '" + word + "'. Allowed: none, auto, numbers counted from 1 as 7,"
                    + " ranges as 3-5, and angles as -34deg, separated by blanks.");
        }
    }

    private void leaveOutAngle(String word, double wanted) {
        double[] angles = series.get(0).anglesDeg();
        double nearest = Arrays.stream(angles)
                .boxed()
                .min((a, b) -> Double.compare(Math.abs(a - wanted), Math.abs(b - wanted)))
                .orElseThrow();
        if (Math.abs(nearest - wanted) > SAME_DEG) {
            throw new InvalidInput("'exclude' names the tilt at " + word + ", but the nearest one is at " + nearest
                    + " degrees. Give an angle of the series.");
        }
        for (int k = 0; k < out.length; k++) out[k] |= Math.abs(angles[k] - wanted) <= SAME_DEG;
    }

    private void requireSomeKept() {
        if (kept().length == 0) {
            throw new InvalidInput("'exclude' leaves out all " + out.length + " projections. Look at them with Inspect"
                    + " Tilt Series..., and name only those that are bad.");
        }
        for (int t = 0; t < health.length; t++) {
            TiltHealth[] tilts = health[t];
            double level = tilts[kept()[0]].mean();
            if (Arrays.stream(kept()).anyMatch(k -> tilts[k].sd() > 0 || tilts[k].mean() != level)) continue;
            throw new InvalidInput("Every pixel" + (health.length > 1 ? " of frame " + (t + 1) : "") + " is " + level
                    + ": there is nothing to reconstruct. Open the series again, or leave the frame out.");
        }
    }

    /** The worst that was found of a projection over time. */
    private TiltHealth.State state(int tilt) {
        for (TiltHealth[] frame : health) if (frame[tilt].state() != TiltHealth.State.GOOD) return frame[tilt].state();
        return TiltHealth.State.GOOD;
    }

    private int[] kept() {
        return IntStream.range(0, out.length).filter(k -> !out[k]).toArray();
    }

    /** The projections that remain, per time point. */
    List<TiltSeries> remaining() {
        int[] kept = kept();
        if (kept.length == out.length) return series;
        return series.stream().map(s -> s.withTilts(kept)).toList();
    }

    /** A row per projection that is bad or left out; without rows if all are good and used. */
    Table table() {
        Table table = new Table("tilt", "angle_deg", "state", "frames", "used");
        for (int k = 0; k < out.length; k++) {
            if (!out[k] && state(k) == TiltHealth.State.GOOD) continue;
            int tilt = k;
            long frames = Arrays.stream(health)
                    .filter(h -> h[tilt].state() != TiltHealth.State.GOOD)
                    .count();
            table.add(k + 1, series.get(0).anglesDeg()[k], word(k), frames, !out[k]);
        }
        return table;
    }

    private String word(int tilt) {
        return state(tilt).name().toLowerCase(Locale.ROOT);
    }

    /** What a reader of the volume should know of the projections; empty if all are good and used. */
    String note() {
        List<String> left = new ArrayList<>();
        List<String> bad = new ArrayList<>();
        for (int k = 0; k < out.length; k++) {
            String name = (k + 1) + " (" + series.get(0).anglesDeg()[k] + " degrees, " + word(k) + ")";
            if (out[k]) left.add(name);
            else if (state(k) != TiltHealth.State.GOOD) bad.add(name);
        }
        String text = left.isEmpty() ? "" : "Left out: " + String.join(", ", left) + ".";
        if (bad.isEmpty()) return text;
        return (text + " Used though bad: " + String.join(", ", bad) + "; exclude=auto leaves them out.").trim();
    }
}
