// Scores a segmentation by thresholds against the truth of a simulated FIB-SEM stack.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/evaluate-segmentation.ijm picture.png
run("Simulate FIB-SEM Stack...", "width=256 height=256 depth=8 seed=1");
selectImage("image");
run("Duplicate...", "title=thresholds duplicate");
// Smoothed, then void below 95, impurity above 170.
run("Gaussian Blur...", "sigma=1.5 stack");
run("Macro...", "code=v=(v<95)+2*(v>170) stack");
setMinAndMax(0, 2);
run("Evaluate Segmentation...", "input=thresholds truth=labels ignore=none");
run("SinterJ Macro Extensions");
Ext.sinterjValue("evaluate-segmentation", "mean_iou", 0, iou);
print("Mean IoU of thresholds: " + d2s(iou, 3));
selectImage("labels");
setMinAndMax(0, 2);
a = panel("image", 4, "as recorded");
b = panel("thresholds", 4, "thresholds: mean IoU " + d2s(iou, 2));
c = panel("labels", 4, "truth");
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
