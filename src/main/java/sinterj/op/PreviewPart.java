package sinterj.op;

/**
 * What a preview of one plane is made from where the plane alone does not do, because the work compares it with others.
 *
 * @param inputs the inputs of an operation, cut to the planes that matter
 * @param settings settings that fit them
 * @param slice where the plane lies in the first image made from them, counted from 0
 * @param frame its time point there, counted from 0
 */
public record PreviewPart<P extends Record>(Inputs inputs, P settings, int slice, int frame) {}
