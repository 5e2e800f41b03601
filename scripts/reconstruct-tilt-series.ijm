// Finds the volume behind a noisy tilt series by three methods, beside the truth.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/reconstruct-tilt-series.ijm picture.png
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=96 frames=1 seed=1");
scale = "background=1000 counts_per_pixel_path=100";
run("Reconstruct Tilt Series...", "input=tilt_series algorithm=wbp filter=hann " + scale);
rename("wbp");
run("Reconstruct Tilt Series...", "input=tilt_series algorithm=sirt iterations=50 " + scale);
rename("sirt");
run("Reconstruct Tilt Series...", "input=tilt_series algorithm=tv " + scale);
rename("tv");
run("SinterJ Macro Extensions");
Ext.sinterjValue("reconstruct-tilt-series", "lambda", 0, lambda);
print("Total variation took the weight " + d2s(lambda, 2) + ".");
selectImage("tv");
a = panel("wbp", 48, "back-projection");
b = panel("sirt", 48, "SIRT");
c = panel("tv", 48, "compressed sensing");
d = panel("truth", 48, "the truth");
picture(newArray(a, b, c, d));

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
