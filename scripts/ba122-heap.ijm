// Sinters 732 crystals of Ba122 (51.2 x 51.2 x 12.8 um) at half the resolution of Yamamoto et al. 2025, and draws what their
// Figures 18 to 20 show: the heap, its convex hull, and the area by orientation in the plane z = 6.4 um, over time.
// The grid is twice as coarse and the interface twice as wide, so diffusivities and mobility times width are kept.
// scripts/sinterj macro scripts/ba122-heap.ijm "picture.png 3000": the seconds to simulate, an hour on two busy cores. A checkpoint
// beside the picture lets a run that was stopped go on. "picture.png 3000 60 21000" takes 60 crystals in 21 x 21 x 12.8 um, five minutes.
words = split(getArgument(), " ");
picture = ""; seconds = 3000; crystals = 732; side = 51200;
if (words.length > 0) picture = words[0];
if (words.length > 1) seconds = parseFloat(words[1]);
if (words.length > 3) { crystals = parseInt(words[2]); side = parseInt(words[3]); }
n = 13;
keep = "";
if (picture != "") keep = " checkpoint=[" + picture + ".checkpoint]";
angles = getDirectory("temp") + "ba122-crystals.csv";
setBackgroundColor(255, 255, 255);
start = getTime();
run("Simulate Sintering...", "packing=hcp count=" + crystals + " radius_nm=1600 size_nm=" + side + "," + side + ",12800 grid_nm=200 interface_px=4 time_s=" + seconds + " frames=" + n
	+ " m_volume=8.46e-23 m_vapour=8.46e-24 m_surface=4.23e-21 m_boundary=4.23e-22 m_eta=1e-8 rigid_body=none"
	+ " anisotropy=ba122 orientations=random symmetry=tetragonal seed=1 table4=[" + angles + "]" + keep);
print("Ba122, " + seconds + " s in " + d2s((getTime() - start) / 60000, 2) + " minutes");
run("SinterJ Macro Extensions");
time = newArray(n); grains = newArray(n); hull = newArray(n);
low = newArray(n); middle = newArray(n); high = newArray(n);
Ext.sinterjValue("simulate-sintering", "grains", 0, count);
tilt = newArray(count + 1);
lines = split(File.openAsString(angles), "\n");
for (i = 1; i < lines.length; i++) {
	cells = split(lines[i], ",");
	tilt[parseInt(cells[0])] = parseFloat(cells[4]);
}
for (t = 0; t < n; t++) {
	time[t] = seconds * t / (n - 1);
	Ext.sinterjValue("simulate-sintering", "grains", t, v); grains[t] = v;
	Ext.sinterjValue("simulate-sintering", "evaluations", t, v); print("frame " + t + ": " + grains[t] + " grains, " + v + " evaluations");
	areas(t, tilt, low, middle, high);
}
first = section(1, "0 s", tilt);
last = section(n, d2s(seconds, 0) + " s", tilt);
run("Combine...", "stack1=[" + first + "] stack2=[" + last + "]");
rename("sections");
run("Measure Densification...", "input=grains");
for (t = 0; t < n; t++) {
	Ext.sinterjValue("densification", "hull_change_percent", t, v);
	hull[t] = v;
	Ext.sinterjValue("simulate-sintering", "energy", t, v);
	print("frame " + t + ": energy " + v + " J, hull " + d2s(hull[t], 2) + " %, area " + d2s(100 * low[t], 1) + ", "
		+ d2s(100 * middle[t], 1) + ", " + d2s(100 * high[t], 1) + " %");
}
print("Convex hull changed by " + d2s(hull[n - 1], 2) + " %, grains " + grains[0] + " to " + grains[n - 1] + ", area with c within 30 degrees of z "
	+ d2s(100 * low[0], 1) + " to " + d2s(100 * low[n - 1], 1) + " %");
Plot.create("hull", "time (s)", "change of the convex hull (%)");
Plot.setFrameSize(400, 260);
Plot.setLineWidth(2);
Plot.setColor("#0072b2");
Plot.add("line", time, hull);
Plot.show();
run("RGB Color");
run("Canvas Size...", "width=512 height=330 position=Center");
rename("left");
Plot.create("areas", "time (s)", "share of the solid's area");
Plot.setFrameSize(400, 260);
Plot.setLimits(0, seconds, 0, 1);
Plot.setLineWidth(2);
Plot.setColor("#d55e00"); Plot.add("line", time, low);
Plot.setColor("#009e73"); Plot.add("line", time, middle);
Plot.setColor("#0072b2"); Plot.add("line", time, high);
Plot.setColor("black");
Plot.setLegend("c within 30 degrees of z\t30 to 60\t60 to 90", "top-left");
Plot.show();
run("RGB Color");
run("Canvas Size...", "width=512 height=330 position=Center");
rename("right");
run("Combine...", "stack1=left stack2=right");
rename("curves");
run("Combine...", "stack1=sections stack2=curves combine");
if (picture != "") saveAs("PNG", picture);

// The share of the solid of the middle plane by how c leans from z.
function areas(t, tilt, low, middle, high) {
	selectImage("grains");
	Stack.getDimensions(width, height, channels, slices, frames);
	Stack.setPosition(1, slices / 2, t + 1);
	solid = 0;
	for (y = 0; y < height; y++) {
		for (x = 0; x < width; x++) {
			g = getPixel(x, y);
			if (g == 0) continue;
			solid++;
			if (tilt[g] < 30) low[t] = low[t] + 1;
			else if (tilt[g] < 60) middle[t] = middle[t] + 1;
			else high[t] = high[t] + 1;
		}
	}
	low[t] = low[t] / solid; middle[t] = middle[t] / solid; high[t] = high[t] / solid;
}

// The middle plane, the brighter the nearer c lies to z.
function section(frame, name, tilt) {
	selectImage("grains");
	Stack.getDimensions(width, height, channels, slices, frames);
	Stack.setPosition(1, slices / 2, frame);
	run("Duplicate...", "title=plane");
	for (y = 0; y < height; y++) {
		for (x = 0; x < width; x++) {
			g = getPixel(x, y);
			if (g > 0) setPixel(x, y, 120 - tilt[g]);
		}
	}
	run("Grays");
	setMinAndMax(0, 120);
	run("RGB Color");
	run("Size...", "width=512 height=512 interpolation=None");
	setColor("white");
	setFont("SansSerif", 16, "bold antialiased");
	drawString(name + ", bright: c along z", 6, 24, "black");
	rename(name);
	return name;
}
