package sinterj.ij;

import java.nio.file.Path;
import java.util.Map;
import sinterj.base.Progress;
import sinterj.op.Call;
import sinterj.op.FileDoor;
import sinterj.op.Inputs;
import sinterj.op.OperationInfo;
import sinterj.op.Outputs;

/** Opens what ImageJ opens and writes as every other command does. */
public final class ImagejFiles implements FileDoor {
    @Override
    public Inputs read(Call<?> call, Progress progress) {
        return new InputFinder(progress).find(call);
    }

    @Override
    public void requireWritable(OperationInfo<?> info, Map<String, Path> paths) {
        Delivery.requireWritable(info, paths);
    }

    @Override
    public void write(Outputs outputs, Map<String, Path> paths) {
        Delivery.writeFiles(paths, outputs);
    }
}
