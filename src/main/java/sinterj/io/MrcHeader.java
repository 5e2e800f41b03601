package sinterj.io;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import sinterj.image.VoxelSize;

/**
 * What the header of an MRC file says, checked against the length of the file: the planes are all there.
 *
 * @param file the file
 * @param width pixels along x
 * @param height pixels along y; the first row of the file is row 0
 * @param sections number of planes
 * @param mode how a pixel is stored
 * @param order byte order of everything but the text
 * @param dataOffset where the first plane starts, in bytes
 * @param size sides of a voxel in nm, from the cell; uncalibrated if the file does not say
 * @param extended what lies between header and planes
 * @param labels texts in the header, trimmed
 */
public record MrcHeader(
        Path file,
        int width,
        int height,
        int sections,
        MrcMode mode,
        ByteOrder order,
        long dataOffset,
        VoxelSize size,
        Extended extended,
        List<String> labels) {

    /**
     * The extended header: its place is from byte 1024 to the data.
     *
     * @param type four letters such as {@code FEI1} or {@code SERI}; empty in files from before MRC2014
     * @param version of the format, such as 20140; 0 in older files
     * @param integers IMOD's field nint: integers a section, or bytes a section
     * @param reals IMOD's field nreal: floats a section, or which facts are given
     * @param imod whether IMOD wrote the file
     */
    public record Extended(String type, int version, int integers, int reals, boolean imod) {}

    public MrcHeader {
        labels = List.copyOf(labels);
    }

    /** Pixels of a plane; they fit into an array. */
    public int pixelsPerPlane() {
        return width * height;
    }

    /** Bytes of a plane in the file. */
    public long bytesPerPlane() {
        return (long) pixelsPerPlane() * mode.bytes();
    }

    /** Bytes that all planes take in memory, with what it costs to keep many small ones. */
    public long bytesInMemory() {
        return sections * ((long) pixelsPerPlane() * mode.bytesInMemory() + 100);
    }

    /** Bytes between the header and the first plane. */
    public long extendedBytes() {
        return dataOffset - MrcFields.BYTES;
    }

    /**
     * Whether row 0 is the top of the picture for those who took it. By convention of the format it is the bottom; the
     * first files of FEI's software have it at the top.
     */
    public boolean topRowFirst() {
        return extended.type.startsWith("FEI") && extended.version == 20140 && !extended.imod;
    }
}
