// The steps of docs/tutorials/fibsem-to-phase-fractions.md: prints the numbers that stand there and makes its pictures.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/fibsem-to-phase-fractions.ijm picture.png
names = newArray("superconductor", "void", "impurity");
run("Simulate FIB-SEM Stack...", "width=192 height=192 depth=24 curtaining=0.15 charging=0.2 noise=0.2 drift=0.1 seed=3");
// Nearly without drift nothing is moved, so the truth stays the truth.
run("Clean FIB-SEM Stack...", "input=image align=none");

// Strokes: of the truth of every fourth slice one line in 24 is kept, as 1, 2 and 3; all else is 0, unlabelled.
selectImage("labels");
run("Duplicate...", "title=strokes duplicate");
for (z = 1; z <= nSlices; z++) {
	setSlice(z);
	keep = (z % 4 == 1 && z < 18);
	if (keep) run("Macro...", "code=v=(v+1)*(floor(y/2)%12==5) slice");
	else run("Macro...", "code=v=0 slice");
}
Stack.getStatistics(voxels, mean, low, high, sd, counts);
print("strokes: " + d2s(100 * (voxels - counts[0]) / voxels, 2) + " % of the voxels");

folder = getDirectory("temp") + "sinterj-phase-fractions";
training = "";
if (getArgument() != "") training = " plot=[" + replace(getArgument(), ".png", "-training.png") + "]";
run("Train U-Net...", "input=image-cleaned labels=strokes unlabelled=0 width=8 steps=160 patch=64 seed=1 model=[" + folder + "]" + training);
run("Segment With U-Net...", "input=image-cleaned model=[" + folder + "]");

// The truth counts from 0, the strokes from 1.
selectImage("labels");
run("Add...", "value=1 stack");
run("Evaluate Segmentation...", "input=image-cleaned-labels truth=labels ignore=none");
run("SinterJ Macro Extensions");
Ext.sinterjValue("evaluate-segmentation", "mean_iou", 0, iou);
print("mean IoU " + d2s(iou, 3));

found = fractions("image-cleaned-labels");
truth = fractions("labels");
for (c = 0; c < 3; c++) {
	Ext.sinterjValue("evaluate-segmentation", "iou", c, iou);
	print(names[c] + ": " + d2s(found[c], 1) + " % found, " + d2s(truth[c], 1) + " % true, IoU " + d2s(iou, 3));
}

// What two thresholds make of the clean stack, in the middle between void (50), superconductor (140) and impurity (200).
selectImage("image-cleaned");
run("Duplicate...", "title=thresholds duplicate");
for (z = 1; z <= nSlices; z++) {
	setSlice(z);
	run("Macro...", "code=v=1+(v<95)+2*(v>170) slice");
}
run("Evaluate Segmentation...", "input=thresholds truth=labels ignore=none");
rough = fractions("thresholds");
for (c = 0; c < 3; c++) {
	Ext.sinterjValue("evaluate-segmentation", "iou", c, iou);
	print(names[c] + " by two thresholds: " + d2s(rough[c], 1) + " %, IoU " + d2s(iou, 3));
}

a = panel("image", 22, 0, 255, "as recorded");
b = panel("image-cleaned", 22, 0, 255, "cleaned");
c = panel("image-cleaned-labels", 22, 1, 3, "as segmented");
d = panel("labels", 22, 1, 3, "its truth");
e = bars();
all = a;
parts = newArray(b, c, d, e);
for (i = 0; i < parts.length; i++) {
	run("Combine...", "stack1=[" + all + "] stack2=[" + parts[i] + "]");
	all = getTitle();
}
if (getArgument() != "") saveAs("PNG", getArgument());

// Per cent of the voxels of a stack that are 1, 2 and 3.
function fractions(title) {
	selectImage(title);
	Stack.getStatistics(voxels, mean, low, high, sd, counts);
	part = newArray(3);
	for (v = 1; v <= 3; v++) part[v - 1] = 100 * counts[v] / voxels;
	return part;
}

// One plane as a picture of 256 x 256 pixels with its name in the corner.
function panel(title, slice, low, high, name) {
	selectImage(title);
	setSlice(slice);
	run("Duplicate...", "title=[" + name + "]");
	setMinAndMax(low, high);
	run("RGB Color");
	run("Size...", "width=256 height=256 interpolation=None");
	setColor("white");
	setFont("SansSerif", 15, "bold antialiased");
	drawString(name, 6, 22, "black");
	return name;
}

// Found (dark) and true fractions (light) as bars; lengths are roots, so that small ones are seen.
function bars() {
	newImage("fractions", "RGB white", 256, 256, 1);
	setFont("SansSerif", 15, "bold antialiased");
	setColor("black");
	drawString("per cent, and in truth", 6, 22);
	setFont("SansSerif", 13, "antialiased");
	for (c = 0; c < 3; c++) {
		y = 44 + 70 * c;
		setColor("black");
		drawString(names[c], 6, y + 14);
		setColor(0, 114, 178);
		fillRect(6, y + 18, 17 * sqrt(found[c]), 16);
		setColor(153, 199, 224);
		fillRect(6, y + 35, 17 * sqrt(truth[c]), 16);
		setColor("black");
		drawString(d2s(found[c], 1), 12 + 17 * sqrt(found[c]), y + 33);
		drawString(d2s(truth[c], 1), 12 + 17 * sqrt(truth[c]), y + 50);
	}
	return "fractions";
}
