// Trains a small network on strokes in a few slices of a simulated stack and segments a slice that it has not seen.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/train-unet.ijm picture.png
run("Simulate FIB-SEM Stack...", "width=192 height=192 depth=24 curtaining=0.15 charging=0.2 noise=0.2 drift=0.1 seed=3");
// Strokes: of the truth of every fourth slice one line in 24 is kept, as 1, 2 and 3; all else is 0, unlabelled.
selectImage("labels");
run("Duplicate...", "title=strokes duplicate");
for (z = 1; z <= nSlices; z++) {
	setSlice(z);
	keep = (z % 4 == 1 && z < 18);
	if (keep) run("Macro...", "code=v=(v+1)*(floor(y/2)%12==5) slice");
	else run("Macro...", "code=v=0 slice");
}
setMinAndMax(0, 3);
folder = getDirectory("temp") + "sinterj-train-unet";
run("Train U-Net...", "input=image labels=strokes unlabelled=0 width=8 steps=160 patch=64 seed=1 model=[" + folder + "]");
run("Segment With U-Net...", "input=image model=[" + folder + "] uncertainty=true");
// The truth counts from 0, the strokes from 1.
selectImage("labels");
run("Add...", "value=1 stack");
run("Evaluate Segmentation...", "input=image-labels truth=labels ignore=none");
run("SinterJ Macro Extensions");
Ext.sinterjValue("evaluate-segmentation", "mean_iou", 0, iou);
print("Mean IoU over the stack: " + d2s(iou, 3));
selectImage("image-labels");
setMinAndMax(0, 3);
selectImage("labels");
setMinAndMax(0, 3);
a = panel("image", 5, "a labelled slice");
b = panel("strokes", 5, "strokes on it");
c = panel("image", 22, "a slice never seen");
d = panel("image-labels", 22, "as segmented");
e = panel("labels", 22, "its truth");
picture(newArray(a, b, c, d, e));

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
