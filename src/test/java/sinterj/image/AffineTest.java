package sinterj.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;

class AffineTest {
    private static final Affine SOME = new Affine(0.9, -0.2, 0.3, 1.1, 4, -5);

    @Test
    void inverseLeadsBack() {
        Affine there = SOME.then(SOME.inverse());
        assertEquals(7, there.x(7, -3), 1e-12);
        assertEquals(-3, there.y(7, -3), 1e-12);
    }

    @Test
    void thenAppliesTheFirstMapFirst() {
        Affine shift = Affine.shift(10, 20);
        double x = shift.x(SOME.x(2, 3), SOME.y(2, 3));
        double y = shift.y(SOME.x(2, 3), SOME.y(2, 3));
        assertEquals(x, SOME.then(shift).x(2, 3), 1e-12);
        assertEquals(y, SOME.then(shift).y(2, 3), 1e-12);
        Affine turned = shift.then(SOME);
        assertEquals(SOME.x(12, 23), turned.x(2, 3), 1e-12);
        assertEquals(SOME.y(12, 23), turned.y(2, 3), 1e-12);
    }

    @Test
    void flatAndEndlessMapsAreRefused() {
        assertThrows(InvalidInput.class, () -> new Affine(1, 2, 2, 4, 0, 0).inverse());
        assertThrows(InvalidInput.class, () -> new Affine(1, 0, 0, 1, Double.NaN, 0));
    }
}
