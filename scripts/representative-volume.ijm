// Asks how large a piece of a sintered superconductor stands for the whole, by its voids.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/representative-volume.ijm picture.png
run("Simulate FIB-SEM Stack...", "width=128 height=128 depth=128 grain_nm=300 void_fraction=0.3 drift=0 seed=2");
selectImage("labels");
rename("phases");
plot = getDir("temp") + "representative-volume.png";
run("Plot Representative Volume...", "input=phases phase=1 quantity=fraction steps=12 cubes=60 seed=1 plot=[" + plot + "]");
run("SinterJ Macro Extensions");
Ext.sinterjValue("representative-volume", "side", 0, side);
Ext.sinterjValue("representative-volume", "relative_sd", 0, scatter);
print("The void fraction scatters by " + d2s(100 * scatter, 0) + " % among cubes of " + d2s(side, 0) + " nm.");
open(plot);
run("Size...", "width=" + round(getWidth() * 256 / getHeight()) + " height=256 interpolation=Bilinear average");
rename("void fraction of cubes");
a = panel("phases", 64, "voids grey, impurities black");
picture(newArray(a, "void fraction of cubes"));

// One plane as an 8-bit picture of 256 x 256 pixels with its name in the corner; white is 0.
function panel(title, slice, name) {
	selectImage(title);
	setSlice(slice);
	run("Duplicate...", "title=[" + name + "]");
	if (bitDepth() == 8) run("Grays");
	setMinAndMax(0, 2);
	run("RGB Color");
	run("Invert");
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
