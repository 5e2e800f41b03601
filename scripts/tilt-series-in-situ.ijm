// The steps of docs/tutorials/tilt-series-in-situ.md: prints the numbers that stand there and makes its picture.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/tilt-series-in-situ.ijm picture.png
frames = 6;
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=64 frames=" + frames + " seed=1");
run("SinterJ Macro Extensions");

// Something goes wrong at the microscope: at tilt 8 the detector is blind.
selectImage("tilt_series");
for (t = 1; t <= frames; t++) {
	Stack.setPosition(1, 8, t);
	run("Set...", "value=1000 slice");
}

run("Inspect Tilt Series...", "input=tilt_series row=auto");

scale = "background=1000 counts_per_pixel_path=100 exclude=auto";
run("Reconstruct Tilt Series...", "input=tilt_series algorithm=tv " + scale);
rename("alone");
Ext.sinterjValue("reconstruct-tilt-series", "tilts.tilt", 0, bad);
Ext.sinterjValue("reconstruct-tilt-series", "tilts.used", 0, used);
print("bad projection: " + bad + ", used: " + used);
run("Reconstruct Tilt Series...", "input=tilt_series algorithm=tv temporal=auto resolution=true " + scale);
rename("together");
names = newArray("all", "x", "y", "z", "seen", "missing");
for (i = 0; i < 6; i++) {
	Ext.sinterjValue("reconstruct-tilt-series", "resolution.resolution", i, r);
	Ext.sinterjValue("reconstruct-tilt-series", "resolution.agreement", i, a);
	Ext.sinterjValue("reconstruct-tilt-series", "resolution.seen", i, s);
	print(names[i] + ": resolution " + d2s(r, 1) + " nm, halves agree to " + d2s(a, 1) + " nm, seen " + d2s(s, 2));
}
Ext.sinterjValue("reconstruct-tilt-series", "elongation.expected", 0, expected);
Ext.sinterjValue("reconstruct-tilt-series", "elongation.z_over_x", 0, measured);
print("elongation: " + d2s(expected, 2) + " expected of back-projection, " + d2s(measured, 2) + " measured");

run("Register Volumes Over Time...", "input=together reference=previous crop=false");
Ext.sinterjValue("register-frames", "drift.drift_x", frames - 1, drift);
print("drift of the last volume along x: " + d2s(drift, 2) + " voxels");

growth("truth", frames);
growth("alone", frames);
growth("together", frames);

a = panel("tilt_series", 21, 3, 0, 0, "projection, third time point");
b = panel("alone", 32, 3, 0, 1.1, "frame by frame");
c = panel("together", 32, 3, 0, 1.1, "all time points together");
d = panel("truth", 32, 3, 0, 1.1, "the truth");
picture(newArray(a, b, c, d));

// Density and necks of the solid, through time.
function growth(title, frames) {
	selectImage(title);
	run("Duplicate...", "title=" + title + "_mask duplicate");
	setThreshold(0.5, 1e30);
	run("Convert to Mask", "background=Dark black");
	run("Measure Densification...", "input=" + title + "_mask phase=255");
	line = title + ": mean neck";
	for (t = 0; t < frames; t++) {
		Ext.sinterjValue("densification", "mean_neck", t, neck);
		line = line + " " + d2s(neck, 1);
	}
	print(line + " nm");
}

// One plane as an 8-bit picture of 256 x 256 pixels, from a lowest to a highest grey, with its name in the corner.
function panel(title, slice, frame, low, high, name) {
	selectImage(title);
	Stack.setPosition(1, slice, frame);
	run("Duplicate...", "title=[" + name + "]");
	if (high > low) setMinAndMax(low, high);
	else run("Enhance Contrast", "saturated=0.2");
	run("8-bit");
	run("Size...", "width=256 height=256 interpolation=None");
	setColor("white");
	setFont("SansSerif", 15, "bold antialiased");
	drawString(name, 6, 22, "black");
	return name;
}

// The panels side by side; saved if a path was given.
function picture(names) {
	all = names[0];
	for (i = 1; i < names.length; i++) {
		run("Combine...", "stack1=[" + all + "] stack2=[" + names[i] + "]");
		all = getTitle();
	}
	if (getArgument() != "") saveAs("PNG", getArgument());
}
