package sinterj.ij;

import ij.IJ;
import ij.gui.HTMLDialog;
import java.awt.GraphicsEnvironment;
import sinterj.op.Provenance;

/** Version, citation and licences. */
final class About {
    private About() {}

    static void show() {
        String text = "SinterJ " + Provenance.version() + ", BSD-2-Clause, SinterJ contributors.";
        if (GraphicsEnvironment.isHeadless()) {
            IJ.log(text);
            return;
        }
        new HTMLDialog(
                "About SinterJ",
                "<html><body style='width:420px'><h2>" + text + "</h2>"
                        + "<p>From a noisy in-situ tilt series or FIB-SEM stack to volumes, structure and material parameters.</p>"
                        + "<h3>Please cite</h3><p>SinterJ contributors, SinterJ " + Provenance.version()
                        + " (2026), and the works"
                        + " named on the help page of each command that you used.</p>"
                        + "<h3>Libraries</h3><p>ImgLib2 (BSD-2), Apache Commons Math and CSV (Apache 2.0), Gson (Apache 2.0),"
                        + " JTransforms (BSD-2), commonmark (BSD-2), Deep Java Library (Apache 2.0), PyTorch (BSD-3), ONNX Runtime (MIT). ImageJ is in the public domain.</p></body></html>",
                false);
    }
}
