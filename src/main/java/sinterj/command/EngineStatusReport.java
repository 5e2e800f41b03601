package sinterj.command;

import sinterj.base.Progress;
import sinterj.djl.EngineStatus;
import sinterj.image.Table;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;

/** The command {@code engine-status}. */
public final class EngineStatusReport implements Operation<EngineStatusReport.Settings> {
    /** None. */
    public record Settings() {}

    private static final String HELP = """
            Says which engines there are for U-Nets, where they were found, and what is missing.

            PyTorch trains networks; ONNX Runtime applies them, and is the faster of the two at that. Both are native
            libraries in jars beside the SinterJ jar, for this computer's system and processor. Nothing is ever fetched
            from the network, and nothing is reported to anybody. At their first use they are unpacked into one folder,
            named in the table: `SINTERJ_CACHE` in the environment, or `-Dsinterj.cache=<folder>` at the start of Java,
            names another. The folder may be deleted; it comes back when it is needed.

            Everything in SinterJ but Train U-Net... and Segment With U-Net... works without either.

            | platform | training (PyTorch 2.7.1) | segmenting (ONNX Runtime 1.28.0) |
            |---|---|---|
            | Linux x86_64 | yes | yes |
            | Linux aarch64 | yes | yes |
            | Windows x86_64 | yes | yes |
            | Windows aarch64 | no | no |
            | Mac with Apple processor | yes | yes |
            | Mac with Intel processor | no | no |

            Looking starts no engine.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "engine-status",
                        "",
                        "SinterJ Engine Status...",
                        "Says which engines for U-Nets there are, where they were found, and what is missing.",
                        new Settings())
                .makes("engines", OutputSlot.Kind.TABLE, "A row for each engine.")
                .help(HELP);
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        Table table = new Table("engine", "use", "version", "platform", "state", "found", "folder", "missing");
        progress.check();
        for (EngineStatus e : EngineStatus.all()) {
            table.add(e.engine(), e.use(), e.version(), e.platform(), e.state(), e.found(), e.folder(), e.missing());
        }
        progress.report(1, "Looking for engines");
        return Outputs.none().with("engines", table);
    }
}
