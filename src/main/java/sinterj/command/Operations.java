package sinterj.command;

import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.op.Operation;

/** Every operation of the suite, in the order of the menu. A test finds a class that is missing here. */
public final class Operations {
    private static final List<Operation<?>> ALL = List.of(
            new ImportTiltSeries(),
            new SimulateTiltSeries(),
            new DenoiseTiltSeries(),
            new AlignTiltSeries(),
            new ReconstructTiltSeries(),
            new RegisterFrames(),
            new InspectTiltSeries(),
            new TrainUNet(),
            new SegmentWithUNet(),
            new EvaluateSegmentation(),
            new CleanFibsem(),
            new SimulateFibsem(),
            new MeasureLocalThickness(),
            new AnalyzePoreConnectivity(),
            new FindNecks(),
            new MeasureTransportConnectivity(),
            new MeasureSurfacesAndChords(),
            new LabelParticles(),
            new MeasureDensification(),
            new PlotRepresentativeVolume(),
            new SimulateSintering(),
            new AssimilateSintering(),
            new FitSurfaceEnergy(),
            new SampleData(),
            new EngineStatusReport(),
            new Batch());

    private Operations() {}

    /** All operations. */
    public static List<Operation<?>> all() {
        return ALL;
    }

    /**
     * The operation with an id.
     *
     * @throws InvalidInput if there is none
     */
    public static Operation<?> byId(String id) {
        return ALL.stream()
                .filter(op -> op.info().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("There is no command '" + id + "'. 'list' shows them all."));
    }
}
