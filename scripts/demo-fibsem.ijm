// From a FIB-SEM stack to phase fractions by the network that comes with SinterJ. Run by scripts/demo with the project's
// folder as argument.
top = getArgument();
out = top + "/target/demo/";
if (!File.exists(out)) File.makeDirectory(out);
run("Simulate FIB-SEM Stack...", "width=256 height=256 depth=16 drift=0 curtaining=0.2 seed=42");
run("Clean FIB-SEM Stack...", "input=image align=none");
run("Segment With U-Net...", "input=image-cleaned model=fibsem-3phase");
run("Evaluate Segmentation...", "input=image-cleaned-labels truth=labels ignore=none table=[" + out + "segmentation.csv]");
run("SinterJ Macro Extensions");
names = newArray("superconductor", "void", "impurity");
print("Phases of a FIB-SEM stack, segmented by fibsem-3phase:");
total = 0;
for (c = 0; c < 3; c++) {
	Ext.sinterjValue("evaluate-segmentation", "voxels", c, v);
	total = total + v;
}
for (c = 0; c < 3; c++) {
	Ext.sinterjValue("evaluate-segmentation", "voxels", c, v);
	Ext.sinterjValue("evaluate-segmentation", "iou", c, iou);
	Ext.sinterjValue("evaluate-segmentation", "precision", c, precision);
	Ext.sinterjValue("evaluate-segmentation", "recall", c, recall);
	// What was found is what is true times recall, over the part of it that is right.
	print("  " + names[c] + ": " + d2s(100 * v * recall / precision / total, 1) + " % found, " + d2s(100 * v / total, 1)
		+ " % true, IoU " + d2s(iou, 3));
}
Ext.sinterjValue("evaluate-segmentation", "mean_iou", 0, iou);
print("  mean IoU " + d2s(iou, 3));
