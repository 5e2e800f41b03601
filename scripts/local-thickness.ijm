// Measures the local thickness of sintering balls in both definitions.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/local-thickness.ijm picture.png
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=128 frames=2 seed=1");
selectImage("truth");
setThreshold(0.5, 2);
run("Convert to Mask", "background=Dark black");
run("Duplicate...", "title=solid duplicate frames=2");
run("Measure Local Thickness...", "input=solid phase=255 definition=volume");
run("SinterJ Macro Extensions");
Ext.sinterjValue("local-thickness", "mean", 0, mean);
selectImage("solid-thickness");
rename("volume");
getMinAndMax(low, high);
run("Measure Local Thickness...", "input=solid phase=255 definition=surface_contact");
Ext.sinterjValue("local-thickness", "mean", 0, contact);
print("Mean thickness " + d2s(mean, 2) + " nm by volume, " + d2s(contact, 2) + " nm at the surface.");
selectImage("solid-thickness");
rename("surface");
setMinAndMax(low, high);
run("Remove Overlay"); // the bar of the other map holds for both
a = panel("solid", 64, "solid phase");
b = panel("volume", 64, "definition=volume");
c = panel("surface", 64, "definition=surface_contact");
picture(newArray(a, b, c));

// One plane as a picture of 256 x 256 pixels with its name in the corner, and the bars that belong to it.
function panel(title, slice, name) {
	selectImage(title);
	setSlice(slice);
	run("Duplicate...", "title=[" + name + "]");
	if (Overlay.size > 0) run("Flatten", "slice");
	else run("RGB Color");
	run("Size...", "width=256 height=256 interpolation=None");
	setColor("white");
	setFont("SansSerif", 15, "bold antialiased");
	drawString(name, 6, 22, "black");
	rename(name + " of " + title);
	return getTitle();
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
