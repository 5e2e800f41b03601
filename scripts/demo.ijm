// From a noisy in-situ tilt series to volumes, compared with the truth. Run by scripts/demo with the project's folder as argument.
top = getArgument();
out = top + "/target/demo/";

run("Import Tilt Series...", "path=[" + top + "/test-data/in_situ]");
rename("series");
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=64 frames=4 seed=20");
selectImage("tilt_series");
close();

run("Denoise Tilt Series...", "input=series method=bm3d table=[" + out + "noise.csv]");
scale = "background=1000 counts_per_pixel_path=100";
run("Reconstruct Tilt Series...", "input=series algorithm=wbp filter=hann " + scale);
rename("wbp");
run("Reconstruct Tilt Series...", "input=series-denoised algorithm=sirt iterations=50 " + scale);
rename("sirt");
run("Reconstruct Tilt Series...", "input=series algorithm=tv iterations=120 " + scale + " table=[" + out + "convergence.csv]");
rename("tv");

print("Error of the volumes after the best scale factor, against the truth (0 = perfect):");
print("time point   back-projection   SIRT of denoised data   compressed sensing (TV)");
getDimensions(width, height, channels, slices, frames);
for (t = 1; t <= frames; t++) {
	print("     " + t + "             " + d2s(error("wbp", t), 3) + "               " + d2s(error("sirt", t), 3) + "                    " + d2s(error("tv", t), 3));
}

names = newArray("tilt at 0 degrees", "denoised", "back-projection", "SIRT", "compressed sensing", "truth");
panel("series", 21, names[0]);
panel("series-denoised", 21, names[1]);
panel("wbp", 32, names[2]);
panel("sirt", 32, names[3]);
panel("tv", 32, names[4]);
panel("truth", 32, names[5]);
picture(names, out + "demo.png");
selectImage("tv");
saveAs("Tiff", out + "tv.tif");
print("demo done");

// ||s x - truth|| / ||truth|| with the scale s that makes it smallest, for one time point.
function error(title, t) {
	xt = product(title, "truth", t);
	return sqrt(1 - xt * xt / (product(title, title, t) * product("truth", "truth", t)));
}

function product(a, b, t) {
	frame(a, t, "a-frame");
	frame(b, t, "b-frame");
	imageCalculator("Multiply create 32-bit stack", "a-frame", "b-frame");
	rename("product");
	sum = 0;
	for (z = 1; z <= nSlices; z++) {
		setSlice(z);
		getStatistics(area, mean);
		sum += mean;
	}
	close();
	selectImage("a-frame");
	close();
	selectImage("b-frame");
	close();
	return sum;
}

function frame(title, t, name) {
	selectImage(title);
	run("Duplicate...", "title=" + name + " duplicate frames=" + t);
}

// One plane of the last time point as an 8-bit picture with its name in the corner.
function panel(title, slice, name) {
	selectImage(title);
	Stack.setPosition(1, slice, 4);
	run("Duplicate...", "title=[" + name + "]");
	run("Enhance Contrast", "saturated=0.2");
	run("8-bit");
	run("Size...", "width=256 height=256 interpolation=None");
	setColor("white");
	setFont("SansSerif", 15, "bold antialiased");
	drawString(name, 6, 22, "black");
}

function picture(names, path) {
	all = names[0];
	for (i = 1; i < names.length; i++) {
		run("Combine...", "stack1=[" + all + "] stack2=[" + names[i] + "]");
		all = getTitle();
	}
	saveAs("PNG", path);
}
