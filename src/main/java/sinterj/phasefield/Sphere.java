package sinterj.phasefield;

/**
 * A particle, in metres; the origin is the corner of the grid.
 *
 * @param id its label, from 1 on
 * @param x centre
 * @param y centre
 * @param z centre
 * @param radius radius
 */
public record Sphere(int id, double x, double y, double z, double radius) {}
