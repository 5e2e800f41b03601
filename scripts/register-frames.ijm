// Takes back the drift between the volumes of a time series.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/register-frames.ijm picture.png
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=96 frames=3 seed=1");
// A drift that is known: the second volume moves right and up, the third left and down.
selectImage("truth");
getDimensions(width, height, channels, slices, frames);
for (z = 1; z <= slices; z++) {
	Stack.setPosition(1, z, 2);
	run("Translate...", "x=9 y=-6 interpolation=None slice");
	Stack.setPosition(1, z, 3);
	run("Translate...", "x=-7 y=8 interpolation=None slice");
}
run("Register Volumes Over Time...", "input=truth reference=previous crop=false");
run("SinterJ Macro Extensions");
Ext.sinterjValue("register-frames", "drift.drift_x", 1, x2);
Ext.sinterjValue("register-frames", "drift.drift_y", 1, y2);
print("The second volume had drifted by " + d2s(x2, 2) + ", " + d2s(y2, 2) + " voxels; 9, -6 were given.");
a = overlay("truth", "before: frame 1 red, 2 green, 3 blue");
b = overlay("truth-registered", "after");
picture(newArray(a, b));

// The sums along the beam of three time points in three colours: grey where they lie on each other.
function overlay(title, name) {
	colours = newArray("red", "green", "blue");
	options = "";
	for (t = 1; t <= 3; t++) {
		selectImage(title);
		run("Duplicate...", "title=volume duplicate frames=" + t);
		run("Z Project...", "projection=[Sum Slices]");
		rename("sum" + t);
		setMinAndMax(0, 28);
		run("8-bit");
		run("Size...", "width=384 height=384 interpolation=Bilinear");
		selectImage("volume");
		close();
		options += "c" + t + "=sum" + t + " ";
	}
	run("Merge Channels...", options);
	run("RGB Color");
	rename(name);
	setColor("white");
	setFont("SansSerif", 16, "bold antialiased");
	drawString(name, 6, 24, "black");
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
