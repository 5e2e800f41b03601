// Simulates a sintering of known diffusivity, and finds the diffusivity again in the masks of its frames.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/assimilate-sintering.ijm picture.png
run("Simulate Sintering...", "packing=random count=10 radius_nm=48 size_nm=480,480,0 grid_nm=6 time_s=200 frames=5 d_surface=6e-17 rigid_body=none seed=2");
selectImage("grains");
run("Duplicate...", "title=labels duplicate frames=1");
selectImage("density");
run("Duplicate...", "title=seen duplicate");
setThreshold(0.5, 2);
run("Convert to Mask", "background=Dark black");
run("Assimilate Sintering...", "input=seen labels=labels estimate=[d_surface:1e-17:2e-16] rigid_body=none register=false trials=12 seed=1");
run("SinterJ Macro Extensions");
Ext.sinterjValue("assimilate-sintering", "value", 0, value);
Ext.sinterjValue("assimilate-sintering", "sd", 0, sd);
print("Surface diffusivity " + value + " +- " + sd + " m2/s; simulated with 6e-17.");
a = panel("seen", 5, "seen, 200 s");
b = panel("seen-simulation", 5, "best simulation, 200 s");
c = panel("seen-misfit", 5, "difference");
picture(newArray(a, b, c));

// A frame as a picture of 256 x 256 pixels with its name in the corner.
function panel(title, frame, name) {
	selectImage(title);
	Stack.setFrame(frame);
	run("Duplicate...", "title=[" + name + "]");
	if (startsWith(name, "best")) setMinAndMax(0, 1);
	if (startsWith(name, "diff")) setMinAndMax(-1, 1);
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
