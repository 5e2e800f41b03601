// Projects a volume as a microscope would, with and without a drifting stage.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/simulate-tilt-series.ijm picture.png
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=96 frames=1 seed=1");
run("Simulate Tilt Series...", "input=truth angles=-40:2:40 dose_per_nm2=2500 seed=1");
rename("still");
run("Simulate Tilt Series...", "input=truth angles=-40:2:40 dose_per_nm2=2500 shift_px=8 axis_tilt_deg=10 seed=1");
rename("drifting");
run("SinterJ Macro Extensions");
Ext.sinterjValue("simulate-tilt-series", "shift_x", 5, x);
Ext.sinterjValue("simulate-tilt-series", "shift_y", 5, y);
print("Projection 6 was moved by " + d2s(x, 2) + " and " + d2s(y, 2) + " pixels.");
a = panel("truth", 48, "volume, middle slice");
b = panel("still", 21, "simulated, 0 degrees");
c = panel("drifting", 21, "drifting, leaning axis");
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
