// Measures surface and chords of sintering balls, early and late, and draws the three readings of "void length".
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/surfaces-and-chords.ijm picture.png
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=96 frames=2 seed=1");
selectImage("truth");
setThreshold(0.5, 2);
run("Convert to Mask", "background=Dark black");
rename("solid");
run("Measure Surfaces And Chords...", "input=solid phase=255");
run("SinterJ Macro Extensions");
Ext.sinterjValue("surfaces-and-chords", "area", 0, early);
Ext.sinterjValue("surfaces-and-chords", "area", 1, late);
print("Surface " + d2s(early, 0) + " nm2 at first, " + d2s(late, 0) + " nm2 at last.");

// A section through a porous volume, once for each reading; voids are dark.
run("SinterJ Sample Data...", "set=porous_volume size=64 seed=1");
volume = getTitle();
a = section("skeleton_length_per_volume");
drawSkeleton(a);
b = section("perimeter_per_section");
drawOutline(b);
c = section("chords along x: mean_chord");
drawChords(c);
picture(newArray(a, b, c));

// The middle slice, four times as large: voids dark grey, solid light grey.
function section(name) {
	selectImage(volume);
	setSlice(nSlices / 2);
	run("Duplicate...", "title=[" + name + "]");
	run("Size...", "width=256 height=256 interpolation=None");
	return name;
}

// The middle lines of the voids.
function drawSkeleton(name) {
	selectImage(name);
	run("Duplicate...", "title=lines");
	run("Invert");
	run("Skeletonize");
	paint(name, "lines");
}

// Where void meets solid.
function drawOutline(name) {
	selectImage(name);
	run("Duplicate...", "title=lines");
	run("Invert");
	run("Outline");
	paint(name, "lines");
}

// Every sixteenth line along x within the voids.
function drawChords(name) {
	selectImage(name);
	run("Duplicate...", "title=lines");
	for (y = 0; y < 256; y++)
		for (x = 0; x < 256; x++)
			if (y % 16 == 8 && getPixel(x, y) == 0) setPixel(x, y, 255);
			else setPixel(x, y, 0);
	paint(name, "lines");
}

// Lines in orange over the section, with its name.
function paint(name, lines) {
	run("Maximum...", "radius=0.5");
	selectImage(name);
	run("RGB Color");
	for (y = 0; y < 256; y++)
		for (x = 0; x < 256; x++) {
			selectImage(lines);
			v = getPixel(x, y);
			selectImage(name);
			solid = getPixel(x, y) & 0xff;
			if (v > 0) setPixel(x, y, 0xff8c00);
			else if (solid > 0) setPixel(x, y, 0xc8c8c8);
			else setPixel(x, y, 0x303030);
		}
	selectImage(lines);
	close();
	selectImage(name);
	setColor("white");
	setFont("SansSerif", 13, "bold antialiased");
	drawString(name, 4, 20, "black");
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
