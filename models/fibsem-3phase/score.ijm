// Scores the network of a folder, given as argument, on samples that it has not seen, and writes scores.csv there.
folder = getArgument();
setBatchMode(true);
// Default faults, other grains; each fault alone and strong; none.
samples = newArray(
	"default;",
	"fine grains;grain_nm=400 void_fraction=0.18",
	"coarse grains;grain_nm=900 void_fraction=0.08",
	"no faults;curtaining=0 charging=0 noise=0 drift=0 brightness_jumps=0 shine_through=0 missing_slices=0",
	"strong curtaining;curtaining=0.3",
	"strong charging;charging=0.4",
	"strong noise;noise=0.4",
	"strong brightness jumps;brightness_jumps=0.15",
	"strong drift;drift=2");
text = "sample,seed,mean_iou,superconductor,void,impurity\n";
run("SinterJ Macro Extensions");
for (i = 0; i < samples.length; i++) {
	s = split(samples[i] + " ", ";");
	run("Simulate FIB-SEM Stack...", "width=256 height=256 depth=12 " + s[1] + " seed=" + (901 + i));
	run("Segment With U-Net...", "input=image model=[" + folder + "]");
	run("Evaluate Segmentation...", "input=image-labels truth=labels ignore=none");
	text = text + s[0] + "," + (901 + i);
	Ext.sinterjValue("evaluate-segmentation", "mean_iou", 0, iou);
	text = text + "," + d2s(iou, 3);
	for (c = 0; c < 3; c++) {
		Ext.sinterjValue("evaluate-segmentation", "iou", c, iou);
		text = text + "," + d2s(iou, 3);
	}
	text = text + "\n";
	run("Close All");
}
File.saveString(text, folder + "/scores.csv");
print(text);
