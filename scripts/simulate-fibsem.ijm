// Makes a FIB-SEM stack without and with the faults of the measurement, and its labels.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/simulate-fibsem.ijm picture.png
run("Simulate FIB-SEM Stack...", "width=256 height=256 depth=8 curtaining=0 charging=0 noise=0 drift=0 brightness_jumps=0 shine_through=0 missing_slices=0 seed=1");
selectImage("image");
rename("ideal");
selectImage("labels");
close();
run("Simulate FIB-SEM Stack...", "width=256 height=256 depth=8 drift=0 missing_slices=0 seed=1");
run("SinterJ Macro Extensions");
Ext.sinterjValue("simulate-fibsem", "gain", 3, gain);
print("Slice 4 is " + d2s(gain, 3) + " times as bright as it should be.");
selectImage("image");
rename("recorded");
selectImage("labels");
setMinAndMax(0, 2);
a = panel("ideal", 4, "without faults");
b = panel("recorded", 4, "as recorded");
c = panel("labels", 4, "its labels");
picture(newArray(a, b, c));

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
