// Measures the voids of three stacks in a folder with one command, and puts their rows into one table.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/batch.ijm picture.png
folder = getDirectory("temp") + "sinterj-batch-example";
File.makeDirectory(folder);
File.makeDirectory(folder + "/made");
voids = newArray("0.06", "0.12", "0.20");
panels = newArray(6);
for (i = 0; i < 3; i++) {
	run("Simulate FIB-SEM Stack...", "width=128 height=128 depth=24 void_fraction=" + voids[i] + " seed=7");
	selectImage("labels");
	saveAs("Tiff", folder + "/voids-" + voids[i] + ".tif");
	panels[i] = panel(getTitle(), 12, "voids " + voids[i], "Grays", 2);
}
run("SinterJ Batch...", "folder=[" + folder + "] command=local-thickness settings=[phase=1 edge=encase] existing=overwrite output_folder=["
	+ folder + "/made] table2=[" + folder + "/made/all.csv]");
for (i = 0; i < 3; i++) {
	open(folder + "/made/voids-" + voids[i] + "-thickness.tif");
	panels[3 + i] = panel(getTitle(), 12, "", "heat", 400);
}
print(File.openAsString(folder + "/made/all.csv"));
picture(panels);

// One plane as an RGB picture of 256 x 256 pixels with its name in the corner.
function panel(title, slice, name, lut, top) {
	selectImage(title);
	setSlice(slice);
	run("Duplicate...", "title=[" + title + " " + lut + "]");
	if (lut == "heat") heat();
	else run(lut);
	setMinAndMax(0, top);
	run("RGB Color");
	run("Size...", "width=256 height=256 interpolation=None");
	setColor("white");
	setFont("SansSerif", 15, "bold antialiased");
	if (name != "") drawString(name, 6, 22, "black");
	return getTitle();
}

// The stacks above, their thickness below; saved if a path was given.
function picture(names) {
	run("Combine...", "stack1=[" + names[0] + "] stack2=[" + names[1] + "]");
	rename("above");
	run("Combine...", "stack1=above stack2=[" + names[2] + "]");
	rename("above");
	run("Combine...", "stack1=[" + names[3] + "] stack2=[" + names[4] + "]");
	rename("below");
	run("Combine...", "stack1=below stack2=[" + names[5] + "]");
	rename("below");
	run("Combine...", "stack1=above stack2=below combine");
	if (getArgument() != "") saveAs("PNG", getArgument());
}

// From black at 0 through blue and grey to yellow, ever lighter: the same order for every eye.
function heat() {
	r = newArray(256); g = newArray(256); b = newArray(256);
	for (i = 1; i < 256; i++) {
		t = i / 255;
		r[i] = round(255 * pow(t, 1.2)); g[i] = round(20 + 215 * t); b[i] = round(110 + 30 * t - 70 * t * t);
	}
	setLut(r, g, b);
}
