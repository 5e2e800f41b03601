// Trains the network of this folder: scripts/train-bundled-model. Six samples of different grains and voids, recorded
// with different faults, one above the other; where two meet, slices are left unlabelled, as their neighbours do not
// belong to them. The argument is the folder for the network.
folder = getArgument();
setBatchMode(true);
// grain_nm, void_fraction, curtaining, charging, noise, brightness_jumps, shine_through, seed
samples = newArray(
	"600 0.12 0.10 0.15 0.15 0.05 0.4 101",
	"450 0.20 0.05 0.05 0.25 0.03 0.2 102",
	"800 0.08 0.20 0.20 0.10 0.08 0.5 103",
	"600 0.25 0.00 0.10 0.05 0.00 0.0 104",
	"500 0.15 0.15 0.25 0.20 0.06 0.6 105",
	"700 0.10 0.10 0.10 0.30 0.05 0.3 106");
all = "";
for (i = 0; i < samples.length; i++) {
	s = split(samples[i], " ");
	run("Simulate FIB-SEM Stack...", "width=256 height=256 depth=12 phases=3 voxel_nm=20 drift=0.3 missing_slices=0.02"
		+ " grain_nm=" + s[0] + " void_fraction=" + s[1] + " curtaining=" + s[2] + " charging=" + s[3] + " noise=" + s[4]
		+ " brightness_jumps=" + s[5] + " shine_through=" + s[6] + " seed=" + s[7]);
	selectImage("image");
	rename("image" + i);
	selectImage("labels");
	for (z = 1; z <= nSlices; z += nSlices - 1) {
		setSlice(z);
		run("Macro...", "code=v=255 slice");
	}
	rename("labels" + i);
	all = all + " image" + (i + 1) + "=XX" + i;
}
run("Concatenate...", "title=images" + replace(all, "XX", "image"));
run("Concatenate...", "title=truths" + replace(all, "XX", "labels"));
run("Train U-Net...", "input=images labels=truths unlabelled=255 width=8 depth=3 context_slices=3 scale=1 steps=600 patch=128 augment=fibsem validation=0.15 learning_rate=0.006 patience=20 seed=1 model=[" + folder + "]");
