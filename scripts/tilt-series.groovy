// A tilt series made by calculation, reconstructed in two ways and compared with the truth.
// In Fiji: File > New > Script..., Templates > SinterJ, Run. Every command is called the same way: SinterJ.run(id, settings).
import sinterj.SinterJ

def made = SinterJ.run("sample-data", [set: "in_situ_tilt_series", size: 32, frames: 1, seed: 1])
def truth = made.truth

def settings = [input: made.tilt_series, background: 1000, counts_per_pixel_path: 100]
["wbp", "tv"].each { algorithm ->
    def volume = SinterJ.run("reconstruct-tilt-series", settings + [algorithm: algorithm]).volume
    double difference = 0
    double all = 0
    for (int z = 1; z <= truth.getStackSize(); z++) {
        def a = truth.getStack().getProcessor(z)
        def b = volume.getStack().getProcessor(z)
        for (int i = 0; i < a.getPixelCount(); i++) {
            difference += (a.getf(i) - b.getf(i)) ** 2
            all += a.getf(i) ** 2
        }
    }
    println "${algorithm}: error ${Math.round(100 * Math.sqrt(difference / all))} %"
}
