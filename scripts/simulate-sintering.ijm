// Sinters a flat heap of copper particles for 400 s, and looks at it at the start and at the end.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/simulate-sintering.ijm picture.png
run("Simulate Sintering...", "packing=random count=30 radius_nm=48 size_nm=768,768,0 grid_nm=6 time_s=400 frames=5 seed=2");
run("SinterJ Macro Extensions");
Ext.sinterjValue("simulate-sintering", "mean_neck", 0, before);
Ext.sinterjValue("simulate-sintering", "mean_neck", 4, after);
Ext.sinterjValue("simulate-sintering", "mass_change", 4, lost);
print("Mean neck radius " + d2s(before, 1) + " nm at the start, " + d2s(after, 1) + " nm after 400 s.");
a = panel("grains", 1, "grains, 0 s");
b = panel("grains", 5, "grains, 400 s");
c = panel("density", 1, "density, 0 s");
d = panel("density", 5, "density, 400 s");
picture(newArray(a, b, c, d));

// The middle plane of a frame as a picture of 256 x 256 pixels with its name in the corner.
function panel(title, frame, name) {
	selectImage(title);
	Stack.getDimensions(width, height, channels, slices, frames);
	Stack.setPosition(1, maxOf(1, round(slices / 2)), frame);
	run("Duplicate...", "title=[" + name + "]");
	if (startsWith(name, "grains")) {
		setMinAndMax(0, 31);
	} else {
		setMinAndMax(0, 1);
	}
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
