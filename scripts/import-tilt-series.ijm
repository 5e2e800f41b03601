// Opens a tilt series of several time points, one MRC file each, and shows three of its projections.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/import-tilt-series.ijm picture.png
// The files are the samples that come with an installation, or those of the project, if ImageJ was started from its folder.
folder = getDirectory("imagej") + "samples/SinterJ/in_situ";
if (!File.exists(folder)) folder = "test-data/in_situ";
run("Import Tilt Series...", "path=[" + folder + "] angles=auto");
rename("series");
run("SinterJ Macro Extensions");
Ext.sinterjValue("import-tilt-series", "angle", 0, first);
Ext.sinterjValue("import-tilt-series", "mean", 20, mean);
Stack.getDimensions(width, height, channels, tilts, times);
print(times + " time points of " + tilts + " tilts from " + first + " degrees; " + d2s(mean, 1) + " counts at 0 degrees.");
a = panel("series", 1, "-40 degrees");
b = panel("series", 21, "0 degrees");
c = panel("series", 41, "40 degrees");
picture(newArray(a, b, c));

// One plane as an 8-bit picture of 256 x 256 pixels with its name in the corner.
function panel(title, slice, name) {
	selectImage(title);
	setSlice(slice);
	run("Duplicate...", "title=[" + name + "]");
	run("Enhance Contrast", "saturated=0.2");
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
