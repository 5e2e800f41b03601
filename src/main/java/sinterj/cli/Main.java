package sinterj.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import sinterj.base.ConsoleOutput;
import sinterj.base.InvalidInput;
import sinterj.command.Operations;
import sinterj.ij.InputFinder;
import sinterj.op.Call;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.Outputs;
import sinterj.op.Runner;

/** The shell door: runs one operation, lists them, or runs an ImageJ macro. */
@ConsoleOutput
public final class Main {
    private static final int DONE = 0;
    private static final int OUR_FAULT = 1;
    private static final int WRONG_INPUT = 2;
    static final int CANCELLED = 130;

    private final PrintStream out;
    private final PrintStream err;

    Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** @param words {@code <id> --key value ...}, {@code list}, {@code <id> --help} or {@code macro <file> [argument]} */
    public static void main(String[] words) {
        System.exit(new Main(System.out, System.err).run(Arrays.asList(words)));
    }

    /** Does what the words say and returns the exit code: 0 done, 2 wrong input, 130 cancelled, 1 our fault. */
    int run(List<String> words) {
        try {
            dispatch(words);
            return DONE;
        } catch (InvalidInput e) {
            err.println(e.getMessage());
            return WRONG_INPUT;
        } catch (CancellationException e) {
            err.println("Cancelled; nothing was written.");
            return CANCELLED;
        } catch (OutOfMemoryError e) {
            err.println("The memory is used up. Crop, bin by 2, or use a machine with more memory.");
            return WRONG_INPUT;
        } catch (RuntimeException | Error e) {
            e.printStackTrace(err);
            err.println("SinterJ failed (" + e + "). This is a fault of SinterJ.");
            return OUR_FAULT;
        }
    }

    private void dispatch(List<String> words) {
        if (words.isEmpty() || words.get(0).equals("--help") || words.get(0).equals("help")) {
            out.print(HelpText.general());
        } else if (words.get(0).equals("list")) {
            out.print(HelpText.list());
        } else if (words.get(0).equals("macro")) {
            MacroRun.run(words.subList(1, words.size()));
        } else {
            operation(Operations.byId(words.get(0)), words.subList(1, words.size()));
        }
    }

    /** Runs an operation with the words behind its id. */
    void operation(Operation<?> operation, List<String> words) {
        if (words.contains("--help")) {
            out.print(HelpText.of(operation.info()));
            return;
        }
        Arguments arguments = Arguments.of(operation, words);
        ShellFiles files = new ShellFiles(arguments, out);
        files.requireWritable();
        OperationInfo<?> info = operation.info();
        ShellProgress progress = new ShellProgress(
                arguments.quiet() ? null : err, info.has(OperationInfo.Trait.KEEPS_BEST), arguments.threads());
        Interrupts.listen(progress::interrupt);
        Outputs outputs = outputs(arguments.call(), progress);
        progress.writing();
        files.write(outputs);
    }

    private static <P extends Record> Outputs outputs(Call<P> call, ShellProgress progress) {
        return Runner.run(call.operation(), new InputFinder(progress).find(call), call.settings(), progress);
    }
}
