// Removes the noise of a low-dose tilt series.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/denoise-tilt-series.ijm picture.png
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=128 frames=1 seed=1");
run("Denoise Tilt Series...", "input=tilt_series method=bm3d noise=auto profile=normal");
run("SinterJ Macro Extensions");
Ext.sinterjValue("denoise-tilt-series", "gain", 0, gain);
print("One count raises the grey value by " + d2s(gain, 1) + ".");
a = panel("tilt_series", 21, "before");
b = panel("tilt_series-denoised", 21, "after");
picture(newArray(a, b));

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
