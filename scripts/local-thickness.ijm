// Measures the local thickness of sintering balls.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/local-thickness.ijm picture.png
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=128 frames=1 seed=1");
selectImage("truth");
setThreshold(0.5, 2);
run("Convert to Mask", "background=Dark black");
rename("solid");
run("Measure Local Thickness...", "input=solid phase=255 definition=volume");
run("SinterJ Macro Extensions");
Ext.sinterjValue("local-thickness", "mean", 0, mean);
print("Mean thickness " + d2s(mean, 2) + " nm.");
a = panel("solid", 64, "solid phase");
selectImage("solid-thickness");
run("Fire");
b = panel("solid-thickness", 64, "local thickness");
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
