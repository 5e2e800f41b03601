package sinterj.command;

import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Volume;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;
import sinterj.segment.FibSemCleaning;

/** The command {@code clean-fibsem}. */
public final class CleanFibsem implements Operation<CleanFibsem.Settings> {
    /** How slices are moved. */
    public enum Align {
        TRANSLATION,
        NONE
    }

    /** Whether stripes are looked for. */
    public enum Destripe {
        AUTO,
        NONE
    }

    /** What is taken back. */
    public record Settings(
            @Param(
                    label = "Align slices",
                    doc =
                            "translation moves each slice onto the one before, by parts of a pixel too; none moves nothing.")
            Align align,

            @Param(
                    label = "Take stripes away",
                    doc = "auto takes away the stripes along y that it finds, none where there are none.")
            Destripe destripe,

            @Param(
                    label = "Equalise brightness",
                    doc = "Brings slices to the level of those around them and takes slow slopes across them away.")
            boolean equalise) {}

    private static final String HELP = """
            A focused ion beam cuts slice after slice while an electron microscope records them, for hours: the stage drifts,
            the brightness jumps, the surface charges, and milling leaves stripes. This takes these faults back as far as
            they can be told from the sample.

            **Stripes** run along y, the direction of milling: turn the stack before if yours run along x. What a column has
            that the 51 columns around it have not, in most rows, is a stripe. Odd and even rows are looked at apart, and
            only what both show is taken away, so a stack without stripes stays as it is. Stripes wider than about 25 pixels,
            and slanted ones, stay.

            **Brightness.** Each slice is divided so that its median is that of the 20 slices before and after it; and medians
            of squares of 64 pixels, or a quarter of the image if that is more, are brought to one level within it. A median is
            the grey value of the phase that fills more than half, so set `equalise=false` if none does. Bright halos around
            voids and dark streaks beside them stay: Train U-Net... with `augment=fibsem` learns to see through them.

            **Alignment.** The fine detail of each slice is compared with that of the one before and the steps are summed. A
            structure that leans to one side as a whole looks like drift and is straightened; if some of the image shows what
            should stand upright, mark it by `region`, a mask of the stack's size: the box around what it marks is compared.
            On simulated stacks 0.1 to 0.2 pixels of the drift are left where a section shows some three hundred grains, and up
            to 0.5 where it shows sixty, since few grains move together by chance.
            What comes into view from beyond the border shows the median of its slice. Labels that were drawn before do not
            fit afterwards: clean first.

            8- and 16-bit stacks stay so. The table lists by how much each slice was displaced against the first, in pixels,
            how much brighter it was than its surroundings, the standard deviation of its stripes in grey values, and how much
            its detail was like that of the slice before.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "clean-fibsem",
                        "Segmentation",
                        "Clean FIB-SEM Stack...",
                        "Takes stripes, jumps of brightness and drift out of a FIB-SEM stack.",
                        new Settings(Align.TRANSLATION, Destripe.AUTO, true))
                .reads("input", InputSlot.Kind.IMAGE, "The stack as recorded.")
                .mayRead(
                        "region",
                        InputSlot.Kind.MASK,
                        "A mask of the stack's size: slices are compared in the box around what it marks.")
                .makes("cleaned", OutputSlot.Kind.IMAGE, "The stack without its faults.")
                .makes("slices", OutputSlot.Kind.TABLE, "What was taken back, slice by slice.")
                .help(HELP)
                .cites(
                        "Guizar-Sicairos, M. et al., Efficient subpixel image registration algorithms, Optics Letters 33,"
                                + " 156 (2008), doi:10.1364/OL.33.000156");
    }

    @Override
    public long memory(Inputs in, Settings s) {
        Volume stack = in.volume("input");
        long slice = (long) stack.width() * stack.height();
        // The result, and for each of a few threads some planes and transforms.
        return 4 * stack.count() + 400 * slice;
    }

    @Override
    public Outputs run(Inputs in, Settings s, Progress progress) {
        Volume stack = in.volume("input");
        Volume region = in.has("region") ? in.volume("region") : null;
        if (region != null) PhaseInput.region(in, "region", progress); // refuses a mask of another size
        if (s.align() == Align.TRANSLATION && Math.min(stack.width(), stack.height()) < 2) {
            throw new InvalidInput("The slices are " + stack.width() + " x " + stack.height()
                    + " pixels, too few to be compared. Give align=none.");
        }
        FibSemCleaning.Result made = new FibSemCleaning(
                        s.align() == Align.TRANSLATION, s.destripe() == Destripe.AUTO, s.equalise())
                .run(stack, region, progress);
        return Outputs.none().with("cleaned", made.image()).with("slices", made.table());
    }
}
