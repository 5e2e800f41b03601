// Undoes the drift of the stage and puts a leaning tilt axis upright.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/align-tilt-series.ijm picture.png
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=96 frames=1 seed=1");
run("Simulate Tilt Series...", "input=truth angles=-40:2:40 dose_per_nm2=1000 shift_px=8 axis_tilt_deg=5 seed=1");
rename("drifting");
run("Align Tilt Series...", "input=drifting method=common_line find_axis=true");
run("SinterJ Macro Extensions");
Ext.sinterjValue("align-tilt-series", "axis.axis_deg", 0, axis);
print("The axis leans by " + d2s(axis, 2) + " degrees; 5 were simulated.");
a = sum("drifting", "before: sum of all tilts");
b = sum("drifting-aligned", "after: sum of all tilts");
picture(newArray(a, b));

// All projections added: sharp along the axis only if they are aligned.
function sum(title, name) {
	selectImage(title);
	run("Z Project...", "projection=[Average Intensity]");
	rename("sum of " + title);
	panel("sum of " + title, 1, name);
	return name;
}

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
