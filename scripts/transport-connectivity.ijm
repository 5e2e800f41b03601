// Sends a current through a sintered superconductor with voids and poorly conducting impurities.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/transport-connectivity.ijm picture.png
run("Simulate FIB-SEM Stack...", "width=96 height=96 depth=96 grain_nm=500 void_fraction=0.3 drift=0 seed=2");
selectImage("labels");
rename("phases");
run("Measure Transport Connectivity...", "input=phases conductivities=[0:1 2:0.02] axis=y map=true");
run("SinterJ Macro Extensions");
Ext.sinterjValue("transport-connectivity", "k_y", 0, k);
Ext.sinterjValue("transport-connectivity", "tortuosity_y", 0, tortuosity);
print("Connectivity along y " + d2s(k, 4) + ", tortuosity " + d2s(tortuosity, 2) + ".");
selectImage("phases-current_y");
a = panel("phases", 48, "voids grey, impurities black", 2, 0);
b = panel("phases-current_y", 48, "current along y", 0, 6);
picture(newArray(a, b));

// One plane as an 8-bit picture of 256 x 256 pixels with its name in the corner.
function panel(title, slice, name, low, high) {
	selectImage(title);
	setSlice(slice);
	run("Duplicate...", "title=[" + name + "]");
	if (low > high) run("Grays");
	setMinAndMax(minOf(low, high), maxOf(low, high));
	run("RGB Color");
	if (low > high) run("Invert");
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
