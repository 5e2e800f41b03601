// Measures surface and mean chords of sintering balls, early and late: sintering takes surface away.
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
a = panel("solid", 48, "first time point");
b = panel("solid", 96 + 48, "last time point");
picture(newArray(a, b));

// One plane as an 8-bit picture of 256 x 256 pixels with its name in the corner.
function panel(title, slice, name) {
	selectImage(title);
	setSlice(slice);
	run("Duplicate...", "title=[" + name + "]");
	run("Enhance Contrast", "saturated=0.2");
	run("RGB Color");
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
