// Splits sintering balls into grains and finds the necks between them, early and late.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/find-necks.ijm picture.png
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=128 frames=2 seed=1");
selectImage("truth");
setThreshold(0.5, 2);
run("Convert to Mask", "background=Dark black");
rename("solid");
run("Find Necks...", "input=solid phase=255 merge=0.9");
run("SinterJ Macro Extensions");
Ext.sinterjValue("find-necks", "summary.mean_neck", 0, early);
Ext.sinterjValue("find-necks", "summary.mean_neck", 1, late);
print("Mean neck diameter " + d2s(early, 2) + " nm at first, " + d2s(late, 2) + " nm at last.");
a = panel("solid-grains", 64, "grains, first time point");
b = panel("solid-grains", 128 + 64, "grains, last time point");
c = necks(128 + 64, "necks, last time point");
picture(newArray(a, b, c));

// One plane as a colour picture of 256 x 256 pixels with its name in the corner.
function panel(title, slice, name) {
	selectImage(title);
	setSlice(slice);
	run("Duplicate...", "title=[" + name + "]");
	setMinAndMax(0, 255);
	colours();
	run("RGB Color");
	caption(name);
	return name;
}

// The necks in yellow on the grey solid.
function necks(slice, name) {
	selectImage("solid-necks");
	setSlice(slice);
	run("Duplicate...", "title=[n]");
	setThreshold(1, 65535);
	run("Convert to Mask");
	selectImage("solid");
	setSlice(slice);
	run("Duplicate...", "title=[s]");
	run("Multiply...", "value=0.45");
	run("Merge Channels...", "c1=n c2=n c4=s create");
	run("RGB Color");
	rename(name);
	caption(name);
	return name;
}

function caption(name) {
	run("Size...", "width=256 height=256 interpolation=None");
	setColor("white");
	setFont("SansSerif", 15, "bold antialiased");
	drawString(name, 6, 22, "black");
}

// Each label in a colour of its own, from blue to yellow and light or dark, which those who see red and green alike tell apart too.
function colours() {
	r = newArray(256); g = newArray(256); b = newArray(256);
	for (i = 1; i < 256; i++) {
		t = (i * 0.61803) % 1;
		light = 0.5 + 0.25 * (i % 3);
		r[i] = round(light * (40 + 215 * t)); g[i] = round(light * (110 + 100 * t)); b[i] = round(light * (255 - 235 * t * t));
	}
	setLut(r, g, b);
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
