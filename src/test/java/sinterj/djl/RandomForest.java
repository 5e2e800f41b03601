package sinterj.djl;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import sinterj.image.Mirror;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.segment.Blur;

/**
 * What pixel classifiers such as Trainable Weka Segmentation do: a random forest of features of several scales, here
 * smoothed grey values, length of the gradient, eigenvalues of the Hessian, Laplacian, local deviation; by Tribuo.
 */
final class RandomForest {
    private static final double[] SCALES = {1, 2, 4, 8};
    private static final int TREES = 50;
    private static final int PER_CLASS_AND_SLICE = 400;

    private final String[] names;
    private final Model<Label> model;

    RandomForest(Volume image, Volume truth, int classes) {
        names = names();
        Logger.getLogger("org.tribuo").setLevel(Level.WARNING);
        LabelFactory factory = new LabelFactory();
        MutableDataset<Label> data = new MutableDataset<>(new SimpleDataSourceProvenance("slices", factory), factory);
        SplittableRandom random = new SplittableRandom(1);
        for (int z = 0; z < image.depth(); z++) {
            float[][] features = features(image.plane(z), image.width(), image.height());
            float[] labels = truth.plane(z);
            for (int c = 0; c < classes; c++) {
                List<Integer> places = new ArrayList<>();
                for (int i = 0; i < labels.length; i++) if (labels[i] == c) places.add(i);
                for (int n = 0; n < Math.min(PER_CLASS_AND_SLICE, places.size()); n++) {
                    int at = places.get(random.nextInt(places.size()));
                    data.add(new ArrayExample<>(new Label(Integer.toString(c)), names, at(features, at)));
                }
            }
        }
        // A root of all features is tried at each split, as usual.
        CARTClassificationTrainer tree =
                new CARTClassificationTrainer(20, (float) (Math.sqrt(names.length) / names.length), 1);
        model = new RandomForestTrainer<>(tree, new VotingCombiner(), TREES, 1).train(data);
    }

    Volume segmented(Volume image) {
        List<byte[]> planes = new ArrayList<>();
        for (int z = 0; z < image.depth(); z++) {
            float[][] features = features(image.plane(z), image.width(), image.height());
            byte[] plane = new byte[image.width() * image.height()];
            for (int i = 0; i < plane.length; i++) {
                ArrayExample<Label> pixel = new ArrayExample<>(LabelFactory.UNKNOWN_LABEL, names, at(features, i));
                plane[i] = Byte.parseByte(model.predict(pixel).getOutput().getLabel());
            }
            planes.add(plane);
        }
        return new Volume(Planes.ofBytes(planes, image.width(), image.height()), image.size());
    }

    private static String[] names() {
        List<String> names = new ArrayList<>(List.of("grey"));
        for (double s : SCALES) {
            for (String f : new String[] {"smooth", "gradient", "high", "low", "laplace", "deviation"})
                names.add(f + s);
        }
        return names.toArray(String[]::new);
    }

    private static double[] at(float[][] features, int i) {
        double[] values = new double[features.length];
        for (int f = 0; f < values.length; f++) values[f] = features[f][i];
        return values;
    }

    private static float[][] features(float[] plane, int width, int height) {
        List<float[]> all = new ArrayList<>(List.of(plane));
        float[] squares = new float[plane.length];
        for (int i = 0; i < plane.length; i++) squares[i] = plane[i] * plane[i];
        for (double s : SCALES) {
            float[] smooth = Blur.plane(plane, width, height, s, s);
            float[] square = Blur.plane(squares, width, height, s, s);
            float[][] made = new float[5][plane.length];
            for (int i = 0; i < plane.length; i++) {
                int x = i % width;
                int y = i / width;
                int left = Mirror.at(x - 1, width) + width * y;
                int right = Mirror.at(x + 1, width) + width * y;
                int up = x + width * Mirror.at(y - 1, height);
                int down = x + width * Mirror.at(y + 1, height);
                double dx = (smooth[right] - smooth[left]) / 2;
                double dy = (smooth[down] - smooth[up]) / 2;
                double xx = smooth[right] + smooth[left] - 2 * smooth[i];
                double yy = smooth[down] + smooth[up] - 2 * smooth[i];
                double xy = (smooth[Mirror.at(x + 1, width) + width * Mirror.at(y + 1, height)]
                                + smooth[Mirror.at(x - 1, width) + width * Mirror.at(y - 1, height)]
                                - smooth[Mirror.at(x + 1, width) + width * Mirror.at(y - 1, height)]
                                - smooth[Mirror.at(x - 1, width) + width * Mirror.at(y + 1, height)])
                        / 4;
                double root = Math.sqrt((xx - yy) * (xx - yy) / 4 + xy * xy);
                made[0][i] = (float) Math.hypot(dx, dy);
                made[1][i] = (float) ((xx + yy) / 2 + root);
                made[2][i] = (float) ((xx + yy) / 2 - root);
                made[3][i] = (float) (xx + yy);
                made[4][i] = (float) Math.sqrt(Math.max(0, square[i] - smooth[i] * smooth[i]));
            }
            all.add(smooth);
            all.addAll(List.of(made));
        }
        return all.toArray(float[][]::new);
    }
}
