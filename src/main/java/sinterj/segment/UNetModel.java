package sinterj.segment;

import sinterj.image.VoxelSize;

/**
 * A trained network with all that is needed to apply it as it was trained.
 *
 * @param weights the network
 * @param values the value of each class in label images
 * @param scale working scale
 * @param rule how grey values become numbers
 * @param recipe how it was trained
 * @param voxel voxel size of the images it was trained on
 * @param score mean IoU on labels that it has not learnt from; -1 if there was none
 * @param iou the same of each class
 * @param step steps after which it was best
 * @param labelled labelled voxels of each class that it was trained and scored on
 */
public record UNetModel(
        Weights weights,
        int[] values,
        double scale,
        Normalisation.Rule rule,
        Recipe recipe,
        VoxelSize voxel,
        double score,
        double[] iou,
        int step,
        long[] labelled) {}
