// Sinters 24 copper particles on 128 x 128 x 128 voxels (820 nm a side) at 350 degrees Celsius for 50 s, with the parameters
// that Yamamoto et al. 2025 estimated, and draws the heap at 0, 13.5, 31.5 and 45 s (their Figure 13b).
// Takes about half a minute on two free cores and 1 GB of memory.
// scripts/sinterj macro scripts/copper-heap.ijm picture.png
setBackgroundColor(255, 255, 255);
start = getTime();
run("Simulate Sintering...", "packing=random count=24 radius_nm=90 size_nm=820,820,820 grid_nm=6.40625 time_s=49.5 frames=12 seed=1");
run("SinterJ Macro Extensions");
n = 12;
time = newArray(n); density = newArray(n); neck = newArray(n); energy = newArray(n);
for (t = 0; t < n; t++) {
	time[t] = 4.5 * t;
	Ext.sinterjValue("simulate-sintering", "relative_density", t, v); density[t] = v;
	Ext.sinterjValue("simulate-sintering", "mean_neck", t, v); neck[t] = v;
	Ext.sinterjValue("simulate-sintering", "energy", t, v); energy[t] = v;
}
Ext.sinterjValue("simulate-sintering", "mass_change", n - 1, lost);
print("Copper, 49.5 s in " + d2s((getTime() - start) / 1000, 1) + " s: neck " + d2s(neck[0], 1) + " to " + d2s(neck[n - 1], 1) + " nm, relative density " + d2s(density[0], 4) + " to " + d2s(density[n - 1], 4) + ", energy to " + d2s(energy[n - 1] / energy[0], 4) + ", mass changed by " + lost);
names = newArray(4);
frames = newArray(1, 4, 8, 11);
for (i = 0; i < 4; i++) names[i] = view(frames[i], d2s(4.5 * (frames[i] - 1), 1) + " s");
all = names[0];
for (i = 1; i < 4; i++) {
	run("Combine...", "stack1=[" + all + "] stack2=[" + names[i] + "]");
	all = getTitle();
}
rename("heap");
left = plotted("mean neck radius (nm)", neck);
for (t = n - 1; t >= 0; t--) energy[t] /= energy[0];
right = plotted("free energy over that at 0 s", energy);
run("Combine...", "stack1=[" + left + "] stack2=[" + right + "]");
rename("curves");
run("Combine...", "stack1=heap stack2=curves combine");
if (getArgument() != "") saveAs("PNG", getArgument());

// The heap seen along z: how much solid lies in each line of sight.
function view(frame, name) {
	selectImage("density");
	run("Duplicate...", "title=now duplicate frames=" + frame);
	run("Z Project...", "projection=[Sum Slices]");
	setMinAndMax(0, 80);
	run("RGB Color");
	run("Size...", "width=256 height=256 interpolation=Bilinear");
	setColor("white");
	setFont("SansSerif", 16, "bold antialiased");
	drawString(name, 6, 24, "black");
	rename(name);
	close("now");
	return name;
}

function plotted(label, values) {
	Plot.create(label, "time (s)", label);
	Plot.setFrameSize(432, 220);
	Plot.setLineWidth(2);
	Plot.setColor("#d55e00");
	Plot.add("line", time, values);
	Plot.show();
	run("RGB Color");
	run("Canvas Size...", "width=512 height=290 position=Center");
	rename(label);
	return label;
}
