package sinterj.command;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.NumberOr;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;
import sinterj.segment.Agreement;

/** The command {@code evaluate-segmentation}. */
public final class EvaluateSegmentation implements Operation<EvaluateSegmentation.Settings> {
    /** What is compared. */
    public record Settings(
            @Param(
                    label = "Ignored value of the truth",
                    words = "none",
                    min = 0,
                    max = 16_777_216,
                    doc = "Voxels with this value in the truth are left out, such as those that nobody labelled; none"
                            + " counts every voxel.")
            NumberOr ignore) {
        public Settings {
            if (ignore.isNumber() && ignore.number() != Math.rint(ignore.number())) {
                throw new InvalidInput("'ignore' (Ignored value of the truth) is " + ignore.number()
                        + ", but labels are whole numbers. Give one, or none.");
            }
        }
    }

    private static final String HELP = """
            Compares a segmentation with the truth, voxel by voxel. Both are label images with the same value for the same
            phase.

            Of each class: `iou`, the voxels that both call so over those that either does; `dice`, twice the first over
            the sum of both; `precision`, the part of what was found that is right; `recall`, the part of the truth that
            was found; and `voxels`, its voxels in the truth. **mean_iou**, the same in each row, is the plain mean of the
            IoU over all classes that occur in either image: a rare phase counts as much as a common one.

            Precision of a class that was found nowhere, and recall of one that the truth does not have, are no numbers
            (NaN); its IoU is 0.

            The second table, the confusion table, counts voxels by true class (rows) and found class (columns).

            A score on slices that were used for training says nothing. Neighbouring slices of a stack resemble each
            other: leave a gap between those for training and those for the score.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "evaluate-segmentation",
                        "Segmentation",
                        "Evaluate Segmentation...",
                        "From a segmentation and the truth to the scores of each class.",
                        new Settings(NumberOr.NONE))
                .reads("input", InputSlot.Kind.LABELS, "The segmentation, a value for each phase.")
                .reads("truth", InputSlot.Kind.LABELS, "What is true, with the same values.")
                .makes("scores", OutputSlot.Kind.TABLE, "Scores of each class.")
                .makes("confusion", OutputSlot.Kind.TABLE, "Voxels by true and found class.")
                .help(HELP)
                .cites("Everingham et al., The Pascal Visual Object Classes challenge, Int. J. Comput. Vis. 88, 303"
                        + " (2010), doi:10.1007/s11263-009-0275-4 (intersection over union)");
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        Volume found = in.labels("input").asVolume();
        Volume truth = in.labels("truth").asVolume();
        Agreement agreement = Agreement.of(found, truth, settings.ignore().orElse(Double.NaN), progress);
        return Outputs.none().with("scores", scores(agreement)).with("confusion", confusion(agreement));
    }

    /** The table of scores, a row per class. */
    static Table scores(Agreement a) {
        Table table = new Table("class", "iou", "dice", "precision", "recall", "voxels", "mean_iou");
        for (int c = 0; c < a.classes().length; c++) {
            table.add(a.classes()[c], a.iou(c), a.dice(c), a.precision(c), a.recall(c), a.inTruth(c), a.meanIou());
        }
        return table;
    }

    private static Table confusion(Agreement a) {
        List<String> heads = new ArrayList<>(List.of("class"));
        for (int value : a.classes()) heads.add("found_" + value);
        Table table = new Table(heads);
        for (int t = 0; t < a.classes().length; t++) {
            List<Object> row = new ArrayList<>(List.of(a.classes()[t]));
            for (long count : a.counts()[t]) row.add(count);
            table.add(row.toArray());
        }
        return table;
    }
}
