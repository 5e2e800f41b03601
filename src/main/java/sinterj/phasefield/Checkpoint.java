package sinterj.phasefield;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import sinterj.base.InvalidInput;

/**
 * A run that can be taken up again: its frames so far and the point behind them, as compressed bytes.
 *
 * @param owner text that tells which run it belongs to: its start and settings
 * @param frames frames so far
 * @param point where to go on
 */
public record Checkpoint(String owner, List<Frame> frames, SinterRun.RestartPoint point) {
    private static final int MAGIC = 0x536a4350;
    private static final int VERSION = 1;

    /** Writes it; the stream is closed. */
    public void writeTo(OutputStream stream) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new GZIPOutputStream(stream)))) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeUTF(owner);
            out.writeInt(point.nextFrame());
            out.writeDouble(point.step());
            writeState(out, point.state());
            out.writeInt(frames.size());
            for (Frame frame : frames) writeFrame(out, frame);
        }
    }

    /**
     * Reads what {@link #writeTo} wrote; the stream is closed. No more memory is asked for than a run on the grid needs,
     * whatever the file claims.
     *
     * @param owner text of the run that is to go on
     * @param grid its grid
     * @param most number of its frames
     * @throws InvalidInput if it is no checkpoint, one of another run, or damaged
     */
    public static Checkpoint read(InputStream stream, String owner, Grid grid, int most) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(new GZIPInputStream(stream)))) {
            if (in.readInt() != MAGIC || in.readInt() != VERSION) {
                throw new InvalidInput("it is no checkpoint of this version. Give another 'checkpoint'.");
            }
            if (!in.readUTF().equals(owner)) {
                throw new InvalidInput("it is the checkpoint of another run: its start, material or times differ."
                        + " Delete it, or give another 'checkpoint'.");
            }
            int nextFrame = within(in.readInt(), 1, most);
            double step = in.readDouble();
            SinterState state = readState(in, grid);
            List<Frame> frames = new ArrayList<>();
            int count = within(in.readInt(), nextFrame, nextFrame);
            for (int i = 0; i < count; i++) frames.add(readFrame(in, grid));
            return new Checkpoint(owner, frames, new SinterRun.RestartPoint(state, nextFrame, step));
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidInput("it is damaged, or no checkpoint. Delete it, or give another 'checkpoint'.", e);
        }
    }

    private static int within(int number, int least, int most) throws IOException {
        if (number < least || number > most) throw new IOException(number + " is not " + least + " to " + most);
        return number;
    }

    private static void writeState(DataOutputStream out, SinterState state) throws IOException {
        Grid grid = state.grid();
        for (int axis = 0; axis < 3; axis++) {
            out.writeInt(grid.size(axis));
            out.writeBoolean(grid.periodic(axis));
        }
        out.writeDouble(grid.spacing());
        out.writeDouble(grid.interfaceVoxels());
        write(out, state.density());
        write(out, state.lost());
        out.writeInt(state.grains().size());
        for (SinterState.Grain grain : state.grains()) {
            out.writeInt(grain.id());
            for (int axis = 0; axis < 3; axis++) {
                out.writeInt(grain.from()[axis]);
                out.writeInt(grain.size()[axis]);
            }
            for (float value : grain.values()) out.writeFloat(value);
        }
    }

    private static SinterState readState(DataInputStream in, Grid grid) throws IOException {
        boolean same = true;
        for (int axis = 0; axis < 3; axis++) {
            same &= in.readInt() == grid.size(axis);
            same &= in.readBoolean() == grid.periodic(axis);
        }
        same &= in.readDouble() == grid.spacing();
        same &= in.readDouble() == grid.interfaceVoxels();
        if (!same) throw new IOException("another grid");
        float[][] density = readPlanes(in, grid);
        float[][] lost = readPlanes(in, grid);
        List<SinterState.Grain> grains = new ArrayList<>();
        int count = within(in.readInt(), 1, Integer.MAX_VALUE);
        for (int g = 0; g < count; g++) grains.add(readGrain(in, grid));
        return new SinterState(grid, density, lost, grains);
    }

    private static SinterState.Grain readGrain(DataInputStream in, Grid grid) throws IOException {
        int id = in.readInt();
        int[] from = new int[3];
        int[] size = new int[3];
        long voxels = 1;
        for (int axis = 0; axis < 3; axis++) {
            from[axis] = in.readInt();
            size[axis] = within(in.readInt(), 1, grid.size(axis));
            voxels *= size[axis];
        }
        float[] values = new float[within((int) Math.min(voxels, Integer.MAX_VALUE), 1, Integer.MAX_VALUE - 8)];
        for (int i = 0; i < values.length; i++) values[i] = in.readFloat();
        return new SinterState.Grain(id, from, size, values);
    }

    private static void writeFrame(DataOutputStream out, Frame frame) throws IOException {
        out.writeInt(frame.index());
        out.writeDouble(frame.seconds());
        write(out, frame.density());
        write(out, frame.labels());
        out.writeDouble(frame.energy());
        out.writeDouble(frame.mass());
        out.writeLong(frame.evaluations());
        out.writeInt(frame.grains().size());
        for (Frame.GrainSize g : frame.grains()) {
            out.writeInt(g.id());
            writeAll(out, g.volume(), g.x(), g.y(), g.z());
        }
        out.writeInt(frame.contacts().size());
        for (Frame.Neck neck : frame.contacts()) {
            out.writeInt(neck.one());
            out.writeInt(neck.two());
            writeAll(out, neck.area(), neck.distance());
        }
    }

    private static Frame readFrame(DataInputStream in, Grid grid) throws IOException {
        int index = in.readInt();
        double seconds = in.readDouble();
        float[][] density = readPlanes(in, grid);
        float[][] labels = readPlanes(in, grid);
        double energy = in.readDouble();
        double mass = in.readDouble();
        long evaluations = in.readLong();
        List<Frame.GrainSize> grains = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            grains.add(new Frame.GrainSize(
                    in.readInt(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()));
        }
        List<Frame.Neck> necks = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            necks.add(new Frame.Neck(in.readInt(), in.readInt(), in.readDouble(), in.readDouble()));
        }
        return new Frame(index, seconds, grid, density, labels, energy, mass, grains, necks, evaluations);
    }

    private static void writeAll(DataOutputStream out, double... numbers) throws IOException {
        for (double number : numbers) out.writeDouble(number);
    }

    private static void write(DataOutputStream out, float[][] planes) throws IOException {
        for (float[] plane : planes) for (float value : plane) out.writeFloat(value);
    }

    private static float[][] readPlanes(DataInputStream in, Grid grid) throws IOException {
        float[][] planes = new float[grid.nz()][grid.nx() * grid.ny()];
        for (float[] plane : planes) for (int i = 0; i < plane.length; i++) plane[i] = in.readFloat();
        return planes;
    }
}
