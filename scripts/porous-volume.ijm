// The steps of docs/tutorials/porous-volume.md: prints the numbers that stand there and makes its picture.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/porous-volume.ijm picture.png
run("SinterJ Sample Data...", "set=porous_volume size=128 seed=1");
rename("solid");
run("SinterJ Macro Extensions");

run("Measure Local Thickness...", "input=solid phase=255");
Ext.sinterjValue("local-thickness", "mean", 0, mean);
Ext.sinterjValue("local-thickness", "sd", 0, sd);
Ext.sinterjValue("local-thickness", "p10", 0, p10);
Ext.sinterjValue("local-thickness", "p90", 0, p90);
print("solid: thickness " + d2s(mean, 0) + " +- " + d2s(sd, 0) + " nm, 80 % between " + d2s(p10, 0) + " and " + d2s(p90, 0) + " nm");

run("Analyze Pore Connectivity...", "input=solid phase=0 adjacency=6 probes=20");
Ext.sinterjValue("pore-connectivity", "porosity", 0, porosity);
Ext.sinterjValue("pore-connectivity", "open", 0, reached);
Ext.sinterjValue("pore-connectivity", "spanning_x", 0, spanning);
Ext.sinterjValue("pore-connectivity", "betti0", 0, parts);
Ext.sinterjValue("pore-connectivity", "betti1", 0, tunnels);
print("voids: porosity " + d2s(porosity, 4) + ", open " + d2s(reached, 4) + ", spanning x " + d2s(spanning, 4) + ", components " + parts + ", tunnels " + tunnels);

run("Find Necks...", "input=solid phase=0 merge=0.9");
Ext.sinterjValue("find-necks", "summary.grains", 0, pores);
Ext.sinterjValue("find-necks", "summary.necks", 0, throats);
Ext.sinterjValue("find-necks", "summary.median_neck", 0, median);
Ext.sinterjValue("find-necks", "summary.critical_diameter_x", 0, cx);
Ext.sinterjValue("find-necks", "summary.critical_diameter_y", 0, cy);
Ext.sinterjValue("find-necks", "summary.critical_diameter_z", 0, cz);
Ext.sinterjValue("find-necks", "summary.constrictivity", 0, beta);
print("throats: " + pores + " pores, " + throats + " throats, median " + d2s(median, 0) + " nm, critical diameters " + d2s(cx, 0) + ", " + d2s(cy, 0) + ", " + d2s(cz, 0) + " nm, constrictivity " + d2s(beta, 3));

run("Measure Transport Connectivity...", "input=solid phase=255");
Ext.sinterjValue("transport-connectivity", "k_x", 0, kx);
Ext.sinterjValue("transport-connectivity", "k_y", 0, ky);
Ext.sinterjValue("transport-connectivity", "k_z", 0, kz);
print("current: k " + d2s(kx, 3) + ", " + d2s(ky, 3) + ", " + d2s(kz, 3));

a = panel("solid", 42, "the volume, slice 42");
b = colour("solid-thickness", 42, "thickness of the solid");
c = labels("solid-labels", 42, "voids, by component");
d = labels("solid-grains", 42, "pores between throats");
picture(newArray(a, b, c, d));

function panel(title, slice, name) {
	selectImage(title);
	setSlice(slice);
	run("Duplicate...", "title=[" + name + "]");
	run("RGB Color");
	caption(name);
	return name;
}

// A map from 0 to its largest value, the lighter the more.
function colour(title, slice, name) {
	selectImage(title);
	setSlice(slice);
	run("Duplicate...", "title=[" + name + "]");
	resetMinAndMax();
	getMinAndMax(low, high);
	setMinAndMax(0, high);
	run("RGB Color");
	caption(name);
	return name;
}

// Labels in colours that neighbours hardly share.
function labels(title, slice, name) {
	selectImage(title);
	setSlice(slice);
	run("Duplicate...", "title=[" + name + "]");
	for (y = 0; y < getHeight(); y++) {
		for (x = 0; x < getWidth(); x++) {
			v = getPixel(x, y);
			if (v > 0) setPixel(x, y, 1 + (v - 1) % 255);
		}
	}
	setMinAndMax(0, 255);
	r = newArray(256); g = newArray(256); b = newArray(256);
	for (i = 1; i < 256; i++) {
		hue = (i * 0.61803) % 1;
		r[i] = channel(hue); g[i] = channel(hue + 0.667); b[i] = channel(hue + 0.333);
	}
	setLut(r, g, b);
	run("RGB Color");
	caption(name);
	return name;
}

function channel(hue) {
	h = (hue % 1) * 6;
	return 70 + 185 * maxOf(0, minOf(1, abs(h - 3) - 1));
}

function caption(name) {
	run("Size...", "width=256 height=256 interpolation=None");
	setFont("SansSerif", 15, "bold antialiased");
	setColor("white");
	drawString(name, 6, 22, "black");
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
