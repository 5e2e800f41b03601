// The whole chain on an object whose parameters are known: a sintering is simulated and looked at by a microscope at
// 250 electrons per nm2, then its parameters are found again. One loss after another is added, so that the table which
// is printed tells what each of them costs.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/chain.ijm folder
out = getArgument();
if (out == "") out = getDirectory("Choose a folder for the results");
if (!endsWith(out, "/")) out = out + "/";

// What is to be found again: surface and boundary diffusivity in m2/s; particles do not move as bodies here.
surface = 9.88e-17;
boundary = 1.09e-17;
run("Simulate Sintering...", "packing=random count=6 radius_nm=48 size_nm=288,336,288 grid_nm=6 time_s=160 frames=6 d_surface=" + surface + " d_gb=" + boundary + " rigid_body=none seed=3 table=[" + out + "sintering.csv]");
keep("density", "truth");
keep("grains", "true-grains");
mask("truth", "true");
run("SinterJ Macro Extensions");
print("masks from\toverlap\tsurface diffusivity (m2/s)\tboundary diffusivity (m2/s)");
print("the simulation\t1\t" + surface + "\t" + boundary);

selectImage("true-grains");
run("Duplicate...", "title=true-labels duplicate frames=1");
assimilate("true", "true-labels", "register=false");
print("the truth, cut at one half\t1\t" + answer());

look("truth", "angles", 100000, 0, false, 4);
look("truth", "electrons", 250, 0, false, 4);
look("truth", "drift", 250, 3, false, 4);
look("truth", "chain", 250, 3, true, 4);
found = estimates();

// What the chain does to a simulation with known parameters, the best one, it did to the specimen as well: taken off.
look("chain-mask-simulation", "again", 250, 3, true, 5);
again = estimates();
line = "chain, with what it does taken off\t";
for (i = 0; i < 2; i++) {
	value = found[2 * i] * found[2 * i] / again[2 * i];
	share = found[2 * i + 1] / found[2 * i];
	shareAgain = again[2 * i + 1] / again[2 * i];
	line = line + "\t" + value + " +- " + value * sqrt(share * share + shareAgain * shareAgain);
}
print(line);

names = newArray("truth, 160 s", "a projection", "volume, 160 s", "best simulation, 160 s");
panel("truth", 24, names[0], 0, 1);
panel("chain-seen", 21, names[1], -1, -1);
panel("chain-volume", 24, names[2], 0, 1);
panel("chain-mask-simulation", 24, names[3], 0, 1);
picture(names, out + "chain.png");
print("chain done");

// Of a specimen through a microscope with a dose in electrons per nm2 and projections that are shifted, denoised or not,
// to parameters.
function look(specimen, name, dose, shift, denoise, seed) {
	run("Simulate Tilt Series...", "input=" + specimen + " dose_per_nm2=" + dose + " shift_px=" + shift + " seed=" + seed);
	keep(specimen + "-tilt_series", name + "-seen");
	series = name + "-seen";
	if (denoise) {
		run("Denoise Tilt Series...", "input=" + series);
		series = series + "-denoised";
	}
	if (shift > 0) {
		run("Align Tilt Series...", "input=" + series + " table=[" + out + name + "-shifts.csv]");
		series = series + "-aligned";
	}
	// Electrons that fall on a pixel in each image; one in a hundred is counted without matter, and bulk scatters as many
	// as fall in within 100 nm.
	fall = dose / 41 * 36;
	run("Reconstruct Tilt Series...", "input=" + series + " algorithm=tv thickness_px=48 background=" + fall * 0.01 + " counts_per_pixel_path=" + fall * 0.06);
	// Each time point was reconstructed by itself; now the volumes are moved onto each other.
	run("Register Volumes Over Time...", "input=" + series + "-volume table=[" + out + name + "-drift.csv]");
	keep(series + "-volume-registered", name + "-volume");
	run("Label And Track Particles...", "input=" + name + "-volume threshold=0.5 table=[" + out + name + "-particles.csv]");
	mask(name + "-volume", name + "-mask");
	selectImage(name + "-volume-labels");
	run("Duplicate...", "title=" + name + "-labels duplicate frames=1");
	assimilate(name + "-mask", name + "-labels", "wedge_deg=100 report=[" + out + name + "-report]");
	print(name + "\t" + d2s(overlap(specimen, name + "-volume"), 3) + "\t" + answer());
}

function assimilate(masks, labels, more) {
	run("Assimilate Sintering...", "input=" + masks + " labels=" + labels + " estimate=[d_surface:1e-17:1e-15 d_gb:1e-18:1e-16] rigid_body=none trials=16 seed=1 " + more + " table=[" + out + masks + "-estimates.csv]");
}

// Gives a result a name.
function keep(title, name) {
	selectImage(title);
	rename(name);
}

// Solid where the density is at least one half, as 0 and 255.
function mask(title, name) {
	selectImage(title);
	run("Duplicate...", "title=" + name + " duplicate");
	setThreshold(0.5, 1e9);
	run("Convert to Mask", "background=Dark black");
}

// Solid in both over solid in either, at the last time, after the volume was moved onto the specimen.
function overlap(specimen, title) {
	last(specimen, "one");
	last(title, "other");
	run("Concatenate...", "title=both image1=one image2=other");
	Stack.setDimensions(1, 48, 2);
	run("Register Volumes Over Time...", "input=both");
	mask("both-registered", "moved");
	for (t = 1; t <= 2; t++) {
		selectImage("moved");
		run("Duplicate...", "title=moved" + t + " duplicate frames=" + t);
	}
	run("Evaluate Segmentation...", "input=moved2 truth=moved1");
	Ext.sinterjValue("evaluate-segmentation", "iou", 1, iou);
	names = newArray("both", "both-registered", "moved", "moved1", "moved2");
	for (i = 0; i < names.length; i++) {
		selectImage(names[i]);
		close();
	}
	return iou;
}

function last(title, name) {
	selectImage(title);
	run("Duplicate...", "title=" + name + " duplicate frames=6");
}

// Surface diffusivity, its deviation, boundary diffusivity, its deviation.
function estimates() {
	found = newArray(4);
	for (row = 0; row < 2; row++) {
		Ext.sinterjValue("assimilate-sintering", "value", row, value);
		Ext.sinterjValue("assimilate-sintering", "sd", row, sd);
		found[2 * row] = value;
		found[2 * row + 1] = sd;
	}
	return found;
}

// The same as text.
function answer() {
	e = estimates();
	return "" + e[0] + " +- " + e[1] + "\t" + e[2] + " +- " + e[3];
}

// One plane of the last time point as a picture of 256 x 256 pixels with its name in the corner.
function panel(title, slice, name, low, high) {
	selectImage(title);
	Stack.setPosition(1, slice, 6);
	run("Duplicate...", "title=[" + name + "]");
	if (low < high) setMinAndMax(low, high);
	else run("Enhance Contrast", "saturated=0.2");
	run("RGB Color");
	run("Size...", "width=256 height=256 interpolation=None");
	setColor("white");
	setFont("SansSerif", 15, "bold antialiased");
	drawString(name, 6, 22, "black");
}

// The panels side by side.
function picture(names, path) {
	all = names[0];
	for (i = 1; i < names.length; i++) {
		run("Combine...", "stack1=[" + all + "] stack2=[" + names[i] + "]");
		all = getTitle();
	}
	saveAs("PNG", path);
}
