// The whole chain on an object whose parameters are known: a sintering is simulated and looked at by a microscope at
// 250 electrons per nm2, then its parameters are found again, from the true masks and from what the microscope saw.
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

// The microscope: 41 projections from -40 to 40 degrees for each time point, each moved by up to 3 pixels.
run("Simulate Tilt Series...", "input=truth shift_px=3 seed=4");
keep("truth-tilt_series", "seen");
run("Align Tilt Series...", "input=seen table=[" + out + "shifts.csv]");
// Electrons that fall on a pixel in each image; one in a hundred is counted without matter, and bulk scatters as many
// as fall in within 100 nm.
fall = 250 / 41 * 36;
run("Reconstruct Tilt Series...", "input=seen-aligned algorithm=tv thickness_px=48 background=" + fall * 0.01 + " counts_per_pixel_path=" + fall * 0.06);
// Each time point was aligned by itself; now the volumes are moved onto each other.
run("Register Volumes Over Time...", "input=seen-aligned-volume table=[" + out + "drift.csv]");
keep("seen-aligned-volume-registered", "volume");
run("Label And Track Particles...", "input=volume threshold=0.5 table=[" + out + "particles.csv]");
mask("volume", "found");
mask("truth", "true");

estimate = "estimate=[d_surface:1e-17:1e-15 d_gb:1e-18:1e-16] rigid_body=none trials=16 seed=1";
selectImage("true-grains");
run("Duplicate...", "title=true-labels duplicate frames=1");
run("Assimilate Sintering...", "input=true labels=true-labels register=false " + estimate + " table=[" + out + "estimates-from-truth.csv]");
truth = answer();
selectImage("volume-labels");
run("Duplicate...", "title=found-labels duplicate frames=1");
run("Assimilate Sintering...", "input=found labels=found-labels wedge_deg=100 " + estimate + " report=[" + out + "report] table=[" + out + "estimates.csv]");
chain = answer();

names = newArray("truth, 160 s", "a projection", "volume, 160 s", "best simulation, 160 s");
panel("truth", 24, names[0], 0, 1);
panel("seen", 21, names[1], -1, -1);
panel("volume", 24, names[2], 0, 1);
panel("found-simulation", 24, names[3], 0, 1);
picture(names, out + "chain.png");

print("                        surface diffusivity (m2/s)    boundary diffusivity (m2/s)");
print("simulated with          " + surface + "                      " + boundary);
print("from the true masks     " + truth);
print("from the tilt series    " + chain);
print("chain done");

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

// Estimates with their deviations.
function answer() {
	run("SinterJ Macro Extensions");
	text = "";
	for (row = 0; row < 2; row++) {
		Ext.sinterjValue("assimilate-sintering", "value", row, value);
		Ext.sinterjValue("assimilate-sintering", "sd", row, sd);
		text = text + value + " +- " + sd + "     ";
	}
	return text;
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
