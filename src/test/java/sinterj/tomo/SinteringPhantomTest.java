package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SinteringPhantomTest {
    private static List<Sphere> at(long seed, double stage) {
        return SinteringPhantom.of(24, seed).at(stage, 1).spheres();
    }

    @Test
    void sameSeedSameHeapAndAnotherSeedAnother() {
        assertEquals(at(5, 0.3), at(5, 0.3));
        assertNotEquals(at(5, 0.3), at(6, 0.3));
    }

    @Property(tries = 50)
    void theHeapStaysInsideItsCylinder(@ForAll long seed) {
        for (Sphere s : at(seed, 0)) {
            assertTrue(Math.sqrt(s.x() * s.x() + s.z() * s.z()) + s.radius() < 0.44);
            assertTrue(Math.abs(s.y()) + s.radius() < 0.44 && Math.abs(s.z()) + s.radius() < 0.26);
        }
        for (Sphere s : at(seed, 1)) assertTrue(Math.sqrt(s.x() * s.x() + s.z() * s.z()) + s.radius() < 0.47);
    }

    @Property(tries = 50)
    void everyBallTouchesAnEarlierOneAndOverlapsNoneMoreThanThat(@ForAll long seed) {
        List<Sphere> balls = at(seed, 0);
        for (int i = 1; i < balls.size(); i++) {
            Sphere ball = balls.get(i);
            double closest = balls.subList(0, i).stream()
                    .mapToDouble(b -> b.distanceTo(ball) / (b.radius() + ball.radius()))
                    .min()
                    .orElseThrow();
            assertEquals(0.98, closest, 1e-9);
        }
    }

    @Test
    void smallBallsShrinkTheOthersGrowAndCentresApproach() {
        List<Sphere> first = at(7, 0);
        List<Sphere> last = at(7, 1);
        double[] radii = first.stream().mapToDouble(Sphere::radius).sorted().toArray();
        for (int i = 0; i < 24; i++) {
            double change = first.get(i).radius() < radii[4] ? 0.4 : 1.06;
            assertEquals(change * first.get(i).radius(), last.get(i).radius(), 1e-12);
        }
        assertTrue(IntStream.range(1, 24)
                .allMatch(i -> IntStream.range(0, i).anyMatch(j -> {
                    double sum = last.get(i).radius() + last.get(j).radius();
                    return Math.abs(last.get(i).distanceTo(last.get(j)) - 0.75 * sum) < 1e-9;
                })));
    }

    @Test
    void theFieldOfViewScalesEveryLength() {
        Sphere small = SinteringPhantom.of(24, 8).at(0.5, 1).spheres().get(9);
        assertEquals(
                small.scaled(128),
                SinteringPhantom.of(24, 8).at(0.5, 128).spheres().get(9));
    }
}
