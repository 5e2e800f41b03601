package sinterj.image;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;

/**
 * The particles of a volume or of a series of volumes: a threshold, a split at the necks ({@link Grains}), and one
 * number for each particle through time ({@link ParticleTracker}). Numbers of the first frame go by size, 1 the largest.
 *
 * @param labels one image for each frame, 0 outside
 * @param rows every particle of every frame, in the order of frames and numbers
 * @param threshold that was used
 */
public record Particles(List<LabelVolume> labels, List<Particle> rows, double threshold) {
    public Particles {
        labels = List.copyOf(labels);
        rows = List.copyOf(rows);
    }

    /**
     * Finds particles.
     *
     * @param frames grey values, fractions, probabilities or masks, of equal size and voxels; not changed
     * @param options how
     * @throws InvalidInput if no voxel, or every voxel of a frame, is solid. Cost: O(voxels), about 30 bytes a voxel of
     *     one frame beside the labels
     */
    public static Particles find(List<Volume> frames, ParticleOptions options, Progress progress) {
        boolean auto = Double.isNaN(options.threshold());
        List<Volume> smooth = smoothed(frames, options.smooth(), progress.part(0, 0.1));
        double threshold = auto ? AutoThreshold.of(smooth, progress) : options.threshold();
        List<LabelVolume> labels = new ArrayList<>();
        List<Particle> rows = new ArrayList<>();
        ParticleTracker tracker = null;
        for (int t = 0; t < smooth.size(); t++) {
            Progress part = progress.part(0.1 + 0.9 * t / frames.size(), 0.1 + 0.9 * (t + 1) / frames.size());
            Volume volume = smooth.get(t);
            int width = volume.width();
            int[][] found = ParticleSplit.of(solid(volume, threshold, t, part), volume.size(), options, part);
            if (!options.track() || t == 0) {
                tracker = new ParticleTracker(found, width, volume.size());
            } else {
                found = tracker.next(found, part);
            }
            labels.add(LabelVolume.of(found, width, volume.size()));
            rows.addAll(new ParticleTable(found, width).rows(t, volume.size()));
        }
        if (rows.isEmpty()) {
            throw new InvalidInput("No particle was found: no voxel reaches the threshold " + threshold
                    + ", or all are smaller than the least volume. Lower 'threshold' or 'min_volume'.");
        }
        return new Particles(labels, rows, threshold);
    }

    private static PhaseMask solid(Volume volume, double threshold, int frame, Progress progress) {
        int width = volume.width();
        PhaseMask solid = PhaseMask.where(
                width, volume.height(), volume.depth(), volume::plane, progress, (v, i) -> v[i] >= threshold);
        if (solid.count() == solid.size()) {
            throw new InvalidInput("Every voxel of frame " + (frame + 1) + " reaches the threshold " + threshold
                    + ", so nothing separates particles. Raise 'threshold'.");
        }
        return solid;
    }

    private static List<Volume> smoothed(List<Volume> frames, double smooth, Progress progress) {
        if (smooth == 0) return frames;
        List<Volume> smoothed = new ArrayList<>();
        for (Volume volume : frames) {
            progress.report((double) smoothed.size() / frames.size(), "Smoothing");
            float[][] planes = IntStream.range(0, volume.depth())
                    .mapToObj(z -> Planes.copyPlane(volume.voxels(), z, new float[volume.width() * volume.height()]))
                    .toArray(float[][]::new);
            VoxelSize voxel = volume.size();
            double[] sigma = {smooth, smooth * voxel.x() / voxel.y(), smooth * voxel.x() / voxel.z()};
            if (volume.depth() == 1) sigma[2] = 0;
            GaussianBlur.blur(planes, volume.width(), sigma, progress);
            smoothed.add(new Volume(Planes.ofFloats(List.of(planes), volume.width(), volume.height()), voxel));
        }
        return smoothed;
    }
}
