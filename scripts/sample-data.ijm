// Makes the in-situ sample and shows one noisy projection beside the truth: its middle slice.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/sample-data.ijm picture.png
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=128 frames=2 seed=1");
Stack.getStatistics(voxels, mean, min, max);
print(d2s(mean, 1) + " counts on average, from " + d2s(min, 0) + " to " + d2s(max, 0) + ".");

a = panel("tilt_series", 21, 1, "projection at 0 degrees");
b = panel("truth", 64, 1, "truth, middle slice");
c = panel("truth", 64, 2, "truth, last time point");
picture(newArray(a, b, c));

// One plane as an 8-bit picture of 256 x 256 pixels with its name in the corner.
function panel(title, slice, frame, name) {
	selectImage(title);
	Stack.setPosition(1, slice, frame);
	run("Duplicate...", "title=[" + name + "]");
	resetMinAndMax();
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
