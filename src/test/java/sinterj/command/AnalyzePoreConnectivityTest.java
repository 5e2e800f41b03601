package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Phantoms;
import sinterj.image.ReferenceData;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;

class AnalyzePoreConnectivityTest {
    private static Outputs run(Inputs in, Map<String, Object> keys) {
        return run(in, keys, Progress.SILENT);
    }

    private static Outputs run(Inputs in, Map<String, Object> keys, Progress progress) {
        Call<AnalyzePoreConnectivity.Settings> call = Call.of(new AnalyzePoreConnectivity(), keys);
        return Runner.run(call.operation(), in, call.settings(), progress);
    }

    @Test
    void referenceVolumesHaveTheirComponentsFacesAndEulerNumbers() {
        int compared = 0;
        for (Map.Entry<String, JsonElement> entry : ReferenceData.expected().entrySet()) {
            JsonObject about = entry.getValue().getAsJsonObject();
            for (String phase : new String[] {"255", "0"}) {
                JsonObject expected =
                        about.getAsJsonObject(phase.equals("0") ? "background_connectivity" : "connectivity");
                if (expected == null) continue;
                Volume volume = ReferenceData.volume(about);
                for (String adjacency : new String[] {"6", "26"}) {
                    Outputs made =
                            run(Inputs.of(volume), Map.of("phase", phase, "adjacency", adjacency, "probes", "0"));
                    compare(entry.getKey() + " " + phase, expected, adjacency, made);
                    compared++;
                }
            }
        }
        assertTrue(compared > 40, compared + " compared");
    }

    private static void compare(String name, JsonObject expected, String adjacency, Outputs made) {
        Table found = made.table("summary");
        JsonObject parts = expected.getAsJsonObject("conn" + adjacency);
        double close = 1e-7; // the file has eight decimals
        assertEquals(parts.get("n_components").getAsDouble(), found.number(0, "betti0"), name);
        assertEquals(parts.get("largest_fraction").getAsDouble(), found.number(0, "largest"), close, name);
        assertEquals(parts.get("fraction_connected_to_any_face").getAsDouble(), found.number(0, "open"), close, name);
        for (Map.Entry<String, JsonElement> face :
                parts.getAsJsonObject("fraction_connected_to_face").entrySet()) {
            assertEquals(face.getValue().getAsDouble(), found.number(0, "face_" + face.getKey()), close, name);
        }
        JsonObject spanning = parts.getAsJsonObject("fraction_in_spanning_components");
        for (Map.Entry<String, JsonElement> axis : spanning.entrySet()) {
            double fraction = found.number(0, "spanning_" + axis.getKey());
            assertEquals(axis.getValue().getAsDouble(), fraction, close, name);
            boolean percolates =
                    parts.getAsJsonObject("percolates").get(axis.getKey()).getAsBoolean();
            assertEquals(percolates, fraction > 0, name);
        }
        assertEquals(expected.get("euler_" + adjacency).getAsDouble(), found.number(0, "euler"), name);
        assertEquals(expected.get("euler_6").getAsDouble(), found.number(0, "euler_6"), name);
        assertEquals(expected.get("euler_26").getAsDouble(), found.number(0, "euler_26"), name);
        compareComponents(name, parts.getAsJsonArray("component_table"), made.table("components"));
    }

    private static void compareComponents(String name, JsonArray expected, Table found) {
        if (expected == null) return; // too many to be listed
        for (int i = 0; i < expected.size(); i++) {
            JsonObject part = expected.get(i).getAsJsonObject();
            assertEquals(part.get("voxels").getAsDouble(), found.number(i, "voxels"), name);
            if (i > 0 && tied(expected, i)) continue; // equally large ones may be listed in another order
            StringBuilder faces = new StringBuilder();
            part.getAsJsonArray("faces")
                    .forEach(f -> faces.append(faces.isEmpty() ? "" : " ").append(f.getAsString()));
            assertEquals(faces.toString(), found.cell(i, found.column("faces")), name + " component " + i);
        }
    }

    private static boolean tied(JsonArray table, int i) {
        int own = table.get(i).getAsJsonObject().get("voxels").getAsInt();
        boolean before = table.get(i - 1).getAsJsonObject().get("voxels").getAsInt() == own;
        return before
                || i + 1 == table.size()
                || table.get(i + 1).getAsJsonObject().get("voxels").getAsInt() == own;
    }

    @Test
    void aMaskSaysWhereTheSurfaceIs() {
        VoxelSize nm = new VoxelSize(2, 2, 5, "nm");
        // Solid with two pores; air (2) beyond z = 8. Only the pore along z reaches the air.
        Volume volume = Phantoms.volume(
                12,
                12,
                10,
                nm,
                (x, y, z) ->
                        z > 7 ? 2 : x >= 2 && x < 5 && y < 4 && z > 1 || x >= 8 && x < 10 && y > 6 && z < 5 ? 0 : 1);
        Volume air = Phantoms.volume(12, 12, 10, nm, (x, y, z) -> z > 7 ? 255 : 0);
        Inputs in = Inputs.of(volume).with("surface", Frames.of("air", air));
        Outputs made = run(in, Map.of("phase", "0"));
        Table table = made.table("summary");
        double first = 3 * 4 * 6;
        double second = 2 * 5 * 5;
        assertEquals(1, table.number(0, "open"));
        assertEquals(first / (first + second), table.number(0, "connected_to_surface"), 1e-12);
        assertEquals(first / (first + second), table.number(0, "largest_connected_to_surface"), 1e-12);
        assertEquals((first + second) / 1440, table.number(0, "porosity"), 1e-12);
        assertEquals(2, table.number(0, "euler"));
        Table parts = made.table("components");
        assertEquals(first * 20, parts.number(0, "volume"), 1e-9);
        assertEquals(3 * 2, parts.number(0, "x"), 1e-9);
        assertEquals(4.5 * 5, parts.number(0, "z"), 1e-9);
        assertTrue((Boolean) parts.cell(0, parts.column("connected_to_surface")));
        assertFalse((Boolean) parts.cell(1, parts.column("connected_to_surface")));
        assertEquals(nm, made.image("labels").first().size());
        double[] fractions = made.plot("accessible").curves().get(0).y();
        assertEquals(first / (first + second), fractions[0], 1e-12);
    }

    @Test
    void aProbePassesAThroatOnlyIfItFits() {
        // A chamber 12 wide behind a channel 4 wide, in a solid of 255.
        Volume volume = Phantoms.volume(20, 20, 30, (x, y, z) -> {
            boolean channel = z < 12 && x >= 8 && x < 12 && y >= 8 && y < 12;
            boolean chamber = z >= 12 && z < 24 && x >= 4 && x < 16 && y >= 4 && y < 16;
            return channel || chamber ? 0 : 255;
        });
        Outputs made = run(Inputs.of(volume), Map.of("probes", "12"));
        double[] d = made.plot("accessible").curves().get(0).x();
        double[] f = made.plot("accessible").curves().get(0).y();
        assertEquals(1, f[0]);
        assertEquals(12, d[12], 1e-5);
        assertTrue(f[4] > 0.8 && f[4] <= 1, d[4] + ": " + f[4]); // 4 fits
        assertEquals(0, f[5]); // 5 does not
        for (int i = 1; i < f.length; i++) assertTrue(f[i] <= f[i - 1]);
        assertEquals(12, made.table("components").number(0, "inscribed_diameter"), 1e-5);
    }

    @Test
    void oneSliceHasNoFacesAlongZ() {
        Volume slice = Phantoms.volume(9, 9, 1, (x, y, z) -> x > 2 && x < 6 && y > 2 && y < 6 ? 0 : 255);
        Table table = run(Inputs.of(slice), Map.of()).table("summary");
        assertEquals(0, table.number(0, "open"));
        assertEquals(0, table.number(0, "face_z0"));
        assertEquals(1, table.number(0, "euler"));
    }

    @Test
    void wrongAdjacencyAndPhaseAreRefused() {
        Volume v = Phantoms.volume(3, 3, 3, (x, y, z) -> 255);
        String sentence = assertThrows(InvalidInput.class, () -> run(Inputs.of(v), Map.of("adjacency", "18")))
                .getMessage();
        assertTrue(sentence.contains("6 or 26"), sentence);
        sentence = assertThrows(InvalidInput.class, () -> run(Inputs.of(v), Map.of()))
                .getMessage();
        assertTrue(sentence.contains("no voxel has the value 0"), sentence);
        Table full = run(Inputs.of(v), Map.of("phase", "255")).table("summary");
        assertEquals(1, full.number(0, "open"));
    }

    @Test
    void threadsDoNotChangeTheResult() {
        Inputs in = Inputs.of(Phantoms.random(31, 27, 23, 2, 8));
        Outputs one = run(in, Map.of("phase", "1"), Phantoms.threads(1));
        Outputs four = run(in, Map.of("phase", "1"), Phantoms.threads(4));
        for (int c = 0; c < one.table("summary").heads().size(); c++) {
            assertEquals(one.table("summary").cell(0, c), four.table("summary").cell(0, c));
        }
        for (int z = 0; z < 23; z++) {
            assertArrayEquals(
                    one.image("labels").first().plane(z),
                    four.image("labels").first().plane(z));
        }
        double[] y = one.plot("accessible").curves().get(0).y();
        assertArrayEquals(y, four.plot("accessible").curves().get(0).y());
    }
}
