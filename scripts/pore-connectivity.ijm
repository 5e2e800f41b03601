// Counts and labels the voids between sintering balls.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/pore-connectivity.ijm picture.png
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=96 frames=1 seed=1");
selectImage("truth");
setThreshold(0.5, 2);
run("Convert to Mask", "background=Dark black");
// The heap itself fills little of the image: look at the solid as if it were the pores.
rename("heap");
run("Analyze Pore Connectivity...", "input=heap phase=255 adjacency=26");
run("SinterJ Macro Extensions");
Ext.sinterjValue("pore-connectivity", "euler", 0, euler);
print("Euler number of the heap " + euler + ".");
a = panel("heap", 48, "phase");
b = panel("heap-labels", 48, "components");
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
