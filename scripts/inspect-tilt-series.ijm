// Finds what is wrong with a tilt series: a projection that slipped, and one that is dead.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/inspect-tilt-series.ijm picture.png
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=96 frames=1 seed=1");
selectImage("tilt_series");
setSlice(12);
run("Translate...", "x=9 y=0 interpolation=None slice");
setSlice(30);
run("Set...", "value=1000 slice");
run("Inspect Tilt Series...", "input=tilt_series volume=truth row=auto");
run("SinterJ Macro Extensions");
Ext.sinterjValue("inspect-tilt-series", "shift_x_px", 11, slipped);
Ext.sinterjValue("inspect-tilt-series", "sd", 29, dead);
print("Projection 12 lies off by " + d2s(slipped, 1) + " pixels, 30 has the deviation " + d2s(dead, 1) + ".");
a = panel("tilt_series", 21, "a projection");
b = panel("tilt_series-sinogram", 1, "sinogram: 12 slipped, 30 dead");
c = panel("tilt_series-reprojections", 21, "reprojection of the volume");
picture(newArray(a, b, c));

// One plane as an 8-bit picture of 288 x 288 pixels with its name in the corner.
function panel(title, slice, name) {
	selectImage(title);
	if (nSlices > 1) setSlice(slice);
	run("Duplicate...", "title=[" + name + "]");
	run("Enhance Contrast", "saturated=0.2");
	run("8-bit");
	run("Size...", "width=288 height=288 interpolation=None");
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
