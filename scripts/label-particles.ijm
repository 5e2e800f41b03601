// Labels sintering balls and follows each through time: it keeps its colour while necks grow.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/label-particles.ijm picture.png
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=96 frames=9 seed=1");
run("Label And Track Particles...", "input=truth threshold=auto split=watershed track=true");
run("SinterJ Macro Extensions");
Ext.sinterjValue("label-particles", "volume", 0, first);
print("The largest particle has " + d2s(first, 0) + " nm3 at first.");
a = panel(1, "0 s");
b = panel(5, "25 s");
c = panel(9, "50 s");
picture(newArray(a, b, c));

// The particles of a frame seen along z, each voxel column in the colour of the particle on top.
function panel(frame, name) {
	selectImage("truth-labels");
	run("Duplicate...", "title=[one] duplicate frames=" + frame);
	getDimensions(w, h, channels, slices, frames);
	newImage("top", "8-bit black", w, h, 1);
	newImage("depth", "8-bit black", w, h, 1);
	top = newArray(w * h);
	depth = newArray(w * h);
	selectImage("one");
	for (z = 1; z <= slices; z++) {
		setSlice(z);
		for (y = 0; y < h; y++) {
			for (x = 0; x < w; x++) {
				v = getPixel(x, y);
				if (v > 0) { top[y * w + x] = v; depth[y * w + x] = z; }
			}
		}
	}
	close("one");
	selectImage("top");
	for (i = 0; i < w * h; i++) setPixel(i % w, floor(i / w), top[i]);
	setMinAndMax(0, 255);
	colours();
	run("RGB Color");
	// Deeper is darker, so that balls look round.
	for (i = 0; i < w * h; i++) {
		c = getPixel(i % w, floor(i / w));
		f = 0.25 + 0.75 * maxOf(0, depth[i] - 20) / (slices - 34);
		f = minOf(1, f);
		r = floor(((c >> 16) & 255) * f); g = floor(((c >> 8) & 255) * f); b = floor((c & 255) * f);
		setPixel(i % w, floor(i / w), (r << 16) | (g << 8) | b);
	}
	close("depth");
	selectImage("top");
	rename(name);
	run("Size...", "width=288 height=288 interpolation=None");
	setColor("white");
	setFont("SansSerif", 15, "bold antialiased");
	drawString(name, 6, 22, "black");
	return name;
}

// Each label in a colour of its own, from blue to yellow and light or dark, which those who see red and green alike tell apart too.
function colours() {
	r = newArray(256); g = newArray(256); b = newArray(256);
	for (i = 1; i < 256; i++) {
		t = (i * 0.61803) % 1;
		light = 0.5 + 0.25 * (i % 3);
		r[i] = round(light * (40 + 215 * t)); g[i] = round(light * (110 + 100 * t)); b[i] = round(light * (255 - 235 * t * t));
	}
	setLut(r, g, b);
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
