package sinterj.op;

import java.nio.file.Path;
import java.util.Map;
import sinterj.base.Progress;

/** Opens and writes files as the program at hand does, for an operation that runs others on many files. */
public interface FileDoor {
    /**
     * What a call reads.
     *
     * @throws sinterj.base.InvalidInput if something cannot be opened
     */
    Inputs read(Call<?> call, Progress progress);

    /**
     * Looks before the work starts whether the outputs can be written.
     *
     * @param paths by output slot
     * @throws sinterj.base.InvalidInput if one cannot
     */
    void requireWritable(OperationInfo<?> info, Map<String, Path> paths);

    /**
     * Writes outputs.
     *
     * @param paths by output slot; each of them must have been made
     */
    void write(Outputs outputs, Map<String, Path> paths);
}
