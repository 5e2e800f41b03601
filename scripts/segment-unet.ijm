// Segments a simulated stack by the network that comes with SinterJ, and shows where it is unsure.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/segment-unet.ijm picture.png
run("Simulate FIB-SEM Stack...", "width=256 height=256 depth=8 seed=77");
run("Segment With U-Net...", "input=image model=fibsem-3phase uncertainty=true");
run("Evaluate Segmentation...", "input=image-labels truth=labels ignore=none");
run("SinterJ Macro Extensions");
Ext.sinterjValue("evaluate-segmentation", "mean_iou", 0, iou);
print("Mean IoU on a sample never seen: " + d2s(iou, 3));
selectImage("image-labels");
setMinAndMax(0, 2);
selectImage("labels");
setMinAndMax(0, 2);
selectImage("image-uncertainty");
setMinAndMax(0, 1);
a = panel("image", 4, "a sample never seen");
b = panel("image-labels", 4, "as segmented");
c = panel("labels", 4, "its truth");
d = panel("image-uncertainty", 4, "uncertainty");
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
