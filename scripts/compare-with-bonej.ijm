// Measures thickness and separation of the active binary stack (solid 255) with SinterJ and with BoneJ and puts both
// side by side. Without an open image the porous sample is taken. BoneJ is on Fiji's list of update sites.
// Run it in Fiji: Plugins > Macros > Run...; without a display: scripts/sinterj macro scripts/compare-with-bonej.ijm
// BoneJ smooths its maps at the surface afterwards (clean-up), so its means are a little larger; the maxima are equal.
if (nImages == 0) {
	run("SinterJ Sample Data...", "set=porous_volume size=96 seed=1");
	// BoneJ takes every voxel for a cube.
	run("Properties...", "unit=nm pixel_width=20 pixel_height=20 voxel_depth=20");
}
stack = getTitle();
getVoxelSize(w, h, d, unit);
if (abs(d - w) > 0.01 * w || abs(h - w) > 0.01 * w)
	print("The voxels are " + w + " x " + h + " x " + d + " " + unit + ": BoneJ takes them for cubes of the first side, SinterJ does not.");

run("SinterJ Macro Extensions");
ours = newArray(6);
for (p = 0; p < 2; p++) {
	run("Measure Local Thickness...", "input=[" + stack + "] phase=" + (255 - 255 * p) + " definition=volume ball=closed edge=ignore");
	Ext.sinterjValue("local-thickness", "mean", 0, mean);
	Ext.sinterjValue("local-thickness", "sd", 0, sd);
	Ext.sinterjValue("local-thickness", "max", 0, max);
	ours[3 * p] = mean; ours[3 * p + 1] = sd; ours[3 * p + 2] = max;
}

List.setCommands;
bonej = indexOf(toLowerCase(List.get("Thickness")), "bonej") >= 0;
theirs = newArray(NaN, NaN, NaN, NaN, NaN, NaN);
if (bonej) {
	choices = newArray("Trabecular thickness", "Trabecular spacing");
	for (p = 0; p < 2; p++) {
		selectImage(stack);
		before = nImages;
		run("Thickness", "mapchoice=[" + choices[p] + "] showmaps=true maskartefacts=true");
		if (nImages == before) exit("BoneJ made no map. Look at its message, and run the macro again on a stack it takes.");
		s = mapStatistics();
		for (i = 0; i < 3; i++) theirs[3 * p + i] = s[i];
	}
} else {
	print("BoneJ is not installed here, so its column stays empty: in Fiji choose Help > Update..., Manage Update Sites, tick BoneJ and restart.");
}

names = newArray("Tb.Th mean", "Tb.Th sd", "Tb.Th max", "Tb.Sp mean", "Tb.Sp sd", "Tb.Sp max");
window = true;
if (getInfo("java.awt.headless") == "true") window = false;
if (window) Table.create("SinterJ and BoneJ");
for (i = 0; i < 6; i++) {
	print(names[i] + " (" + unit + "): SinterJ " + d2s(ours[i], 3) + ", BoneJ " + d2s(theirs[i], 3));
	if (window) {
		Table.set("quantity", i, names[i] + " (" + unit + ")");
		Table.set("SinterJ", i, ours[i]);
		Table.set("BoneJ", i, theirs[i]);
		Table.set("ratio", i, ours[i] / theirs[i]);
	}
}
if (window) Table.update;

// Mean, standard deviation and maximum of the active map, without what is NaN or 0.
function mapStatistics() {
	n = 0; sum = 0; squares = 0; most = 0;
	for (z = 1; z <= nSlices; z++) {
		setSlice(z);
		for (y = 0; y < getHeight(); y++) {
			for (x = 0; x < getWidth(); x++) {
				v = getPixel(x, y);
				if (!isNaN(v) && v > 0) { n++; sum += v; squares += v * v; most = maxOf(most, v); }
			}
		}
	}
	return newArray(sum / n, sqrt(maxOf(0, squares / n - (sum / n) * (sum / n))), most);
}
