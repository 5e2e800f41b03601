package sinterj.tomo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A heap of balls that sinter: each ball touches an earlier one through a neck, and as time goes on centres approach,
 * small balls are eaten up and the others grow. A stand-in for copper particles heated in a microscope, thin along the
 * beam so that a tilt range of 40 degrees to either side sees all of it. It follows a recipe, not physics: neck sizes
 * and times mean nothing beyond that.
 *
 * <p>Lengths are fractions of the field of view. At every stage the solid stays within {@code sqrt(x^2 + z^2) < 0.44},
 * {@code |y| < 0.44} and {@code |z| < 0.26}, give or take the growth of a ball.
 */
public final class SinteringPhantom {
    private static final double FIRST_RADIUS = 0.085;
    private static final double SMALLEST = 0.055;
    private static final double LARGEST = 0.10;
    private static final double ACROSS = 0.44;
    private static final double ALONG_BEAM = 0.26;

    /** Centre distance of neighbours over the sum of their radii, at first and at last. */
    private static final double LOOSE = 0.98;

    private static final double SINTERED = 0.75;
    private static final int SHRINKING = 4;
    private static final double SHRINKAGE = 0.60;
    private static final double GROWTH = 0.06;
    private static final int ATTEMPTS = 1_000_000;

    /** A ball and the earlier one that it hangs on, in direction (x, y, z) of length 1. */
    private record Ball(int parent, double x, double y, double z, double radius) {}

    private final List<Ball> balls;
    private final double shrinkBelow;

    private SinteringPhantom(List<Ball> balls) {
        this.balls = balls;
        double[] radii = balls.stream().mapToDouble(Ball::radius).sorted().toArray();
        shrinkBelow = radii[Math.min(SHRINKING, radii.length - 1)];
    }

    /**
     * Makes a heap.
     *
     * @param count number of balls, from 1 to some dozens
     * @param seed same seed, same heap
     * @throws IllegalStateException if so many balls do not fit
     */
    public static SinteringPhantom of(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Ball> balls = new ArrayList<>();
        List<Sphere> placed = new ArrayList<>();
        balls.add(new Ball(-1, 0, 0, 0, FIRST_RADIUS));
        placed.add(new Sphere(0, 0, 0, FIRST_RADIUS));
        for (int attempt = 0; placed.size() < count; attempt++) {
            if (attempt == ATTEMPTS) throw new IllegalStateException("no room for ball " + (placed.size() + 1));
            Ball ball = drawn(random, placed.size());
            Sphere sphere = attached(ball, placed.get(ball.parent), ball.radius, LOOSE);
            if (!fits(sphere, placed, ball.parent)) continue;
            balls.add(ball);
            placed.add(sphere);
        }
        return new SinteringPhantom(balls);
    }

    private static Ball drawn(SplittableRandom random, int placed) {
        double radius = SMALLEST + (LARGEST - SMALLEST) * random.nextDouble();
        int parent = (int) (random.nextDouble() * placed);
        // Uniform on the sphere: the height is uniform, and so is the longitude.
        double z = 2 * random.nextDouble() - 1;
        double longitude = 2 * Math.PI * random.nextDouble();
        double across = Math.sqrt(1 - z * z);
        return new Ball(parent, across * StrictMath.cos(longitude), across * StrictMath.sin(longitude), z, radius);
    }

    private static Sphere attached(Ball ball, Sphere parent, double radius, double closeness) {
        double distance = closeness * (parent.radius() + radius);
        return new Sphere(
                parent.x() + distance * ball.x, parent.y() + distance * ball.y, parent.z() + distance * ball.z, radius);
    }

    private static boolean fits(Sphere s, List<Sphere> placed, int parent) {
        boolean inside = Math.sqrt(s.x() * s.x() + s.z() * s.z()) + s.radius() < ACROSS
                && Math.abs(s.y()) + s.radius() < ACROSS
                && Math.abs(s.z()) + s.radius() < ALONG_BEAM;
        for (int i = 0; inside && i < placed.size(); i++) {
            if (i != parent)
                inside = s.distanceTo(placed.get(i))
                        >= LOOSE * (s.radius() + placed.get(i).radius());
        }
        return inside;
    }

    /**
     * The solid at a time.
     *
     * @param stage 0 at first, 1 at last
     * @param fieldOfView what the fractions are multiplied by: the side of the image in nm, for instance
     */
    public SpherePhantom at(double stage, double fieldOfView) {
        double closeness = LOOSE + (SINTERED - LOOSE) * stage;
        List<Sphere> spheres = new ArrayList<>(balls.size());
        for (Ball ball : balls) {
            double change = ball.radius < shrinkBelow ? -SHRINKAGE : GROWTH;
            double radius = ball.radius * (1 + change * stage);
            spheres.add(
                    ball.parent < 0
                            ? new Sphere(0, 0, 0, radius)
                            : attached(ball, spheres.get(ball.parent), radius, closeness));
        }
        return new SpherePhantom(
                spheres.stream().map(s -> s.scaled(fieldOfView)).toList());
    }
}
