// Takes the faults of a simulated FIB-SEM stack back and says how well it found what the simulation did.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/clean-fibsem.ijm picture.png
run("Simulate FIB-SEM Stack...", "width=256 height=256 depth=24 curtaining=0.2 drift=1.5 brightness_jumps=0.1 seed=5");
run("SinterJ Macro Extensions");
n = nSlices;
shift = newArray(n);
for (z = 0; z < n; z++) {
	Ext.sinterjValue("simulate-fibsem", "shift_x", z, v);
	shift[z] = v;
}
run("Clean FIB-SEM Stack...", "input=image");
apart = newArray(n);
for (z = 0; z < n; z++) {
	Ext.sinterjValue("clean-fibsem", "shift_x", z, v);
	apart[z] = v - shift[z];
}
Array.getStatistics(shift, low, high, mean, drift);
Array.getStatistics(apart, low, high, mean, left);
print("Drift along x: standard deviation " + d2s(drift, 2) + " px; after cleaning " + d2s(left, 2) + " px");
a = panel("image", 12, "as recorded");
b = panel("image-cleaned", 12, "cleaned");
selectImage("image");
run("Reslice [/]...", "output=1 start=Top avoid");
rename("xz");
selectImage("image-cleaned");
run("Reslice [/]...", "output=1 start=Top avoid");
rename("xz-cleaned");
c = panel("xz", 128, "recorded, from the side");
d = panel("xz-cleaned", 128, "cleaned, from the side");
picture(newArray(a, b, c, d));

// One plane as a picture of 256 x 256 pixels with its name in the corner.
function panel(title, slice, name) {
	selectImage(title);
	setSlice(slice);
	run("Duplicate...", "title=[" + name + "]");
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
